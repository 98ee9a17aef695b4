// Where an error comes from. Engines keep ten frames, and that many are of the module and of what carries its answers.

/** How many frames of ours there may be above those of the program. */
const OURS = 20;

const FRAME = /^\s+at /;
const OF_WASM = /^\s+at .*wasm(-function|:\/\/)/;

/** Makes an error, whose stack begins at what of the library the program called. */
export function withDeepStack(make) {
  const limit = Error.stackTraceLimit;
  if (!(limit > 0) || !Object.getOwnPropertyDescriptor(Error, 'stackTraceLimit')?.writable) {
    return make();
  }
  let error;
  try {
    Error.stackTraceLimit = limit + OURS;
    error = make();
  } finally {
    Error.stackTraceLimit = limit;
  }
  const lines = linesOf(error);
  const first = lines.findIndex((line) => FRAME.test(line));
  const last = lines.findLastIndex((line) => OF_WASM.test(line));
  if (first >= 0 && last >= first) {
    lines.splice(first, last - first + 1);
    error.stack = lines.join('\n');
  }
  return error;
}

/** Programs may have their stacks made into something else than a text, which then stays as it is. */
const linesOf = ({ stack }) => (typeof stack === 'string' ? stack.split('\n') : []);

/** Where a call is made; it fails later, when nothing leads there any more. */
export function place(below) {
  /** @type {{ stack?: string }} */
  const here = {};
  Error.captureStackTrace?.(here, below);
  return here;
}

/** Adds to an error where its call was made. */
export function madeAt(error, here) {
  const frames = linesOf(here).slice(1);
  if (frames.length > 0 && error instanceof Error) {
    error.stack = `${error.stack}\n${frames.join('\n')}`;
  }
}

// Where an error comes from. Engines keep ten frames, and that many are of the module and of what carries its answers.

/** How many frames of ours there may be above those of the program. */
const OURS = 20;

const FRAME = /^\s+at /;
const OF_WASM = /^\s+at .*wasm(-function|:\/\/)/;

/** Makes an error, whose stack begins at what of the library the program called. */
export function withDeepStack(make) {
  const limit = Error.stackTraceLimit;
  if (typeof limit !== 'number' || !Object.getOwnPropertyDescriptor(Error, 'stackTraceLimit')?.writable) {
    return make();
  }
  let error;
  try {
    Error.stackTraceLimit = limit + OURS;
    error = make();
  } finally {
    Error.stackTraceLimit = limit;
  }
  const lines = error.stack.split('\n');
  const [first, last] = [lines.findIndex((line) => FRAME.test(line)), lines.findLastIndex((line) => OF_WASM.test(line))];
  if (last >= first) {
    lines.splice(first, last - first + 1);
    error.stack = lines.join('\n');
  }
  return error;
}

/** Where a call is made; it fails later, when nothing leads there any more. */
export function place(below) {
  const here = {};
  Error.captureStackTrace?.(here, below);
  return here;
}

/** Adds to an error where its call was made. */
export function madeAt(error, here) {
  const frames = here.stack?.split('\n').slice(1) ?? [];
  if (frames.length > 0) {
    error.stack = `${error.stack}\n${frames.join('\n')}`;
  }
}

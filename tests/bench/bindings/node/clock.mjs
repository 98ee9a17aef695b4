import { readFileSync, writeFileSync } from 'node:fs';

const SAMPLES = 101;
const FEWEST = 15;
const SAMPLE = 2e6;

const nanos = () => Number(process.hrtime.bigint());

/** Times and memory, as clock.rs takes them; figure.rs says what is printed. */
export class Clock {
  #half;

  constructor(seconds) {
    this.#half = (seconds / 2) * 1e9;
  }

  /** The library's own figure. */
  ours(row, call) {
    return this.#tell({ row }, call);
  }

  /** That of something that it is compared with. */
  peer(row, peer, call) {
    return this.#tell({ row, peer }, call);
  }

  async #tell(of, call) {
    // The first half of the warming up is the compiler's.
    await this.#warm(call);
    const once = await this.#warm(call);
    const calls = Math.max(1, Math.ceil(SAMPLE / once));
    const samples = Math.max(FEWEST, Math.min(SAMPLES, Math.floor(this.#half / (once * calls))));
    const taken = [];
    for (let sample = 0; sample < samples; sample += 1) {
      const start = nanos();
      await run(call, calls);
      taken.push((nanos() - start) / calls);
    }
    taken.sort((one, other) => one - other);
    const at = (hundredths) => taken[Math.floor(((taken.length - 1) * hundredths) / 100)];
    say({ ...of, ns: at(50), low: at(5), high: at(95), samples, calls });
  }

  /** Runs for a while, and says how long a call took. */
  async #warm(call) {
    const begun = nanos();
    let calls = 0;
    while (calls < 3 || nanos() - begun < this.#half / 2) {
      await run(call, 1);
      calls += 1;
    }
    return Math.max(1, (nanos() - begun) / calls);
  }

  /** By how much the process's memory rises while something runs. */
  static async memory(row, call) {
    globalThis.gc?.();
    try {
      // The kernel's own way of setting the high-water mark back.
      writeFileSync('/proc/self/clear_refs', '5');
    } catch {
      return; // The system is not Linux.
    }
    const before = highWater();
    await run(call, 1);
    say({ row, bytes: Math.max(0, highWater() - before) });
  }
}

/** What a call gives is kept from being optimised away; a promise is waited for, and nothing else. */
async function run(call, calls) {
  for (let made = 0; made < calls; made += 1) {
    const given = call();
    sink = given instanceof Promise ? await given : given;
  }
}

export let sink;

function highWater() {
  const [, kilobytes] = /VmHWM:\s*(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'));
  return Number(kilobytes) * 1024;
}

/** Prints a line. */
export function say(figure) {
  const { row, ...told } = figure;
  console.log(JSON.stringify({ ...(row && { row }), who: 'Node', ...told }));
}

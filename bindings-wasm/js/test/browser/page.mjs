// A page without a bundler, and what a worker does: see `work.mjs`.
import { everything } from './work.mjs';

try {
  globalThis.result = await everything();
} catch (error) {
  globalThis.result = { failed: `${error.stack}` };
}

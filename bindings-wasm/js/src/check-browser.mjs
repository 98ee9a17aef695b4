// The check of PDFs alone, in a browser.
import * as glue from '#check';

import { wasmModule } from './module.mjs';

const check = wasmModule(glue);

export * from './error.mjs';
export { checkPdf, pdfKinds } from '#check';

/** Fetches the wasm module. Await it before a PDF is checked. */
export function init(from = new URL('check.wasm', import.meta.url)) {
  return check.arrive(from);
}

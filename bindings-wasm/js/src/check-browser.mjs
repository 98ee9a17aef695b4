// The check of PDFs alone, in a browser.
import * as glue from '#check';

import { wasmModule } from './module.mjs';
import { pdfFunctions } from './pdf.mjs';

const check = wasmModule(glue);

export * from './error.mjs';
export const { checkPdf, pdfKinds } = pdfFunctions(glue, () => check.needed('init'));

/** Fetches the wasm module. Await it before a PDF is checked. */
export function init(from = new URL('check.wasm', import.meta.url)) {
  return check.arrive(from);
}

import * as glue from '#whole';
import * as pdf from '#pdf';

import { clientClass } from './client/client.mjs';
import { fetchTransports } from './client/fetch.mjs';
import { wasmModule } from './module.mjs';

const whole = wasmModule(glue);
const ofPdfs = wasmModule(pdf);

export * from './index.mjs';

/** Fetches the wasm module. Await it before anything else of the library is used. */
export function init(from = new URL('skifteportal.wasm', import.meta.url)) {
  return whole.arrive(from);
}

/** Fetches the module for PDFs. Await it before a PDF is checked or sanitized. */
export function initPdf(from = new URL('pdf.wasm', import.meta.url)) {
  return ofPdfs.arrive(from);
}

export { checkPdf, checkUpload, pdfKinds, sanitizePdf } from '#pdf';

/** Calls the portal. Make one for the whole program: tokens, rate limits and connections are shared in it. */
export const SkifteportalClient = clientClass(fetchTransports, async (filnavn, bytes, profile) => {
  await initPdf();
  pdf.checkUpload(filnavn, bytes, profile);
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import * as glue from '#whole';
import * as pdf from '#pdf';

import { clientClass } from './client/client.mjs';
import { httpsTransports } from './client/https.mjs';
import { keyObjectSigner } from './client/node-signers.mjs';
import { wasmModule } from './module.mjs';
import { pdfFunctions } from './pdf.mjs';

const bytes = (name) => () => readFileSync(join(__dirname, `${name}.wasm`));
wasmModule(glue).ready(bytes('skifteportal'));
const ofPdfs = wasmModule(pdf);

export * from './index.mjs';
export { httpsTransports, keyObjectSigner };

// Their module is read with the first PDF: most programs that start never see one.
export const { checkPdf, checkUpload, pdfKinds, sanitizePdf } = pdfFunctions(pdf, () =>
  ofPdfs.ready(bytes('pdf')),
);

/** Calls the portal. Make one for the whole program: tokens, rate limits and connections are shared in it. */
export const SkifteportalClient = clientClass(httpsTransports, checkUpload);

/** There is nothing to wait for in Node; this is for programs that run in browsers too. */
export async function init() {}

/** The same. */
export async function initPdf() {}

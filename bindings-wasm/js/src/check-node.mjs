// The check of PDFs alone, in Node.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import * as glue from '#check';

import { wasmModule } from './module.mjs';

wasmModule(glue).ready(() => readFileSync(join(__dirname, 'check.wasm')));

export * from './error.mjs';
export { checkPdf, pdfKinds } from '#check';

/** There is nothing to wait for in Node; this is for programs that run in browsers too. */
export async function init() {}

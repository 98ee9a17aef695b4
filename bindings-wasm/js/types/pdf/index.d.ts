import type { Kind, Limits, Report, Severity } from '../model.js';

export * from '../errors.js';

/**
 * What the check holds a file to: what the portal is known to refuse (`portal`), what the guide's words may mean as
 * well (`strict`), or one of them with changes.
 */
export type Profile =
  | 'portal'
  | 'strict'
  | {
      base?: 'portal' | 'strict';
      weights?: { [kind in Kind]?: Severity };
      /** What a later revision replaced counts as there. */
      supersededAsPresent?: boolean;
      /** The part of a page from which on a link counts as covering it, 0 to 1. */
      pageCover?: number;
      /** The size that no file may exceed, in bytes. */
      maxSize?: number;
      limits?: Partial<Limits>;
    };

/** A text in both languages. */
export interface Explanation {
  da: string;
  en: string;
}

/** A report, with what follows from it. */
export interface ExplainedReport extends Report {
  /** The codes that the portal would answer with. */
  codes: string[];
  summary: string;
  /** What each finding means and what to do, in the order of the findings. */
  explanations: Explanation[];
}

/** Checks what the portal would refuse in a PDF. */
export function checkPdf(bytes: Uint8Array, profile?: Profile | null): ExplainedReport;
export function pdfKinds(): Kind[];

/** A class of the platform's, where the program has a declaration of it: programs for Node have no `lib.dom`. */
type OfPlatform<Name extends string> = typeof globalThis extends Record<Name, { prototype: infer One }> ? One : never;
type WasmModule = typeof globalThis extends { WebAssembly: { Module: { prototype: infer One } } } ? One : never;

/** Where a wasm module is, if a bundler puts it elsewhere than the package; or the module. */
export type Source =
  | string
  | OfPlatform<'URL'>
  | OfPlatform<'Response'>
  | Promise<OfPlatform<'Response'>>
  | ArrayBuffer
  | ArrayBufferView
  | WasmModule;

/** Fetches the wasm module in a browser: await it before anything else is used. In Node it is there at once. */
export function init(from?: Source): Promise<void>;

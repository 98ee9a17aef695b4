import type { Certainty, PortalRefusal, Report, RuleViolation } from './model.js';

/** What the library throws. `code` is stable; what else there is depends on the class, and so on `type`. */
export class SkifteportalError extends Error {
  readonly name: 'SkifteportalError' | 'AbortError';
  readonly type:
    | 'input'
    | 'json'
    | 'certificate'
    | 'auth'
    | 'call'
    | 'pdf'
    | 'portal'
    | 'session'
    | 'abort';
  readonly code: string;
  /** Whether the portal has acted on the call. */
  readonly certainty?: Certainty;
  /** The payload rules that are broken (`call`). */
  readonly violations?: RuleViolation[];
  /** What is wrong with the PDF (`call`). */
  readonly report?: Report | null;
  /** All that is known of the portal's refusal (`portal`). */
  readonly refusal?: PortalRefusal;
  /** How often the call was sent (`portal`). */
  readonly attempts?: number;
  /** The member that does not fit, as a JSON pointer (`json`). */
  readonly pointer?: string;
  readonly line?: number;
  readonly column?: number;
  /** What happened and what to do, in Danish; null where only the portal could say it. */
  readonly danish: string | null;
  readonly english: string | null;
}

/** A value that was given is not what it should be: an id, an amount, a URL. */
export class InputError extends SkifteportalError {
  readonly type: 'input';
}

/** A text is not the JSON that it should be. */
export class JsonError extends SkifteportalError {
  readonly type: 'json';
  readonly pointer: string;
  readonly line: number;
  readonly column: number;
}

/** A certificate, key or key store cannot be used. */
export class CertificateError extends SkifteportalError {
  readonly type: 'certificate';
}

/** A token request cannot be made, or what came back is no token. */
export class AuthError extends SkifteportalError {
  readonly type: 'auth';
}

/** A PDF cannot be written anew. */
export class PdfError extends SkifteportalError {
  readonly type: 'pdf';
}

/** A rule was broken: nothing was sent. */
export class CallError extends SkifteportalError {
  readonly type: 'call';
  readonly certainty: 'not_processed';
  readonly violations: RuleViolation[];
  readonly report: Report | null;
}

/** The portal refused, or was not reached. */
export class PortalError extends SkifteportalError {
  readonly type: 'portal';
  readonly certainty: Certainty;
  readonly refusal: PortalRefusal;
  readonly attempts: number;
  readonly danish: string;
  readonly english: string;
}

/** Such as a key that did not sign, or a reporter that was removed: nothing was processed. */
export class SessionError extends SkifteportalError {
  readonly type: 'session';
  readonly certainty: 'not_processed';
}

/** A call was given up; `cause` is the signal's reason. */
export class AbortError extends SkifteportalError {
  readonly name: 'AbortError';
  readonly type: 'abort';
  readonly certainty: Certainty;
}

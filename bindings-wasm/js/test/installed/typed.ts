// Compiled by tsc in the ways in which programs and bundlers find modules.
import { Call, Checks, readId } from 'skifteportal';
import type { DoedsbojournalId, Krav } from 'skifteportal';
import { checkPdf } from 'skifteportal/pdf';
import type { Sandbox } from 'skifteportal/testing';

const krav: Krav = { beloeb: '1.00' };
const doedsbojournalId = readId<DoedsbojournalId>('bo');
using call = Call.named('doedsbojournal.addKrav', { doedsbojournalId, payload: krav }, Checks.none());
// @ts-expect-error there is no such operation
export const wrong = () => Call.named('doedsbojournal.addLoan', {}, Checks.none());
export const found: readonly string[] = [call.operation, checkPdf(new Uint8Array()).verdict];
export const started = (sandbox: Sandbox): string => sandbox.reporter.clientId;

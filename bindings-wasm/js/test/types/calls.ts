// Compiled, not run: what must compile, and what must not.
import {
  Call,
  Checks,
  Environment,
  HttpResponse,
  Session,
  SkifteportalError,
  checkPdf,
  readId,
} from 'skifteportal';
import type { BilagId, DoedsbojournalId, Krav, KravId, Part, PortalCode, Service } from 'skifteportal';
import * as pdf from 'skifteportal/pdf';

const checks = Checks.at(Date.now());
const journal = readId<DoedsbojournalId>('e25d84d3-7aec-4361-84da-93125cb83f08');
const bilag = readId<BilagId>('b');
const answer = new HttpResponse(200, [], new Uint8Array());

const krav: Krav = { beloeb: '123.50', opgjortdato: '2026-02-27', titel: null };
const call = Call.named(
  'doedsbojournal.addKrav',
  { doedsbojournalId: journal, payload: krav },
  checks,
);
const id: KravId | null | undefined = call.outcome(answer, new Date()).id;

const found = Call.named('doedsbojournal.searchBo', { payload: {}, page: { number: 0 } }, checks);
const total: number | null = found.outcome(answer, Date.now()).total;

// @ts-expect-error an amount is a text
const number: Krav = { beloeb: 123.5 };
// @ts-expect-error no text is an amount but a number
const words: Krav = { beloeb: 'many' };
// @ts-expect-error there is no such member
const misspelled: Krav = { belob: '1' };
// @ts-expect-error there is no such operation
Call.named('doedsbojournal.addLoan', {}, checks);
// @ts-expect-error the krav's id is missing
Call.named('doedsbojournal.getKrav', { doedsbojournalId: journal }, checks);
// @ts-expect-error a bilag's id is no krav's
Call.named('doedsbojournal.getKrav', { doedsbojournalId: journal, kravId: bilag }, checks);
// @ts-expect-error a file is uploaded
Call.named('doedsbojournal.addBilagForKrav', { doedsbojournalId: journal, kravId: id! }, checks);
// @ts-expect-error no such severity
checkPdf(new Uint8Array(), { weights: { xfa: 'awful' } });
// @ts-expect-error an operation's key
Environment.test().withPath('sagslager.soeg', '/x');

const company: Part = { type: 'VIRKSOMHED', virksomhed: { cvrNummer: '11111111' } };
// @ts-expect-error a person is no company
const person: Part = { type: 'PERSON', virksomhed: { cvrNummer: '11111111' } };
// @ts-expect-error no such kind of part
const other: Part = { type: 'SELSKAB', virksomhed: { cvrNummer: '11111111' } };
function shownPart(part: Part): string | null | undefined {
  if (part.type === 'PERSON') {
    // @ts-expect-error a person has no company in it
    part.virksomhed.cvrNummer;
    return part.person?.personId;
  }
  return part.type === 'ANDEN' ? part.anden?.navn : part.virksomhed?.cvrNummer;
}

const code: PortalCode = 'doedsbo.f17';
// @ts-expect-error no such code
const noCode: PortalCode = 'doedsbo.f99';
const services: Service[] = ['doedsbojournal', 'sagslager'];
checks.without('doedsbo.f17');
// @ts-expect-error no such rule
checks.without('doedsbo.17');

{
  using environment = Environment.test();
  const request = call.toRequest(environment);
  const body: Promise<Response> = fetch(request.url, { method: request.method, body: request.body });
  void body;
}

declare const session: Session;
const action = session.next(Date.now());
switch (action.type) {
  case 'send':
    fetch(action.request.url);
    break;
  case 'done':
    if (action.failure) {
      const refusal = action.failure.refusal;
      if (refusal?.retry.type === 'later') {
        const at: string | null = refusal.retry.at;
        console.log(at);
      }
      throw action.failure.error;
    }
    console.log(action.response.status);
    break;
  case 'wait':
    // @ts-expect-error a wait has no request
    console.log(action.request);
    break;
}

try {
  const report = checkPdf(new Uint8Array());
  if (report.verdict === 'at_risk') {
    console.log(report.explanations[0]?.da, report.findings[0]?.kind === 'javascript');
  }
  // @ts-expect-error no such verdict
  console.log(report.verdict === 'fine');
  console.log(pdf.checkPdf(new Uint8Array(), 'strict').codes);
} catch (error) {
  if (error instanceof SkifteportalError) {
    console.log(error.code, error.danish);
  }
}

console.log(person, other, shownPart(company), code, noCode, services, total, number, words, misspelled, company);

// Compiled, not run: what a program may do with the client, and what it may not.
import {
  AbortError,
  ClientIdentity,
  Environment,
  PortalError,
  SkifteportalClient,
  SkifteportalError,
  TransportError,
  fetchTransports,
  readId,
} from 'skifteportal';
import type { AdgangsprofilId, Caller, DoedsbojournalId, KravId, Tls, Transport } from 'skifteportal';
import { Sandbox } from 'skifteportal/testing';

const bo = readId<DoedsbojournalId>('e25d84d3-7aec-4361-84da-93125cb83f08');
const environment = Environment.test();
const settings = { maxAttempts: 2, rateBudget: { calls: 10, perSeconds: 1 } };

using client = new SkifteportalClient({ environment, settings, clock: () => new Date() });
// What is left out may be written as `undefined`, as what a variable of the environment gives is.
export const configured = (authorities: string | undefined, scope: string | undefined) =>
  new SkifteportalClient({ environment, authorities, transports: undefined, settings: undefined }).addReporter({
    clientId: 'a',
    clientSecret: 'b',
    identity,
    scope,
  });
// @ts-expect-error there is no such setting
new SkifteportalClient({ environment, settings: { maxAttemps: 2 } });
// @ts-expect-error the environment is missing
new SkifteportalClient({});

const identity = ClientIdentity.fromPkcs12(new Uint8Array(), 'password');
const caller: Caller = client.addReporter({ clientId: 'a', clientSecret: 'b', identity });
client.addReporter({ issuer: 'https://x.example', identity, apiUser: identity });
// @ts-expect-error an assertion needs the API user's certificate to connect with
client.addReporter({ issuer: 'https://x.example', identity });
// @ts-expect-error a secret belongs to a client id
client.addReporter({ clientSecret: 'b', identity });

export async function file(signal: AbortSignal): Promise<KravId | null | undefined> {
  const found = await caller.doedsbo.searchBo({ navn: 'x' }, { page: { number: 0, size: 10 }, signal });
  const total: number | null = found.total;
  const krav = await caller.doedsbo.addKrav(bo, { beloeb: '1.00', endeligt: undefined }, { signal });
  // @ts-expect-error an amount is a text
  await caller.doedsbo.addKrav(bo, { beloeb: 1 });
  // @ts-expect-error a krav has no pages
  await caller.doedsbo.getAllKrav(bo, { page: { number: 0, size: 1 } });
  // @ts-expect-error there is no such operation
  await caller.doedsbo.addLoan(bo, {});
  // @ts-expect-error there is no such service
  caller.skat;
  if (krav.id) {
    await caller.doedsbo.uploadKravBilag(bo, krav.id, 'a.pdf', new Uint8Array(), { profile: 'strict' });
    // @ts-expect-error no such profile
    await caller.doedsbo.uploadKravBilag(bo, krav.id, 'a.pdf', new Uint8Array(), { profile: 'mild' });
    // @ts-expect-error ids have their order
    await caller.doedsbo.getKrav(krav.id, bo);
  }
  await caller.actingFor(readId<AdgangsprofilId>('p')).sagslager.hentSager();
  console.log(total, (await caller.token()).kind);
  return krav.id;
}

export function told(error: unknown): string {
  if (error instanceof PortalError) {
    return `${error.danish} ${error.certainty} ${error.refusal.fault} ${error.attempts}`;
  }
  if (error instanceof AbortError) {
    return error.certainty;
  }
  return error instanceof SkifteportalError ? error.code : 'another';
}

export const own = (tls: Tls): Transport => ({
  async send(request, { signal }) {
    const answer = await fetch(request.url, { method: request.method, signal });
    if (answer.type === 'opaqueredirect') {
      throw new TransportError({ type: 'not_sent', reason: `for ${String(tls.identity)}` });
    }
    const headers: [string, string][] = [];
    answer.headers.forEach((value, name) => headers.push([name, value]));
    return { status: answer.status, headers, body: new Uint8Array(await answer.arrayBuffer()) };
  },
});
new SkifteportalClient({ environment, transports: own });
new SkifteportalClient({ environment, transports: fetchTransports({ fetch }) });
// @ts-expect-error a transport sends
new SkifteportalClient({ environment, transports: () => ({}) });

export async function tested(): Promise<void> {
  await using sandbox = await Sandbox.start();
  using of = sandbox.client({ settings });
  await sandbox.reporter.addTo(of).doedsbo.searchBo({ cprNummer: sandbox.cprNummer });
  await sandbox.setCertificate('api', 'expired');
  // @ts-expect-error there is no such host
  await sandbox.setCertificate('portal', 'expired');
}

// The whole job over real mutual TLS, by each transport.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { AbortError, PortalError, SkifteportalError } from 'skifteportal';

import { KRAV, PDF, TRANSPORTS, bo, claims, connected, failure, sandbox } from './story.mjs';

for (const [name, transports] of Object.entries(TRANSPORTS)) {
  const by = (use, settings) =>
    connected({ transports: transports(), settings: { backoffBaseMillis: 5, ...settings } }, use);

  describe(name, () => {
    test('tokens by both variants', () =>
      by(async (client, caller) => {
        assert.equal((await caller.token()).kind, 'direct');
        const signing = client.addReporter({
          issuer: 'https://practice-system.example',
          identity: sandbox.reporter.identity(),
          apiUser: sandbox.apiUser.identity(),
        });
        assert.equal((await signing.token()).kind, 'direct');
        assert.equal(client.stats.signaturesTotal, 1);
      }));

    test('a claim from its filing to its deletion', () =>
      by(async (client, { doedsbo, ...caller }) => {
        const journal = await bo({ doedsbo, ...caller });
        const filed = await claims();
        const { id } = await doedsbo.addKrav(journal, KRAV);
        assert.equal(await claims(), filed + 1);
        await doedsbo.uploadKravBilag(journal, id, 'faktura æøå.pdf', PDF, { profile: 'portal' });
        const [bilag] = await doedsbo.listKravBilag(journal, id);
        const file = await doedsbo.downloadKravBilag(journal, id, bilag.id);
        assert.deepEqual(Buffer.from(file.bytes), PDF);
        assert.equal(file.filnavn, 'faktura æøå.pdf');
        const read = await doedsbo.getKrav(journal, id);
        assert.equal(read.beloeb, '12345.60');
        await doedsbo.updateKrav(journal, id, { ...read, endeligt: true });
        assert.equal((await doedsbo.getKrav(journal, id)).endeligt, true);
        await doedsbo.deleteKrav(journal, id);
        assert.equal(await claims(), filed);
      }));

    test("a likvidator's letter", () =>
      by(async (client) => {
        const caller = sandbox.likvidatorSystem.addTo(client).actingFor(sandbox.adgangsprofil);
        assert.equal((await caller.token()).kind, 'delegated');
        const dokument = await caller.dokumentlager.addV2('redegørelse.pdf', PDF);
        const fil = { dokumentId: dokument.id, filnavn: 'redegørelse.pdf', navn: 'Redegørelse' };
        const traad = await caller.henvendelser.addTraad({
          sagId: sandbox.setting('/testData/sager/aaben/sagId'),
          emneord: 'Redegørelse',
          henvendelser: [{ tekst: 'Vedlagt', dokumenter: [fil] }],
        });
        assert(traad.id);
        assert.equal((await caller.henvendelser.getTraad(traad.id)).emneord, 'Redegørelse');
      }));

    for (const kind of ['dropAfterProcessing', 'dropBefore', 'truncate']) {
      test(`a filing that may have arrived is not sent again: ${kind}`, () =>
        by(async (client, caller) => {
          const journal = await bo(caller);
          const before = await claims();
          await sandbox.fault({ host: 'api', match: { method: 'POST', path: '/**' }, fault: { kind } });
          const error = await failure(caller.doedsbo.addKrav(journal, KRAV));
          assert(error instanceof PortalError && error instanceof SkifteportalError);
          const { code, certainty, attempts } = error;
          assert.deepEqual({ code, certainty, attempts }, {
            code: 'network.broken',
            certainty: 'unknown',
            attempts: 1,
          });
          assert.equal(await claims(), before + (kind === 'dropBefore' ? 0 : 1));
        }));
    }

    test('what can be repeated is repeated', () =>
      by(async (client, caller) => {
        const journal = await bo(caller);
        for (const fault of [
          { kind: 'status', status: 503 },
          { kind: 'html502' },
          { kind: 'dropBefore' },
          { kind: 'dropAfterProcessing' },
          { kind: 'truncate' },
          { kind: 'status', status: 401 },
          { kind: 'status', status: 429, retryAfter: '1' },
        ]) {
          await sandbox.fault({ host: 'api', match: { method: 'GET' }, fault });
          await caller.doedsbo.getAllKrav(journal);
        }
        await sandbox.revokeTokens();
        await caller.doedsbo.getAllKrav(journal);
        assert.equal(client.stats.inFlight, 0);
      }));

    test('an answer that is no JSON was processed', () =>
      by(async (client, caller) => {
        const journal = await bo(caller);
        await sandbox.fault({ host: 'api', match: { method: 'POST', path: '/**' }, fault: { kind: 'garbage' } });
        const error = await failure(caller.doedsbo.addKrav(journal, KRAV));
        assert.equal(error.certainty, 'processed');
        assert(error instanceof PortalError);
      }));

    test('a server that is not trusted is sent nothing', async () => {
      let journal;
      // Found by another client: one that has a connection already asks for no certificate.
      await by(async (client, caller) => (journal = await bo(caller)));
      await by(
        async (client, caller) => {
          const before = await claims();
          await sandbox.setCertificate('api', 'expired');
          const error = await failure(caller.doedsbo.addKrav(journal, KRAV));
          await sandbox.setCertificate('api', 'valid');
          assert.equal(error.code, 'network.server_certificate_invalid');
          assert.equal(error.certainty, 'not_processed');
          assert.equal(await claims(), before);
        },
        { maxAttempts: 1 },
      );
    });

    for (const party of ['expired', 'foreign', 'revoked']) {
      test(`a certificate that is refused is said so: ${party}`, () =>
        by(
          async (client) => {
            const { clientId, clientSecret } = sandbox.reporter;
            const identity = sandbox.party(`/refusedCertificates/${party}`).identity();
            const caller = client.addReporter({ clientId, clientSecret, identity });
            const error = await failure(caller.token());
            assert.equal(error.code, 'network.tls_refused');
            assert.equal(error.certainty, 'not_processed');
          },
          { maxAttempts: 1 },
        ));
    }

    test('a certificate of an employee is refused by the portal', () =>
      by(async (client) => {
        const { clientId, clientSecret } = sandbox.reporter;
        const identity = sandbox.party('/refusedCertificates/employee').identity();
        const error = await failure(client.addReporter({ clientId, clientSecret, identity }).token());
        assert(error instanceof PortalError);
        assert.equal(error.certainty, 'not_processed');
      }));

    test('a wrong secret is said so', () =>
      by(async (client) => {
        const { clientId } = sandbox.reporter;
        const identity = sandbox.reporter.identity();
        const caller = client.addReporter({ clientId, clientSecret: 'wrong', identity });
        const error = await failure(bo(caller));
        assert.equal(error.code, 'unauthorized_client');
        assert.equal(error.certainty, 'not_processed');
        assert.equal(error.refusal.status, 401);
        assert(error.danish && error.english && error.danish !== error.english);
      }));

    test('a call that is given up while it is out', () =>
      by(async (client, caller) => {
        const journal = await bo(caller);
        await sandbox.fault({ host: 'api', match: { method: 'GET' }, fault: { kind: 'latency', ms: 60_000 } });
        const controller = new AbortController();
        const call = caller.doedsbo.getAllKrav(journal, { signal: controller.signal });
        await new Promise(setImmediate);
        controller.abort();
        const error = await failure(call);
        assert(error instanceof AbortError);
        assert.equal(error.certainty, 'unknown');
        assert.equal(client.stats.inFlight, 0);
        // The request may have been given up before it met its fault.
        await sandbox.reset();
        await caller.doedsbo.getAllKrav(journal);
      }));

    test('hundreds of calls at once share one token', () =>
      by(async (client, caller) => {
        const journal = await bo(caller);
        const calls = Array.from({ length: 200 }, () => caller.doedsbo.getAllKrav(journal));
        const answers = await Promise.all(calls);
        assert(answers.every(Array.isArray));
        const { inFlight, tokenRequestsTotal, requestsTotal } = client.stats;
        assert.deepEqual({ inFlight, tokenRequestsTotal, requestsTotal }, {
          inFlight: 0,
          tokenRequestsTotal: 1,
          requestsTotal: 201,
        });
      }));
  });
}

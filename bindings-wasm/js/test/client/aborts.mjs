// Calls that are given up, by a signal or with their client.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { AbortError, ClientIdentity } from 'skifteportal';

import { JOURNAL, KRAV, TOKEN, connected, failure, json, over, promised, sandbox } from './story.mjs';

describe('a call that is given up', () => {
  const given = (use) => {
    const token = promised();
    const answer = promised();
    const seen = { token: promised(), api: promised() };
    const send = (request) => {
      const isToken = request.url.includes('/token');
      (isToken ? seen.token : seen.api).resolve();
      return (isToken ? token : answer).promise;
    };
    return connected({ transports: () => ({ send }) }, (client, caller) =>
      use({ client, caller, token, answer, seen, controller: new AbortController() }),
    );
  };
  const given_up = async (call, certainty, client) => {
    const error = await failure(call);
    assert(error instanceof AbortError);
    assert.equal(error.name, 'AbortError');
    assert.equal(error.code, 'call.aborted');
    assert.equal(error.certainty, certainty);
    assert.equal(client.stats.calls, 0);
  };

  test('before it begins', () =>
    given(async ({ client, caller }) => {
      const signal = AbortSignal.abort('because');
      const call = caller.doedsbo.addKrav(JOURNAL, KRAV, { signal });
      await given_up(call, 'not_processed', client);
      assert.equal((await failure(call)).cause, 'because');
      assert.equal(client.stats.callsTotal, 0);
    }));

  test('while its token is fetched, which others go on waiting for', () =>
    given(async ({ client, caller, token, answer, seen, controller }) => {
      const call = caller.doedsbo.addKrav(JOURNAL, KRAV, { signal: controller.signal });
      const other = caller.token();
      await seen.token.promise;
      controller.abort();
      assert.equal((await failure(call)).certainty, 'not_processed');
      token.resolve(TOKEN);
      answer.resolve(json({}));
      assert.equal((await other).accessToken(), 'a.b.c');
      assert.equal(client.stats.requestsTotal, 0);
    }));

  test('while it is out', () =>
    given(async ({ client, caller, token, seen, controller }) => {
      token.resolve(TOKEN);
      const call = caller.doedsbo.addKrav(JOURNAL, KRAV, { signal: controller.signal });
      await seen.api.promise;
      controller.abort();
      await given_up(call, 'unknown', client);
      assert.equal(client.stats.inFlight, 0);
    }));

  test('while it waits to be sent again', () =>
    given(async ({ client, caller, token, answer, seen, controller }) => {
      token.resolve(TOKEN);
      answer.resolve({ status: 429, headers: [['retry-after', '60']], body: new Uint8Array() });
      const call = caller.doedsbo.addKrav(JOURNAL, KRAV, { signal: controller.signal });
      await seen.api.promise;
      await new Promise(setImmediate);
      controller.abort();
      await given_up(call, 'not_processed', client);
    }));

  test('while a signature is made', async () => {
    const asked = promised();
    const signature = promised();
    const { apiUser, reporter } = sandbox;
    await connected({}, async (client) => {
      const signer = () => {
        asked.resolve();
        return signature.promise;
      };
      const identity = ClientIdentity.detached(reporter.identity().chain, signer);
      const caller = client.addReporter({ issuer: 'https://x.example', identity, apiUser: apiUser.identity() });
      const controller = new AbortController();
      const call = caller.token({ signal: controller.signal });
      await asked.promise;
      controller.abort();
      await given_up(call, 'not_processed', client);
      signature.reject(new Error('no card'));
    });
  });

  test('after it ended, when nothing comes of it', () =>
    given(async ({ client, caller, token, answer, controller }) => {
      token.resolve(TOKEN);
      answer.resolve(json([]));
      assert.deepEqual(await caller.doedsbo.getAllKrav(JOURNAL, { signal: controller.signal }), []);
      controller.abort();
      assert.equal(client.stats.calls, 0);
    }));

  for (const how of ['by one signal', 'with their client']) {
    test(`many ${how}: none is sent in the place of another`, async () => {
      let sent = 0;
      const api = (request, { signal }) => {
        sent += 1;
        return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
      };
      const settings = { maxInFlight: 2 };
      await over(
        api,
        async (client, caller) => {
          await caller.token();
          const controller = new AbortController();
          const { signal } = controller;
          const calls = Array.from({ length: 6 }, () => failure(caller.doedsbo.addKrav(JOURNAL, KRAV, { signal })));
          await new Promise(setImmediate);
          assert.equal(sent, 2);
          how === 'by one signal' ? controller.abort() : client.close();
          const ends = (await Promise.all(calls)).map(({ certainty }) => certainty);
          const unsent = Array.from({ length: 4 }, () => 'not_processed');
          assert.deepEqual(ends, ['unknown', 'unknown', ...unsent]);
          assert.equal(sent, 2);
        },
        { settings },
      );
    });
  }

  test('with its client', () =>
    given(async ({ client, caller, token, seen }) => {
      token.resolve(TOKEN);
      const call = caller.doedsbo.addKrav(JOURNAL, KRAV);
      await seen.api.promise;
      client.close();
      client.close();
      const error = await failure(call);
      assert.equal(error.name, 'AbortError');
      assert.equal(error.certainty, 'unknown');
      await assert.rejects(caller.token(), { name: 'SkifteportalError', code: 'session.closed' });
    }));
});

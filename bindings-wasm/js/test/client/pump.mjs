// The client over transports that answer as a test wants, with a clock and timers of the test's own.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createServer } from 'node:net';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { AbortError, Call, Checks, ClientIdentity, Environment, SkifteportalClient, TransportError } from 'skifteportal';

import { JOURNAL, KRAV, TOKEN, TRANSPORTS, Timers } from './story.mjs';
import { answering, bo, claims, connected, failure, json, over, promised, sandbox } from './story.mjs';

describe('what transports do', () => {
  test('an answer without a payload is null', () =>
    over(
      async () => ({ status: 204, headers: [], body: new Uint8Array() }),
      async (client, caller) => {
        assert.equal(await caller.doedsbo.updateKrav(JOURNAL, 'a1', KRAV), null);
      },
    ));

  test('no answer at all leaves it open', () =>
    over(
      async () => undefined,
      async (client, caller) => {
        const { code, certainty } = await failure(caller.doedsbo.addKrav(JOURNAL, KRAV));
        assert.deepEqual({ code, certainty }, { code: 'network.broken', certainty: 'unknown' });
      },
    ));

  test('headers and a body as fetch gives them', () =>
    over(
      async () => {
        const { headers, ...given } = json({ id: 'a1', beloeb: 1 });
        return { ...given, headers: new Headers(headers), body: given.body.buffer };
      },
      async (client, caller) => {
        assert.equal((await caller.doedsbo.addKrav(JOURNAL, KRAV)).id, 'a1');
      },
    ));

  test('one that throws has sent nothing', () =>
    over(
      () => {
        throw new TransportError({ type: 'not_sent', reason: 'no such thing' });
      },
      async (client, caller) => {
        const error = await failure(caller.doedsbo.addKrav(JOURNAL, KRAV));
        assert.equal(error.code, 'network.not_sent');
        assert.equal(error.certainty, 'not_processed');
      },
      { settings: { maxAttempts: 1 } },
    ));

  test('one that throws at once has sent nothing either', async () => {
    const transports = () => ({
      send(request) {
        if (request.url.includes('/token')) {
          return Promise.resolve(TOKEN);
        }
        throw new Error('no such thing');
      },
    });
    await connected({ transports, settings: { maxAttempts: 1 } }, async (client, caller) => {
      const error = await failure(caller.doedsbo.addKrav(JOURNAL, KRAV));
      assert.equal(error.code, 'network.not_sent');
    });
  });

  test('a failure that is not known leaves it open', () =>
    over(
      async () => {
        throw new TransportError({ type: 'odd' });
      },
      async (client, caller) => {
        const error = await failure(caller.doedsbo.addKrav(JOURNAL, KRAV));
        assert.equal(error.code, 'network.broken');
        assert.equal(error.certainty, 'unknown');
      },
    ));

  test('one that is too late to connect has sent nothing', async () => {
    const timers = new Timers();
    const waits = promised();
    const silent = createServer(waits.resolve).unref();
    await new Promise((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const host = `https://127.0.0.1:${silent.address().port}`;
    const environment = Environment.custom(host, host, host);
    const options = { environment, timer: timers.timer, settings: { maxAttempts: 1 } };
    await connected(options, async (client, caller) => {
      const call = caller.token();
      const socket = await waits.promise;
      timers.fire(30_000);
      assert.equal((await failure(call)).code, 'network.connect_timed_out');
      socket.destroy();
    });
  });

  test('what is no answer of HTTP leaves it open', () =>
    over(
      async () => ({ status: 0, headers: [], body: new Uint8Array() }),
      async (client, caller) => {
        const error = await failure(caller.doedsbo.addKrav(JOURNAL, KRAV));
        assert.equal(error.code, 'http.0');
        assert.equal(error.certainty, 'unknown');
      },
    ));

  test('one that says it was given up, which nobody did, leaves it open', () =>
    over(
      async () => {
        throw new DOMException('enough', 'AbortError');
      },
      async (client, caller) => {
        const { code, certainty } = await failure(caller.doedsbo.addKrav(JOURNAL, KRAV));
        assert.deepEqual({ code, certainty }, { code: 'network.broken', certainty: 'unknown' });
      },
    ));

  test('no timer is set for longer than timers know', async () => {
    const timers = new Timers();
    const out = promised();
    const api = () => new Promise(out.resolve);
    const settings = { timeoutSeconds: 3_000_000 };
    await over(
      api,
      async (client, caller) => {
        const call = failure(caller.doedsbo.addKrav(JOURNAL, KRAV));
        await out.promise;
        const longest = Math.max(...[...timers.pending.values()].map(({ millis }) => millis));
        assert.equal(longest, 2 ** 31 - 1);
        client.close();
        await call;
      },
      { timer: timers.timer, settings },
    );
  });

  test('those of reporters that are refused are closed', async () => {
    let open = 0;
    const transports = () => {
      open += 1;
      return { send: () => new Promise(() => {}), close: () => (open -= 1) };
    };
    await connected({ transports, settings: { maxReporters: 1 } }, async (client) => {
      const before = open;
      assert.throws(() => sandbox.reporter.addTo(client), { name: 'SkifteportalError' });
      assert.equal(open, before);
    });
    assert.equal(open, 0);
  });

  test('one that is too late is told so, even if it does not listen', async () => {
    const timers = new Timers();
    const out = promised();
    const api = (request, { signal }) => {
      out.resolve(signal);
      return new Promise(() => {});
    };
    await over(
      api,
      async (client, caller) => {
        const call = caller.doedsbo.addKrav(JOURNAL, KRAV);
        const signal = await out.promise;
        timers.fire(60_000);
        assert.equal(signal.reason.name, 'TimeoutError');
        timers.fire(1000);
        const error = await failure(call);
        assert.equal(error.code, 'network.timed_out');
        assert.equal(error.certainty, 'unknown');
        assert.equal(client.stats.inFlight, 0);
      },
      { timer: timers.timer },
    );
    assert.equal(timers.pending.size, 0);
  });

  for (const [name, transports] of Object.entries(TRANSPORTS)) {
    test(`a filing that takes too long is unknown: ${name}`, async () => {
      const timers = new Timers();
      const inner = transports();
      let out = () => {};
      const watched = (tls) => {
        const transport = inner(tls);
        const send = (request, options) => {
          const answer = transport.send(request, options);
          out();
          return answer;
        };
        return { send, close: () => transport.close() };
      };
      await connected({ transports: watched, timer: timers.timer }, async (client, caller) => {
        const journal = await bo(caller);
        await sandbox.fault({ host: 'api', match: { method: 'POST', path: '/**' }, fault: { kind: 'latency', ms: 60_000 } });
        const sent = promised();
        out = sent.resolve;
        const call = caller.doedsbo.addKrav(journal, KRAV);
        await sent.promise;
        // The connection of the search is there; the request takes it in the next turn.
        await new Promise(setImmediate);
        timers.fire(60_000);
        const error = await failure(call);
        assert.equal(error.code, 'network.timed_out');
        assert.equal(error.certainty, 'unknown');
      });
    });
  }

  test('the same inputs make the same requests', async () => {
    const run = async () => {
      const bodies = [];
      const { apiUser, reporter } = sandbox;
      const transports = () => ({
        async send(request) {
          bodies.push(`${request.url} ${Buffer.from(request.body)}`);
          return request.url.includes('/token') ? TOKEN : json([]);
        },
      });
      const client = new SkifteportalClient({
        environment: sandbox.environment(),
        transports,
        clock: () => new Date('2026-11-21T12:00:00Z'),
        random: (length) => new Uint8Array(length).fill(7),
        timer: new Timers().timer,
      });
      const caller = client.addReporter({
        issuer: 'https://practice-system.example',
        identity: reporter.identity(),
        apiUser: apiUser.identity(),
      });
      await caller.doedsbo.getAllKrav(JOURNAL);
      client.close();
      return bodies;
    };
    assert.deepEqual(await run(), await run());
  });
});

test('a call that is freed while it is out keeps its answer', () =>
  over(
    async () => json({ id: 'a1', beloeb: 1 }),
    async (client, caller) => {
      const named = { doedsbojournalId: JOURNAL, payload: KRAV };
      const call = Call.named('doedsbojournal.addKrav', named, Checks.none());
      const answer = caller.send(call);
      call.free();
      assert.equal((await answer).id, 'a1');
      await assert.rejects(caller.send(call), /was freed/);
      await assert.rejects(caller.send(Checks.none()), TypeError);
    },
  ));

test('options that are none are refused, and a signal in their place', () =>
  connected({}, async (client, caller) => {
    const { signal } = new AbortController();
    const call = Call.named('doedsbojournal.getAllKrav', { doedsbojournalId: JOURNAL }, Checks.none());
    for (const options of [signal, { singal: signal }]) {
      await assert.rejects(caller.doedsbo.addKrav(JOURNAL, KRAV, options), TypeError);
      await assert.rejects(caller.token(options), TypeError);
      await assert.rejects(caller.send(call, options), TypeError);
      await assert.rejects(caller.custom({}, undefined, options), /takes a signal|no option/);
    }
    assert.equal(client.stats.callsTotal, 0);
  }));

test('a signer that throws what has no text', () =>
  connected({}, async (client) => {
    const { apiUser, reporter } = sandbox;
    const signer = () => Promise.reject(Object.create(null));
    const identity = ClientIdentity.detached(reporter.identity().chain, signer);
    const caller = client.addReporter({ issuer: 'https://x.example', identity, apiUser: apiUser.identity() });
    assert.equal((await failure(caller.token())).code, 'session.not_signed');
  }));

test('a clock that fails is heard of', async () => {
  const program = `
    import { Credentials, Environment, SkifteportalClient } from 'skifteportal';
    process.on('uncaughtException', ({ message }) => console.log(message));
    let fails = false;
    const clock = () => {
      if (fails) {
        throw new Error('no time');
      }
      return Date.now();
    };
    const send = async () => ((fails = true), undefined);
    const client = new SkifteportalClient({ environment: Environment.test(), transports: () => ({ send }), clock });
    const credentials = Credentials.clientSecret('c', 's', 'a'.repeat(64));
    client.addReporter({ credentials }).token();`;
  const options = { cwd: fileURLToPath(new URL('.', import.meta.url)) };
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program], options).catch((error) => error);
  assert.match(stdout, /^(no time\n)+$/);
});

test('a rule that is broken is seen before anything is sent', () =>
  connected({}, async (client, caller) => {
    const journal = await bo(caller);
    const { requestsTotal } = client.stats;
    const krav = { ...KRAV, opgjortdato: '2999-01-01' };
    const error = await failure(caller.doedsbo.addKrav(journal, krav));
    assert.equal(error.type, 'call');
    assert.equal(error.certainty, 'not_processed');
    assert.deepEqual(error.violations.map(({ code }) => code), ['doedsbo.f17']);
    assert.equal(client.stats.requestsTotal, requestsTotal);
    const unchecked = await failure(caller.doedsbo.addKrav(journal, krav, { checks: Checks.none() }));
    assert.equal(unchecked.type, 'portal');
    assert.equal(unchecked.code, 'doedsbo.f17');
    assert.equal(await claims(), 0);
  }));

describe('what is due while something is out', () => {
  /** Transports of which a filing is never answered, and the first search is put off. */
  const halting = (put_off) => {
    let searches = 0;
    return answering((request) => {
      if (request.method === 'POST') {
        return new Promise(() => {});
      }
      searches += 1;
      return Promise.resolve(searches === 1 ? put_off : json([]));
    });
  };
  const empty = { headers: [], body: new Uint8Array() };

  for (const [name, put_off] of Object.entries({
    'a call that is made again': { ...empty, status: 503 },
    'one that was told to come back': { ...empty, status: 429, headers: [['retry-after', '2']] },
  })) {
    test(`${name} does not wait for it`, async () => {
      const timers = new Timers();
      const { timer, clock } = timers;
      await connected({ transports: halting(put_off), timer, clock }, async (client, caller) => {
        const filing = failure(caller.doedsbo.addKrav(JOURNAL, KRAV));
        const search = caller.doedsbo.getAllKrav(JOURNAL);
        await timers.pass(20_000);
        assert.deepEqual(await search, []);
        assert.equal(client.stats.inFlight, 1);
        client.close();
        assert.equal((await filing).certainty, 'unknown');
      });
    });
  }

  test('a signer that never answers is given up', async () => {
    const timers = new Timers();
    const { timer, clock } = timers;
    const { apiUser, reporter } = sandbox;
    await connected({ transports: halting(json([])), timer, clock }, async (client, caller) => {
      const identity = ClientIdentity.detached(reporter.identity().chain, () => new Promise(() => {}));
      const silent = client.addReporter({ issuer: 'https://x.example', identity, apiUser: apiUser.identity() });
      const signed = failure(silent.token());
      await timers.pass(200_000);
      assert.equal((await signed).code, 'session.not_signed');
      assert.deepEqual(await caller.doedsbo.getAllKrav(JOURNAL), []);
    });
  });
});

// The methods are those that the declarations name, and all that the catalogue has.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';

import { catalogue } from 'skifteportal';

import { answering, connected, failure } from './story.mjs';

const require = createRequire(import.meta.url);
const folder = require.resolve('skifteportal/package.json').replace(/package\.json$/, '');

/** Names and parameters of the methods in the declarations, by the properties of the services. */
function declared() {
  const text = readFileSync(`${folder}services.d.ts`, 'utf8');
  const interfaces = new Map(
    [...text.matchAll(/^export interface (\w+) \{\n(.*?)^\}/gms)].map(([, name, body]) => [name, body]),
  );
  const properties = interfaces.get('Services').matchAll(/^ {2}readonly (\w+): (\w+);/gm);
  return [...properties].map(([, property, name]) => [
    property,
    [...interfaces.get(name).matchAll(/^ {2}(\w+)\((.*)\): Promise</gm)].map(([, method, parameters]) => ({
      method,
      parameters: parameters.split(', ').map((one) => one.split(':')[0]),
    })),
  ]);
}

test('each method makes the call of its operation', async () => {
  const body = new TextEncoder().encode('{}');
  const api = async () => ({ status: 200, headers: [['content-type', 'application/json']], body });
  const found = new Set();
  await connected({ transports: answering(api) }, async (client, reporter) => {
    for (const [property, methods] of declared()) {
      for (const { method, parameters } of methods) {
        const service = reporter.actingFor('p')[property];
        const given = parameters.map((name) => {
          if (name === 'options?') {
            return undefined;
          }
          return name === 'bytes' ? new TextEncoder().encode('%PDF-1.7') : name.endsWith('Id') ? 'x1' : name === 'filnavn' ? 'a.pdf' : {};
        });
        // What comes of it is the core's, and tested there: none may say that it was given something odd.
        const error = await service[method](...given).then(() => undefined, (thrown) => thrown);
        assert(!/argument/.test(error?.code ?? ''), `${property}.${method}: ${error}`);
        found.add(`${property}.${method}`);
      }
    }
    assert.equal(found.size, catalogue().length);
    const error = await failure(reporter.doedsbo.getKrav('x1'));
    assert.equal(error.code, 'argument.missing');
  });
});

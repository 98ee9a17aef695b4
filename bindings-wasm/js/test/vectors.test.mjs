// Runs every file of the shared vectors; their README describes the format. Where they lie is in
// SKIFTEPORTAL_VECTORS.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';

import * as library from 'skifteportal';

import { assertions } from './vectors/assertions.mjs';
import { calls } from './vectors/calls.mjs';
import { certificates } from './vectors/certificates.mjs';
import { failures } from './vectors/failures.mjs';
import { Members } from './vectors/members.mjs';
import { payloads } from './vectors/payloads.mjs';
import { pdf } from './vectors/pdf.mjs';
import { scalars } from './vectors/scalars.mjs';
import { Script } from './vectors/session.mjs';
import { wire } from './vectors/wire.mjs';

const root = pathToFileURL(`${process.env.SKIFTEPORTAL_VECTORS}/`);

const ofWire = wire(library);
const ofCalls = calls(library, ofWire);
const ofCertificates = certificates(library);
const ofAssertions = assertions(library, ofWire, ofCertificates);
const ofPayloads = payloads(library);

const AREAS = {
  ...scalars(library),
  assertion: ofAssertions.assertion,
  certificates: ofCertificates.answer,
  claims: ofAssertions.claims,
  errors: failures(library, ofWire),
  form: ofWire.form,
  operations: ofCalls.operations,
  outcomes: ofCalls.outcomes,
  payloads: ofPayloads.answer,
  pdf: pdf(library),
  rules: ofPayloads.rules,
  token: ofAssertions.token,
  url: ofWire.url,
};

function files(area) {
  const names = readdirSync(new URL(`${area}/`, root)).filter((name) => name.endsWith('.json'));
  assert(names.length > 0, `no files in ${area}`);
  return names.map((name) => [name, new URL(`${area}/${name}`, root)]);
}

/** Numbers of 64 bits that a double does not hold are kept as texts, for BigInt to read. */
function read(file) {
  const text = readFileSync(file, 'utf8');
  return JSON.parse(text.replace(/("(?:oere|milliseconds|seconds)": *)(-?\d{16,})/g, '$1"$2"'));
}

function answered(answer, input) {
  const members = new Members(input);
  let found;
  try {
    found = answer(members);
  } catch (error) {
    if (error.name !== 'SkifteportalError') {
      throw error;
    }
    return { error: error.code };
  }
  members.end();
  return found;
}

test('every folder is an area that is run', () => {
  const entries = readdirSync(root, { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  assert.deepEqual(folders.sort(), [...Object.keys(AREAS), 'session'].sort());
  const stray = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.json'));
  assert.deepEqual(stray, []);
});

for (const [area, answer] of Object.entries(AREAS)) {
  describe(area, () => {
    for (const [name, file] of files(area)) {
      test(name, () => {
        const { description, origin, cases, ...others } = read(file);
        assert(description && origin && cases.length > 0);
        assert.deepEqual(others, {});
        const names = new Set();
        for (const { name: title, input, expect, ...more } of cases) {
          assert.deepEqual(more, {});
          assert(!names.has(title), `${title} is there twice`);
          names.add(title);
          const found = answered(answer, input);
          assert.deepEqual(found, expect, title);
          assert.deepEqual(answered(answer, input), found, `${title}, the second time`);
        }
      });
    }
  });
}

describe('session', () => {
  for (const [name, file] of files('session')) {
    test(name, () => new Script(library, read(file), new URL('session/keys/', root)).run());
  }
});

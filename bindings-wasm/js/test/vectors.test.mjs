// Runs every file of the shared vectors; their README describes the format. Where they lie is in
// SKIFTEPORTAL_VECTORS.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';

import * as library from 'skifteportal';

import { answered, areas, read } from './vectors/areas.mjs';
import { Script } from './vectors/session.mjs';

const root = pathToFileURL(`${process.env.SKIFTEPORTAL_VECTORS}/`);

const AREAS = areas(library, (bytes) => createHash('sha256').update(bytes).digest('hex'));

function files(area) {
  const names = readdirSync(new URL(`${area}/`, root)).filter((name) => name.endsWith('.json'));
  assert(names.length > 0, `no files in ${area}`);
  return names.map((name) => [name, new URL(`${area}/${name}`, root)]);
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
        const { description, origin, cases, ...others } = read(readFileSync(file, 'utf8'));
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
    test(name, () => new Script(library, read(readFileSync(file, 'utf8')), new URL('session/keys/', root)).run());
  }
});

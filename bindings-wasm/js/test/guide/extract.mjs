// The code that docs/javascript.md shows. The document lies in the folder SKIFTEPORTAL_DOCS.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The blocks of a document that have a name, as `<!-- snippet: name -->` before them gives it. */
export function snippets(document = 'javascript.md') {
  const text = readFileSync(join(process.env.SKIFTEPORTAL_DOCS, document), 'utf8');
  const found = new Map();
  for (const [, , name, language, code] of text.matchAll(/(<!-- snippet: (\w+) -->\n)?```(\w+)\n([^]*?)\n```/g)) {
    assert(name || !['js', 'ts'].includes(language), `a block of ${language} has no name: ${code.slice(0, 60)}`);
    assert(!found.has(name), `${name} is there twice`);
    if (name) {
      found.set(name, { language, code });
    }
  }
  return found;
}

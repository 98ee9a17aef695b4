// Writes a program in TypeScript of all values that the shared vectors make the library give: `tsc` then says
// whether they are of the types that the package declares. Started with the folder that the program goes to.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import * as library from 'skifteportal';

import { answered, areas, read } from '../vectors/areas.mjs';

const [out] = process.argv.slice(2);
const root = process.env.SKIFTEPORTAL_VECTORS;

/** Each value once. */
const found = new Map();

/** Values alone: what holds an object of a class is of no interest here. */
function plain(value) {
  if (typeof value !== 'object' || value === null) {
    return value !== undefined && typeof value !== 'bigint';
  }
  const kind = Object.getPrototypeOf(value);
  return (kind === Object.prototype || kind === Array.prototype) && Object.values(value).every(plain);
}

function put(type, value) {
  if (plain(value)) {
    found.set(`${type} = ${JSON.stringify(value)}`);
  }
  return value;
}

/** Which type a function gives; of some, that is told by what they were given. */
function given(name, of) {
  const payload = (type) =>
    type.startsWith('[') ? `library.${type.slice(1, -1)}[]` : `library.${type}`;
  return ['decodePayload', 'withMember'].includes(name)
    ? payload(of[0])
    : `ReturnType<typeof library.${name}>`;
}

const recording = { ...library };
for (const [name, value] of Object.entries(library)) {
  if (Object.getOwnPropertyDescriptor(value, 'prototype')?.writable === false) {
    watch(name, value.prototype);
  } else if (typeof value === 'function' && name !== 'readId') {
    recording[name] = (...of) => put(given(name, of), value(...of));
  }
}

/** Writes down what the methods and members of a class give. */
function watch(name, of) {
  for (const [member, known] of Object.entries(Object.getOwnPropertyDescriptors(of))) {
    const type = `library.${name}['${member}']`;
    const answer = ({ operation }) => `library.Operations['${operation}']['answer']`;
    if (known.get) {
      const get = function () {
        return put(type, known.get.call(this));
      };
      Object.defineProperty(of, member, { ...known, get });
    } else if (!member.startsWith('_') && !['constructor', 'free', 'toJSON'].includes(member)) {
      of[member] = function (...given) {
        const value = known.value.apply(this, given);
        const custom = member === 'outcome' && !(this.operation in operations);
        return custom ? value : put(member === 'outcome' ? answer(this) : `ReturnType<${type}>`, value);
      };
    }
  }
}

const operations = Object.fromEntries(library.catalogue().map((spec) => [spec.key, spec]));
for (const name of ['catalogue', 'services', 'portalCodes', 'ruleCodes', 'pdfKinds', 'payloadNames']) {
  recording[name]();
}
const now = '2026-03-02T10:00:00Z';
const session = new library.Session(library.Environment.test(), {}, new Uint8Array(32));
const certificate = 'ab'.repeat(32);
const reporter = session.addReporter(library.Credentials.clientSecret('id', 'geheim', certificate));
session.submitToken(now, reporter);
assert(session.settings && session.stats && session.next(now) && session.tokenStatus(reporter));
for (const [area, answer] of Object.entries(areas(recording, () => ''))) {
  for (const name of readdirSync(join(root, area))) {
    const { cases } = read(readFileSync(join(root, area, name), 'utf8'));
    cases.forEach(({ input }) => answered(answer, input));
  }
}

const head = `import type * as library from 'skifteportal';

/** A type without what tells the kinds of ids apart, which no value has. */
type Plain<T> = T extends string
  ? string extends T ? string : T extends library.Id<string> | library.UnknownPartType ? string : T
  : T extends readonly (infer Item)[]
    ? number extends T['length'] ? Plain<Item>[] : { [K in keyof T]: Plain<T[K]> }
    : T extends object ? { [K in keyof T]: Plain<T[K]> } : T;

`;
const lines = [...found.keys()].map((one, at) => {
  const [type, ...value] = one.split(' = ');
  return `export const v${at}: Plain<${type}> = ${value.join(' = ')};`;
});
assert(lines.length > 500, `only ${lines.length} values were found`);
writeFileSync(join(out, 'faces.ts'), `${head}${lines.join('\n')}\n`);

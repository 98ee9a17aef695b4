import assert from 'node:assert/strict';

import { Members } from './members.mjs';

const utf8 = new TextEncoder();
const text = new TextDecoder();

/** Payloads, and the rules that they are held to. */
export function payloads(library) {
  const changed = (type, payload, change) => {
    const [member, { extra }] = [change.get('member'), payload];
    switch (change.get('do')) {
      case 'set':
        return library.withMember(type, payload, member, change.optional('json'));
      case 'set_extra':
        return { ...payload, extra: library.withExtra(extra, member, change.get('json')) };
      default:
        assert(library.extraMembers(extra).some(([name]) => name === member));
        return { ...payload, extra: library.withExtra(extra, member) };
    }
  };

  const answer = (input) => {
    const [type, json] = [input.get('type'), input.bytes('json')];
    const changes = input.list('changes').map((change) => new Members(change));
    try {
      let payload = library.decodePayload(type, json);
      for (const change of changes) {
        payload = changed(type, payload, change);
        change.end();
      }
      return { json: text.decode(library.encodePayload(type, payload)) };
    } catch (error) {
      if (error.type !== 'json') {
        throw error;
      }
      const { code, pointer, line, column } = error;
      return { error: code, pointer, line, column };
    }
  };

  const part = (json) => library.decodePayload('Part', utf8.encode(json));

  const violations = (of, checks) => {
    const type = of.get('do');
    switch (type) {
      case 'payload': {
        const name = of.get('type');
        const payload = library.decodePayload(name, utf8.encode(of.get('json')));
        return library.checkPayload(name, payload, checks);
      }
      case 'pdf_header':
        return library.checkPdfHeader(of.bytes('file'), checks);
      default: {
        const words = { type };
        for (const name of of.names.filter((name) => name !== 'do')) {
          const camel = name.replace(/_(.)/g, (_, letter) => letter.toUpperCase());
          words[camel] = of.optional(name);
        }
        if (words.modtagere) {
          words.modtagere = words.modtagere.map(part);
        }
        if (words.part) {
          words.part = part(words.part);
        }
        return library.checkHandling(words, checks);
      }
    }
  };

  const rules = (input) => {
    let checks = library.Checks.on(input.get('today'));
    if (input.optional('update')) {
      checks = checks.forUpdate();
    }
    checks = input.list('without').reduce((kept, code) => kept.without(code), checks);
    return { violations: violations(input.of('of'), checks) };
  };

  return { answer, rules };
}

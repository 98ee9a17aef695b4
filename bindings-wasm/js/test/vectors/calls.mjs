import { shown } from './members.mjs';
import { refusal } from './failures.mjs';

/** The payload type of what an operation is answered with, for encoding it again. */
function answerType(key) {
  const id = key.split('.')[1];
  if (/Bilag/.test(id)) {
    return 'Bilag';
  }
  if (/^(searchBo|findChangedSince)$/.test(id)) {
    return 'Doedsbojournal';
  }
  if (/Sager$/.test(id)) {
    return 'Sag';
  }
  if (id === 'addV2') {
    return 'Dokument';
  }
  if (/HenvendelseTraad$/.test(id)) {
    return 'Henvendelsestraad';
  }
  const name = id.replace(/^(add|getAll|get|update|delete)/, '');
  return key.startsWith('tvangsoploesning') ? `Tvang${name}` : name;
}

/** The areas of calls. */
export function calls(library, wire) {
  const { Call, Checks, decodePayload } = library;
  const text = new TextDecoder();

  const custom = (given) => {
    const body = given.optionalMembers('body');
    const kind = body?.get('kind') ?? 'empty';
    const words = {
      service: given.get('service'),
      operationId: given.get('operation_id'),
      method: given.get('method'),
      path: given.get('path'),
      parameters: given.list('parameters'),
      query: given.list('query'),
      body: { type: kind },
    };
    if (kind === 'file') {
      words.body.contentType = body.get('content_type');
      words.body.filnavn = body.optional('filename');
    }
    return Call.custom(words, kind === 'empty' ? undefined : body.bytes('bytes'));
  };

  const make = (given) => {
    if (given.get('do') === 'custom') {
      return custom(given);
    }
    const key = given.get('operation');
    const checks = given
      .list('without')
      .reduce((kept, code) => kept.without(code), Checks.on(given.get('today')));
    const members = given.optionalMembers('arguments');
    const passed = {};
    const page = {};
    const sort = {};
    let file;
    const names = members?.names ?? [];
    for (const name of names) {
      const value = members.get(name);
      switch (name) {
        case 'payload': {
          const type = library
            .catalogue()
            .find((one) => one.key === key)
            .id.replace(/^searchBo$/, 'addDoedsbojournalQuery')
            .replace(/^soegSager$/, 'addSagsQuery');
          const bytes = new TextEncoder().encode(value);
          passed.payload = decodePayload(answerType(`${key.split('.')[0]}.${type}`), bytes);
          break;
        }
        case 'filename':
          break;
        case 'file':
          file = members.bytes('file');
          break;
        case 'page':
          page.number = value;
          break;
        case 'size':
          page.size = value;
          break;
        case 'sort':
          sort.by = value;
          break;
        case 'direction':
          sort.direction = value;
          break;
        case 'ids':
          passed.payload = { ...passed.payload, ids: value };
          break;
        case 'since':
          passed.payload = { ...passed.payload, siden: value };
          break;
        case 'member_names':
          passed.payload = { ...passed.payload, navne: { ids: value[0], siden: value[1] } };
          break;
        default:
          passed[name] = value;
      }
    }
    if (Object.keys(page).length > 0) {
      passed.page = page;
    }
    if (Object.keys(sort).length > 0) {
      passed.sort = sort;
    }
    return file
      ? Call.upload(key, passed, members.get('filename'), file, checks)
      : Call.named(key, passed, checks);
  };

  const operations = (input) => {
    const token = wire.token(input);
    const environment = wire.environment(input);
    try {
      const call = make(input.of('call'));
      const request = wire.request(call.toRequest(environment, token));
      return { request, token_rule: call.spec.token, repeatable: call.repeatable };
    } catch (error) {
      if (error.code === undefined) {
        throw error;
      }
      const violations = (error.violations ?? []).map((one) => one.code);
      return { error: error.code, violations };
    }
  };

  const encoded = (key, value) => {
    const type = answerType(key);
    const name = Array.isArray(value) ? `[${type}]` : type;
    return text.decode(library.encodePayload(name, value));
  };

  const outcomes = (input) => {
    const call = make(input.of('call'));
    const response = wire.response(input);
    const now = input.get('now');
    let found;
    try {
      found = call.outcome(response, now);
    } catch (error) {
      return refusal(error.refusal, error.code);
    }
    if (found === null) {
      return null;
    }
    if (found.bytes instanceof Uint8Array) {
      const { filnavn, contentType: content_type } = found;
      const file = { filnavn, content_type, bytes: shown(found.bytes) };
      return 'status' in found ? { ...file, status: found.status, total: found.total } : file;
    }
    if (Array.isArray(found.items)) {
      return { items: encoded(call.operation, found.items), total: found.total };
    }
    return { json: encoded(call.operation, found) };
  };

  return { operations, outcomes };
}

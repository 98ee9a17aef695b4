import { shown } from './members.mjs';

/** What several areas have in common, and the areas of requests alone. */
export function wire(library) {
  const { Environment, HttpResponse, Token } = library;

  const request = (one) => ({
    method: one.method,
    url: one.url,
    headers: one.headers,
    body: shown(one.body),
    identity: one.identity,
  });

  const response = (input) => {
    const given = input.of('response');
    return new HttpResponse(given.get('status'), given.list('headers'), given.bytes('body'));
  };

  const environment = (input) => {
    const given = input.optionalMembers('environment');
    switch (given?.get('kind')) {
      case undefined:
        return Environment.test();
      case 'production':
        return Environment.production();
      case 'custom':
        return Environment.custom(given.get('sysauth'), given.get('auth'), given.get('api'));
      default: {
        let made = Environment.test();
        const audience = given.optional('audience');
        if (audience !== undefined) {
          made = made.withAudience(audience);
        }
        const paths = given.optionalMembers('paths');
        for (const key of paths?.names ?? []) {
          made = made.withPath(key, paths.get(key));
        }
        return made;
      }
    }
  };

  const token = (input) => {
    const given = input.optionalMembers('token');
    return given && new Token(given.get('access_token'), given.get('kind'));
  };

  const url = (input) => ({
    url: library.buildUrl(
      input.get('base'),
      input.get('template'),
      input.list('parameters'),
      input.list('query'),
    ),
  });

  const form = (input) => {
    switch (input.get('do')) {
      case 'encode':
        return { body: library.encodeForm(input.list('fields')) };
      case 'variant_a':
        return {
          request: request(
            library.variantARequest(
              environment(input),
              input.get('client_id'),
              input.get('client_secret'),
              input.get('scope'),
            ),
          ),
        };
      default:
        return {
          request: request(
            library.exchangeRequest(environment(input), token(input), input.get('adgangsprofil')),
          ),
        };
    }
  };

  return { request, response, environment, token, url, form };
}

/** Amounts, dates, times, ids, texts and filenames. */
export function scalars(library) {
  const orRefused = (read) => (input) => {
    try {
      return read(input);
    } catch (error) {
      if (error.type === 'input' || error.type === 'json') {
        return { refused: true };
      }
      throw error;
    }
  };

  const moment = (time) => ({
    text: time.text,
    unix_seconds: time.unixSeconds,
    nanoseconds: time.nanoseconds,
  });

  return {
    amounts: orRefused((input) => {
      switch (input.get('do')) {
        case 'json':
          return { json: library.beloebFromJson(input.get('json')) };
        case 'text':
          return { json: library.readBeloeb(input.get('text')) };
        default:
          return { json: library.beloebFromOere(BigInt(input.get('oere'))) };
      }
    }),
    dates: orRefused((input) => ({
      text:
        input.get('do') === 'read'
          ? library.readDato(input.get('text'))
          : library.datoInDenmark(input.get('now')),
    })),
    times: orRefused((input) => {
      switch (input.get('do')) {
        case 'read':
          return moment(library.readTime(input.get('text')));
        case 'http_date':
          return moment(library.timeFromHttpDate(input.get('text')));
        case 'unix_milliseconds':
          return moment(library.timeFromUnixMilliseconds(BigInt(input.get('milliseconds'))));
        default:
          return moment(library.plusSeconds(input.get('text'), BigInt(input.get('seconds'))));
      }
    }),
    ids: orRefused((input) => {
      const text = input.get('text');
      const read = { id: library.readId, cpr: library.readCprNummer, cvr: library.readCvrNummer };
      return { text: read[input.get('do')](text) };
    }),
    text: (input) => {
      const text = input.get('text');
      return {
        html: library.escapeHtml(text),
        attribute: library.escapeAttribute(text),
        javascript: library.escapeJavascript(text),
      };
    },
    disposition: (input) =>
      input.get('do') === 'encode'
        ? { header: library.encodeFilename(input.get('filename')) }
        : { filename: library.decodeFilename(input.get('header')) ?? null },
  };
}

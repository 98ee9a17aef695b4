const camel = (name) => name.replace(/_(.)/g, (_, letter) => letter.toUpperCase());

function profile(given) {
  const made = {};
  for (const name of given.names) {
    const value = given.get(name);
    made[camel(name)] =
      name === 'limits'
        ? Object.fromEntries(Object.entries(value).map(([limit, number]) => [camel(limit), number]))
        : value;
  }
  return made;
}

/** The check of PDFs and its remedy. What a file is told by, `sha256` says. */
export function pdf(library, sha256) {
  const bare = ({ codes, summary, explanations, ...report }) => report;

  return (input) => {
    const file = input.bytes('pdf');
    const made = profile(input.of('profile'));
    if (input.get('do') === 'check') {
      const report = library.checkPdf(file, made);
      const { codes, explanations } = report;
      return { report: bare(report), codes, explanations };
    }
    const sanitized = library.sanitizePdf(file, made, {
      breakSignatures: input.optional('break_signatures') ?? false,
      removeAtRisk: input.optional('remove_at_risk') ?? false,
      remove: input.list('remove'),
    });
    return {
      sha256: sha256(sanitized.bytes),
      removed: sanitized.removed,
      report: bare(sanitized.report),
    };
  };
}

// The areas of the shared vectors: of each, what answers its cases.
import { assertions } from './assertions.mjs';
import { calls } from './calls.mjs';
import { certificates } from './certificates.mjs';
import { failures } from './failures.mjs';
import { Members } from './members.mjs';
import { payloads } from './payloads.mjs';
import { pdf } from './pdf.mjs';
import { scalars } from './scalars.mjs';
import { wire } from './wire.mjs';

/** What answers, by the names of the folders. */
export function areas(library, sha256) {
  const ofWire = wire(library);
  const ofCalls = calls(library, ofWire);
  const ofCertificates = certificates(library);
  const ofAssertions = assertions(library, ofWire, ofCertificates);
  const ofPayloads = payloads(library);

  return {
    ...scalars(library),
    assertion: ofAssertions.assertion,
    certificates: ofCertificates.answer,
    claims: ofAssertions.claims,
    errors: failures(library, ofWire),
    form: ofWire.form,
    operations: ofCalls.operations,
    outcomes: ofCalls.outcomes,
    payloads: ofPayloads.answer,
    pdf: pdf(library, sha256),
    rules: ofPayloads.rules,
    token: ofAssertions.token,
    url: ofWire.url,
  };
}

/** A file: numbers of 64 bits that a double does not hold are kept as texts, for BigInt to read. */
export function read(text) {
  return JSON.parse(text.replace(/("(?:oere|milliseconds|seconds)": *)(-?\d{16,})/g, '$1"$2"'));
}

export function answered(answer, input) {
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

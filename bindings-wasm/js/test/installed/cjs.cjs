const assert = require('node:assert/strict');

const { SkifteportalError, readDato } = require('skifteportal');
const pdf = require('skifteportal/pdf');

assert.equal(readDato('2026-02-27'), '2026-02-27');
assert.throws(() => readDato('2026-02-30'), SkifteportalError);
assert.equal(pdf.checkPdf(Buffer.from('no PDF')).verdict, 'refused');
console.log('cjs');

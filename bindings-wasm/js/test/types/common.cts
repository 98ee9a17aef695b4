// Compiled, not run: the declarations are those of `require` too.
import library = require('skifteportal');
import pdf = require('skifteportal/pdf');

const checks: library.Checks = library.Checks.none();
const krav: library.Krav = { beloeb: '1' };
console.log(checks.today, krav, pdf.checkPdf(new Uint8Array()).verdict);

// What a page or a worker does with the package as it lies on a server: no bundler, no map of imports.
import * as library from '../package/browser.js';
import * as pdf from '../package/pdf/browser.js';

const file = async (name) => new Uint8Array(await (await fetch(new URL(`../keys/${name}`, import.meta.url))).arrayBuffer());

/** A file of 100 MB: one page, and a picture in it. */
function large() {
  const head = new TextEncoder().encode(
    '%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n' +
      '3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>\nendobj\n4 0 obj\n<</Length 100000000>>\nstream\n',
  );
  const tail = new TextEncoder().encode('\nendstream\nendobj\ntrailer\n<</Root 1 0 R/Size 5>>\n%%EOF\n');
  const bytes = new Uint8Array(head.length + 100_000_000 + tail.length);
  bytes.set(head);
  bytes.set(tail, head.length + 100_000_000);
  return bytes.buffer;
}

/** An assertion whose key stays in WebCrypto. */
async function signed() {
  const { Certificate, Chain, Environment, UnsignedAssertion } = library;
  const pem = new TextDecoder().decode(await file('leaf.key'));
  const [, base64] = pem.match(/-----BEGIN PRIVATE KEY-----([^-]*)-----END/);
  const der = Uint8Array.from(atob(base64.replace(/\s/g, '')), (letter) => letter.charCodeAt(0));
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('pkcs8', der, algorithm, false, ['sign']);
  const certificates = await Promise.all(['leaf.pem', 'root.pem'].map(file));
  const unsigned = UnsignedAssertion.prepare(
    { issuer: 'https://practice.example', subject: '12345678' },
    Environment.test().audience,
    Chain.asGiven(certificates.map((one) => Certificate.fromPem(one))),
    Date.now(),
    library.newJti(crypto.getRandomValues(new Uint8Array(32))),
  );
  const signature = await crypto.subtle.sign(algorithm, key, unsigned.signingInput);
  return unsigned.withSignature(new Uint8Array(signature)).jwt().split('.').length;
}

/** What is said to a program that did not wait for a module. */
function early() {
  const { Certificate, Environment, HttpResponse, Token, checkPdf, readDato } = library;
  const uses = [
    () => checkPdf(new Uint8Array()),
    () => readDato('2026-02-27'),
    () => Environment.test(),
    () => new Token('abc', 'direct'),
    () => Certificate.fromDer(new Uint8Array(1)),
    () => new HttpResponse(200, [], new Uint8Array()),
    () => pdf.checkPdf(new Uint8Array()),
  ];
  return uses.map((use) => {
    try {
      use();
      return 'it is used';
    } catch (error) {
      return `${error.message}`;
    }
  });
}

export async function everything() {
  const told = early();
  await Promise.all([library.init(), library.initPdf(), pdf.init()]);
  const { Call, Checks, HttpResponse } = library;
  const payload = { beloeb: '0.10' };
  const call = Call.named('doedsbojournal.addKrav', { doedsbojournalId: 'bo', payload }, Checks.none());
  const answer = new HttpResponse(201, [], new TextEncoder().encode('{"id":"k","beloeb":0.10}'));
  const report = library.checkPdf(new Uint8Array(large()));
  const { size, pages } = report.facts;
  return {
    early: told,
    krav: call.outcome(answer, Date.now()),
    alone: pdf.checkPdf(new TextEncoder().encode('no PDF')).codes,
    large: { size, pages, kinds: report.findings.map((finding) => finding.kind) },
    signed: await signed(),
    eval: (() => {
      try {
        return new Function('return 1')();
      } catch {
        return 'refused';
      }
    })(),
  };
}

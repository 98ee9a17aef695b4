// A page or a worker that files a claim. Its key is one of WebCrypto's, and the server it is from has the certificate
// of the connection.
import { Environment, init, initPdf } from 'skifteportal';
import pdf from 'skifteportal/pdf.wasm';
import whole from 'skifteportal/skifteportal.wasm';

import { pageClient } from './made-page_client.mjs';

const PDF = '%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>\nendobj\ntrailer\n<</Root 1 0 R/Size 4>>\n%%EOF\n';

/** A key that WebCrypto keeps. */
function imported(pem) {
  const [, base64] = pem.match(/-----BEGIN PRIVATE KEY-----([^-]*)-----END/);
  const der = Uint8Array.from(atob(base64.replace(/\s/g, '')), (letter) => letter.charCodeAt(0));
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
  return crypto.subtle.importKey('pkcs8', der, algorithm, false, ['sign']);
}

const failure = (call) => call.then(() => ({}), (error) => error);

export async function filed() {
  await Promise.all([init(whole), initPdf(pdf)]);
  const { hosts, paths, cprNummer, ...settings } = await (await fetch('/made/settings.json')).json();
  const environment = Object.entries(paths).reduce(
    (made, [operation, path]) => made.withPath(operation, path),
    Environment.custom(...hosts),
  );
  const reporter = { issuer: 'https://system.example', ...settings, key: await imported(settings.key) };
  const { client, caller } = pageClient(environment, reporter);
  const { doedsbo } = caller;
  const [{ id: bo }] = (await doedsbo.searchBo({ cprNummer })).items;
  const krav = await doedsbo.addKrav(bo, { beloeb: '12345.60' });
  const file = new TextEncoder().encode(PDF);
  await doedsbo.uploadKravBilag(bo, krav.id, 'faktura æøå.pdf', file, { profile: 'portal' });
  const bilag = await doedsbo.listKravBilag(bo, krav.id);
  const refused = await failure(doedsbo.addKrav('intet', { beloeb: '1.00' }));
  const aborted = await failure(doedsbo.getAllKrav(bo, { signal: AbortSignal.abort() }));
  const { tokensTotal: tokens } = client.stats;
  client.close();
  const cut = pageClient(environment, reporter, async (url, init) => {
    const answer = await fetch(url, init);
    if (init.method === 'POST' && answer.status === 201) {
      throw new TypeError('Failed to fetch');
    }
    return answer;
  });
  const lost = await failure(cut.caller.doedsbo.addKrav(bo, { beloeb: '2.00' }));
  cut.client.close();
  return {
    tokens,
    beloeb: krav.beloeb,
    bilag: bilag.map(({ filnavn }) => filnavn),
    refused: { code: refused.code, certainty: refused.certainty, danish: /Dødsbojournalen/.test(refused.danish) },
    aborted: { name: aborted.name, certainty: aborted.certainty },
    lost: { code: lost.code, certainty: lost.certainty },
  };
}

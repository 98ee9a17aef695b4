import assert from 'node:assert/strict';


export function use({ safe }) {
  const script = new TextEncoder().encode(
    '%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(x)>>>>endobj\n' +
      '2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n' +
      'trailer<</Root 1 0 R/Size 4>>\n%%EOF\n',
  );
  const told = [];
  const made = safe(script, (text) => told.push(text));
  assert(told.some((text) => /script/i.test(text)), told.join('\n'));
  assert.notEqual(made, script);
  assert.equal(safe(made, () => {}), made);
}

// The assertions of tests/vectors/assertion, judged by jose, which shares no code with the library.
// JOSE_PACKAGES is the node_modules folder that jose lies in; `cargo xtask test jose` sets it.

import assert from "node:assert/strict";
import { X509Certificate, createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";

const packages = process.env.JOSE_PACKAGES ?? assert.fail("set JOSE_PACKAGES");
const require = createRequire(resolve(packages, "any.js"));
const { compactVerify, decodeProtectedHeader, importX509, jwtVerify } = await import(
  pathToFileURL(require.resolve("jose"))
);

const folder = fileURLToPath(new URL("../vectors/assertion", import.meta.url));
const cases = readdirSync(folder)
  .filter((name) => name.endsWith(".json"))
  .flatMap((name) => JSON.parse(readFileSync(`${folder}/${name}`, "utf8")).cases)
  .filter(({ input, expect }) => input.do === "sign" && expect.signature);

const AUDIENCES = {
  test: "https://sysauth.test-minskiftesag.net",
  production: "https://sysauth.domstol.dk",
};
const standardBase64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

test("there are assertions to verify", () => assert.ok(cases.length > 5));

for (const { name, input, expect } of cases) {
  test(name, async () => {
    // The JWT is taken from the request, because that is what the portal sees.
    const form = new URLSearchParams(expect.request.body);
    const jwt = form.get("client_assertion");
    assert.equal(jwt, `${expect.signing_input}.${expect.signature}`);

    const header = decodeProtectedHeader(jwt);
    assert.deepEqual(Object.keys(header), ["x5t#S256", "x5c", "alg"]);
    assert.equal(header.alg, "RS256");
    const given = input.chain.map((pem) => new X509Certificate(pem));
    const sent = header.x5c.map((entry) => {
      assert.match(entry, standardBase64);
      return new X509Certificate(Buffer.from(entry, "base64"));
    });
    const count = input.settings.include_root === false ? given.length - 1 : given.length;
    assert.deepEqual(
      header.x5c,
      given.slice(0, count).map(({ raw }) => raw.toString("base64")),
    );
    sent.slice(1).forEach((issuer, at) => {
      assert.equal(sent[at].issuer, issuer.subject);
      assert.ok(sent[at].verify(issuer.publicKey), "each is signed by the next");
    });
    const thumbprint = createHash("sha256").update(sent[0].raw).digest("base64url");
    assert.equal(header["x5t#S256"], thumbprint);

    const { audience, kind } = { kind: "test", ...input.environment };
    const key = await importX509(sent[0].toString(), "RS256");
    const rules = {
      algorithms: ["RS256"],
      audience: audience ?? AUDIENCES[kind],
      issuer: input.settings.issuer,
      subject: input.settings.subject,
      currentDate: new Date(input.now),
    };
    const { payload } = await jwtVerify(jwt, key, rules);
    const now = Math.floor(Date.parse(input.now) / 1000);
    const { lifetime_seconds, include_iat, include_nbf } = input.settings;
    assert.deepEqual(payload, {
      iss: input.settings.issuer,
      sub: input.settings.subject,
      aud: rules.audience,
      exp: now + (lifetime_seconds ?? 50),
      jti: input.jti,
      ...(include_iat && { iat: now }),
      ...(include_nbf && { nbf: now }),
    });
    const late = { ...rules, currentDate: new Date(payload.exp * 1000) };
    await assert.rejects(jwtVerify(jwt, key, late), { code: "ERR_JWT_EXPIRED" });

    // One bit of the signature, one of the header, one of the claims.
    for (const part of [0, 1, 2]) {
      const parts = jwt.split(".");
      const bytes = Buffer.from(parts[part], "base64url");
      bytes[bytes.length >> 1] ^= 1;
      parts[part] = bytes.toString("base64url");
      await assert.rejects(compactVerify(parts.join("."), key));
    }
  });
}

using System;
using System.Linq;
using System.Text;
using NUnit.Framework;
using Skifteportal.Model;

namespace Skifteportal.Tests.Vectors
{
    internal static class Assertions
    {
        internal static object Answer(Members input)
        {
            return input.Text("do") switch
            {
                "sign" => Sign(input),
                "receive" => Receive(input),
                "check" => Check(input),
                _ => Json.Object(("jti", new Auth().Jti(Hex(input.Text("entropy"))))),
            };
        }

        internal static byte[] FromBase64Url(string text)
        {
            string padded = text.Replace('-', '+').Replace('_', '/') + new string('=', (4 - (text.Length % 4)) % 4);
            return Convert.FromBase64String(padded);
        }

        private static byte[] Hex(string text) => Convert.FromHexString(text);

        private static AssertionSettings Settings(Members given)
        {
            var settings = new Defaults().Assertion(given.Text("issuer"), given.Text("subject"));
            if (given.Optional("lifetime_seconds") != null)
            {
                settings = settings.WithLifetimeSeconds(given.Long("lifetime_seconds"));
            }
            if (given.Optional("include_root") != null)
            {
                settings = settings.WithIncludeRoot(given.Flag("include_root"));
            }
            return settings.WithIncludeIat(given.Flag("include_iat")).WithIncludeNbf(given.Flag("include_nbf"));
        }

        private static PrivateKey Key(string pem) => PrivateKey.FromPem(Encoding.UTF8.GetBytes(pem), null);

        private static object Sign(Members input)
        {
            var environment = Wire.Environment(input);
            var chain = Chain.AsGiven(CertificateVectors.All(input.Texts("chain")));
            var settings = Settings(input.Of("settings"));
            var now = Wire.Time(input, "now");
            string jti = input.Text("jti");
            string? key = input.OptionalText("test_only_key");
            string? signature = input.OptionalText("signature");
            string scope = input.Text("scope");
            var unsigned = UnsignedAssertion.Prepare(settings, environment.Audience(), chain, now, jti);
            string signingInput = Encoding.UTF8.GetString(unsigned.SigningInput());
            SignedAssertion signed;
            if (key != null)
            {
                signed = unsigned.Sign(Key(key), Enumerable.Repeat((byte)1, 32).ToArray());
                var other = unsigned.Sign(Key(key), Enumerable.Repeat((byte)9, 32).ToArray());
                Assert.That(other.Jwt(), Is.EqualTo(signed.Jwt()));
            }
            else
            {
                signed = unsigned.WithSignature(Convert.FromBase64String(signature!));
            }
            string jwt = signed.Jwt();
            int dot = jwt.LastIndexOf('.');
            Assert.That(jwt.Substring(0, dot), Is.EqualTo(signingInput));
            var parts = signingInput.Split('.').Select(part => Encoding.UTF8.GetString(FromBase64Url(part))).ToList();
            return Json.Object(
                ("header", parts[0]),
                ("claims", parts[1]),
                ("signing_input", signingInput),
                ("signature", jwt.Substring(dot + 1)),
                ("request", Wire.Shown(new Auth().VariantBRequest(environment, signed, scope))));
        }

        private static object Receive(Members input)
        {
            var signed = SignedAssertion.FromJwt(input.Text("jwt"));
            var claims = signed.Claims();
            return Json.Object(
                ("issuer", claims.Issuer),
                ("subject", claims.Subject),
                ("audience", claims.Audience),
                ("expires_at", claims.ExpiresAt),
                ("jti", claims.Jti),
                ("issued_at", claims.IssuedAt),
                ("not_before", claims.NotBefore),
                ("chain", CertificateVectors.Thumbprints(signed.Chain().Certificates())));
        }

        private static object Check(Members input)
        {
            var chain = Chain.AsGiven(CertificateVectors.All(input.Texts("chain")));
            var now = Wire.Time(input, "now");
            var given = input.Of("claims");
            var settings = new Defaults().Assertion("https://test.local", given.Text("subject"));
            var claims = UnsignedAssertion.Prepare(settings, given.Text("audience"), chain, now, "1").Claims()
                .WithExpiresAt(given.Long("expires_at"));
            string? apiUser = input.OptionalText("api_user");
            var check = new Defaults().Check(now)
                .WithRoots(CertificateVectors.All(input.Texts("roots")))
                .WithAudience(input.OptionalText("audience"))
                .WithApiUser(apiUser == null ? null : CertificateVectors.One(apiUser))
                .WithSubjectIsCvr(!input.Flag("any_subject"))
                .WithRootExpected(!input.Flag("without_root"));
            string? key = input.OptionalText("test_only_key");
            var found = new Auth().CheckAssertion(claims, chain, key == null ? null : Key(key), check);
            return Json.Object(("findings", found.Select(Show)));
        }

        private static object Show(AuthFinding finding)
        {
            var role = finding switch
            {
                AuthFinding.CertificateExpired expired => expired.Role,
                AuthFinding.CertificateNotYetValid early => early.Role,
                AuthFinding.NotOrganisation other => other.Role,
                _ => (CertificateRole?)null,
            };
            return Json.Object(
                ("code", new Auth().FindingCode(finding)),
                ("role", role switch
                {
                    CertificateRole.Reporter => "reporter",
                    CertificateRole.Authority => "authority",
                    CertificateRole.ApiUser => "api_user",
                    _ => null,
                }),
                ("reason", new Auth().FindingReason(finding)));
        }
    }
}

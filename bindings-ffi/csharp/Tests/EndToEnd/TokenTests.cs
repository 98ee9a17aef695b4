using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Tasks;
using NUnit.Framework;
using Skifteportal.Model;
using Skifteportal.Testing;

namespace Skifteportal.Tests.EndToEnd
{
    /// <summary>
    /// Keys that are made on a token and never leave it: the reporter's and the API user's. .NET on Linux uses them
    /// through OpenSSL's engine for PKCS#11.
    /// </summary>
    [Explicit("`cargo xtask test hsm-csharp` sets a token up")]
    public sealed class TokenTests
    {
        private const string Pin = "4321";

        private readonly List<IDisposable> made = new List<IDisposable>();
        private Sandbox sandbox = null!;
        private ClientIdentity reporter = null!;
        private ClientIdentity apiUser = null!;

        [OneTimeSetUp]
        public async Task Begin()
        {
            sandbox = Sandbox.Start();
            reporter = await MadeAsync("reporter-a");
            apiUser = await MadeAsync("api-user");
        }

        [OneTimeTearDown]
        public void End()
        {
            made.ForEach(one => one.Dispose());
            sandbox.Dispose();
        }

        [Test]
        public void TheKeyDoesNotLeaveTheToken()
        {
            using (var key = reporter.Certificate.GetRSAPrivateKey()!)
            {
                Assert.Catch<CryptographicException>(() => key.ExportParameters(true));
                Assert.Catch<CryptographicException>(() => key.ExportPkcs8PrivateKey());
            }
        }

        [Test]
        public async Task ConnectionsPresentIt()
        {
            using (var client = sandbox.Client())
            {
                var caller = client.AddReporter(sandbox.Reporter.ClientId, sandbox.Reporter.ClientSecret, reporter);
                var query = new DoedsbojournalQuery { CprNummer = sandbox.CprNummer };
                var found = await caller.Doedsbo.SearchBoAsync(query, new Page());
                var filed = await caller.Doedsbo.AddKravAsync(found.Items[0].Id!.Value, new Krav { Beloeb = 10m });
                Assert.That(filed.Id, Is.Not.Null);
            }
        }

        [Test]
        public async Task AssertionsAreSignedByIt()
        {
            using (var client = sandbox.Client())
            {
                var caller = client.AddReporter("https://practice-system.example", reporter, apiUser);
                using (var token = await caller.TokenAsync())
                {
                    Assert.That(token.Kind(), Is.EqualTo(TokenKind.Direct));
                }
                Assert.That(client.Stats().SignaturesTotal, Is.EqualTo(1));
            }
        }

        [Test]
        public async Task AFunctionSignsWithIt()
        {
            using (var client = sandbox.Client())
            using (var key = reporter.Certificate.GetRSAPrivateKey()!)
            {
                var caller = Documented.WithAKeyInAnHsm(
                    client,
                    "https://practice-system.example",
                    reporter.Certificates.Select(one => one.RawData).ToList(),
                    bytes => key.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
                    apiUser);
                (await caller.TokenAsync()).Dispose();
            }
        }

        [Test]
        public void AClassOfOnesOwnCannotBeJoinedToACertificate()
        {
            using (var key = new Signer(reporter.Certificate.GetRSAPrivateKey()!))
            using (var certificate = new X509Certificate2(reporter.Certificate.RawData))
            {
                Assert.Catch<CryptographicException>(() => certificate.CopyWithPrivateKey(key));
            }
        }

        /// <summary>Makes a key on the token, and has the sandbox certify it.</summary>
        private async Task<ClientIdentity> MadeAsync(string holder)
        {
            Make(holder);
            var key = Documented.KeyOnAToken("test", holder, Pin);
            made.Add(key);
            var asked = new CertificateRequest(
                "CN=" + holder, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            string chain = await sandbox.CertifyAsync(holder, asked.CreateSigningRequestPem());
            var certificates = new X509Certificate2Collection();
            certificates.ImportFromPem(chain);
            var identity = ClientIdentity.FromCertificate(
                certificates[0].CopyWithPrivateKey(key), certificates.Skip(1));
            made.Add(identity);
            return identity;
        }

        private static void Make(string label)
        {
            var start = new ProcessStartInfo(Given("SKIFTEPORTAL_PKCS11_TOOL")) { UseShellExecute = false };
            foreach (string argument in new[]
            {
                "--module", Given("PKCS11_MODULE_PATH"), "--token-label", "test", "--login", "--pin", Pin,
                "--keypairgen", "--key-type", "rsa:3072", "--usage-sign", "--label", label,
            })
            {
                start.ArgumentList.Add(argument);
            }
            using (var process = Process.Start(start)!)
            {
                process.WaitForExit();
                Assert.That(process.ExitCode, Is.Zero, "no key was made");
            }
        }

        private static string Given(string variable)
        {
            return Environment.GetEnvironmentVariable(variable)
                ?? throw new InvalidOperationException(variable + " is not set");
        }

        /// <summary>A key that signs elsewhere, as a class for PKCS#11 would be.</summary>
        private sealed class Signer : RSA
        {
            private readonly RSA key;

            internal Signer(RSA key)
            {
                this.key = key;
            }

            public override int KeySize => key.KeySize;

            public override RSAParameters ExportParameters(bool includePrivateParameters)
            {
                return key.ExportParameters(includePrivateParameters);
            }

            public override void ImportParameters(RSAParameters parameters) => throw new NotSupportedException();

            public override byte[] SignHash(byte[] hash, HashAlgorithmName hashAlgorithm, RSASignaturePadding padding)
            {
                return key.SignHash(hash, hashAlgorithm, padding);
            }

            protected override void Dispose(bool disposing)
            {
                key.Dispose();
                base.Dispose(disposing);
            }
        }
    }
}

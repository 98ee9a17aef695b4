using System;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Tasks;
using NUnit.Framework;
using Skifteportal.Model;

namespace Skifteportal.Tests.EndToEnd
{
    /// <summary>Certificates in every form, each against the sandbox's mutual TLS.</summary>
    [NotUnderWine("the cryptography of Wine takes no RSA key from .NET, which then has no client certificate")]
    public sealed class CertificateTests
    {
        private World world = null!;

        [OneTimeSetUp]
        public void Begin() => world = new World();

        [OneTimeTearDown]
        public void End() => world.Dispose();

        [TestCase("certificate")]
        [TestCase("legacyCertificate")]
        [TestCase("rc2Certificate")]
        public async Task FromPkcs12OfAnyAge(string form)
        {
            using (var identity = ClientIdentity.FromPkcs12File(world.Reporter.Setting(form), world.Reporter.Password))
            {
                await FetchesATokenAsync(identity);
            }
        }

        [Test]
        public async Task FromPem()
        {
            var party = world.Reporter;
            byte[] chain = File.ReadAllBytes(party.Setting("pemChain"));
            byte[] key = File.ReadAllBytes(party.Setting("key"));
            using (var identity = ClientIdentity.FromPem(chain, key))
            {
                await FetchesATokenAsync(identity);
            }
        }

        [Test]
        public async Task FromTheStore()
        {
            using (var identity = world.Reporter.Identity())
            using (var personal = new X509Store(StoreName.My, StoreLocation.CurrentUser))
            using (var authorities = new X509Store(StoreName.CertificateAuthority, StoreLocation.CurrentUser))
            {
                personal.Open(OpenFlags.ReadWrite);
                authorities.Open(OpenFlags.ReadWrite);
                var issuers = new X509Certificate2Collection(identity.Certificates.Skip(1).ToArray());
                personal.Add(identity.Certificate);
                authorities.AddRange(issuers);
                try
                {
                    string serialNumber = world.Reporter.Setting("serialNumber");
                    using (var found = ClientIdentity.FromStoreBySerialNumber(serialNumber))
                    {
                        Assert.That(found.Certificates.Count, Is.EqualTo(identity.Certificates.Count));
                        using (var client = world.Client())
                        {
                            var caller = Documented.FromTheStore(
                                client, world.Reporter.ClientId, world.Reporter.ClientSecret, serialNumber);
                            (await caller.TokenAsync()).Dispose();
                        }
                    }
                    foreach (string thumbprint in new[] { identity.Certificate.Thumbprint, identity.Thumbprint().Value })
                    {
                        using (var found = ClientIdentity.FromStore(thumbprint.ToLowerInvariant()))
                        {
                            Assert.That(found.Certificate.Thumbprint, Is.EqualTo(identity.Certificate.Thumbprint));
                        }
                    }
                    Assert.Throws<InvalidOperationException>(() => ClientIdentity.FromStore("00"));
                }
                finally
                {
                    personal.Remove(identity.Certificate);
                    authorities.RemoveRange(issuers);
                }
            }
        }

        [Test]
        public async Task FromAKeyThatNobodyCanExport()
        {
            using (var identity = world.Reporter.Identity())
            using (var apiUser = world.ApiUser.Identity())
            using (var client = world.Client())
            {
                int signed = 0;
                var caller = Documented.WithAKeyInAnHsm(
                    client,
                    "https://practice-system.example",
                    identity.Certificates.Select(one => one.RawData).ToList(),
                    bytes =>
                    {
                        signed++;
                        return identity.Sign(bytes);
                    },
                    apiUser);
                using (await caller.TokenAsync())
                {
                    Assert.That(signed, Is.EqualTo(1));
                }
            }
        }

        [Test]
        public void AKeyThatDoesNotSignIsSaidSo()
        {
            using (var identity = world.Reporter.Identity())
            using (var apiUser = world.ApiUser.Identity())
            using (var client = world.Client())
            using (var defaults = new Defaults())
            using (var chain = identity.ToChain())
            using (var credentials = Credentials.Detached(
                defaults.Assertion("https://practice-system.example", "12345678"), chain, apiUser.Thumbprint()))
            {
                var caller = client.AddReporter(
                    credentials, apiUser, bytes => throw new InvalidOperationException("the card was pulled"));
                var error = Assert.ThrowsAsync<SessionException>(() => caller.TokenAsync())!;
                Assert.That(error.Message, Does.Contain("the card was pulled"));
            }
        }

        [Test]
        public async Task AHandlerPutsTheTokenOnEachRequest()
        {
            using (var client = world.Client())
            using (var environment = world.Sandbox.Environment())
            {
                var caller = world.Join(client);
                var bo = await world.BoAsync(caller);
                var inner = Handlers.Create(null, world.Sandbox.Authorities);
                using (var http = Documented.OwnClient(caller, inner))
                {
                    string url;
                    using (var call = new Doedsbo().GetAllKrav(bo))
                    using (var prepared = call.Prepared())
                    using (var request = prepared.ToRequest(environment, await caller.TokenAsync()))
                    {
                        url = request.Url();
                    }
                    using (var answer = await http.GetAsync(url))
                    {
                        Assert.That((int)answer.StatusCode, Is.EqualTo(200));
                    }
                    await world.ControlAsync("/revoke-tokens");
                    using (var answer = await http.GetAsync(url))
                    {
                        Assert.That((int)answer.StatusCode, Is.EqualTo(200));
                    }
                    Assert.ThrowsAsync<InvalidOperationException>(() => http.GetAsync("https://example.invalid/"));
                }
            }
        }

        private async Task FetchesATokenAsync(ClientIdentity identity)
        {
            using (var client = world.Client())
            {
                var caller = client.AddReporter(world.Reporter.ClientId, world.Reporter.ClientSecret, identity);
                using (var token = await caller.TokenAsync())
                {
                    Assert.That(token.Kind(), Is.EqualTo(TokenKind.Direct));
                }
            }
        }
    }
}

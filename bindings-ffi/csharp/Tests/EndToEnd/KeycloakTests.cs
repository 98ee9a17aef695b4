using System;
using System.Threading.Tasks;
using NUnit.Framework;
using Skifteportal.Model;
using Skifteportal.Testing;

namespace Skifteportal.Tests.EndToEnd
{
    /// <summary>
    /// A real Keycloak as the STS, over mutual TLS of .NET's own stack. A stock one wants the Client ID as the issuer
    /// of an assertion, and its own issuer as the audience.
    /// </summary>
    [Explicit("`cargo xtask test keycloak-csharp` starts the server")]
    public sealed class KeycloakTests
    {
        private Sandbox world = null!;
        private ClientIdentity reporter = null!;
        private ClientIdentity apiUser = null!;

        [OneTimeSetUp]
        public void Begin()
        {
            world = Sandbox.At(Environment.GetEnvironmentVariable("SKIFTEPORTAL_KEYCLOAK")
                ?? throw new InvalidOperationException("SKIFTEPORTAL_KEYCLOAK names no running Keycloak"));
            reporter = world.Reporter.Identity();
            apiUser = world.ApiUser.Identity();
        }

        [OneTimeTearDown]
        public void End()
        {
            reporter.Dispose();
            apiUser.Dispose();
            world.Dispose();
        }

        [Test]
        public async Task VariantA()
        {
            using (var client = Client())
            {
                var caller = client.AddReporter(world.Reporter.ClientId, world.Reporter.ClientSecret, reporter);
                var claims = await ClaimsAsync(caller);
                Assert.That(claims.AuthorizedParty, Is.EqualTo(world.Reporter.ClientId));
                // The server binds the token to the certificate that it saw.
                Assert.That(claims.CertificateThumbprint, Is.EqualTo(Shown(reporter)));
            }
        }

        [Test]
        public async Task VariantBSignedByDotnet()
        {
            using (var client = Client())
            {
                var caller = client.AddReporter(world.ApiUser.ClientId, reporter, apiUser);
                var claims = await ClaimsAsync(caller);
                Assert.That(claims.AuthorizedParty, Is.EqualTo(world.ApiUser.ClientId));
                Assert.That(claims.CertificateThumbprint, Is.EqualTo(Shown(apiUser)));
                Assert.That(client.Stats().SignaturesTotal, Is.EqualTo(1));
            }
        }

        [Test]
        public async Task VariantBSignedInTheLibrary()
        {
            using (var client = Client())
            using (var defaults = new Defaults())
            using (var store = KeyStore.FromPkcs12(
                System.IO.File.ReadAllBytes(world.Reporter.CertificateFile), world.Reporter.Password))
            using (var chain = store.Chain())
            using (var key = store.Key())
            using (var credentials = Credentials.PrivateKey(
                defaults.Assertion(world.ApiUser.ClientId, world.ApiUser.Cvr), chain, key, apiUser.Thumbprint()))
            {
                var caller = client.AddReporter(credentials, apiUser, null);
                Assert.That((await ClaimsAsync(caller)).AuthorizedParty, Is.EqualTo(world.ApiUser.ClientId));
            }
        }

        [Test]
        public void AWrongSecretIsToldApart()
        {
            using (var client = Client())
            {
                var caller = client.AddReporter(world.Reporter.ClientId, "mistyped", reporter);
                var error = Assert.ThrowsAsync<PortalException>(() => caller.TokenAsync())!;
                Assert.That(error.Code, Is.EqualTo("unauthorized_client"));
                Assert.That(error.Refusal.Status, Is.EqualTo(401));
            }
        }

        [Test]
        public void AnAssertionForAnotherAudienceIsRefused()
        {
            using (var client = Client("https://elsewhere.example"))
            {
                var caller = client.AddReporter(world.ApiUser.ClientId, reporter, apiUser);
                var error = Assert.ThrowsAsync<PortalException>(() => caller.TokenAsync())!;
                Assert.That(error.Code, Is.EqualTo("invalid_client"));
            }
        }

        [Test]
        public void AnExchangeThatAStockServerDoesNotKnowIsRefused()
        {
            using (var client = Client())
            {
                var system = client.AddReporter(world.Reporter.ClientId, world.Reporter.ClientSecret, reporter);
                var error = Assert.ThrowsAsync<PortalException>(
                    () => system.ActingFor(new AdgangsprofilId("6f1c1e0e-8f5c-4d44-9b4f-0f4f3e7f2a11")).TokenAsync())!;
                Assert.That(error.Certainty, Is.EqualTo(Certainty.NotProcessed), error.Code);
            }
        }

        private static string Shown(ClientIdentity identity)
        {
            using (var certificate = identity.ToCertificate())
            {
                return certificate.X5tS256();
            }
        }

        private static async Task<AccessTokenClaims> ClaimsAsync(Caller caller)
        {
            using (var token = await caller.TokenAsync())
            using (var auth = new Auth())
            {
                return auth.AccessTokenClaims(token.AccessToken());
            }
        }

        private SkifteportalClient Client(string? audience = null)
        {
            string url = world.Setting("/environment/sysauth");
            var environment = PortalEnvironment.Custom(url, url, url)
                .WithAudience(audience ?? world.Setting("/environment/audience"));
            return new SkifteportalClient(
                environment, new SkifteportalClientOptions { Authorities = world.Authorities });
        }
    }
}

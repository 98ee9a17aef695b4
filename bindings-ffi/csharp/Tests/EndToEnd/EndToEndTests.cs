using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using NUnit.Framework;
using Skifteportal.Model;

namespace Skifteportal.Tests.EndToEnd
{
    /// <summary>The whole job over real mutual TLS of .NET's own stack.</summary>
    [NotUnderWine("the cryptography of Wine takes no RSA key from .NET, which then has no client certificate")]
    public sealed class EndToEndTests
    {
        private readonly byte[] pdf = File.ReadAllBytes(Workspace.Of("examples/rust/data/faktura.pdf"));
        private World world = null!;

        private static Krav NewKrav() => new Krav { Beloeb = 12345.60m, Endeligt = false };

        [OneTimeSetUp]
        public void Begin() => world = new World();

        [OneTimeTearDown]
        public void End() => world.Dispose();

        [SetUp]
        public Task Reset() => world.ControlAsync("/reset");

        [Test]
        public async Task TokensByBothVariants()
        {
            using (var client = world.Client())
            using (var apiUser = world.ApiUser.Identity())
            using (var identity = world.Reporter.Identity())
            {
                using (var token = await world.Join(client).TokenAsync())
                {
                    Assert.That(token.Kind(), Is.EqualTo(TokenKind.Direct));
                }
                var signing = client.AddReporter("https://practice-system.example", identity, apiUser);
                using (var token = await signing.TokenAsync())
                {
                    Assert.That(token.Kind(), Is.EqualTo(TokenKind.Direct));
                }
            }
        }

        [Test]
        public async Task AClaimFromItsFilingToItsDeletion()
        {
            using (var client = world.Client())
            {
                var caller = world.Join(client);
                var bo = await world.BoAsync(caller);
                int before = await world.ClaimsAsync();
                var filed = await caller.Doedsbo.AddKravAsync(bo, NewKrav());
                Assert.That(await world.ClaimsAsync(), Is.EqualTo(before + 1));
                var id = filed.Id!.Value;
                using (var profile = Profile.Portal())
                {
                    await caller.Doedsbo.UploadKravBilagAsync(bo, id, "faktura æøå.pdf", pdf, profile);
                }
                var bilag = (await caller.Doedsbo.ListKravBilagAsync(bo, id)).Single();
                var file = await caller.Doedsbo.DownloadKravBilagAsync(bo, id, bilag.Id!.Value);
                Assert.That(file.Bytes, Is.EqualTo(pdf));
                Assert.That(file.Filnavn, Is.EqualTo("faktura æøå.pdf"));
                var read = await caller.Doedsbo.GetKravAsync(bo, id);
                // The number of decimals is the portal's to see.
                Assert.That(read.Beloeb.ToString(), Is.EqualTo("12345.60"));
                read.Endeligt = true;
                await caller.Doedsbo.UpdateKravAsync(bo, id, read);
                Assert.That((await caller.Doedsbo.GetKravAsync(bo, id)).Endeligt, Is.True);
                await caller.Doedsbo.DeleteKravAsync(bo, id);
                Assert.That(await world.ClaimsAsync(), Is.EqualTo(before));
            }
        }

        [Test]
        public async Task ALikvidatorsLetter()
        {
            using (var client = world.Client())
            {
                var caller = world.Join(client, world.Sandbox.LikvidatorSystem).ActingFor(world.Sandbox.Adgangsprofil);
                using (var token = await caller.TokenAsync())
                {
                    Assert.That(token.Kind(), Is.EqualTo(TokenKind.Delegated));
                }
                var dokument = await caller.Dokumentlager.AddV2Async("redegørelse.pdf", pdf);
                var traad = await caller.Henvendelser.AddTraadAsync(new Henvendelsestraad
                {
                    SagId = new SagId(world.Sandbox.Setting("/testData/sager/aaben/sagId")),
                    Emneord = "Redegørelse",
                    Henvendelser = new[]
                    {
                        new Henvendelse
                        {
                            Tekst = "Vedlagt",
                            Dokumenter = new[]
                            {
                                new HenvendelseDokument
                                {
                                    DokumentId = dokument.Id,
                                    Filnavn = "redegørelse.pdf",
                                    Navn = "Redegørelse",
                                },
                            },
                        },
                    },
                });
                Assert.That(traad?.Id, Is.Not.Null);
            }
        }

        [TestCase("dropAfterProcessing", 1)]
        [TestCase("dropBefore", 0)]
        [TestCase("truncate", 1)]
        public async Task AFilingThatMayHaveArrivedIsNotSentAgain(string kind, int filed)
        {
            using (var client = world.Client())
            {
                var caller = world.Join(client);
                var bo = await world.BoAsync(caller);
                int before = await world.ClaimsAsync();
                await world.FaultAsync("api", "POST", "{\"kind\":\"" + kind + "\"}");
                var error = Assert.ThrowsAsync<PortalException>(() => caller.Doedsbo.AddKravAsync(bo, NewKrav()))!;
                Assert.That(error.Code, Is.EqualTo("network.broken"));
                Assert.That(error.Certainty, Is.EqualTo(Certainty.Unknown));
                Assert.That(error.Attempts, Is.EqualTo(1));
                Assert.That(await world.ClaimsAsync(), Is.EqualTo(before + filed));
            }
        }

        [Test]
        public async Task AFilingThatTakesTooLongIsUnknown()
        {
            using (var client = world.Client(settings => settings.WithTimeoutSeconds(3)))
            {
                var caller = world.Join(client);
                var bo = await world.BoAsync(caller);
                await world.FaultAsync("api", "POST", "{\"kind\":\"latency\",\"ms\":600000}");
                var error = Assert.ThrowsAsync<PortalException>(() => caller.Doedsbo.AddKravAsync(bo, NewKrav()))!;
                Assert.That(error.Code, Is.EqualTo("network.timed_out"));
                Assert.That(error.Certainty, Is.EqualTo(Certainty.Unknown));
            }
        }

        [TestCase("{\"kind\":\"status\",\"status\":503}")]
        [TestCase("{\"kind\":\"html502\"}")]
        [TestCase("{\"kind\":\"dropAfterProcessing\"}")]
        [TestCase("{\"kind\":\"truncate\"}")]
        [TestCase("{\"kind\":\"status\",\"status\":401}")]
        [TestCase("{\"kind\":\"status\",\"status\":429,\"retryAfter\":\"1\"}")]
        public async Task WhatCanBeRepeatedIsRepeated(string fault)
        {
            using (var client = world.Client())
            {
                var caller = world.Join(client);
                var bo = await world.BoAsync(caller);
                await world.FaultAsync("api", "GET", fault);
                await caller.Doedsbo.GetAllKravAsync(bo);
                await world.ControlAsync("/revoke-tokens");
                await caller.Doedsbo.GetAllKravAsync(bo);
                Assert.That(client.Stats().InFlight, Is.Zero);
            }
        }

        [Test]
        public async Task AServerThatIsNotTrustedIsSentNothing()
        {
            using (var client = world.Client(settings => settings.WithMaxAttempts(1)))
            {
                var caller = world.Join(client);
                var bo = await world.BoAsync(caller);
                int before = await world.ClaimsAsync();
                await world.Sandbox.SetCertificateAsync("api", "expired");
                var error = Assert.ThrowsAsync<PortalException>(() => caller.Doedsbo.AddKravAsync(bo, NewKrav()))!;
                Assert.That(error.Code, Is.EqualTo("network.server_certificate_invalid"));
                Assert.That(error.Certainty, Is.EqualTo(Certainty.NotProcessed));
                await world.Sandbox.SetCertificateAsync("api", "valid");
                Assert.That(await world.ClaimsAsync(), Is.EqualTo(before));
            }
        }

        [Test]
        public void APortalThatIsNotThereIsSaidSo()
        {
            using (var environment = PortalEnvironment.Custom("https://127.0.0.1:1", "https://127.0.0.1:1", "https://127.0.0.1:1"))
            using (var identity = world.Reporter.Identity())
            using (var client = new SkifteportalClient(environment, new SkifteportalClientOptions
            {
                Settings = SkifteportalClient.DefaultSettings().WithMaxAttempts(1),
            }))
            {
                var caller = client.AddReporter("anyone", "secret", identity);
                var error = Assert.ThrowsAsync<PortalException>(() => caller.TokenAsync())!;
                Assert.That(error.Code, Is.EqualTo("network.connect_failed"));
                Assert.That(error.Certainty, Is.EqualTo(Certainty.NotProcessed));
            }
        }

        [TestCase("expired")]
        [TestCase("revoked")]
        [TestCase("foreign")]
        public void ACertificateThatIsRefusedIsSaidSo(string which)
        {
            var refused = world.Sandbox.Party("/refusedCertificates/" + which);
            using (var client = world.Client(settings => settings.WithMaxAttempts(1)))
            using (var identity = refused.Identity())
            {
                var caller = client.AddReporter(world.Reporter.ClientId, world.Reporter.ClientSecret, identity);
                var error = Assert.ThrowsAsync<PortalException>(() => caller.TokenAsync())!;
                Assert.That(error.Code, Is.EqualTo("network.tls_refused"));
            }
        }

        [Test]
        public void AWrongSecretIsSaidSo()
        {
            using (var client = world.Client())
            using (var identity = world.Reporter.Identity())
            {
                var caller = client.AddReporter(world.Reporter.ClientId, "wrong-geheim", identity);
                var error = Assert.ThrowsAsync<PortalException>(() => world.BoAsync(caller))!;
                Assert.That(error.Code, Is.EqualTo("unauthorized_client"));
                Assert.That(error.Certainty, Is.EqualTo(Certainty.NotProcessed));
                Assert.That(error.ToString(), Does.Not.Contain("geheim"));
            }
        }

        [Test]
        public async Task NewCredentialsTakeOver()
        {
            using (var client = world.Client())
            using (var identity = world.Reporter.Identity())
            using (var right = Credentials.ClientSecret(
                world.Reporter.ClientId, world.Reporter.ClientSecret, identity.Thumbprint()))
            {
                var caller = client.AddReporter(world.Reporter.ClientId, "wrong-geheim", identity);
                Assert.ThrowsAsync<PortalException>(() => caller.TokenAsync());
                client.ReplaceCredentials(caller, right, identity);
                (await caller.TokenAsync()).Dispose();
                client.RemoveReporter(caller);
                Assert.ThrowsAsync<SessionException>(() => caller.TokenAsync());
            }
        }

        [Test]
        public async Task AFilingUnderWayOutlivesItsCredentials()
        {
            using (var client = world.Client())
            using (var identity = world.Reporter.Identity())
            using (var renewed = Credentials.ClientSecret(
                world.Reporter.ClientId, world.Reporter.ClientSecret, identity.Thumbprint()))
            {
                var caller = world.Join(client);
                var bo = await world.BoAsync(caller);
                await world.FaultAsync("api", "POST", "{\"kind\":\"latency\",\"ms\":1000}");
                var filing = caller.Doedsbo.AddKravAsync(bo, NewKrav());
                while (client.Stats().InFlight == 0)
                {
                    await Task.Yield();
                }
                client.ReplaceCredentials(caller, renewed, identity);
                Assert.That((await filing).Id, Is.Not.Null);
                Assert.That((await caller.Doedsbo.GetAllKravAsync(bo)).Count, Is.EqualTo(1));
            }
        }

        [Test]
        public async Task ACallThatIsGivenUpEndsAtOnce()
        {
            using (var client = world.Client())
            using (var stop = new CancellationTokenSource())
            {
                var caller = world.Join(client);
                var bo = await world.BoAsync(caller);
                await world.FaultAsync("api", "POST", "{\"kind\":\"latency\",\"ms\":600000}");
                var filing = caller.Doedsbo.AddKravAsync(bo, NewKrav(), cancellationToken: stop.Token);
                while (client.Stats().InFlight == 0)
                {
                    await Task.Yield();
                }
                stop.Cancel();
                var error = Assert.CatchAsync<CallCanceledException>(() => filing)!;
                Assert.That(filing.IsCanceled);
                Assert.That(error.Certainty, Is.Not.EqualTo(Certainty.Processed));
                Assert.That(client.Stats().InFlight, Is.Zero);
                await caller.Doedsbo.GetAllKravAsync(bo);
            }
        }

        [Test]
        public async Task AFilingThatWasGivenUpForLostIsUnknown()
        {
            var time = DateTimeOffset.UtcNow;
            using (var client = world.Client(clock: () => time))
            using (var cancellation = new CancellationTokenSource())
            {
                var caller = world.Join(client);
                var bo = await world.BoAsync(caller);
                await world.FaultAsync("api", "POST", "{\"kind\":\"latency\",\"ms\":600000}");
                var filing = caller.Doedsbo.AddKravAsync(bo, NewKrav(), cancellationToken: cancellation.Token);
                while (client.Stats().InFlight == 0)
                {
                    await Task.Yield();
                }
                // The machine sleeps; then another call asks the session, which gives the exchange up.
                time += TimeSpan.FromSeconds(200);
                await caller.Doedsbo.GetAllKravAsync(bo);
                cancellation.Cancel();
                var ended = Assert.CatchAsync<CallCanceledException>(() => filing)!;
                Assert.That(ended.Certainty, Is.EqualTo(Certainty.Unknown));
            }
        }

        [Test]
        public async Task TheCallsOfABatchThatIsGivenUpAreNotSentInEachOthersPlace()
        {
            var pending = new Pending();
            using (var client = world.Client(settings => settings.WithMaxInFlight(2), _ => pending))
            using (var stop = new CancellationTokenSource())
            {
                var caller = world.Join(client);
                var bo = new DoedsbojournalId("9b0f4a57-9b5d-4d8e-8a54-6a3f0ff4f3b1");
                var filings = Enumerable.Range(0, 10)
                    .Select(_ => caller.Doedsbo.AddKravAsync(bo, NewKrav(), cancellationToken: stop.Token))
                    .ToList();
                while (pending.Calls < 2)
                {
                    await Task.Yield();
                }
                stop.Cancel();
                foreach (var filing in filings)
                {
                    Assert.CatchAsync<CallCanceledException>(() => filing);
                }
                Assert.That(pending.Calls, Is.EqualTo(2));
            }
        }

        [Test]
        public void ACallerOfAnotherClientIsRefused()
        {
            using (var one = world.Client())
            using (var other = world.Client())
            {
                world.Join(one);
                var caller = world.Join(other);
                Assert.Throws<ArgumentException>(() => one.RemoveReporter(caller));
                other.RemoveReporter(caller);
            }
        }

        [Test]
        public async Task AClientThatIsDisposedGivesItsCallsUp()
        {
            var client = world.Client();
            var caller = world.Join(client);
            var bo = await world.BoAsync(caller);
            await world.FaultAsync("api", "POST", "{\"kind\":\"latency\",\"ms\":600000}");
            var filing = caller.Doedsbo.AddKravAsync(bo, NewKrav());
            while (client.Stats().InFlight == 0)
            {
                await Task.Yield();
            }
            client.Dispose();
            Assert.CatchAsync<OperationCanceledException>(() => filing);
        }

        [Test]
        public async Task ManyCallsAtOnceShareOneToken()
        {
            using (var client = world.Client())
            {
                var caller = world.Join(client);
                var bo = await world.BoAsync(caller);
                await world.ControlAsync("/reset");
                caller.InvalidateTokens();
                await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => caller.Doedsbo.GetAllKravAsync(bo)));
                string requests = await world.RequestsAsync();
                int tokens = requests.Split("/protocol/openid-connect/token").Length - 1;
                Assert.That(tokens, Is.EqualTo(1));
            }
        }

        [Test]
        public void TheLogHoldsNoSecretsAndNoPersonalData()
        {
            Assert.That(world.Log, Is.Not.Empty);
            string log = string.Join("\n", world.Log);
            Assert.That(log, Does.Contain("doedsbojournal."));
            foreach (string secret in new[]
            {
                world.Reporter.ClientSecret.Trim(), world.Sandbox.CprNummer.Expose(), "eyJ", "Bearer", "geheim",
            })
            {
                Assert.That(log, Does.Not.Contain(secret));
            }
        }

        /// <summary>Gives tokens, and answers no call.</summary>
        private sealed class Pending : HttpMessageHandler
        {
            private int calls;

            internal int Calls => Volatile.Read(ref calls);

            protected override async Task<HttpResponseMessage> SendAsync(
                HttpRequestMessage request, CancellationToken cancellationToken)
            {
                if (!request.RequestUri!.AbsolutePath.EndsWith("/token", StringComparison.Ordinal))
                {
                    Interlocked.Increment(ref calls);
                    await Task.Delay(Timeout.Infinite, cancellationToken);
                }
                const string Token = "{\"access_token\":\"a.b.c\",\"expires_in\":300,\"token_type\":\"Bearer\"}";
                return new HttpResponseMessage(HttpStatusCode.OK)
                {
                    Content = new StringContent(Token, Encoding.UTF8, "application/json"),
                };
            }
        }
    }
}

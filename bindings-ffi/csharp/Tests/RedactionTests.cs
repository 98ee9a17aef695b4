using System;
using System.Linq;
using System.Text;
using System.Text.Json;
using NUnit.Framework;
using Skifteportal.Model;

namespace Skifteportal.Tests
{
    /// <summary>What texts and serialisers show, and what is freed.</summary>
    public sealed class RedactionTests
    {
        [Test]
        public void NoTextShowsASecret()
        {
            using (var token = new Token("hemmelig", TokenKind.Direct, null))
            using (var credentials = Credentials.ClientSecret("id", "hemmelig", new CertificateThumbprint(new string('a', 64))))
            using (var environment = PortalEnvironment.Test())
            using (var request = new Auth().VariantARequest(environment, "id", "hemmelig"))
            {
                var cpr = CprNummer.Parse("0101701234");
                var query = new DoedsbojournalQuery { CprNummer = cpr };
                var header = new HeaderField("Authorization", "Bearer hemmelig");
                foreach (object one in new object[]
                {
                    token, credentials, request, cpr, query, header, new Fritekst("hemmelig"),
                    new AnyPayload.DoedsbojournalQueryPayload(query),
                    new SessionAction.Send(1, request, null, null, 1),
                })
                {
                    Assert.That(one.ToString(), Does.Not.Contain("hemmelig").And.Not.Contain("0101701234"), one.GetType().Name);
                }
            }
        }

        [Test]
        public void NoExceptionTellsWhatItWasGiven()
        {
            var given = new Func<object>[]
            {
                () => CprNummer.Parse("hemmelig"),
                () => KeyStore.FromPkcs12(Encoding.UTF8.GetBytes("hemmelig"), "hemmelig"),
                () => PrivateKey.FromPem(Encoding.UTF8.GetBytes("-----BEGIN PRIVATE KEY-----\nhemmelig\n"), "hemmelig"),
                () => Krav.FromJson("{\"beloeb\":\"hemmelig\"}"),
                () => new Auth().AccessTokenClaims("hemmelig"),
            };
            foreach (var make in given)
            {
                var error = Assert.Catch<SkifteportalException>(() => make())!;
                Assert.That(error.ToString(), Does.Not.Contain("hemmelig"));
                Assert.That(error.Code, Is.Not.Empty);
            }
        }

        [Test]
        public void AForeignSerialiserSeesNoPersonalData()
        {
            var query = new DoedsbojournalQuery { CprNummer = CprNummer.Parse("0101701234") };
            Assert.That(JsonSerializer.Serialize(query), Does.Not.Contain("0101701234"));
            Assert.That(query.ToJson(), Does.Contain("0101701234"));
            var krav = new Krav { Titel = "hemmelig", Beloeb = 12.50m, Id = new KravId("7") };
            string json = JsonSerializer.Serialize(krav);
            Assert.That(json, Does.Not.Contain("hemmelig"));
            Assert.That(json, Does.Contain("12.50"));
        }

        [Test]
        public void APayloadGoesToItsOwnJsonAndBack()
        {
            const string Json = "{\"id\":\"7\",\"beloeb\":12.50,\"titel\":\"æ\",\"fremmed\":{\"a\":[1.0]}}";
            var krav = Krav.FromJson(Json);
            Assert.That(krav.Beloeb.ToString(), Is.EqualTo("12.50"));
            Assert.That(krav.Titel!.Raw(), Is.EqualTo("æ"));
            Assert.That(krav.ToJson(), Is.EqualTo(Json));
            Assert.That(Krav.FromJson(Json), Is.EqualTo(krav));
        }

        [Test]
        public void WhatIsDisposedIsNotUsed()
        {
            var token = new Token("hemmelig", TokenKind.Direct, null);
            token.Dispose();
            token.Dispose();
            Assert.Throws<ObjectDisposedException>(() => token.AccessToken());
            Assert.That(token.ToString(), Does.Contain("disposed"));
        }

        [Test]
        public unsafe void APdfIsCheckedWhereItIs()
        {
            byte[] file = System.IO.File.ReadAllBytes(Workspace.Of("examples/rust/data/faktura-med-javascript.pdf"));
            var padded = new byte[file.Length + 10];
            file.CopyTo(padded, 5);
            using (var pdf = new Pdf())
            using (var profile = Profile.Portal())
            using (var options = new SanitizeOptions())
            {
                var report = pdf.Check(file, profile);
                Assert.That(report.Verdict, Is.Not.EqualTo(Verdict.Accepted));
                Assert.That(pdf.Check(new ArraySegment<byte>(padded, 5, file.Length), profile), Is.EqualTo(report));
                ReadOnlySpan<byte> span = padded.AsSpan(5, file.Length);
                fixed (byte* at = span)
                {
                    Assert.That(pdf.Check(at, span.Length, profile), Is.EqualTo(report));
                    using (var sanitized = pdf.Sanitize(at, span.Length, profile, options))
                    {
                        Assert.That(sanitized.Bytes(), Is.EqualTo(pdf.Sanitize(file, profile, options).Bytes));
                    }
                }
            }
        }

        [Test]
        public void PointsInTimeKeepTheirText()
        {
            var time = Timestamp.Parse("2026-12-01T12:00:00.123456789+01:00");
            Assert.That(time.ToString(), Is.EqualTo("2026-12-01T12:00:00.123456789+01:00"));
            var read = time.ToDateTimeOffset();
            Assert.That(read.Offset, Is.EqualTo(TimeSpan.FromHours(1)));
            Assert.That(read.Ticks % 10_000_000, Is.EqualTo(1_234_567));
            Assert.That(Timestamp.From(read).ToString(), Is.EqualTo("2026-12-01T11:00:00.1234567Z"));
            Assert.That(default(Timestamp).ToDateTimeOffset(), Is.EqualTo(DateTimeOffset.UnixEpoch));
            Assert.That(default(Dato).ToString(), Is.EqualTo("0000-01-01"));
            Assert.That(Dato.FromDateTime(new DateTime(2026, 2, 28)) < new Dato(2026, 3, 1));
            Assert.Throws<InputException>(() => new Dato(2026, 2, 30));
        }

        [Test]
        public void EveryOperationHasAMethodThatSends()
        {
            int sending = typeof(Caller).GetProperties()
                .Where(property => property.PropertyType.Name.EndsWith("Client", StringComparison.Ordinal))
                .Sum(property => property.PropertyType.GetMethods().Count(m => m.Name.EndsWith("Async", StringComparison.Ordinal)));
            // The host's own calls are one more.
            Assert.That(sending, Is.GreaterThanOrEqualTo(new Catalogue().Operations().Count));
        }
    }
}

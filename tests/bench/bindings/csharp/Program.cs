using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Skifteportal;
using Skifteportal.Model;

namespace Bench
{
    /// <summary>The rows of <c>cargo xtask bench bindings</c>, by the package.</summary>
    internal sealed class Program
    {
        private const string Password = "fixture";

        private readonly string folder;
        private readonly PortalEnvironment environment = PortalEnvironment.Test();
        private readonly DateTimeOffset moment = new DateTimeOffset(2026, 12, 1, 12, 0, 0, TimeSpan.Zero);
        private readonly Timestamp now;
        private readonly Checks checks;
        private readonly Doedsbo doedsbo = new Doedsbo();
        private readonly DoedsbojournalId journal = new DoedsbojournalId("e25d84d3-7aec-4361-84da-93125cb83f08");
        private readonly KravId id = new KravId("4b97d591-1b88-4b70-81bc-7a4c4a227627");
        private readonly Pdf pdf = new Pdf();
        private readonly Profile profile = Profile.Portal();
        private readonly HeaderField[] headers = { new HeaderField("Content-Type", "application/json") };
        private readonly byte[] entropy = new byte[32];
        private readonly Token token;
        private readonly KeyStore store;
        private readonly AssertionSettings settings;
        private readonly Peers peers;

        private Program(string folder)
        {
            this.folder = folder;
            now = Timestamp.From(moment);
            checks = Checks.At(now);
            string access = File.ReadAllText(Path.Combine(folder, "token"));
            token = new Token(access, TokenKind.Direct, null);
            store = KeyStore.FromPkcs12(Read("reporter.p12"), Password);
            settings = new Defaults().Assertion("https://reporter.example", "11223344");
            var certificate = new X509Certificate2(Read("reporter.p12"), Password);
            var chain = store.Chain().Certificates().Select(one => new X509Certificate2(one.Der()));
            peers = new Peers(access, environment.Audience(), chain, certificate.GetRSAPrivateKey()!);
        }

        private static void Main(string[] words)
        {
            var bench = new Program(words[1]);
            if (words[0] == "measure")
            {
                bench.Measure(double.Parse(words[2], CultureInfo.InvariantCulture));
            }
            else
            {
                bench.Memory(words[2]);
            }
        }

        private byte[] Read(string file) => File.ReadAllBytes(Path.Combine(folder, file));

        private void Measure(double seconds)
        {
            var clock = new Clock(seconds);
            Console.WriteLine("{\"who\":\"C#\",\"version\":\".NET " + Environment.Version + "\"}");
            using (var response = new HttpResponse(200, headers, Array.Empty<byte>()))
            {
                clock.Ours("cheapest", () => response.IsSuccess() ? this : null);
            }
            clock.Ours("request", () =>
            {
                using var request = Request();
                return request;
            });
            clock.Ours("request_read", () =>
            {
                using var request = Request();
                return (request.Method(), request.Url(), request.Headers(), request.Body());
            });
            clock.Peer("request_read", "System.Text.Json and HttpRequestMessage", () =>
            {
                using var request = peers.Request();
                return request;
            });
            Decode(clock);
            Sign(clock);
            CheckPdf(clock);
            byte[] bilag = Read("bilag.pdf");
            clock.Ours("upload", () =>
            {
                using var request = Upload(bilag);
                return request;
            });
            clock.Ours("upload_read", () =>
            {
                using var request = Upload(bilag);
                return request.Body();
            });
        }

        private HttpRequest Request()
        {
            var krav = new Krav
            {
                Beskrivelse = "Faktura 20261101-17, levering af varme i oktober 2026",
                Beloeb = 12345.67m,
                Endeligt = false,
                Opgjortdato = new Dato(2026, 11, 1),
            };
            using var call = doedsbo.AddKrav(journal, krav, checks);
            using var prepared = call.Prepared();
            return prepared.ToRequest(environment, token);
        }

        private HttpRequest Upload(byte[] bytes)
        {
            using var call = doedsbo.UploadKravBilag(journal, id, "bilag.pdf", bytes, checks);
            using var prepared = call.Prepared();
            return prepared.ToRequest(environment, token);
        }

        private void Decode(Clock clock)
        {
            using var one = doedsbo.GetKrav(journal, id);
            using var all = doedsbo.GetAllKrav(journal);
            foreach (int count in new[] { 1, 100, 10_000 })
            {
                byte[] body = Read("krav-" + count + ".json");
                clock.Ours("decode_" + count, () =>
                {
                    using var response = new HttpResponse(200, headers, body);
                    return count == 1 ? (object)one.Outcome(response, now) : all.Outcome(response, now);
                });
                clock.Peer("decode_" + count, "System.Text.Json, tree", () =>
                {
                    using var tree = JsonDocument.Parse(body);
                    return tree;
                });
            }
        }

        private UnsignedAssertion Unsigned()
        {
            using var chain = store.Chain();
            return UnsignedAssertion.Prepare(
                settings, environment.Audience(), chain, now, "0b60c02a-46c3-4cc9-b0fc-dd87f81ff0b7");
        }

        private string Signed()
        {
            using var unsigned = Unsigned();
            using var key = store.Key();
            using var signed = unsigned.Sign(key, entropy);
            return signed.Jwt();
        }

        private string SignedOutside()
        {
            using var unsigned = Unsigned();
            using var signed = unsigned.WithSignature(peers.Sign(unsigned.SigningInput()));
            return signed.Jwt();
        }

        private void Sign(Clock clock)
        {
            // A comparison is one only where both make the same.
            Same(Signed(), peers.Signed(moment));
            Same(Signed(), SignedOutside());
            clock.Ours("signing_input", () =>
            {
                using var unsigned = Unsigned();
                return unsigned.SigningInput();
            });
            clock.Peer("signing_input", "System.Text.Json by hand", () => peers.SigningInput(moment));
            clock.Ours("sign", Signed);
            clock.Peer("sign", ".NET's RSA", () => peers.Signed(moment));
            clock.Ours("sign_outside", SignedOutside);
        }

        private static void Same(string one, string other)
        {
            for (int part = 0; part < 2; part++)
            {
                if (!Members(one, part).SequenceEqual(Members(other, part)))
                {
                    throw new InvalidOperationException("two assertions that should say the same do not");
                }
            }
        }

        private static IEnumerable<string> Members(string jwt, int number)
        {
            string part = jwt.Split('.')[number].Replace('-', '+').Replace('_', '/');
            byte[] json = Convert.FromBase64String(part + new string('=', (4 - part.Length % 4) % 4));
            using var tree = JsonDocument.Parse(json);
            // Their order, and how a sign is escaped, are free.
            return tree.RootElement.EnumerateObject().OrderBy(one => one.Name, StringComparer.Ordinal)
                .Select(one => one.Name + Shown(one.Value)).ToList();
        }

        private static string Shown(JsonElement value) => value.ValueKind switch
        {
            JsonValueKind.Array => string.Join(",", value.EnumerateArray().Select(Shown)),
            JsonValueKind.String => value.GetString()!,
            _ => value.GetRawText(),
        };

        private void CheckPdf(Clock clock)
        {
            byte[] small = Read("small.pdf");
            clock.Ours("pdf_small", () => pdf.Check(small, profile));
            byte[] large = Read("large.pdf");
            clock.Ours("pdf_large", () => pdf.Check(large, profile));
            clock.Ours("pdf_large_at", () => pdf.Check(new ArraySegment<byte>(large), profile));
        }

        /// <summary>One row in a fresh process; what it loads and compiles is there by then.</summary>
        private void Memory(string row)
        {
            byte[] small = Read("small.pdf");
            pdf.Check(small, profile);
            Upload(small).Dispose();
            byte[] file = Read("large.pdf");
            switch (row)
            {
                case "pdf_large":
                    Clock.Memory(row, () => pdf.Check(file, profile));
                    break;
                case "pdf_large_at":
                    Clock.Memory(row, () => pdf.Check(new ArraySegment<byte>(file), profile));
                    break;
                case "upload_large":
                    Clock.Memory(row, () => Upload(file));
                    break;
                default:
                    throw new ArgumentException(row);
            }
        }
    }
}

using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Skifteportal;
using Skifteportal.Model;

namespace Example
{
    /// <summary>Two tokens, a claim from its filing to its deletion, and a likvidator's letter.</summary>
    internal sealed class Story
    {
        private readonly Config config;

        internal Story(Config config)
        {
            this.config = config;
        }

        internal static void Step(string number, string title) => Console.WriteLine("\n" + number.PadLeft(2) + ". " + title);

        internal static void Say(string line) => Console.WriteLine("    " + line);

        internal static byte[] Read(string name)
        {
            using var file = typeof(Story).Assembly.GetManifestResourceStream(name)!;
            using var bytes = new MemoryStream();
            file.CopyTo(bytes);
            return bytes.ToArray();
        }

        internal async Task TellAsync()
        {
            using var environment = config.Environment();
            using var client = new SkifteportalClient(
                environment, new SkifteportalClientOptions { Authorities = config.Authorities() });
            using var reporterIdentity = config.Identity(config.Reporter);
            using var apiUser = config.Identity(config.ApiUser);
            using var systemIdentity = config.Identity(config.System);
            byte[] faktura = Read("faktura.pdf");

            Step("1", "The reporter's certificate");
            Describe(reporterIdentity);

            Step("2", "A token by variant A: Client ID and secret over the reporter's certificate");
            var reporter = client.AddReporter(
                config.ClientId(config.Reporter), config.ClientSecret(config.Reporter), reporterIdentity);
            await TellTokenAsync(reporter);

            Step("3", "A token by variant B: an assertion signed with the reporter's key");
            await TellTokenAsync(client.AddReporter("https://practice-system.example", reporterIdentity, apiUser));

            Step("4", "A dødsbo is found by CPR number, a claim is filed, a PDF is attached");
            var krav = new Krav { Beloeb = 12345.67m, Endeligt = false, Opgjortdato = Dato.InDenmark(Timestamp.Now) };
            var (bo, filed) = await Claim.FileAsync(reporter, config.Cpr, krav, faktura);
            var id = filed.Id!.Value;
            Say("krav " + id);
            if (filed.Kvittering is { } kvittering)
            {
                Say(kvittering.Kode + ": " + kvittering.Overskrift?.Raw());
            }

            Step("5", "The claim is made final, read back with its bilag, and deleted");
            var changed = await reporter.Doedsbo.GetKravAsync(bo, id);
            changed.Endeligt = true;
            await reporter.Doedsbo.UpdateKravAsync(bo, id, changed);
            var read = await reporter.Doedsbo.GetKravAsync(bo, id);
            Say(read.Beloeb + " kr., " + (read.Endeligt == true ? "final" : "preliminary"));
            foreach (var bilag in await reporter.Doedsbo.ListKravBilagAsync(bo, id))
            {
                var file = await reporter.Doedsbo.DownloadKravBilagAsync(bo, id, bilag.Id!.Value);
                bool same = file.Bytes.SequenceEqual(faktura);
                Say("bilag " + file.Filnavn + ": " + (same ? "the same bytes" : "other bytes"));
            }
            await reporter.Doedsbo.DeleteKravAsync(bo, id);
            Say("deleted");

            Step("6", "A token for a likvidator: exchanged by the system that is on the adgangsprofil");
            var system = client.AddReporter(
                config.ClientId(config.System), config.ClientSecret(config.System), systemIdentity);
            // snippet: likvidator
            var likvidator = system.ActingFor(config.Adgangsprofil);
            // end of snippet
            await TellTokenAsync(likvidator);

            Step("7", "The likvidator sends a henvendelse with a document");
            var dokument = await likvidator.Dokumentlager.AddV2Async("redegørelse.pdf", faktura);
            var sent = await likvidator.Henvendelser.AddTraadAsync(Letter(dokument));
            Say("henvendelsestråd " + sent?.Id);

            await new Refusals(config, client, reporter, reporterIdentity).TellAsync(bo);
        }

        private static void Describe(ClientIdentity identity)
        {
            using var certificate = identity.ToCertificate();
            var summary = certificate.Summary(Timestamp.Now, 30);
            Say(summary.CommonName + ": " + summary.Kind + ", CVR " + summary.Cvr);
            Say("valid until " + summary.NotAfter);
            Say("SERIALNUMBER for Samarbejdsportalen: " + summary.SubjectSerialNumber);
        }

        private static async Task TellTokenAsync(Caller caller)
        {
            using var token = await caller.TokenAsync();
            Say("a " + token.Kind().ToString().ToLowerInvariant() + " token, good until " + token.ExpiresAt());
        }

        private Henvendelsestraad Letter(Dokument dokument)
        {
            return new Henvendelsestraad
            {
                SagId = config.Sag,
                Emneord = "Redegørelse",
                Henvendelser = new[]
                {
                    new Henvendelse
                    {
                        Tekst = "Vedlagt er redegørelsen.",
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
            };
        }
    }
}

using System;
using System.Linq;
using System.Threading.Tasks;
using Skifteportal;
using Skifteportal.Model;

namespace Example
{
    /// <summary>Four refusals, in plain words.</summary>
    internal sealed class Refusals
    {
        private readonly Config config;
        private readonly SkifteportalClient client;
        private readonly Caller reporter;
        private readonly ClientIdentity identity;

        internal Refusals(Config config, SkifteportalClient client, Caller reporter, ClientIdentity identity)
        {
            this.config = config;
            this.client = client;
            this.reporter = reporter;
            this.identity = identity;
        }

        internal async Task TellAsync(DoedsbojournalId bo)
        {
            Console.WriteLine("\nFour refusals, in plain words");
            using var none = Checks.None();

            Story.Step("a", "A client secret with a typing error");
            var stranger = client.AddReporter(config.ClientId(config.Reporter), "mistyped", identity);
            await RefusedAsync(() => stranger.Doedsbo.GetAllKravAsync(bo));

            Story.Step("b", "A search by CPR number and by name at once");
            var query = new DoedsbojournalQuery { CprNummer = config.Cpr, Navn = "Erlinda Hills" };
            await BeforeSendingAsync(() => reporter.Doedsbo.SearchBoAsync(query, new Page()));
            await RefusedAsync(() => reporter.Doedsbo.SearchBoAsync(query, new Page(), checks: none));

            Story.Step("c", "A claim that is made up tomorrow");
            var krav = new Krav
            {
                Beloeb = 1.00m,
                Opgjortdato = Dato.InDenmark(DateTimeOffset.UtcNow.AddHours(36)),
            };
            await BeforeSendingAsync(() => reporter.Doedsbo.AddKravAsync(bo, krav));
            await RefusedAsync(() => reporter.Doedsbo.AddKravAsync(bo, krav, none));

            Story.Step("d", "A PDF that runs JavaScript when it is opened");
            byte[] file = Story.Read("faktura-med-javascript.pdf");
            var filed = await reporter.Doedsbo.AddKravAsync(bo, new Krav { Beloeb = 1.00m });
            var id = filed.Id!.Value;
            using var pdf = new Pdf();
            using var profile = Profile.Portal();
            foreach (var finding in pdf.Check(file, profile).Findings)
            {
                Story.Say("before sending: " + pdf.Explain(finding, Language.English));
            }
            await RefusedAsync(() => reporter.Doedsbo.UploadKravBilagAsync(bo, id, "faktura.pdf", file));
            await reporter.Doedsbo.UploadKravBilagAsync(bo, id, "faktura.pdf", Claim.SafeBilag(file), profile);
            Story.Say("sanitised, the same invoice is accepted");
            await reporter.Doedsbo.DeleteKravAsync(bo, id);
        }

        /// <summary>What the library says without asking the portal.</summary>
        private static async Task BeforeSendingAsync(Func<Task> call)
        {
            try
            {
                await call();
            }
            catch (CallException error)
            {
                foreach (var violation in error.Violations)
                {
                    Story.Say("before sending: " + violation.Code + " at " + violation.Pointer);
                }
            }
        }

        /// <summary>What the portal says.</summary>
        private static async Task RefusedAsync(Func<Task> call)
        {
            try
            {
                await call();
            }
            catch (PortalException error)
            {
                Story.Say("refused: " + error.Code);
                Story.Say("da: " + error.Refusal.Danish);
                Story.Say("en: " + error.Refusal.English);
                return;
            }
            throw new InvalidOperationException("the portal accepted what it should refuse");
        }
    }
}

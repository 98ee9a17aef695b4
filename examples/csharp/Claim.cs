using System;
using System.Linq;
using System.Threading.Tasks;
using Skifteportal;
using Skifteportal.Model;

namespace Example
{
    /// <summary>The lines of docs/dotnet.md.</summary>
    public static class Claim
    {
        // snippet: set_up
        /// <summary>A client for the whole program, and a caller for one reporter.</summary>
        public static Caller SetUp(
            SkifteportalClient client, string p12File, string password, string clientId, string clientSecret)
        {
            var identity = ClientIdentity.FromPkcs12File(p12File, password);
            return client.AddReporter(clientId, clientSecret, identity);
        }
        // end of snippet

        // snippet: file_a_claim
        /// <summary>Finds a dødsbo by CPR number and files a claim with a PDF attached.</summary>
        public static async Task<(DoedsbojournalId Bo, Krav Filed)> FileAsync(
            Caller caller, CprNummer cpr, Krav krav, byte[] pdf)
        {
            var query = new DoedsbojournalQuery { CprNummer = cpr };
            var found = await caller.Doedsbo.SearchBoAsync(query, new Page());
            var bo = found.Items.FirstOrDefault()?.Id ?? throw new InvalidOperationException("no such dødsbo");
            var filed = await caller.Doedsbo.AddKravAsync(bo, krav);
            var id = filed.Id ?? throw new InvalidOperationException("the answer has no id");
            using var profile = Profile.Portal();
            await caller.Doedsbo.UploadKravBilagAsync(bo, id, "faktura.pdf", pdf, profile);
            return (bo, filed);
        }
        // end of snippet

        // snippet: safe_bilag
        /// <summary>The file as it is, or without what the portal is known to refuse.</summary>
        public static byte[] SafeBilag(byte[] file)
        {
            using var pdf = new Pdf();
            using var profile = Profile.Portal();
            using var options = new SanitizeOptions();
            return pdf.Check(file, profile).Verdict == Verdict.Accepted
                ? file
                : pdf.Sanitize(file, profile, options).Bytes;
        }
        // end of snippet

        // snippet: errors
        /// <summary>What to tell the user, and whether to make the call again.</summary>
        public static async Task<string> TellAsync(Func<Task> call)
        {
            try
            {
                await call();
                return "done";
            }
            catch (PortalException refused) when (refused.Certainty == Certainty.NotProcessed)
            {
                // Nothing was filed. The explanation says whose turn it is.
                return refused.Code + ": " + refused.Refusal.Danish;
            }
            catch (PortalException unclear)
            {
                // Sent once, and nobody knows: look before filing again.
                return "look first: " + unclear.Refusal.Danish;
            }
            catch (CallException refused)
            {
                // Nothing was sent: a rule of the portal is broken, or the PDF would be refused.
                return string.Join(", ", refused.Violations.Select(rule => rule.Code + " at " + rule.Pointer));
            }
            catch (SkifteportalException other)
            {
                return other.Code + ": " + other.Message;
            }
        }
        // end of snippet
    }
}

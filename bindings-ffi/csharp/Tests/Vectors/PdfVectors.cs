using System;
using System.Linq;
using System.Security.Cryptography;
using Skifteportal.Model;

namespace Skifteportal.Tests.Vectors
{
    internal static class PdfVectors
    {
        internal static object Answer(Members input)
        {
            var pdf = new Pdf();
            byte[] bytes = input.Bytes("pdf");
            var profile = ReadProfile(pdf, input.Of("profile"));
            if (input.Text("do") == "check")
            {
                var report = pdf.Check(bytes, profile);
                return Json.Object(
                    ("report", Json.Parse(pdf.ReportJson(report))),
                    ("codes", pdf.Codes(report)),
                    ("explanations", report.Findings.Select(finding => Json.Object(
                        ("da", pdf.Explain(finding, Language.Danish)),
                        ("en", pdf.Explain(finding, Language.English))))));
            }
            var options = new SanitizeOptions()
                .BreakSignatures(input.Flag("break_signatures"))
                .RemoveAtRisk(input.Flag("remove_at_risk"));
            options = input.Texts("remove").Aggregate(options, (kept, name) => kept.Remove(KindOf(pdf, name)));
            var sanitized = pdf.Sanitize(bytes, profile, options);
            using (var hash = SHA256.Create())
            {
                return Json.Object(
                    ("sha256", Convert.ToHexString(hash.ComputeHash(sanitized.Bytes)).ToLowerInvariant()),
                    ("removed", Json.Parse(pdf.RemovedJson(sanitized.Removed))),
                    ("report", Json.Parse(pdf.ReportJson(sanitized.Report))));
            }
        }

        internal static Kind KindOf(Pdf pdf, string name)
        {
            return pdf.KindNamed(name) ?? throw new InvalidOperationException("no kind " + name);
        }

        private static Profile ReadProfile(Pdf pdf, Members given)
        {
            var profile = given.Text("base") == "portal" ? Profile.Portal() : Profile.Strict();
            var weights = given.OptionalMembers("weights");
            foreach (string name in weights?.Names ?? Enumerable.Empty<string>())
            {
                string weight = weights!.Text(name).Replace("_", "", StringComparison.Ordinal);
                profile = profile.WithSeverity(KindOf(pdf, name), Enum.Parse<Severity>(weight, ignoreCase: true));
            }
            if (given.Flag("superseded_as_present"))
            {
                profile = profile.WithSupersededAsPresent();
            }
            if (given.Optional("page_cover") is { } cover)
            {
                profile = profile.WithPageCover(cover.GetDouble());
            }
            if (given.Optional("max_size") != null)
            {
                profile = profile.WithMaxSize(given.Long("max_size"));
            }
            var limits = given.OptionalMembers("limits");
            return profile.WithLimits((limits?.Names ?? Enumerable.Empty<string>()).Aggregate(
                profile.Limits(), (kept, name) => Limited(kept, name, limits!.Long(name))));
        }

        private static Limits Limited(Limits limits, string name, long number)
        {
            return name switch
            {
                "work" => limits.WithWork(number),
                "objects" => limits.WithObjects(number),
                "depth" => limits.WithDepth(number),
                "unpacked" => limits.WithUnpacked(number),
                "unpacked_stream" => limits.WithUnpackedStream(number),
                "findings" => limits.WithFindings(number),
                _ => throw new InvalidOperationException("no limit " + name),
            };
        }
    }
}

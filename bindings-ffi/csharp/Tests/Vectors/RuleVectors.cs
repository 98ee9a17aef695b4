using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Skifteportal.Model;

namespace Skifteportal.Tests.Vectors
{
    internal static class RuleVectors
    {
        internal static object Answer(Members input)
        {
            var checks = Checks.On(Dato.Parse(input.Text("today")));
            if (input.Flag("update"))
            {
                checks = checks.ForUpdate();
            }
            checks = input.Texts("without").Aggregate(checks, (kept, code) => kept.Without(code));
            var found = Violations(input.Of("of"), checks);
            return Json.Object(("violations", found.Select(one => Json.Object(
                ("code", one.Code), ("pointer", one.Pointer), ("arguments", one.Arguments)))));
        }

        private static IReadOnlyList<RuleViolation> Violations(Members of, Checks checks)
        {
            var rules = new Rules();
            switch (of.Text("do"))
            {
                case "payload":
                    byte[] json = Encoding.UTF8.GetBytes(of.Text("json"));
                    return rules.Check(new Payloads().Decode(of.Text("type"), json), checks);
                case "pdf_header":
                    return rules.CheckPdfHeader(of.Bytes("file"), checks);
                case "redegoerelse":
                    return rules.CheckRedegoerelse(of.OptionalText("opsummering"), of.Int("bilag"), checks);
                case "fristudsaettelse":
                    return rules.CheckFristudsaettelse(of.OptionalText("aarsag"), of.Int("bilag"), checks);
                case "konkursbegaering":
                    return rules.CheckKonkursbegaering(of.Int("bilag"), checks);
                case "anmodning_om_revisor":
                    return rules.CheckAnmodningOmRevisor(of.OptionalText("aarsag"), of.Int("bilag"), checks);
                case "anmodning_om_erklaering":
                    var recipients = of.Texts("modtagere").Select(Part.FromJson).ToList();
                    return rules.CheckAnmodningOmErklaering(Date(of, "fristdato"), recipients, checks);
                case "erklaering":
                    return rules.CheckErklaering(
                        of.Flag("har_aktiver"),
                        of.Int("beskrevne_aktiver"),
                        of.Flag("selskab_aktivt"),
                        Date(of, "ophoert"),
                        checks);
                case "kaeremaal":
                    return rules.CheckKaeremaal(
                        Document(of, "skrivelse_om_kaereafgift"), Document(of, "skrivelse_til_landsretten"), checks);
                case "tidligere_ledelse":
                    return rules.CheckTidligereLedelse(Part.FromJson(of.Text("part")), checks);
                case "retsbog_fra_landsret":
                    return rules.CheckRetsbogFraLandsret(
                        of.OptionalText("udestaaende_id"), of.OptionalText("udfald"), checks);
                default:
                    throw new InvalidOperationException("no such rule");
            }
        }

        private static Dato? Date(Members of, string name)
        {
            return of.OptionalText(name) is string text ? Dato.Parse(text) : (Dato?)null;
        }

        private static DokumentId? Document(Members of, string name)
        {
            return of.OptionalText(name) is string text ? new DokumentId(text) : (DokumentId?)null;
        }
    }
}

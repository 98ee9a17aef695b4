using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Skifteportal;
using Skifteportal.Model;

/// <summary>What a program for .NET Framework does with the package.</summary>
internal static class Program
{
    private static readonly string Workspace = Environment.GetEnvironmentVariable("SKIFTEPORTAL_WORKSPACE")
        ?? throw new InvalidOperationException("SKIFTEPORTAL_WORKSPACE is the repository's folder");

    private static int Main()
    {
        var tests = new Dictionary<string, Action>
        {
            ["a request is built"] = ARequestIsBuilt,
            ["an answer is decoded"] = AnAnswerIsDecoded,
            ["a refusal is an exception with its code"] = ARefusalIsAnException,
            ["a broken rule is told before anything is sent"] = ABrokenRuleIsTold,
            ["a payload keeps what nobody knows"] = APayloadKeepsWhatNobodyKnows,
            ["PDFs are checked and written anew"] = PdfsAreChecked,
            ["an assertion is signed by a key of the framework"] = AnAssertionIsSigned,
            ["many threads make many calls"] = ManyThreads,
        };
        int failed = 0;
        foreach (var test in tests)
        {
            try
            {
                test.Value();
            }
            catch (Exception error)
            {
                failed++;
                Console.WriteLine("FAILED " + test.Key + "\n" + error);
            }
        }
        Console.WriteLine((tests.Count - failed) + " passed, " + failed + " failed");
        return failed == 0 ? 0 : 1;
    }

    private static void Same<T>(T found, T expected)
    {
        if (!EqualityComparer<T>.Default.Equals(found, expected))
        {
            throw new InvalidOperationException("expected " + expected + ", found " + found);
        }
    }

    private static void ARequestIsBuilt()
    {
        using (var environment = PortalEnvironment.Test())
        using (var request = new Auth().VariantARequest(environment, "client æøå", "secret"))
        {
            Same(request.MethodName(), "POST");
            string body = Encoding.UTF8.GetString(request.Body());
            Same(body.Contains("client_id=client+%C3%A6%C3%B8%C3%A5"), true);
            Same(request.ToString().Contains("secret"), false);
        }
    }

    private static Krav Filed(int status, string answer)
    {
        using (var doedsbo = new Doedsbo())
        using (var checks = Checks.On(new Dato(2026, 11, 21)))
        using (var call = doedsbo.AddKrav(new DoedsbojournalId("7"), new Krav { Beloeb = 12.50m }, checks))
        using (var response = new HttpResponse(status, new HeaderField[0], Encoding.UTF8.GetBytes(answer)))
        {
            return call.Outcome(response, Timestamp.Parse("2026-11-21T12:00:00Z"));
        }
    }

    private static void AnAnswerIsDecoded()
    {
        var krav = Filed(200, "{\"id\":\"1\",\"beloeb\":12.50,\"opgjortdato\":\"2026-11-20\"}");
        Same(krav.Beloeb.Value.ToString(System.Globalization.CultureInfo.InvariantCulture), "12.50");
        Same(krav.Opgjortdato, new Dato(2026, 11, 20));
    }

    private static void ARefusalIsAnException()
    {
        try
        {
            Filed(403, "{}");
        }
        catch (PortalException refused)
        {
            Same(refused.Refusal.Status, 403);
            Same(refused.Certainty, Certainty.NotProcessed);
            return;
        }
        throw new InvalidOperationException("nothing was thrown");
    }

    private static void ABrokenRuleIsTold()
    {
        var krav = new Krav { Beloeb = 1m, Opgjortdato = new Dato(2999, 1, 1) };
        try
        {
            using (var checks = Checks.On(new Dato(2026, 11, 21)))
            {
                new Doedsbo().AddKrav(new DoedsbojournalId("7"), krav, checks).Dispose();
            }
        }
        catch (CallException refused)
        {
            Same(refused.Violations.Count, 1);
            return;
        }
        throw new InvalidOperationException("nothing was thrown");
    }

    private static void APayloadKeepsWhatNobodyKnows()
    {
        string json = "{\"beloeb\":12.50,\"ny\":[1,2.00]}";
        Same(Krav.FromJson(json).ToJson(), json);
    }

    private static void PdfsAreChecked()
    {
        using (var pdf = new Pdf())
        using (var profile = Profile.Portal())
        using (var options = new SanitizeOptions())
        {
            byte[] good = File.ReadAllBytes(Path.Combine(Workspace, "examples/rust/data/faktura.pdf"));
            byte[] bad = File.ReadAllBytes(Path.Combine(Workspace, "examples/rust/data/faktura-med-javascript.pdf"));
            Same(pdf.Check(good, profile).Verdict, Verdict.Accepted);
            Same(pdf.Check(bad, profile).Verdict, Verdict.Refused);
            var verdict = pdf.Check(pdf.Sanitize(bad, profile, options).Bytes, profile).Verdict;
            Same(verdict == Verdict.Refused, false);
        }
    }

    private static void AnAssertionIsSigned()
    {
        byte[] Read(string file) => File.ReadAllBytes(Path.Combine(Workspace, "core/tests/data/auth", file));
        byte[] certificates = new[] { "reporter.pem", "ca.pem", "root.pem" }.SelectMany(Read).ToArray();
        using (var identity = ClientIdentity.FromPem(certificates, Read("reporter.key.pem")))
        using (var defaults = new Defaults())
        using (var chain = identity.ToChain())
        using (var unsigned = UnsignedAssertion.Prepare(
            defaults.Assertion("https://practice-system.example", "12345678"),
            "https://sts.example",
            chain,
            Timestamp.Parse("2026-11-21T12:00:00Z"),
            "1"))
        // The library takes no signature that the certificate does not verify.
        using (var signed = unsigned.WithSignature(identity.Sign(unsigned.SigningInput())))
        {
            Same(signed.Jwt().Split('.').Length, 3);
        }
    }

    private static void ManyThreads()
    {
        Parallel.For(0, 2000, _ => Filed(200, "{\"id\":\"1\",\"beloeb\":12.50}"));
    }
}

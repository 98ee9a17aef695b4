using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Skifteportal;
using Skifteportal.Model;
using Skifteportal.Testing;

/// <summary>A program that has nothing but the package.</summary>
internal static class Program
{
    private static int Main()
    {
        var tests = new Dictionary<string, Func<bool>>
        {
            ["the library comes out of the package"] = () =>
                !Directory.EnumerateFiles(AppContext.BaseDirectory, "*skifteportal_ffi*").Any(),
            ["a request is made"] = () =>
            {
                using (var environment = PortalEnvironment.Test())
                using (var request = new Auth().VariantARequest(environment, "client", "secret"))
                {
                    return request.MethodName() == "POST" && !request.ToString().Contains("secret");
                }
            },
            ["an answer is read"] = () => Krav.FromJson("{\"beloeb\":12.50}").Beloeb == 12.50m,
            ["a PDF is checked"] = () =>
            {
                using (var profile = Profile.Portal())
                {
                    return new Pdf().Check(Encoding.UTF8.GetBytes("no PDF"), profile).Verdict != Verdict.Accepted;
                }
            },
            ["the package for tests starts the sandbox"] = () =>
            {
                using (var sandbox = Sandbox.Start())
                using (var client = sandbox.Client())
                using (var token = sandbox.Reporter.AddTo(client).TokenAsync().GetAwaiter().GetResult())
                {
                    return token.Kind() == TokenKind.Direct;
                }
            },
            ["an error has a code"] = () =>
            {
                try
                {
                    CprNummer.Parse("x");
                    return false;
                }
                catch (SkifteportalException error)
                {
                    return error.Code == "cpr_nummer";
                }
            },
        };
        var failed = tests.Where(test => !test.Value()).Select(test => test.Key).ToList();
        failed.ForEach(name => Console.WriteLine("FAILED " + name));
        Console.WriteLine((tests.Count - failed.Count) + " passed, " + failed.Count + " failed");
        return failed.Count == 0 ? 0 : 1;
    }
}

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using NUnit.Framework;
using Skifteportal.Model;

namespace Skifteportal.Tests.Vectors
{
    /// <summary>Runs every file of the shared vectors; their README describes the format.</summary>
    public sealed class VectorTests
    {
        private static readonly Dictionary<string, Func<Members, object?>> Areas =
            new Dictionary<string, Func<Members, object?>>
            {
                ["amounts"] = Scalars.Amount,
                ["assertion"] = Assertions.Answer,
                ["certificates"] = CertificateVectors.Answer,
                ["claims"] = Tokens.Claims,
                ["dates"] = Scalars.Date,
                ["disposition"] = Scalars.Disposition,
                ["errors"] = Failures.Answer,
                ["form"] = Wire.Form,
                ["ids"] = Scalars.Id,
                ["operations"] = Operations.Answer,
                ["outcomes"] = Operations.Outcome,
                ["payloads"] = PayloadVectors.Answer,
                ["pdf"] = PdfVectors.Answer,
                ["rules"] = RuleVectors.Answer,
                ["text"] = Scalars.Text,
                ["times"] = Scalars.Time,
                ["token"] = Tokens.Token,
                ["url"] = Wire.Url,
            };

        public static IEnumerable<TestCaseData> Files()
        {
            foreach (string area in Areas.Keys)
            {
                foreach (string file in Workspace.Json("tests/vectors/" + area))
                {
                    yield return new TestCaseData(area, file).SetArgDisplayNames(area, Path.GetFileName(file));
                }
            }
        }

        [Test]
        public void EveryFolderIsAnAreaThatIsRun()
        {
            var folders = Directory.GetDirectories(Workspace.Of("tests/vectors")).Select(Path.GetFileName);
            Assert.That(folders, Is.EquivalentTo(Areas.Keys.Append("session")));
            Assert.That(Workspace.Json("tests/vectors"), Is.Empty);
        }

        [TestCaseSource(nameof(Files))]
        public void Vectors(string area, string file)
        {
            var whole = new Members(Json.Parse(File.ReadAllText(file)));
            Assert.That(whole.Text("description"), Is.Not.Empty);
            Assert.That(whole.Text("origin"), Is.Not.Empty);
            var cases = whole.List("cases");
            whole.End();
            Assert.That(cases, Is.Not.Empty);
            var names = new HashSet<string>();
            var failures = new List<string>();
            foreach (var one in cases)
            {
                var members = new Members(one);
                string name = members.Text("name");
                Assert.That(names.Add(name), name + " is there twice");
                var input = members.Get("input");
                members.Optional("expect");
                members.End();
                var expect = one.GetProperty("expect");
                var found = Answered(Areas[area], input);
                var again = Answered(Areas[area], input);
                if (!Json.Same(found, again))
                {
                    failures.Add(name + ": not the same the second time\n  first  " + found + "\n  second " + again);
                }
                if (!Json.Same(found, expect))
                {
                    failures.Add(name + "\n  expected " + expect + "\n  found    " + found);
                }
            }
            Assert.That(failures, Is.Empty, failures.Count + " of " + cases.Count + "\n" + string.Join("\n", failures));
        }

        private static JsonElement Answered(Func<Members, object?> answer, JsonElement input)
        {
            var members = new Members(input);
            object? found;
            try
            {
                found = answer(members);
            }
            catch (SkifteportalException error)
            {
                return Json.Of(Json.Object(("error", error.Code)));
            }
            members.End();
            return Json.Of(found);
        }
    }
}

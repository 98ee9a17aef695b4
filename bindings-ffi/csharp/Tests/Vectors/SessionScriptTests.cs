using System.Collections.Generic;
using System.IO;
using NUnit.Framework;

namespace Skifteportal.Tests.Vectors
{
    /// <summary>Runs every script of the session; the README beside them describes the format.</summary>
    public sealed class SessionScriptTests
    {
        public static IEnumerable<TestCaseData> Files()
        {
            foreach (string file in Workspace.Json("tests/vectors/session"))
            {
                yield return new TestCaseData(file).SetArgDisplayNames(Path.GetFileName(file));
            }
        }

        [TestCaseSource(nameof(Files))]
        public void Scripts(string file)
        {
            using (var script = new SessionScript(Json.Parse(File.ReadAllText(file))))
            {
                script.Run();
            }
        }
    }
}

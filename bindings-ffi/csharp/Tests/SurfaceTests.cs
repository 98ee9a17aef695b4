using System;
using System.IO;
using System.Linq;
using System.Text;
using NUnit.Framework;

namespace Skifteportal.Tests
{
    /// <summary>What an assembly offers is what its listing says.</summary>
    public sealed class SurfaceTests
    {
        [TestCase(typeof(SkifteportalClient))]
        [TestCase(typeof(Testing.Sandbox))]
        public void IsAsListed(Type one)
        {
            string file = Workspace.Of("bindings-ffi/csharp/api/" + one.Assembly.GetName().Name + ".txt");
            string[] found = Surface.Of(one.Assembly).ToArray();
            if (Environment.GetEnvironmentVariable("SKIFTEPORTAL_SURFACE") == "write")
            {
                File.WriteAllText(file, string.Concat(found.Select(line => line + "\n")), new UTF8Encoding(false));
            }
            // A member's line says nothing without that of its type.
            string[] listed = File.Exists(file) ? File.ReadAllLines(file) : Array.Empty<string>();
            var changes = Owned(listed).Except(Owned(found)).Select(line => "- " + line)
                .Concat(Owned(found).Except(Owned(listed)).Select(line => "+ " + line))
                .ToArray();
            Assert.That(changes, Is.Empty, "the public surface has changed; where that is meant, write its listing "
                + "anew by `SKIFTEPORTAL_SURFACE=write cargo xtask test csharp`:\n" + string.Join("\n", changes));
        }

        private static string[] Owned(string[] lines)
        {
            string owner = "";
            return lines.Select(line =>
            {
                if (!line.StartsWith(" ", StringComparison.Ordinal))
                {
                    owner = line;
                    return line;
                }
                return owner.Split(' ').First(word => word.Contains(".")) + line;
            }).ToArray();
        }
    }
}

using System;
using System.IO;
using System.Linq;

namespace Skifteportal.Tests
{
    /// <summary>Files of the repository.</summary>
    internal static class Workspace
    {
        private static readonly string Root = Environment.GetEnvironmentVariable("SKIFTEPORTAL_WORKSPACE")
            ?? throw new InvalidOperationException("SKIFTEPORTAL_WORKSPACE is the repository's folder");

        internal static string Of(string relative) => Path.Combine(Root, relative);

        internal static string[] Json(string folder)
        {
            return Directory.GetFiles(Of(folder), "*.json").OrderBy(name => name, StringComparer.Ordinal).ToArray();
        }
    }
}

using System;
using System.Diagnostics;
using System.IO;
using System.Reflection;
using NUnit.Framework;
using Shapes;
using Shapes.Model;

/// <summary>What another process does, with another native library beside it.</summary>
internal static class Probe
{
    internal static void Run()
    {
        for (int attempt = 0; attempt < 2; attempt++)
        {
            try
            {
                Console.WriteLine(Crossing.SameString("it works"));
            }
            catch (LibraryException failure)
            {
                Console.WriteLine(failure.Code + ": " + failure.Message);
            }
        }
    }
}

[TestFixture]
public sealed class LibraryTests
{
    /// <summary>Runs the probe in a copy of this program's folder.</summary>
    private static string[] Probed(Action<string> change)
    {
        string folder = Path.Combine(Path.GetTempPath(), "shapes-" + Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(folder);
        try
        {
            foreach (string file in Directory.GetFiles(AppContext.BaseDirectory))
            {
                File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
            }
            change(Path.Combine(folder, "libshapes.so"));
            string dotnet = Path.Combine(Environment.GetEnvironmentVariable("DOTNET_ROOT") ?? "", "dotnet");
            var start = new ProcessStartInfo(dotnet, "\"" + Path.Combine(folder, "Shapes.Tests.dll") + "\" --probe")
            {
                RedirectStandardOutput = true,
            };
            using var process = Process.Start(start)!;
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Assert.AreEqual(0, process.ExitCode, output);
            return output.Trim().Split('\n');
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    [Test]
    public void The_right_library_works()
    {
        Assert.AreEqual(new[] { "it works", "it works" }, Probed(library => { }));
    }

    [Test]
    public void A_library_of_another_version_is_told_each_time()
    {
        string altered = Environment.GetEnvironmentVariable("SHAPES_ALTERED")!;
        var lines = Probed(library => File.Copy(altered, library, true));
        Assert.AreEqual(2, lines.Length);
        Assert.AreEqual(lines[0], lines[1]);
        StringAssert.StartsWith("library: The native library shapes and this assembly are of different versions", lines[0]);
        StringAssert.Contains("versioned has checksum", lines[0]);
    }

    [Test]
    public void A_missing_library_is_told()
    {
        var lines = Probed(File.Delete);
        StringAssert.StartsWith("library: The native library shapes was not found for", lines[0]);
    }

    [Test]
    public void A_file_that_is_no_library_is_told()
    {
        var lines = Probed(library => File.WriteAllText(library, "no library"));
        StringAssert.StartsWith("library: The native library shapes ", lines[0]);
    }

    [Test]
    public void Another_contract_is_told_with_both_versions()
    {
        var contract = typeof(Crossing).Assembly.GetType("Shapes.Interop.Library")!
            .GetMethod("Contract", BindingFlags.Static | BindingFlags.NonPublic)!;
        var failure = Assert.Throws<TargetInvocationException>(() => contract.Invoke(null, new object[] { 99u, 30u }))!;
        var told = failure.InnerException as LibraryException;
        StringAssert.Contains("speaks contract version 99, this assembly contract version 30", told!.Message);
    }
}

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.InteropServices;
using NUnit.Framework.Api;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;

/// <summary>
/// Runs the tests of the assembly that it is compiled into: there is no test host on a machine without
/// NuGet. Names on the command line choose the classes to run.
/// </summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        var assembly = Assembly.GetExecutingAssembly();
        // A test may start its own program for what would spoil the process that it runs in.
        var probe = assembly.GetType("Probe")?.GetMethod("Run", BindingFlags.Static | BindingFlags.NonPublic);
        if (probe != null && arguments.FirstOrDefault() == "--probe")
        {
            probe.Invoke(null, null);
            return 0;
        }
        var runner = new NUnitTestAssemblyRunner(new DefaultTestAssemblyBuilder());
        runner.Load(assembly, new Dictionary<string, object> { ["NumberOfTestWorkers"] = 0 });
        // The framework redirects the console while it runs.
        var result = runner.Run(new Listener(Console.Out), new Chosen(arguments));
        if (result.SkipCount > 0)
        {
            Console.WriteLine(result.SkipCount + " left out");
        }
        Console.WriteLine(result.PassCount + " passed, " + (result.FailCount + result.InconclusiveCount) + " failed");
        int code = result.FailCount == 0 && result.PassCount > 0 ? 0 : 1;
        if (Environment.OSVersion.Platform == PlatformID.Win32NT)
        {
            // Wine crashes now and then while it takes a process of .NET down, and the tests are over by now.
            Console.Out.Flush();
            TerminateProcess(GetCurrentProcess(), (uint)code);
        }
        return code;
    }

    [DllImport("kernel32.dll")]
    private static extern IntPtr GetCurrentProcess();

    [DllImport("kernel32.dll")]
    private static extern bool TerminateProcess(IntPtr process, uint code);

    private sealed class Listener : ITestListener
    {
        private readonly TextWriter output;

        internal Listener(TextWriter output)
        {
            this.output = output;
        }

        public void TestStarted(ITest test)
        {
        }

        public void TestFinished(ITestResult result)
        {
            if (result.ResultState.Status == TestStatus.Skipped
                && (result.ResultState.Site == FailureSite.Test || result.ResultState.Site == FailureSite.SetUp))
            {
                output.WriteLine("left out " + result.FullName + ": " + result.Message);
            }
            if (result.ResultState.Status == TestStatus.Failed && !result.HasChildren)
            {
                output.WriteLine("FAILED " + result.FullName);
                output.WriteLine(result.Message);
                output.WriteLine(result.StackTrace);
            }
        }

        public void TestOutput(TestOutput written)
        {
            output.Write(written.Text);
        }

        public void SendMessage(TestMessage message)
        {
        }
    }

    private sealed class Chosen : TestFilter
    {
        private readonly string[] names;

        internal Chosen(string[] names)
        {
            this.names = names;
        }

        public override bool Match(ITest test)
        {
            return names.Length == 0 || names.Any(name => test.FullName.Contains(name));
        }

        /// <summary>Tests that need something beside them are run where they are named.</summary>
        public override bool IsExplicitMatch(ITest test)
        {
            return names.Length > 0 && base.IsExplicitMatch(test);
        }

        public override TNode AddToXml(TNode parentNode, bool recursive)
        {
            return parentNode.AddElement("filter");
        }
    }
}

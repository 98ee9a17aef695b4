using System;
using System.Runtime.InteropServices;
using NUnit.Framework;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;

namespace Skifteportal.Tests
{
    /// <summary>Leaves tests out where Windows is Wine, and says why.</summary>
    [AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
    internal sealed class NotUnderWineAttribute : NUnitAttribute, IApplyToTest
    {
        private readonly string reason;

        internal NotUnderWineAttribute(string reason)
        {
            this.reason = reason;
        }

        public void ApplyToTest(Test test)
        {
            if (IsHere() && test.RunState != RunState.NotRunnable)
            {
                test.RunState = RunState.Ignored;
                test.Properties.Set(PropertyNames.SkipReason, reason);
            }
        }

        /// <summary>Wine's library of the system has a function that Windows' does not.</summary>
        private static bool IsHere()
        {
            return NativeLibrary.TryLoad("ntdll.dll", out IntPtr library)
                && NativeLibrary.TryGetExport(library, "wine_get_version", out _);
        }
    }
}

using System;
using System.Runtime.InteropServices;

namespace Skifteportal.Tests
{
    /// <summary>
    /// What is allocated outside of .NET's heap and not freed, as glibc counts it. Neither the size of the
    /// process nor what the system has given it says that: both also hold what was freed.
    /// </summary>
    internal static class NativeHeap
    {
        /// <summary>
        /// In bytes; always 0 where there is no such count: on other systems, and with glibc before 2.33.
        /// </summary>
        internal static long Allocated()
        {
            if (!RuntimeInformation.IsOSPlatform(OSPlatform.Linux))
            {
                return 0;
            }
            try
            {
                Mallinfo2 info = mallinfo2();
                return (long)(ulong)info.Uordblks + (long)(ulong)info.Hblkhd;
            }
            catch (EntryPointNotFoundException)
            {
                return 0;
            }
        }

        [DllImport("libc", ExactSpelling = true)]
        private static extern Mallinfo2 mallinfo2();

        /// <summary><c>struct mallinfo2</c> of <c>malloc.h</c>.</summary>
        [StructLayout(LayoutKind.Sequential)]
        private readonly struct Mallinfo2
        {
            internal readonly UIntPtr Arena;
            internal readonly UIntPtr Ordblks;
            internal readonly UIntPtr Smblks;
            internal readonly UIntPtr Hblks;
            internal readonly UIntPtr Hblkhd;
            internal readonly UIntPtr Usmblks;
            internal readonly UIntPtr Fsmblks;
            internal readonly UIntPtr Uordblks;
            internal readonly UIntPtr Fordblks;
            internal readonly UIntPtr Keepcost;
        }
    }
}

using System;
using System.Diagnostics;
using System.IO;
using System.Linq;

namespace Bench
{
    /// <summary>Times and memory, as clock.rs takes them; figure.rs says what is printed.</summary>
    internal sealed class Clock
    {
        private const int Samples = 101;
        private const int Fewest = 15;
        private const double Sample = 2e6;

        private static volatile object? sink;

        private readonly double half;

        internal Clock(double seconds)
        {
            half = seconds / 2 * 1e9;
        }

        /// <summary>The library's own figure.</summary>
        internal void Ours(string row, Func<object?> call) => Tell(row, "", call);

        /// <summary>That of something that it is compared with.</summary>
        internal void Peer(string row, string name, Func<object?> call) =>
            Tell(row, ",\"peer\":\"" + name + "\"", call);

        private static double Now => Stopwatch.GetTimestamp() * 1e9 / Stopwatch.Frequency;

        private static void Run(Func<object?> call, int calls)
        {
            for (int i = 0; i < calls; i++)
            {
                sink = call();
            }
        }

        private void Tell(string row, string peer, Func<object?> call)
        {
            // The first half of the warming up is the compiler's.
            Warm(call);
            double once = Warm(call);
            int calls = (int)Math.Max(1, Math.Ceiling(Sample / once));
            int samples = (int)Math.Max(Fewest, Math.Min(Samples, half / (once * calls)));
            var taken = new double[samples];
            for (int i = 0; i < samples; i++)
            {
                double start = Now;
                Run(call, calls);
                taken[i] = (Now - start) / calls;
            }
            Array.Sort(taken);
            double At(int hundredths) => taken[(taken.Length - 1) * hundredths / 100];
            Console.WriteLine(FormattableString.Invariant(
                $"{{\"row\":\"{row}\",\"who\":\"C#\"{peer},\"ns\":{At(50):F1},\"low\":{At(5):F1},") +
                FormattableString.Invariant(
                    $"\"high\":{At(95):F1},\"samples\":{samples},\"calls\":{calls}}}"));
        }

        private double Warm(Func<object?> call)
        {
            double begun = Now;
            int warm = 0;
            while (warm < 3 || Now - begun < half / 2)
            {
                Run(call, 1);
                warm++;
            }
            return Math.Max(1, (Now - begun) / warm);
        }

        /// <summary>By how much the process's memory rises while something runs.</summary>
        internal static void Memory(string row, Func<object?> call)
        {
            GC.Collect();
            try
            {
                // The kernel's own way of setting the high-water mark back.
                File.WriteAllText("/proc/self/clear_refs", "5");
            }
            catch (Exception error) when (error is IOException || error is UnauthorizedAccessException)
            {
                return;
            }
            long before = HighWater();
            Run(call, 1);
            long bytes = Math.Max(0, HighWater() - before);
            Console.WriteLine(FormattableString.Invariant(
                $"{{\"row\":\"{row}\",\"who\":\"C#\",\"bytes\":{bytes}}}"));
        }

        private static long HighWater()
        {
            string line = File.ReadLines("/proc/self/status").First(text => text.StartsWith("VmHWM:"));
            return long.Parse(new string(line.Where(char.IsDigit).ToArray())) * 1024;
        }
    }
}

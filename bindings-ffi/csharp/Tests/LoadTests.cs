using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using NUnit.Framework;
using Skifteportal.Model;

namespace Skifteportal.Tests
{
    /// <summary>Many threads at once, for long.</summary>
    public sealed class LoadTests
    {
        private const int Threads = 16;
        private const int Calls = 100_000;
        private const int Repetitions = 10;

        /// <summary>What the smallest allocation of the library's, forgotten once a call, comes to.</summary>
        private const long Leaked = 32L * Calls;

        [Test]
        public void SixteenThreadsMakeAHundredThousandCalls()
        {
            using (var environment = PortalEnvironment.Test())
            using (var token = new Token("token", TokenKind.Direct, null))
            using (var checks = Checks.On(new Dato(2026, 11, 21)))
            using (var doedsbo = new Doedsbo())
            {
                byte[] body = Encoding.UTF8.GetBytes("{\"id\":\"1\",\"beloeb\":12.50,\"ny\":true}");
                var bo = new DoedsbojournalId("7");
                var now = Timestamp.Parse("2026-11-21T12:00:00Z");
                Exception? failure = null;
                void Work(int calls)
                {
                    for (int i = 0; i < calls; i++)
                    {
                        var krav = new Krav { Beloeb = i, Opgjortdato = new Dato(2026, 11, 20) };
                        using (var call = doedsbo.AddKrav(bo, krav, checks))
                        using (var prepared = call.Prepared())
                        using (var request = prepared.ToRequest(environment, token))
                        using (var response = new HttpResponse(200, Array.Empty<HeaderField>(), body))
                        {
                            if (request.BodyLength() == 0 || call.Outcome(response, now).Beloeb != 12.50m)
                            {
                                throw new InvalidOperationException("a call came out wrong");
                            }
                        }
                    }
                }
                void WorkAtOnce(int calls)
                {
                    var threads = Enumerable.Range(0, Threads).Select(_ => new Thread(() =>
                    {
                        try
                        {
                            Work(calls / Threads);
                        }
                        catch (Exception error)
                        {
                            failure = error;
                        }
                    })).ToList();
                    threads.ForEach(thread => thread.Start());
                    threads.ForEach(thread => thread.Join());
                }
                WorkAtOnce(Calls);
                // The runtime allocates there too, at first: a leak shows in every repetition.
                var grown = new List<long>();
                do
                {
                    long before = Allocated();
                    WorkAtOnce(Calls);
                    grown.Add(Allocated() - before);
                }
                while (grown.Last() >= Leaked && grown.Count < Repetitions);
                Assert.That(failure, Is.Null);
                Assert.That(grown.Last(), Is.LessThan(Leaked), string.Join(", ", grown));
            }
        }

        private static long Allocated()
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            GC.Collect();
            return NativeHeap.Allocated();
        }
    }
}

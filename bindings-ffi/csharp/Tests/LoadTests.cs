using System;
using System.Diagnostics;
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
                // Both allocators take what many threads at once need.
                WorkAtOnce(Calls / 4);
                long before = Memory();
                WorkAtOnce(Calls);
                Assert.That(failure, Is.Null);
                // A leak of one small object per call would be tens of megabytes.
                Assert.That(Memory() - before, Is.LessThan(48 * 1024 * 1024));
            }
        }

        private static long Memory()
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            GC.Collect();
            using (var process = Process.GetCurrentProcess())
            {
                return process.WorkingSet64;
            }
        }
    }
}

using System;
using System.Globalization;
using Skifteportal.Model;

namespace Skifteportal
{
    /// <summary>
    /// Tells what happens, without secrets and personal data: of a request its method and its host, and nothing
    /// that came from a caller or from the portal but codes.
    /// </summary>
    internal sealed class Log
    {
        private readonly Action<LogLevel, string>? write;

        internal Log(Action<LogLevel, string>? write)
        {
            this.write = write;
        }

        internal void Write(LogLevel level, long call, Func<string> text)
        {
            if (write == null)
            {
                return;
            }
            try
            {
                write(level, string.Format(CultureInfo.InvariantCulture, "call {0}: {1}", call, text()));
            }
            catch (Exception)
            {
                // A log that fails must not fail a call.
            }
        }

        /// <summary>What of a request may be told; null where nobody listens.</summary>
        internal string? Describe(HttpRequest request)
        {
            return write == null ? null : request.MethodName() + " to " + new Uri(request.Url()).Host;
        }

        internal void Exchange(
            long call, string? what, Answer? answer, TransportFailure? failure, TimeSpan took)
        {
            if (what == null)
            {
                return;
            }
            bool well = answer != null && answer.Status < 400;
            Write(well ? LogLevel.Debug : LogLevel.Warning, call, () => string.Format(
                CultureInfo.InvariantCulture,
                "{0}: {1} after {2:0} ms",
                what,
                answer != null ? (object)answer.Status : failure!.Case,
                took.TotalMilliseconds));
        }
    }
}

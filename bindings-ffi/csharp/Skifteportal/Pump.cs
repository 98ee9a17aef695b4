using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Skifteportal.Model;

namespace Skifteportal
{
    /// <summary>
    /// Does what the session asks for: each call goes on whenever something has happened that it waits for. No
    /// thread waits, and no lock is held while anything is sent or signed.
    /// </summary>
    internal sealed class Pump : IDisposable
    {
        private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

        private readonly Transport plain;
        private readonly Func<DateTimeOffset> clock;
        private readonly Log log;
        private readonly Signal signal = new Signal();
        private readonly CancellationTokenSource closing = new CancellationTokenSource();
        private readonly Dictionary<long, Line> lines = new Dictionary<long, Line>();

        /// <summary>
        /// Held while the session is asked and while credentials change, so that no request and no signature is
        /// made by the line of other credentials.
        /// </summary>
        private readonly object changing = new object();

        internal Pump(Session session, Transport plain, Func<DateTimeOffset> clock, Log log)
        {
            Session = session;
            this.plain = plain;
            this.clock = clock;
            this.log = log;
        }

        internal Session Session { get; }

        internal Timestamp Now => Timestamp.From(clock());

        internal long Add(Credentials credentials, Line line)
        {
            lock (changing)
            {
                long reporter = Session.AddReporter(credentials);
                lines[reporter] = line;
                return reporter;
            }
        }

        internal void Replace(long reporter, Credentials credentials, Line line)
        {
            Line? old;
            try
            {
                lock (changing)
                {
                    Session.ReplaceCredentials(reporter, credentials);
                    lines.TryGetValue(reporter, out old);
                    lines[reporter] = line;
                }
            }
            catch (SkifteportalException)
            {
                line.Release();
                throw;
            }
            signal.Tell();
            old?.Release();
        }

        internal void Remove(long reporter)
        {
            Line? old;
            lock (changing)
            {
                Session.RemoveReporter(reporter);
                if (lines.TryGetValue(reporter, out old))
                {
                    lines.Remove(reporter);
                }
            }
            signal.Tell();
            old?.Release();
        }

        internal async Task<T> CallAsync<T>(
            long reporter, AdgangsprofilId? profile, ICall<T> call, CancellationToken cancellation)
        {
            cancellation.ThrowIfCancellationRequested();
            long id;
            using (var prepared = call.Prepared())
            {
                id = Session.Submit(Now, reporter, profile, prepared);
                log.Write(LogLevel.Debug, id, () => "submitted " + prepared.Operation());
            }
            var done = (SessionAction.Done)await DriveAsync(id, cancellation).ConfigureAwait(false);
            using (done.Outcome)
            {
                using (var response = Succeeded(id, done.Outcome))
                {
                    return call.Outcome(response, Now);
                }
            }
        }

        internal async Task<Token> TokenAsync(
            long reporter, AdgangsprofilId? profile, CancellationToken cancellation)
        {
            cancellation.ThrowIfCancellationRequested();
            long id = Session.SubmitToken(Now, reporter, profile);
            switch (await DriveAsync(id, cancellation).ConfigureAwait(false))
            {
                case SessionAction.TokenReady ready:
                    return ready.Token;
                case SessionAction.Done done:
                    using (done.Outcome)
                    {
                        Succeeded(id, done.Outcome).Dispose();
                    }
                    break;
            }
            throw new InvalidOperationException("the session gave an answer instead of a token");
        }

        internal void Forget(long reporter)
        {
            Session.InvalidateTokens(reporter);
            signal.Tell();
        }

        /// <summary>Gives up all calls that are under way.</summary>
        public void Dispose()
        {
            closing.Cancel();
            lock (changing)
            {
                foreach (var line in lines.Values)
                {
                    line.Release();
                }
                lines.Clear();
            }
            plain.Dispose();
            Session.Dispose();
        }

        private HttpResponse Succeeded(long id, CallResult result)
        {
            try
            {
                return result.Response();
            }
            catch (SkifteportalException failure)
            {
                log.Write(LogLevel.Error, id, () => "failed: " + failure.Code);
                throw;
            }
        }

        private async Task<SessionAction> DriveAsync(long id, CancellationToken cancellation)
        {
            using (var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellation, closing.Token))
            {
                var token = giveUp.Token;
                try
                {
                    while (true)
                    {
                        // Many calls may have the same token. The linked ones learn of it one after the other, and the
                        // place of a call that is given up is not for another that is given up with it.
                        if (IsGivenUp(cancellation))
                        {
                            throw new OperationCanceledException(token);
                        }
                        // Listening begins before the question, so that no change is missed between them.
                        var changed = signal.Changed;
                        var action = Next(id, out var line);
                        switch (action)
                        {
                            case SessionAction.Send send:
                                try
                                {
                                    await SendAsync(send, line?.Transport ?? plain, id, token)
                                        .ConfigureAwait(false);
                                }
                                finally
                                {
                                    line?.Release();
                                }
                                break;
                            case SessionAction.Sign sign:
                                try
                                {
                                    await SignAsync(sign, line?.Signer, id).ConfigureAwait(false);
                                }
                                finally
                                {
                                    line?.Release();
                                }
                                break;
                            case SessionAction.Wait wait:
                                await PauseAsync(changed, wait.Until, token).ConfigureAwait(false);
                                break;
                            case SessionAction.Parked parked:
                                await PauseAsync(changed, parked.Until, token).ConfigureAwait(false);
                                break;
                            case SessionAction.Done _:
                            case SessionAction.TokenReady _:
                                return action;
                            default:
                                throw new InvalidOperationException("the session does not know the call");
                        }
                    }
                }
                catch (OperationCanceledException) when (IsGivenUp(cancellation))
                {
                    throw GivenUp(id, cancellation.IsCancellationRequested ? cancellation : token);
                }
            }
        }

        private bool IsGivenUp(CancellationToken cancellation)
        {
            return cancellation.IsCancellationRequested || closing.IsCancellationRequested;
        }

        /// <summary>What is to be done, and by which line; the line is to be released.</summary>
        private SessionAction Next(long id, out Line? line)
        {
            lock (changing)
            {
                var action = Session.NextFor(Now, id);
                line = null;
                long? reporter = action is SessionAction.Send send ? send.Reporter
                    : action is SessionAction.Sign sign ? sign.Reporter
                    : (long?)null;
                if (reporter is long number && lines.TryGetValue(number, out line))
                {
                    line.Take();
                }
                return action;
            }
        }

        /// <summary>Takes a call that nobody waits for any more out of the session.</summary>
        private OperationCanceledException GivenUp(long id, CancellationToken token)
        {
            try
            {
                var certainty = Session.Cancel(id);
                signal.Tell();
                log.Write(LogLevel.Information, id, () => "given up: " + certainty);
                return new CallCanceledException(certainty, token);
            }
            catch (Exception gone) when (gone is SkifteportalException || gone is ObjectDisposedException)
            {
                return new CallCanceledException(Certainty.Unknown, token);
            }
        }

        private async Task SendAsync(
            SessionAction.Send send, Transport transport, long id, CancellationToken cancellation)
        {
            var begun = clock();
            string? what = log.Describe(send.Request);
            Answer? answer = null;
            TransportFailure? failure = null;
            using (var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation))
            {
                limit.CancelAfter(TimeSpan.FromSeconds(send.TimeoutSeconds));
                try
                {
                    answer = await transport.SendAsync(send.Request, limit.Token).ConfigureAwait(false);
                }
                catch (Exception reason)
                {
                    failure = cancellation.IsCancellationRequested ? TransportFailure.Cancelled
                        : limit.IsCancellationRequested ? TransportFailure.TimedOut
                        : TransportFailures.Of(reason);
                }
            }
            log.Exchange(id, what, answer, failure, clock() - begun);
            // Others may wait for the token that this was for, so it is reported in any case.
            try
            {
                if (answer != null)
                {
                    Session.Receive(Now, send.Exchange, answer.Status, answer.Headers, answer.Body);
                }
                else
                {
                    Session.Failed(Now, send.Exchange, failure!);
                }
            }
            catch (SessionException late) when (late.Code == "session.unknown_exchange")
            {
                // The session gave it up for lost: the machine slept, or its clock was set. The call then has its
                // outcome, which says that the portal may have acted.
                log.Write(LogLevel.Warning, id, () => "the answer came after it was given up");
            }
            catch (ObjectDisposedException) when (closing.IsCancellationRequested)
            {
                throw new OperationCanceledException(closing.Token);
            }
            signal.Tell();
        }

        /// <summary>Others may wait for the token, so a signature is handed in even where the call was given up.</summary>
        private async Task SignAsync(SessionAction.Sign sign, Func<byte[], byte[]>? signer, long id)
        {
            byte[]? bytes = null;
            string? failure = null;
            try
            {
                if (signer == null)
                {
                    throw new InvalidOperationException("the reporter was added without a signer");
                }
                bytes = await Task.Run(() => signer(sign.SigningInput)).ConfigureAwait(false);
                log.Write(LogLevel.Debug, id, () => "an assertion was signed");
            }
            catch (Exception reason)
            {
                log.Write(LogLevel.Error, id, () => "the key did not sign: " + reason.GetType().Name);
                // The words of a key's keeper are for people; the session redacts and cuts them.
                failure = reason.GetType().Name + ": " + reason.Message;
            }
            try
            {
                if (bytes != null)
                {
                    Session.Signed(Now, sign.Signature, bytes);
                }
                else
                {
                    Session.SignFailed(Now, sign.Signature, failure ?? "the key gave no signature");
                }
            }
            catch (SessionException late) when (late.Code == "session.unknown_signature")
            {
                log.Write(LogLevel.Warning, id, () => "the signature came after it was given up");
            }
            signal.Tell();
        }

        private async Task PauseAsync(Task changed, Timestamp until, CancellationToken cancellation)
        {
            var pause = until.ToDateTimeOffset() - clock() + TimeSpan.FromMilliseconds(1);
            if (pause <= TimeSpan.Zero)
            {
                return;
            }
            using (var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation))
            {
                var timer = Task.Delay(pause < LongestPause ? pause : LongestPause, over.Token);
                await Task.WhenAny(changed, timer).ConfigureAwait(false);
                over.Cancel();
            }
        }
    }

    /// <summary>
    /// Where the requests of a reporter go, and who signs for it. It ends when its reporter has another, or none,
    /// and all that it was taken for is done.
    /// </summary>
    internal sealed class Line
    {
        private int holders = 1;

        internal Line(Transport transport, Func<byte[], byte[]>? signer)
        {
            Transport = transport;
            Signer = signer;
        }

        internal Transport Transport { get; }

        internal Func<byte[], byte[]>? Signer { get; }

        internal void Take() => Interlocked.Increment(ref holders);

        internal void Release()
        {
            if (Interlocked.Decrement(ref holders) == 0)
            {
                Transport.Dispose();
            }
        }
    }
}

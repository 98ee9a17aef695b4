using System.Threading;
using System.Threading.Tasks;

namespace Skifteportal
{
    /// <summary>Tells all who wait that something has happened. Nobody holds a lock.</summary>
    internal sealed class Signal
    {
        private TaskCompletionSource<bool> next = New();

        /// <summary>Ends with the next change after it was asked for.</summary>
        internal Task Changed => Volatile.Read(ref next).Task;

        internal void Tell()
        {
            Interlocked.Exchange(ref next, New()).TrySetResult(true);
        }

        // Who waits goes on by itself, not inside of the one that tells.
        private static TaskCompletionSource<bool> New()
        {
            return new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}

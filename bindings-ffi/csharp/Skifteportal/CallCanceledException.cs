using System;
using System.Threading;
using Skifteportal.Model;

namespace Skifteportal
{
    /// <summary>A call was given up by its caller.</summary>
    public sealed class CallCanceledException : OperationCanceledException
    {
        internal CallCanceledException(Certainty certainty, CancellationToken token)
            : base("the call was given up by its caller", token)
        {
            Certainty = certainty;
        }

        /// <summary>Whether the portal may have acted on it all the same.</summary>
        public Certainty Certainty { get; }
    }
}

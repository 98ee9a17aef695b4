using System;
using Skifteportal.Model;

namespace Skifteportal
{
    /// <summary>An operation of the portal that is ready to be sent, and that knows how to read its answer.</summary>
    /// <typeparam name="T">What it is answered with.</typeparam>
    public interface ICall<out T> : IDisposable
    {
        /// <summary>The part that is sent.</summary>
        PreparedCall Prepared();

        /// <summary>Reads an answer. A refusal is thrown.</summary>
        /// <param name="response">The answer.</param>
        /// <param name="now">When it arrived.</param>
        T Outcome(HttpResponse response, Timestamp now);
    }

    /// <summary>What a call is answered with of whose answer only the status counts.</summary>
    public readonly struct Nothing
    {
    }
}

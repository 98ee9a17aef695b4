namespace Skifteportal
{
    /// <summary>
    /// How much a line of the log matters. The numbers are those of <c>Microsoft.Extensions.Logging.LogLevel</c>,
    /// so that a cast turns one into the other.
    /// </summary>
    public enum LogLevel
    {
        /// <summary>Every step.</summary>
        Trace = 0,

        /// <summary>Every request.</summary>
        Debug = 1,

        /// <summary>What happens in the ordinary course.</summary>
        Information = 2,

        /// <summary>A request got no answer or a refusal, which may heal.</summary>
        Warning = 3,

        /// <summary>A call failed.</summary>
        Error = 4,
    }
}

namespace @EXCEPTION_NAMESPACE@
{
    /// <summary>What every exception of this library is.</summary>
    public abstract partial class @EXCEPTION@ : global::System.Exception
    {
        private protected @EXCEPTION@(string code, string message, global::System.Exception? inner = null)
            : base(message, inner)
        {
            Code = code;
        }

        /// <summary>What went wrong, as a stable code for programs.</summary>
        public string Code { get; }
    }

    /// <summary>A fault in the library itself, or an exception of a callback where none is expected.</summary>
    public sealed class InternalException : @EXCEPTION@
    {
        internal InternalException(string message, global::System.Exception? inner)
            : base("internal", message, inner)
        {
        }
    }

    /// <summary>The native library is missing, or not of the same version as this assembly.</summary>
    public sealed class LibraryException : @EXCEPTION@
    {
        internal LibraryException(string message, global::System.Exception? inner)
            : base("library", message, inner)
        {
        }
    }
}

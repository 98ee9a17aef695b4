namespace @RUNTIME@
{
    /// <summary>Bytes in the native library's memory, in the hands of whoever holds this.</summary>
    [global::System.Runtime.InteropServices.StructLayout(global::System.Runtime.InteropServices.LayoutKind.Sequential)]
    internal unsafe struct RustBuffer
    {
        internal ulong Capacity;
        internal ulong Length;
        internal byte* Data;

        internal static RustBuffer Allocate(int size)
        {
            if (size == 0)
            {
                return default;
            }
            var status = CallStatus.Begin();
            var buffer = Native.BufferAllocate((ulong)size, ref status);
            status.Check();
            return buffer;
        }

        internal void Free()
        {
            if (Capacity == 0)
            {
                return;
            }
            var status = CallStatus.Begin();
            Native.BufferFree(this, ref status);
        }
    }

    /// <summary>How a call went; the native library fills it in.</summary>
    [global::System.Runtime.InteropServices.StructLayout(global::System.Runtime.InteropServices.LayoutKind.Sequential)]
    internal struct CallStatus
    {
        internal const sbyte Expected = 1;
        internal const sbyte Unexpected = 2;

        internal sbyte Code;
        internal RustBuffer Error;

        /// <summary>Every call begins here, so the library is checked before it is first used.</summary>
        internal static CallStatus Begin()
        {
            Library.Ensure();
            return default;
        }

        internal void Check()
        {
            if (Code != 0)
            {
                throw Failure();
            }
        }

        private global::System.Exception Failure()
        {
            string text = Code == Unexpected && Error.Length > 0
                ? StringCodec.Lift(Error)
                : "the call was given up";
            return new @INTERNAL@(text, CallbackFailure.Take(text));
        }
    }

    /// <summary>An exception on its way from a callback through the native library to the caller.</summary>
    internal static class CallbackFailure
    {
        [global::System.ThreadStatic]
        private static global::System.Exception? pending;

        [global::System.ThreadStatic]
        private static string? reason;

        /// <summary>
        /// Fills in the status of a callback. The native library gets the name of the exception only: its
        /// message may hold what must not be logged.
        /// </summary>
        internal static void Tell(ref CallStatus status, string method, global::System.Exception exception)
        {
            pending = exception;
            reason = method + " threw " + exception.GetType().FullName;
            status.Code = CallStatus.Unexpected;
            status.Error = StringCodec.Lower(reason);
        }

        /// <summary>The exception behind a failure, if the failure speaks of it.</summary>
        internal static global::System.Exception? Take(string failure)
        {
            var exception = reason != null && failure.Contains(reason) ? pending : null;
            pending = null;
            reason = null;
            return exception;
        }
    }
}

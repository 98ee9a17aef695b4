    internal static class @CODEC@
    {
        internal static @FFI@ Lower(@CS@ value) => @LOWER@;
        internal static @CS@ Lift(@FFI@ value) => @LIFT@;
        internal static void Write(ref Writer writer, @CS@ value) => @WRITE@;
        internal static @CS@ Read(ref Reader reader) => @READ@;
        internal static bool Same(@CS@ one, @CS@ other) => one.Equals(other);
        internal static int Hash(@CS@ value) => value.GetHashCode();
    }


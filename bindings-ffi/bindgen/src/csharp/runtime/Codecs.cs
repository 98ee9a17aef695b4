namespace @RUNTIME@
{
    // A codec says for one type of the native library how it crosses. Lower and Lift are for arguments and
    // results, Write and Read for what stands within them; Same and Hash compare values.

    internal static class BoolCodec
    {
        internal static sbyte Lower(bool value) => value ? (sbyte)1 : (sbyte)0;
        internal static bool Lift(sbyte value) => value != 0;
        internal static void Write(ref Writer writer, bool value) => writer.U8(value ? (byte)1 : (byte)0);
        internal static bool Read(ref Reader reader) => reader.U8() != 0;
        internal static bool Same(bool one, bool other) => one == other;
        internal static int Hash(bool value) => value ? 1 : 0;
    }

@NUMBERS@
    internal static class StringCodec
    {
        // Throws where a text holds half of a pair: it has no bytes in UTF-8.
        private static readonly global::System.Text.UTF8Encoding Strict = new global::System.Text.UTF8Encoding(false, true);

        internal static unsafe RustBuffer Lower(string value)
        {
            var buffer = RustBuffer.Allocate(Strict.GetByteCount(value));
            if (value.Length > 0)
            {
                fixed (char* characters = value)
                {
                    Strict.GetBytes(characters, value.Length, buffer.Data, (int)buffer.Length);
                }
            }
            return buffer;
        }

        internal static unsafe string Lift(RustBuffer buffer)
        {
            try
            {
                return buffer.Length == 0 ? string.Empty : Strict.GetString(buffer.Data, checked((int)buffer.Length));
            }
            finally
            {
                buffer.Free();
            }
        }

        internal static unsafe void Write(ref Writer writer, string value)
        {
            if (value is null)
            {
                throw new global::System.ArgumentNullException(nameof(value));
            }
            int count = Strict.GetByteCount(value);
            writer.Count(count);
            if (count > 0)
            {
                byte* bytes = writer.Room(count);
                fixed (char* characters = value)
                {
                    Strict.GetBytes(characters, value.Length, bytes, count);
                }
            }
        }

        internal static unsafe string Read(ref Reader reader)
        {
            int count = reader.Count();
            return count == 0 ? string.Empty : Strict.GetString(reader.Take(count), count);
        }

        internal static bool Same(string one, string other) => string.Equals(one, other, global::System.StringComparison.Ordinal);
        internal static int Hash(string value) => value?.GetHashCode() ?? 0;
    }

    internal static class BytesCodec
    {
        internal static RustBuffer Lower(byte[] value)
        {
            var writer = Writer.Start(checked(value.Length + 4));
            Write(ref writer, value);
            return writer.Finish();
        }

        internal static byte[] Lift(RustBuffer buffer)
        {
            try
            {
                var reader = new Reader(buffer);
                var value = Read(ref reader);
                reader.End();
                return value;
            }
            finally
            {
                buffer.Free();
            }
        }

        internal static unsafe void Write(ref Writer writer, byte[] value)
        {
            if (value is null)
            {
                throw new global::System.ArgumentNullException(nameof(value));
            }
            writer.Count(value.Length);
            if (value.Length > 0)
            {
                byte* bytes = writer.Room(value.Length);
                global::System.Runtime.InteropServices.Marshal.Copy(value, 0, (global::System.IntPtr)bytes, value.Length);
            }
        }

        internal static unsafe byte[] Read(ref Reader reader)
        {
            int count = reader.Count();
            if (count == 0)
            {
                return global::System.Array.Empty<byte>();
            }
            byte* bytes = reader.Take(count);
            var value = new byte[count];
            global::System.Runtime.InteropServices.Marshal.Copy((global::System.IntPtr)bytes, value, 0, count);
            return value;
        }

        internal static bool Same(byte[] one, byte[] other)
        {
            if (ReferenceEquals(one, other))
            {
                return true;
            }
            if (one is null || other is null || one.Length != other.Length)
            {
                return false;
            }
            for (int index = 0; index < one.Length; index++)
            {
                if (one[index] != other[index])
                {
                    return false;
                }
            }
            return true;
        }

        internal static int Hash(byte[] value) => value?.Length ?? 0;
    }

    /// <summary>A moment: seconds since 1970 with a sign, and nanoseconds away from it.</summary>
    internal static class TimestampCodec
    {
        private const long EpochTicks = 621355968000000000;

        internal static RustBuffer Lower(global::System.DateTimeOffset value)
        {
            var writer = Writer.Start(12);
            Write(ref writer, value);
            return writer.Finish();
        }

        internal static global::System.DateTimeOffset Lift(RustBuffer buffer)
        {
            try
            {
                var reader = new Reader(buffer);
                return Read(ref reader);
            }
            finally
            {
                buffer.Free();
            }
        }

        internal static void Write(ref Writer writer, global::System.DateTimeOffset value)
        {
            long ticks = value.UtcTicks - EpochTicks;
            writer.U64((ulong)(ticks / global::System.TimeSpan.TicksPerSecond));
            writer.U32((uint)(global::System.Math.Abs(ticks % global::System.TimeSpan.TicksPerSecond) * 100));
        }

        internal static global::System.DateTimeOffset Read(ref Reader reader)
        {
            long seconds = (long)reader.U64();
            long ticks = reader.U32() / 100;
            ticks = checked(seconds * global::System.TimeSpan.TicksPerSecond) + (seconds < 0 ? -ticks : ticks);
            return new global::System.DateTimeOffset(checked(EpochTicks + ticks), global::System.TimeSpan.Zero);
        }

        internal static bool Same(global::System.DateTimeOffset one, global::System.DateTimeOffset other) => one == other;
        internal static int Hash(global::System.DateTimeOffset value) => value.GetHashCode();
    }

    internal static class DurationCodec
    {
        internal static RustBuffer Lower(global::System.TimeSpan value)
        {
            if (value < global::System.TimeSpan.Zero)
            {
                throw new global::System.ArgumentOutOfRangeException(nameof(value), "a duration cannot be negative");
            }
            var writer = Writer.Start(12);
            Write(ref writer, value);
            return writer.Finish();
        }

        internal static global::System.TimeSpan Lift(RustBuffer buffer)
        {
            try
            {
                var reader = new Reader(buffer);
                return Read(ref reader);
            }
            finally
            {
                buffer.Free();
            }
        }

        internal static void Write(ref Writer writer, global::System.TimeSpan value)
        {
            if (value < global::System.TimeSpan.Zero)
            {
                throw new global::System.ArgumentOutOfRangeException(nameof(value), "a duration cannot be negative");
            }
            writer.U64((ulong)(value.Ticks / global::System.TimeSpan.TicksPerSecond));
            writer.U32((uint)(value.Ticks % global::System.TimeSpan.TicksPerSecond * 100));
        }

        internal static global::System.TimeSpan Read(ref Reader reader)
        {
            long seconds = checked((long)reader.U64());
            long ticks = reader.U32() / 100;
            return new global::System.TimeSpan(checked(seconds * global::System.TimeSpan.TicksPerSecond + ticks));
        }

        internal static bool Same(global::System.TimeSpan one, global::System.TimeSpan other) => one == other;
        internal static int Hash(global::System.TimeSpan value) => value.GetHashCode();
    }

    /// <summary>Times as text by RFC 3339.</summary>
    internal static class Rfc3339
    {
        internal static string Format(global::System.DateTimeOffset value)
        {
            string format = value.Offset == global::System.TimeSpan.Zero
                ? "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'"
                : "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz";
            return value.ToString(format, global::System.Globalization.CultureInfo.InvariantCulture);
        }

        internal static global::System.DateTimeOffset Parse(string text)
        {
            int end = 19;
            while (end < text.Length && (text[end] == '.' || char.IsDigit(text[end])))
            {
                end++;
            }
            // .NET counts in steps of 100 ns and knows no leap second.
            string time = text.Substring(0, global::System.Math.Min(end, 27)).Replace(":60", ":59");
            string zone = text.Substring(end).ToUpperInvariant();
            return global::System.DateTimeOffset.ParseExact(
                time.ToUpperInvariant() + zone,
                new[] { "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK" },
                global::System.Globalization.CultureInfo.InvariantCulture,
                global::System.Globalization.DateTimeStyles.AssumeUniversal);
        }
    }
}

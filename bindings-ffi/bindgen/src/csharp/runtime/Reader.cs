namespace @RUNTIME@
{
    /// <summary>Reads what the native library wrote; numbers are big-endian.</summary>
    internal unsafe struct Reader
    {
        private byte* at;
        private readonly byte* end;

        internal Reader(RustBuffer buffer)
        {
            at = buffer.Data;
            end = buffer.Data + buffer.Length;
        }

        internal byte U8()
        {
            return *Take(1);
        }

        internal ushort U16()
        {
            byte* bytes = Take(2);
            return (ushort)((bytes[0] << 8) | bytes[1]);
        }

        internal uint U32()
        {
            byte* bytes = Take(4);
            return ((uint)bytes[0] << 24) | ((uint)bytes[1] << 16) | ((uint)bytes[2] << 8) | bytes[3];
        }

        internal ulong U64()
        {
            ulong high = U32();
            return (high << 32) | U32();
        }

        /// <summary>How many there are of what follows.</summary>
        internal int Count()
        {
            int count = (int)U32();
            if (count < 0)
            {
                throw Broken();
            }
            return count;
        }

        internal byte* Take(int count)
        {
            if (end - at < count)
            {
                throw Broken();
            }
            byte* bytes = at;
            at += count;
            return bytes;
        }

        internal void End()
        {
            if (at != end)
            {
                throw Broken();
            }
        }

        internal static global::System.Exception Broken()
        {
            return new @INTERNAL@("the native library wrote what this assembly cannot read", null);
        }
    }

    /// <summary>Writes for the native library, in its own memory; numbers are big-endian.</summary>
    internal unsafe struct Writer
    {
        private RustBuffer buffer;
        private ulong length;

        internal static Writer Start(int size)
        {
            return new Writer { buffer = RustBuffer.Allocate(size) };
        }

        internal RustBuffer Finish()
        {
            buffer.Length = length;
            var finished = buffer;
            buffer = default;
            return finished;
        }

        internal void Abandon()
        {
            buffer.Free();
            buffer = default;
        }

        internal void U8(byte value)
        {
            *Room(1) = value;
        }

        internal void U16(ushort value)
        {
            byte* bytes = Room(2);
            bytes[0] = (byte)(value >> 8);
            bytes[1] = (byte)value;
        }

        internal void U32(uint value)
        {
            byte* bytes = Room(4);
            bytes[0] = (byte)(value >> 24);
            bytes[1] = (byte)(value >> 16);
            bytes[2] = (byte)(value >> 8);
            bytes[3] = (byte)value;
        }

        internal void U64(ulong value)
        {
            U32((uint)(value >> 32));
            U32((uint)value);
        }

        internal void Count(int value)
        {
            U32((uint)value);
        }

        /// <summary>Room for so many bytes, which the caller fills at once.</summary>
        internal byte* Room(int count)
        {
            if (buffer.Capacity - length < (ulong)count)
            {
                Grow(count);
            }
            byte* bytes = buffer.Data + length;
            length += (ulong)count;
            return bytes;
        }

        private void Grow(int count)
        {
            // The native library takes the old memory whatever comes of it.
            var old = buffer;
            buffer = default;
            old.Length = length;
            ulong more = global::System.Math.Max((ulong)count, old.Capacity);
            var status = CallStatus.Begin();
            var grown = Native.BufferReserve(old, more, ref status);
            status.Check();
            buffer = grown;
        }
    }
}

namespace @RUNTIME@
{
    /// <summary>An object of the native library: freed once, and not while a call is using it.</summary>
    internal abstract class ObjectHandle : global::System.Runtime.InteropServices.SafeHandle
    {
        protected ObjectHandle(ulong raw)
            : base(global::System.IntPtr.Zero, true)
        {
            SetHandle((global::System.IntPtr)(long)raw);
        }

        public override bool IsInvalid => handle == global::System.IntPtr.Zero;

        /// <summary>Another handle of the same object, which a call takes.</summary>
        internal ulong Clone()
        {
            bool held = false;
            try
            {
                DangerousAddRef(ref held);
                var status = CallStatus.Begin();
                ulong clone = CloneRaw((ulong)(long)handle, ref status);
                status.Check();
                return clone;
            }
            finally
            {
                if (held)
                {
                    DangerousRelease();
                }
            }
        }

        protected abstract ulong CloneRaw(ulong raw, ref CallStatus status);

        protected abstract void FreeRaw(ulong raw, ref CallStatus status);

        protected override bool ReleaseHandle()
        {
            var status = CallStatus.Begin();
            FreeRaw((ulong)(long)handle, ref status);
            return status.Code == 0;
        }
    }

    [global::System.Runtime.InteropServices.UnmanagedFunctionPointer(global::System.Runtime.InteropServices.CallingConvention.Cdecl)]
    internal delegate void FreeCallback(ulong handle);

    [global::System.Runtime.InteropServices.UnmanagedFunctionPointer(global::System.Runtime.InteropServices.CallingConvention.Cdecl)]
    internal delegate ulong CloneCallback(ulong handle);

    /// <summary>The C# objects that the native library holds, by odd numbers: its own objects have even ones.</summary>
    internal sealed class HandleMap<T>
        where T : class
    {
        private readonly global::System.Collections.Concurrent.ConcurrentDictionary<ulong, T> objects =
            new global::System.Collections.Concurrent.ConcurrentDictionary<ulong, T>();

        private long last = -1;

        internal int Count => objects.Count;

        internal ulong Insert(T value)
        {
            ulong handle = (ulong)global::System.Threading.Interlocked.Add(ref last, 2);
            objects[handle] = value;
            return handle;
        }

        internal T Get(ulong handle)
        {
            return objects.TryGetValue(handle, out var value) ? value : throw Reader.Broken();
        }

        internal void Remove(ulong handle)
        {
            objects.TryRemove(handle, out _);
        }
    }
}

using System;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;

namespace Skifteportal
{
    /// <summary>
    /// A request's body, read piece by piece from where the library has it. It owns the request, and frees it
    /// when it is neither needed nor being sent: a handler may still be sending when its caller has given up.
    /// </summary>
    internal sealed class NativeBody : HttpContent
    {
        private const int Piece = 64 * 1024;

        private readonly HttpRequest request;
        private readonly long length;
        private int holders = 1;
        private int disposed;

        internal NativeBody(HttpRequest request)
        {
            this.request = request;
            length = request.BodyLength();
        }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            Interlocked.Increment(ref holders);
            try
            {
                var piece = new byte[(int)Math.Min(length, Piece)];
                long count;
                for (long done = 0; done < length; done += count)
                {
                    count = Math.Min(piece.Length, length - done);
                    Marshal.Copy(new IntPtr(request.BodyAddress() + done), piece, 0, (int)count);
                    await stream.WriteAsync(piece, 0, (int)count).ConfigureAwait(false);
                }
            }
            finally
            {
                Release();
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = this.length;
            return true;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing && Interlocked.Exchange(ref disposed, 1) == 0)
            {
                Release();
            }
            base.Dispose(disposing);
        }

        private void Release()
        {
            if (Interlocked.Decrement(ref holders) == 0)
            {
                request.Dispose();
            }
        }
    }
}

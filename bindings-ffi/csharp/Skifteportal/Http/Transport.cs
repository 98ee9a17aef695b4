using System;
using System.Collections.Generic;
using System.IO;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace Skifteportal
{
    /// <summary>An answer as it was received.</summary>
    internal sealed class Answer
    {
        internal Answer(int status, IReadOnlyList<HeaderField> headers, byte[] body)
        {
            Status = status;
            Headers = headers;
            Body = body;
        }

        internal int Status { get; }

        internal IReadOnlyList<HeaderField> Headers { get; }

        internal byte[] Body { get; }
    }

    /// <summary>Sends requests over connections that present one client certificate, or none.</summary>
    internal sealed class Transport : IDisposable
    {
        private const int Piece = 64 * 1024;

        private readonly HttpMessageInvoker http;
        private readonly long longestBody;

        internal Transport(HttpMessageHandler handler, long longestBody)
        {
            http = new HttpMessageInvoker(handler, disposeHandler: true);
            this.longestBody = longestBody;
        }

        /// <summary>Sends a request once and reads its answer to the end. It frees the request.</summary>
        internal async Task<Answer> SendAsync(HttpRequest request, CancellationToken cancellation)
        {
            using (var message = Translated(request))
            using (message.Content == null ? request : null)
            using (var response = await http.SendAsync(message, cancellation).ConfigureAwait(false))
            {
                var headers = new List<HeaderField>();
                Add(headers, response.Headers);
                if (response.Content == null)
                {
                    return new Answer((int)response.StatusCode, headers, Array.Empty<byte>());
                }
                Add(headers, response.Content.Headers);
                byte[] body = await ReadAsync(response, cancellation).ConfigureAwait(false);
                return new Answer((int)response.StatusCode, headers, body);
            }
        }

        public void Dispose() => http.Dispose();

        private static HttpRequestMessage Translated(HttpRequest request)
        {
            var message = new HttpRequestMessage(new HttpMethod(request.MethodName()), request.Url());
            if (request.Method() == Model.Method.Post || request.Method() == Model.Method.Put)
            {
                message.Content = new NativeBody(request);
            }
            foreach (var field in request.Headers())
            {
                if (!message.Headers.TryAddWithoutValidation(field.Name, field.Value))
                {
                    message.Content?.Headers.TryAddWithoutValidation(field.Name, field.Value);
                }
            }
            return message;
        }

        private static void Add(
            List<HeaderField> fields, IEnumerable<KeyValuePair<string, IEnumerable<string>>> headers)
        {
            foreach (var header in headers)
            {
                foreach (string value in header.Value)
                {
                    fields.Add(new HeaderField(header.Key, value));
                }
            }
        }

        /// <summary>Reads the body, and of one that is too long no more than shows that it is.</summary>
        private async Task<byte[]> ReadAsync(HttpResponseMessage response, CancellationToken cancellation)
        {
            // Not every runtime gives up reading by the token alone.
            using (cancellation.Register(response.Dispose))
            using (var stream = await response.Content.ReadAsStreamAsync().ConfigureAwait(false))
            {
                long told = response.Content.Headers.ContentLength ?? 0;
                var body = new MemoryStream((int)Math.Max(0, Math.Min(told, Math.Min(longestBody, 1 << 24))));
                var piece = new byte[Piece];
                while (body.Length <= longestBody)
                {
                    int count = await stream.ReadAsync(piece, 0, piece.Length, cancellation).ConfigureAwait(false);
                    if (count == 0)
                    {
                        break;
                    }
                    body.Write(piece, 0, count);
                }
                cancellation.ThrowIfCancellationRequested();
                return body.Length == body.Capacity ? body.GetBuffer() : body.ToArray();
            }
        }
    }
}

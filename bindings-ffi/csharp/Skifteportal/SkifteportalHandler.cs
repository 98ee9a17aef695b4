using System;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading;
using System.Threading.Tasks;

namespace Skifteportal
{
    /// <summary>
    /// Puts a caller's token on each request to the portal's API, for programs that send in their own way, by
    /// <c>IHttpClientFactory</c> or not. A 401 is answered by one fresh token where the request can be sent again;
    /// a request to any other host is refused, because a token must not reach it.
    /// </summary>
    public sealed class SkifteportalHandler : DelegatingHandler
    {
        private readonly Caller caller;

        /// <summary>Makes one for use with <c>IHttpClientFactory</c>, which sets what sends.</summary>
        /// <param name="caller">Whose token.</param>
        public SkifteportalHandler(Caller caller)
        {
            this.caller = caller ?? throw new ArgumentNullException(nameof(caller));
        }

        /// <summary>Makes one.</summary>
        /// <param name="caller">Whose token.</param>
        /// <param name="inner">What sends. It must follow no redirect.</param>
        public SkifteportalHandler(Caller caller, HttpMessageHandler inner)
            : base(inner)
        {
            this.caller = caller ?? throw new ArgumentNullException(nameof(caller));
        }

        /// <inheritdoc/>
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request is null)
            {
                throw new ArgumentNullException(nameof(request));
            }
            var to = request.RequestUri;
            if (to == null || !to.IsAbsoluteUri
                || Uri.Compare(to, caller.ApiHost, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped,
                    StringComparison.OrdinalIgnoreCase) != 0)
            {
                throw new InvalidOperationException("a token is sent to the portal's API host alone");
            }
            await AuthorizeAsync(request, cancellationToken).ConfigureAwait(false);
            var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            // A body may have been a stream, which is used up.
            if (response.StatusCode != HttpStatusCode.Unauthorized || request.Content != null)
            {
                return response;
            }
            response.Dispose();
            caller.InvalidateTokens();
            await AuthorizeAsync(request, cancellationToken).ConfigureAwait(false);
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }

        private async Task AuthorizeAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            using (var token = await caller.TokenAsync(cancellationToken).ConfigureAwait(false))
            {
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.AccessToken());
            }
        }
    }
}

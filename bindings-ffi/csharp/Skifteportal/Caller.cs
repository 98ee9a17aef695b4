using System;
using System.Threading;
using System.Threading.Tasks;
using Skifteportal.Model;

namespace Skifteportal
{
    /// <summary>
    /// Who calls: a reporter, or a likvidator through one. Any number of threads may use it at once. What the
    /// portal refuses, and what goes wrong on the way, is thrown as a <see cref="SkifteportalException"/>; a call
    /// that is given up, as a <see cref="CallCanceledException"/>.
    /// </summary>
    public sealed partial class Caller
    {
        private readonly AdgangsprofilId? profile;

        internal Caller(SkifteportalClient client, long reporter, AdgangsprofilId? profile)
        {
            Client = client;
            Reporter = reporter;
            this.profile = profile;
        }

        internal SkifteportalClient Client { get; }

        internal long Reporter { get; }

        internal Uri ApiHost => Client.ApiHost;

        /// <summary>The likvidator on whose adgangsprofil this reporter's certificate is registered.</summary>
        /// <param name="adgangsprofil">The adgangsprofil.</param>
        public Caller ActingFor(AdgangsprofilId adgangsprofil)
        {
            return new Caller(Client, Reporter, adgangsprofil);
        }

        /// <summary>Makes a call. It may be made again, and is the caller's to dispose.</summary>
        /// <param name="call">The call.</param>
        /// <param name="cancellationToken">Gives it up.</param>
        /// <typeparam name="T">What it is answered with.</typeparam>
        public Task<T> SendAsync<T>(ICall<T> call, CancellationToken cancellationToken = default)
        {
            if (call is null)
            {
                throw new ArgumentNullException(nameof(call));
            }
            return Client.Pump.CallAsync(Reporter, profile, call, cancellationToken);
        }

        /// <summary>A fresh token, for a program that calls the API in its own way.</summary>
        /// <param name="cancellationToken">Gives it up.</param>
        public Task<Token> TokenAsync(CancellationToken cancellationToken = default)
        {
            return Client.Pump.TokenAsync(Reporter, profile, cancellationToken);
        }

        /// <summary>Forgets the reporter's tokens, after the portal has refused one that it should have taken.</summary>
        public void InvalidateTokens() => Client.Pump.Forget(Reporter);

        /// <summary>The checks of payloads, by today's date in Denmark.</summary>
        public Checks Checks() => Skifteportal.Checks.At(Client.Pump.Now);

        internal async Task<T> SendOnceAsync<T>(Func<ICall<T>> make, CancellationToken cancellationToken)
        {
            using (var call = make())
            {
                return await SendAsync(call, cancellationToken).ConfigureAwait(false);
            }
        }

        internal async Task<T> SendOnceAsync<T>(
            Checks? checks, Func<Checks, ICall<T>> make, CancellationToken cancellationToken)
        {
            using (var own = checks == null ? Checks() : null)
            using (var call = make(checks ?? own!))
            {
                return await SendAsync(call, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}

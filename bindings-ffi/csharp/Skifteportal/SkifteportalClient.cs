using System;
using System.Net.Http;
using System.Security.Cryptography;
using Skifteportal.Model;

namespace Skifteportal
{
    /// <summary>
    /// Calls the portal for any number of reporters, from any number of threads. Make one for the whole program:
    /// tokens, rate limits and connections are shared in it.
    /// </summary>
    public sealed class SkifteportalClient : IDisposable
    {
        private readonly SkifteportalClientOptions options;
        private readonly long longestBody;

        /// <summary>Makes a client for an environment.</summary>
        /// <param name="environment">Where the calls go.</param>
        /// <param name="options">What is to be otherwise than by default.</param>
        public SkifteportalClient(PortalEnvironment environment, SkifteportalClientOptions? options = null)
        {
            if (environment is null)
            {
                throw new ArgumentNullException(nameof(environment));
            }
            this.options = options ?? new SkifteportalClientOptions();
            ApiHost = new Uri(environment.Api());
            var settings = this.options.Settings ?? DefaultSettings();
            longestBody = settings.MaxResponseBytes;
            var session = new Session(environment, settings, Entropy());
            Pump = new Pump(
                session,
                NewTransport(null),
                this.options.Clock ?? (() => DateTimeOffset.UtcNow),
                new Log(this.options.Log));
        }

        internal Pump Pump { get; }

        /// <summary>The host that tokens may be sent to.</summary>
        internal Uri ApiHost { get; }

        /// <summary>The library's own settings of a session, to change what you need.</summary>
        public static SessionSettings DefaultSettings()
        {
            using (var defaults = new Defaults())
            {
                return defaults.Session();
            }
        }

        /// <summary>Adds a reporter by variant A: a Client ID and its secret, over the reporter's certificate.</summary>
        /// <param name="clientId">The Client ID.</param>
        /// <param name="clientSecret">Its secret.</param>
        /// <param name="identity">The reporter's certificate; it is the caller's to dispose.</param>
        public Caller AddReporter(string clientId, string clientSecret, ClientIdentity identity)
        {
            using (var credentials = ForSecret(clientId, clientSecret, identity))
            {
                return AddReporter(credentials, identity, null);
            }
        }

        /// <summary>
        /// Adds a reporter by variant B: its key signs assertions, over the certificate of the API user, whose CVR
        /// number stands for the client. Neither key need be exportable.
        /// </summary>
        /// <param name="issuer">The reporter's system, by a URL.</param>
        /// <param name="identity">The reporter's certificate.</param>
        /// <param name="apiUser">The API user's certificate.</param>
        public Caller AddReporter(string issuer, ClientIdentity identity, ClientIdentity apiUser)
        {
            using (var credentials = ForAssertion(issuer, identity, apiUser))
            {
                return AddReporter(credentials, apiUser, identity.Sign);
            }
        }

        /// <summary>Adds a reporter by credentials of any kind.</summary>
        /// <param name="credentials">The credentials.</param>
        /// <param name="identity">What the connections for tokens present.</param>
        /// <param name="signer">
        /// Signs the bytes, which are not a hash, by RSA with SHA-256 (PKCS#1 v1.5), where the credentials hold no
        /// key. It may take its time.
        /// </param>
        public Caller AddReporter(Credentials credentials, ClientIdentity identity, Func<byte[], byte[]>? signer)
        {
            var line = new Line(NewTransport(identity ?? throw new ArgumentNullException(nameof(identity))), signer);
            try
            {
                return new Caller(this, Pump.Add(credentials, line), null);
            }
            catch (SkifteportalException)
            {
                line.Release();
                throw;
            }
        }

        /// <summary>
        /// Gives a reporter other credentials: a renewed certificate, a new secret. Calls that are under way go on
        /// with them; a request that is out over the old connection may fail, and is made again where that is safe.
        /// </summary>
        /// <param name="caller">The reporter.</param>
        /// <param name="credentials">The credentials.</param>
        /// <param name="identity">What the connections for tokens present.</param>
        /// <param name="signer">As for <see cref="AddReporter(Credentials, ClientIdentity, Func{byte[], byte[]})"/>.</param>
        public void ReplaceCredentials(
            Caller caller, Credentials credentials, ClientIdentity identity, Func<byte[], byte[]>? signer = null)
        {
            long reporter = Own(caller);
            if (identity is null)
            {
                throw new ArgumentNullException(nameof(identity));
            }
            Pump.Replace(reporter, credentials, new Line(NewTransport(identity), signer));
        }

        /// <summary>Removes a reporter. Its calls that wait end as failed and not processed.</summary>
        /// <param name="caller">The reporter.</param>
        public void RemoveReporter(Caller caller)
        {
            Pump.Remove(Own(caller));
        }

        /// <summary>A caller's reporter. Each client counts its own from the same number.</summary>
        private long Own(Caller caller)
        {
            if (caller is null)
            {
                throw new ArgumentNullException(nameof(caller));
            }
            return caller.Client == this
                ? caller.Reporter
                : throw new ArgumentException("the caller is of another client", nameof(caller));
        }

        /// <summary>The session's figures.</summary>
        public SessionStats Stats() => Pump.Session.Stats();

        /// <summary>Gives up all calls that are under way.</summary>
        public void Dispose() => Pump.Dispose();

        private static Credentials ForSecret(string clientId, string clientSecret, ClientIdentity identity)
        {
            if (identity is null)
            {
                throw new ArgumentNullException(nameof(identity));
            }
            return Credentials.ClientSecret(clientId, clientSecret, identity.Thumbprint());
        }

        private static Credentials ForAssertion(string issuer, ClientIdentity identity, ClientIdentity apiUser)
        {
            if (identity is null)
            {
                throw new ArgumentNullException(nameof(identity));
            }
            if (apiUser is null)
            {
                throw new ArgumentNullException(nameof(apiUser));
            }
            using (var certificate = apiUser.ToCertificate())
            using (var defaults = new Defaults())
            using (var chain = identity.ToChain())
            {
                string subject = certificate.Cvr() ?? throw new ArgumentException(
                    "the API user's certificate has no CVR number", nameof(apiUser));
                return Credentials.Detached(defaults.Assertion(issuer, subject), chain, certificate.Thumbprint());
            }
        }

        private static byte[] Entropy()
        {
            using (var random = RandomNumberGenerator.Create())
            {
                var bytes = new byte[32];
                random.GetBytes(bytes);
                return bytes;
            }
        }

        private Transport NewTransport(ClientIdentity? identity)
        {
            var handler = options.CreateHandler?.Invoke(identity) ?? Handlers.Create(identity, options.Authorities);
            return new Transport(handler, longestBody);
        }
    }
}

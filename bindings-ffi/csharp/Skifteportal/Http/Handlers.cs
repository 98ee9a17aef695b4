using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Net.Security;
using System.Reflection;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Skifteportal
{
    /// <summary>Makes the handlers of connections: no redirects, no cookies, and a client certificate with its chain.</summary>
    public static class Handlers
    {
        /// <summary>
        /// A handler for connections that present a certificate, or none. Where the runtime has it (.NET 8 and
        /// later) the whole chain is sent; elsewhere that takes the issuing authority in the store of
        /// intermediate authorities, because a server may know the root alone.
        /// </summary>
        /// <param name="identity">What to present.</param>
        /// <param name="authorities">Whom to trust in place of the machine's authorities.</param>
        public static HttpMessageHandler Create(
            ClientIdentity? identity, IReadOnlyCollection<X509Certificate2>? authorities = null)
        {
            RemoteCertificateValidationCallback? judge = null;
            if (authorities != null)
            {
                judge = (sender, certificate, chain, errors) => Trusts(authorities, certificate, errors);
            }
            return Sockets(identity, judge) ?? Classic(identity, judge);
        }

        private static HttpMessageHandler Classic(ClientIdentity? identity, RemoteCertificateValidationCallback? judge)
        {
            var handler = new HttpClientHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                SslProtocols = SslProtocols.None,
            };
            if (identity != null)
            {
                handler.ClientCertificateOptions = ClientCertificateOption.Manual;
                handler.ClientCertificates.Add(identity.Certificate);
            }
            if (judge != null)
            {
                handler.ServerCertificateCustomValidationCallback =
                    (_, certificate, chain, errors) => judge(handler, certificate, chain, errors);
            }
            return handler;
        }

        /// <summary>SocketsHttpHandler with the chain in place, by reflection; null where there is none.</summary>
        private static HttpMessageHandler? Sockets(ClientIdentity? identity, RemoteCertificateValidationCallback? judge)
        {
            var type = Type.GetType("System.Net.Http.SocketsHttpHandler, System.Net.Http");
            var options = type?.GetProperty("SslOptions");
            var context = options?.PropertyType.GetProperty("ClientCertificateContext");
            if (type == null || options == null || context == null)
            {
                return null;
            }
            var handler = (HttpMessageHandler)Activator.CreateInstance(type);
            type.GetProperty("AllowAutoRedirect").SetValue(handler, false);
            type.GetProperty("UseCookies").SetValue(handler, false);
            // A connection is not kept for ever, so that a change of addresses is seen.
            type.GetProperty("PooledConnectionLifetime").SetValue(handler, TimeSpan.FromMinutes(5));
            var tls = options.GetValue(handler);
            if (identity != null)
            {
                context.SetValue(tls, Context(context.PropertyType, identity));
            }
            if (judge != null)
            {
                options.PropertyType.GetProperty("RemoteCertificateValidationCallback").SetValue(tls, judge);
            }
            return handler;
        }

        private static object Context(Type type, ClientIdentity identity)
        {
            var issuers = new X509Certificate2Collection(identity.Certificates.Skip(1).ToArray());
            var create = type.GetMethods(BindingFlags.Public | BindingFlags.Static)
                .First(method => method.Name == "Create" && method.GetParameters().Length == 3);
            // Offline: what is missing is not fetched.
            return create.Invoke(null, new object[] { identity.Certificate, issuers, true });
        }

        private static bool Trusts(
            IReadOnlyCollection<X509Certificate2> authorities, X509Certificate? shown, SslPolicyErrors errors)
        {
            if (shown == null || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != 0)
            {
                return false;
            }
            using (var certificate = new X509Certificate2(shown))
            using (var chain = new X509Chain())
            {
                chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
                // That the chain ends with one of ours is looked at below.
                chain.ChainPolicy.VerificationFlags = X509VerificationFlags.AllowUnknownCertificateAuthority;
                chain.ChainPolicy.ExtraStore.AddRange(authorities.ToArray());
                if (!chain.Build(certificate))
                {
                    return false;
                }
                byte[] last = chain.ChainElements[chain.ChainElements.Count - 1].Certificate.RawData;
                return authorities.Any(authority => authority.RawData.SequenceEqual(last));
            }
        }
    }
}

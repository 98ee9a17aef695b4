using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Security.Cryptography;

namespace Skifteportal.Tests.EndToEnd
{
    /// <summary>More lines of docs/dotnet.md; the tests call them.</summary>
    internal static class Documented
    {
        // snippet: store
        internal static Caller FromTheStore(
            SkifteportalClient client, string clientId, string clientSecret, string serialNumber)
        {
            // The SERIALNUMBER stays when the certificate is renewed; the thumbprint does not.
            var identity = ClientIdentity.FromStoreBySerialNumber(serialNumber);
            return client.AddReporter(clientId, clientSecret, identity);
        }
        // end of snippet

        // snippet: hsm
        internal static Caller WithAKeyInAnHsm(
            SkifteportalClient client,
            string issuer,
            IReadOnlyList<byte[]> certificates,
            Func<byte[], byte[]> sign,
            ClientIdentity apiUser)
        {
            using var chain = Chain.FromDers(certificates);
            using var apiUserCertificate = apiUser.ToCertificate();
            using var defaults = new Defaults();
            using var credentials = Credentials.Detached(
                defaults.Assertion(issuer, apiUserCertificate.Cvr()!), chain, apiUserCertificate.Thumbprint());
            // Asked for one signature for each token: RSA with SHA-256, PKCS#1 v1.5.
            return client.AddReporter(credentials, apiUser, sign);
        }
        // end of snippet

        // snippet: token
        internal static RSA KeyOnAToken(string token, string label, string pin)
        {
            // Linux only, with OpenSSL's engine for PKCS#11; PKCS11_MODULE_PATH names the token's library.
            string key = "pkcs11:token=" + token + ";object=" + label + ";type=private;pin-value=" + pin;
            using var handle = SafeEvpPKeyHandle.OpenPrivateKeyFromEngine("pkcs11", key);
            return new RSAOpenSsl(handle);
        }
        // end of snippet

        // snippet: handler
        internal static HttpClient OwnClient(Caller caller, HttpMessageHandler handler)
        {
            // With IHttpClientFactory: AddHttpMessageHandler(() => new SkifteportalHandler(caller)).
            return new HttpClient(new SkifteportalHandler(caller, handler));
        }
        // end of snippet
    }
}

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Skifteportal.Model;

namespace Skifteportal
{
    /// <summary>
    /// A certificate with its chain and private key: what a connection presents, and what signs assertions. The
    /// key need not be exportable.
    /// </summary>
    public sealed class ClientIdentity : IDisposable
    {
        private readonly X509Certificate2[] chain;

        private ClientIdentity(IEnumerable<X509Certificate2> chain)
        {
            this.chain = chain.ToArray();
        }

        /// <summary>The holder's certificate, with its private key.</summary>
        public X509Certificate2 Certificate => chain[0];

        /// <summary>The certificates of the chain, the holder's first.</summary>
        public IReadOnlyList<X509Certificate2> Certificates => chain;

        /// <summary>Reads a PKCS#12 file (<c>.p12</c>, <c>.pfx</c>) of any age.</summary>
        /// <param name="path">The file.</param>
        /// <param name="password">Its password.</param>
        /// <exception cref="CertificateException">It cannot be read, or has not exactly one key with its chain.</exception>
        public static ClientIdentity FromPkcs12File(string path, string password)
        {
            return FromPkcs12(File.ReadAllBytes(path), password);
        }

        /// <summary>Reads the bytes of a PKCS#12 file.</summary>
        /// <param name="file">The file.</param>
        /// <param name="password">Its password.</param>
        /// <exception cref="CertificateException">It cannot be read, or has not exactly one key with its chain.</exception>
        public static ClientIdentity FromPkcs12(byte[] file, string password)
        {
            using (var store = KeyStore.FromPkcs12(file, password))
            {
                return FromKeyStore(store);
            }
        }

        /// <summary>
        /// Takes the key and the chain of a key store that the library has read, for files with several keys:
        /// see <see cref="KeyStore.FromPkcs12With"/>.
        /// </summary>
        /// <param name="store">The key store.</param>
        public static ClientIdentity FromKeyStore(KeyStore store)
        {
            if (store is null)
            {
                throw new ArgumentNullException(nameof(store));
            }
            using (var chain = store.Chain())
            using (var key = store.Key())
            using (var rsa = Pkcs8.ReadPem(key.ToPkcs8Pem()))
            {
                var certificates = Frameworks(chain);
                var holder = Platform.WithKey(certificates[0], rsa);
                certificates[0].Dispose();
                return new ClientIdentity(new[] { holder }.Concat(certificates.Skip(1)));
            }
        }

        /// <summary>Reads a certificate with its chain, in any order, and its key from PEM texts.</summary>
        /// <param name="certificates">The certificates.</param>
        /// <param name="key">The key.</param>
        /// <param name="password">The key's password, if it is encrypted.</param>
        /// <exception cref="CertificateException">They cannot be read, or do not belong together.</exception>
        public static ClientIdentity FromPem(byte[] certificates, byte[] key, string? password = null)
        {
            using (var group = new Certificates())
            using (var defaults = new Defaults())
            using (var read = PrivateKey.FromPem(key, password))
            using (var store = KeyStore.FromParts(read, group.AllFromPem(certificates), defaults.KeyStore()))
            {
                return FromKeyStore(store);
            }
        }

        /// <summary>
        /// Takes a certificate whose private key .NET can use: in a store, on a smart card, in an HSM. The chain
        /// is built from the stores of the machine and the certificates that are given.
        /// </summary>
        /// <param name="certificate">The certificate.</param>
        /// <param name="issuers">Those who may have issued it, in any order.</param>
        /// <exception cref="ArgumentException">It has no private key.</exception>
        /// <exception cref="CertificateException">The chain cannot be built.</exception>
        public static ClientIdentity FromCertificate(
            X509Certificate2 certificate, IEnumerable<X509Certificate2>? issuers = null)
        {
            if (certificate is null)
            {
                throw new ArgumentNullException(nameof(certificate));
            }
            if (!certificate.HasPrivateKey)
            {
                throw new ArgumentException("the certificate has no private key", nameof(certificate));
            }
            using (var leaf = Skifteportal.Certificate.FromDer(certificate.RawData))
            {
                var pool = (issuers ?? Enumerable.Empty<X509Certificate2>()).Concat(CertificateStore.Issuers())
                    .Select(issuer => Skifteportal.Certificate.FromDer(issuer.RawData)).ToList();
                using (var chain = Chain.Ordered(leaf, pool))
                {
                    return new ClientIdentity(new[] { certificate }.Concat(Frameworks(chain).Skip(1)));
                }
            }
        }

        /// <summary>Finds a certificate in a store by its thumbprint, as Windows shows it.</summary>
        /// <param name="thumbprint">SHA-1 or SHA-256, in hexadecimal; blanks and colons do not count.</param>
        /// <param name="location">Whose store.</param>
        /// <exception cref="InvalidOperationException">There is none with a private key.</exception>
        public static ClientIdentity FromStore(
            string thumbprint, StoreLocation location = StoreLocation.CurrentUser)
        {
            return FromCertificate(CertificateStore.ByThumbprint(thumbprint, location));
        }

        /// <summary>
        /// Finds a certificate in a store by the SERIALNUMBER of its subject, which stays when it is renewed: of
        /// several the one that is in force for longest.
        /// </summary>
        /// <param name="serialNumber">Such as <c>UI:DK-O:G:…</c>.</param>
        /// <param name="location">Whose store.</param>
        /// <param name="now">Now; else by the machine's clock.</param>
        /// <exception cref="InvalidOperationException">There is none with a private key.</exception>
        public static ClientIdentity FromStoreBySerialNumber(
            string serialNumber, StoreLocation location = StoreLocation.CurrentUser, DateTimeOffset? now = null)
        {
            var time = now ?? DateTimeOffset.UtcNow;
            return FromCertificate(CertificateStore.BySerialNumber(serialNumber, location, time));
        }

        /// <summary>Signs bytes, which are not a hash, with the key: RSA with SHA-256, PKCS#1 v1.5.</summary>
        /// <param name="bytes">The bytes.</param>
        public byte[] Sign(byte[] bytes)
        {
            using (var key = Certificate.GetRSAPrivateKey()
                ?? throw new InvalidOperationException("the certificate's key is no RSA key"))
            {
                return key.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            }
        }

        /// <summary>The chain as the library reads it.</summary>
        public Chain ToChain()
        {
            return Chain.FromDers(chain.Select(one => one.RawData).ToList());
        }

        /// <summary>The holder's certificate as the library reads it.</summary>
        public Certificate ToCertificate()
        {
            return Skifteportal.Certificate.FromDer(Certificate.RawData);
        }

        /// <summary>What names the certificate in credentials.</summary>
        public CertificateThumbprint Thumbprint()
        {
            using (var certificate = ToCertificate())
            {
                return certificate.Thumbprint();
            }
        }

        /// <summary>Frees the certificates, and a key that was read from a file.</summary>
        public void Dispose()
        {
            foreach (var certificate in chain)
            {
                certificate.Dispose();
            }
        }

        /// <summary>The certificate's subject.</summary>
        public override string ToString() => "ClientIdentity(" + Certificate.Subject + ")";

        private static List<X509Certificate2> Frameworks(Chain chain)
        {
            return chain.Certificates().Select(one => new X509Certificate2(one.Der())).ToList();
        }
    }
}

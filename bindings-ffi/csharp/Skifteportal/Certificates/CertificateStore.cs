using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Skifteportal
{
    /// <summary>The certificate stores of Windows, and what .NET has in their place elsewhere.</summary>
    internal static class CertificateStore
    {
        internal static X509Certificate2 ByThumbprint(string thumbprint, StoreLocation location)
        {
            string wanted = new string((thumbprint ?? throw new ArgumentNullException(nameof(thumbprint)))
                .Where(Uri.IsHexDigit).ToArray()).ToUpperInvariant();
            return WithKey(location).FirstOrDefault(one => one.Thumbprint == wanted || Sha256(one) == wanted)
                ?? throw None("this thumbprint", location);
        }

        internal static X509Certificate2 BySerialNumber(
            string serialNumber, StoreLocation location, DateTimeOffset now)
        {
            if (serialNumber is null)
            {
                throw new ArgumentNullException(nameof(serialNumber));
            }
            return WithKey(location)
                .Where(one => SerialNumber(one) == serialNumber)
                .OrderByDescending(one => one.NotBefore <= now.LocalDateTime && now.LocalDateTime <= one.NotAfter)
                .ThenByDescending(one => one.NotAfter)
                .FirstOrDefault()
                ?? throw None("this SERIALNUMBER", location);
        }

        /// <summary>All authorities that the machine knows and the library can read.</summary>
        internal static IEnumerable<X509Certificate2> Issuers()
        {
            var found = new List<X509Certificate2>();
            foreach (var name in new[] { StoreName.CertificateAuthority, StoreName.Root })
            {
                foreach (var location in new[] { StoreLocation.CurrentUser, StoreLocation.LocalMachine })
                {
                    found.AddRange(All(name, location).Where(one => SerialNumber(one) != Unreadable));
                }
            }
            return found;
        }

        private const string Unreadable = "\0";

        private static IEnumerable<X509Certificate2> WithKey(StoreLocation location)
        {
            return All(StoreName.My, location).Where(one => one.HasPrivateKey);
        }

        private static List<X509Certificate2> All(StoreName name, StoreLocation location)
        {
            using (var store = new X509Store(name, location))
            {
                try
                {
                    store.Open(OpenFlags.ReadOnly | OpenFlags.OpenExistingOnly);
                }
                catch (CryptographicException)
                {
                    // There is no such store, as on a machine where nobody has put anything in.
                    return new List<X509Certificate2>();
                }
                return store.Certificates.Cast<X509Certificate2>().ToList();
            }
        }

        private static string? SerialNumber(X509Certificate2 certificate)
        {
            try
            {
                using (var read = Certificate.FromDer(certificate.RawData))
                {
                    return read.SubjectSerialNumber();
                }
            }
            catch (Model.CertificateException)
            {
                return Unreadable;
            }
        }

        private static string Sha256(X509Certificate2 certificate)
        {
            using (var hash = SHA256.Create())
            {
                return BitConverter.ToString(hash.ComputeHash(certificate.RawData)).Replace("-", "");
            }
        }

        private static InvalidOperationException None(string what, StoreLocation location)
        {
            return new InvalidOperationException(
                "the store My of " + location + " has no certificate with " + what + " and a private key");
        }
    }
}

using System;
using System.Linq;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Skifteportal
{
    /// <summary>What .NET has and netstandard2.0 does not name.</summary>
    internal static class Platform
    {
        internal static X509Certificate2 WithKey(X509Certificate2 certificate, RSA key)
        {
            var joined = Join(certificate, key);
            if (!RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
            {
                return joined;
            }
            // The TLS of Windows takes no key that lives in this process alone. One that is imported without a
            // flag to keep it is deleted with the certificate.
            using (joined)
            {
                string password = Guid.NewGuid().ToString("N");
                byte[] file = joined.Export(X509ContentType.Pfx, password);
                try
                {
                    return new X509Certificate2(file, password, X509KeyStorageFlags.DefaultKeySet);
                }
                finally
                {
                    Array.Clear(file, 0, file.Length);
                }
            }
        }

        private static X509Certificate2 Join(X509Certificate2 certificate, RSA key)
        {
            // In .NET since 2.0 and in .NET Framework since 4.7.2.
            var method = typeof(RSACertificateExtensions).GetMethod(
                "CopyWithPrivateKey", new[] { typeof(X509Certificate2), typeof(RSA) })
                ?? throw new PlatformNotSupportedException("this needs .NET Framework 4.7.2 or .NET");
            return (X509Certificate2)method.Invoke(null, new object[] { certificate, key });
        }
    }
}

using System;
using System.Linq;
using System.Security.Cryptography;

namespace Skifteportal
{
    /// <summary>Reads the RSA keys that the library writes as PKCS#8; netstandard2.0 does not.</summary>
    internal static class Pkcs8
    {
        internal static RSA ReadPem(string pem)
        {
            byte[] der = Convert.FromBase64String(
                string.Concat(pem.Split('\n').Select(line => line.Trim()).Where(line => !line.StartsWith("-----"))));
            try
            {
                var rsa = RSA.Create();
                rsa.ImportParameters(Parameters(der));
                return rsa;
            }
            finally
            {
                Array.Clear(der, 0, der.Length);
            }
        }

        private static RSAParameters Parameters(byte[] der)
        {
            var outer = new Der(der, 0, der.Length).Enter(0x30);
            outer.Skip();
            outer.Skip();
            var key = outer.Enter(0x04).Enter(0x30);
            key.Skip();
            byte[] modulus = key.Number(0);
            int half = (modulus.Length + 1) / 2;
            return new RSAParameters
            {
                Modulus = modulus,
                Exponent = key.Number(0),
                D = key.Number(modulus.Length),
                P = key.Number(half),
                Q = key.Number(half),
                DP = key.Number(half),
                DQ = key.Number(half),
                InverseQ = key.Number(half),
            };
        }

        /// <summary>A position in DER.</summary>
        private sealed class Der
        {
            private readonly byte[] bytes;
            private readonly int end;
            private int at;

            internal Der(byte[] bytes, int at, int end)
            {
                this.bytes = bytes;
                this.at = at;
                this.end = end;
            }

            internal Der Enter(byte tag)
            {
                int length = Head(tag);
                var inner = new Der(bytes, at, at + length);
                at += length;
                return inner;
            }

            internal void Skip()
            {
                int length = Head(null);
                at += length;
            }

            /// <summary>A positive integer without its sign, filled up in front to a length.</summary>
            internal byte[] Number(int length)
            {
                int count = Head(0x02);
                int from = at;
                at += count;
                while (count > 1 && bytes[from] == 0)
                {
                    from++;
                    count--;
                }
                var number = new byte[Math.Max(length, count)];
                Array.Copy(bytes, from, number, number.Length - count, count);
                return number;
            }

            private int Head(byte? tag)
            {
                if (at + 2 > end || (tag != null && bytes[at] != tag))
                {
                    throw new CryptographicException("the key is no RSA key in PKCS#8");
                }
                at++;
                int length = bytes[at++];
                if (length >= 0x80)
                {
                    int more = length - 0x80;
                    length = 0;
                    for (; more > 0 && at < end; more--)
                    {
                        length = (length << 8) | bytes[at++];
                    }
                }
                if (length < 0 || length > end - at)
                {
                    throw new CryptographicException("the key is no RSA key in PKCS#8");
                }
                return length;
            }
        }
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;

namespace Bench
{
    /// <summary>The same work as .NET itself does it.</summary>
    internal sealed class Peers
    {
        private static readonly Uri Krav = new Uri(
            "https://api.test-minskiftesag.net/doedsbojournaler/e25d84d3-7aec-4361-84da-93125cb83f08/krav");

        private readonly string token;
        private readonly string audience;
        private readonly List<string> certificates;
        private readonly RSA key;

        internal Peers(string token, string audience, IEnumerable<X509Certificate2> chain, RSA key)
        {
            this.token = token;
            this.audience = audience;
            this.key = key;
            certificates = chain.Select(one => Convert.ToBase64String(one.RawData)).ToList();
        }

        internal HttpRequestMessage Request()
        {
            var krav = new Dictionary<string, object>
            {
                ["beskrivelse"] = "Faktura 20261101-17, levering af varme i oktober 2026",
                ["beloeb"] = 12345.67m,
                ["endeligt"] = false,
                ["opgjortdato"] = "2026-11-01",
            };
            var request = new HttpRequestMessage(HttpMethod.Post, Krav)
            {
                Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(krav)),
            };
            request.Headers.Accept.ParseAdd("application/json");
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            return request;
        }

        internal string SigningInput(DateTimeOffset now)
        {
            var header = new Dictionary<string, object>
            {
                ["x5t#S256"] = Base64Url(SHA256.HashData(Convert.FromBase64String(certificates[0]))),
                ["x5c"] = certificates,
                ["alg"] = "RS256",
            };
            var claims = new Dictionary<string, object>
            {
                ["iss"] = "https://reporter.example",
                ["sub"] = "11223344",
                ["aud"] = audience,
                ["jti"] = "0b60c02a-46c3-4cc9-b0fc-dd87f81ff0b7",
                ["exp"] = now.ToUnixTimeSeconds() + 50,
            };
            return Part(header) + "." + Part(claims);
        }

        internal string Signed(DateTimeOffset now)
        {
            string input = SigningInput(now);
            return input + "." + Base64Url(Sign(Encoding.ASCII.GetBytes(input)));
        }

        internal byte[] Sign(byte[] input) =>
            key.SignData(input, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

        private static string Part(object value) => Base64Url(JsonSerializer.SerializeToUtf8Bytes(value));

        private static string Base64Url(byte[] bytes) =>
            Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
    }
}

using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Skifteportal;
using Skifteportal.Model;

namespace Example
{
    /// <summary>What the sandbox writes, or your own: see examples/rust/README.md.</summary>
    internal sealed class Config
    {
        private readonly JsonElement json;
        private readonly string folder;

        internal Config(string path)
        {
            json = JsonDocument.Parse(File.ReadAllText(path)).RootElement;
            folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        }

        internal JsonElement Reporter => json.GetProperty("reporters")[0];

        internal JsonElement ApiUser => json.GetProperty("apiUser");

        internal JsonElement System => json.GetProperty("likvidator").GetProperty("system");

        internal AdgangsprofilId Adgangsprofil =>
            new AdgangsprofilId(json.GetProperty("likvidator").GetProperty("adgangsprofilId").GetString()!);

        internal CprNummer Cpr => CprNummer.Parse(TestData.GetProperty("cprNummer").GetString()!);

        internal SagId Sag =>
            new SagId(TestData.GetProperty("sager").GetProperty("aaben").GetProperty("sagId").GetString()!);

        private JsonElement TestData => json.GetProperty("testData");

        internal PortalEnvironment Environment()
        {
            var given = json.GetProperty("environment");
            var environment = given.ValueKind == JsonValueKind.String
                ? given.GetString() switch
                {
                    "test" => PortalEnvironment.Test(),
                    "production" => PortalEnvironment.Production(),
                    _ => throw new InvalidOperationException("environment: there is none of that name"),
                }
                : PortalEnvironment.Custom(
                    given.GetProperty("sysauth").GetString()!,
                    given.GetProperty("auth").GetString()!,
                    given.GetProperty("api").GetString()!);
            return json.TryGetProperty("paths", out var paths)
                ? paths.EnumerateObject().Aggregate(environment, (kept, p) => kept.WithPath(p.Name, p.Value.GetString()!))
                : environment;
        }

        internal X509Certificate2[]? Authorities()
        {
            if (!json.TryGetProperty("trustAnchors", out var file))
            {
                return null;
            }
            var all = new X509Certificate2Collection();
            all.ImportFromPemFile(Path.Combine(folder, file.GetString()!));
            return all.ToArray();
        }

        internal ClientIdentity Identity(JsonElement party)
        {
            string file = Path.Combine(folder, party.GetProperty("certificate").GetString()!);
            return ClientIdentity.FromPkcs12File(file, Secret(party, "password"));
        }

        internal string ClientId(JsonElement party) => party.GetProperty("clientId").GetString()!;

        internal string ClientSecret(JsonElement party) => Secret(party, "clientSecret");

        private string Secret(JsonElement party, string name)
        {
            if (party.TryGetProperty(name + "File", out var file))
            {
                return File.ReadAllText(Path.Combine(folder, file.GetString()!)).TrimEnd('\r', '\n');
            }
            string variable = party.GetProperty(name + "Env").GetString()!;
            return global::System.Environment.GetEnvironmentVariable(variable)
                ?? throw new InvalidOperationException("the environment variable " + variable + " is not set");
        }
    }
}

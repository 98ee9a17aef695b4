using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Threading.Tasks;
using Skifteportal.Model;

namespace Skifteportal.Tests.EndToEnd
{
    /// <summary>A sandbox with its parties and the clients that a test makes.</summary>
    internal sealed class World : IDisposable
    {
        private readonly SandboxPortal sandbox;
        private readonly List<IDisposable> made = new List<IDisposable>();

        internal World()
        {
            string folder = Path.Combine(Workspace.Of("target/dotnet/sandbox"), Guid.NewGuid().ToString("N"));
            Directory.CreateDirectory(folder);
            string suffix = Path.DirectorySeparatorChar == '\\' ? ".exe" : "";
            sandbox = SandboxPortal.Start(Workspace.Of("target/debug/skifteportal-sandbox" + suffix), folder);
            Authorities = Certificates(Settings.GetProperty("trustAnchors").GetString()!);
        }

        internal JsonElement Settings => sandbox.Settings;

        internal X509Certificate2[] Authorities { get; }

        internal Party Reporter => new Party(Settings.GetProperty("reporters")[0]);

        internal Party ApiUser => new Party(Settings.GetProperty("apiUser"));

        internal Party System => new Party(Settings.GetProperty("likvidator").GetProperty("system"));

        internal AdgangsprofilId Profile =>
            new AdgangsprofilId(Settings.GetProperty("likvidator").GetProperty("adgangsprofilId").GetString()!);

        internal CprNummer Cpr => CprNummer.Parse(Settings.GetProperty("testData").GetProperty("cprNummer").GetString()!);

        internal List<string> Log { get; } = new List<string>();

        internal PortalEnvironment Environment() => sandbox.Environment();

        internal SkifteportalClient Client(
            Func<SessionSettings, SessionSettings>? change = null,
            Func<ClientIdentity?, global::System.Net.Http.HttpMessageHandler>? handlers = null)
        {
            var settings = SkifteportalClient.DefaultSettings();
            var client = new SkifteportalClient(Environment(), new SkifteportalClientOptions
            {
                Authorities = Authorities,
                CreateHandler = handlers,
                Settings = change == null ? settings : change(settings),
                Log = (level, line) =>
                {
                    lock (Log)
                    {
                        Log.Add(level + " " + line);
                    }
                },
            });
            made.Add(client);
            return client;
        }

        internal Caller Join(SkifteportalClient client, Party? party = null)
        {
            var one = party ?? Reporter;
            var identity = one.Identity();
            made.Add(identity);
            return client.AddReporter(one.ClientId, one.ClientSecret, identity);
        }

        internal async Task<DoedsbojournalId> BoAsync(Caller caller)
        {
            var page = await caller.Doedsbo.SearchBoAsync(new DoedsbojournalQuery { CprNummer = Cpr }, new Page());
            return page.Items.First().Id!.Value;
        }

        internal Task FaultAsync(string rule) => sandbox.ControlAsync("POST", "/faults", rule);

        internal Task FaultAsync(string host, string method, string fault)
        {
            string path = method == "GET" ? "" : ",\"path\":\"/**\"";
            return FaultAsync(
                "{\"host\":\"" + host + "\",\"match\":{\"method\":\"" + method + "\"" + path + "},\"fault\":" + fault + "}");
        }

        internal Task ControlAsync(string path, string body = "") => sandbox.ControlAsync("POST", path, body);

        internal Task<string> RequestsAsync() => sandbox.ControlAsync("GET", "/requests");

        /// <summary>How many claims there are on all dødsboer.</summary>
        internal async Task<int> ClaimsAsync()
        {
            var state = JsonDocument.Parse(await sandbox.ControlAsync("GET", "/state")).RootElement;
            return state.GetProperty("doedsboer").EnumerateArray()
                .SelectMany(bo => bo.GetProperty("registreringer").EnumerateArray())
                .Count(one => one.GetProperty("type").GetString() == "krav" && !one.GetProperty("slettet").GetBoolean());
        }

        public void Dispose()
        {
            made.ForEach(one => one.Dispose());
            sandbox.Dispose();
        }

        private static X509Certificate2[] Certificates(string pem)
        {
            var all = new X509Certificate2Collection();
            all.ImportFromPemFile(pem);
            return all.ToArray();
        }
    }
}

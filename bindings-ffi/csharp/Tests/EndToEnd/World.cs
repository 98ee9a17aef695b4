using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Skifteportal.Model;
using Skifteportal.Testing;

namespace Skifteportal.Tests.EndToEnd
{
    /// <summary>A sandbox with its parties and the clients that a test makes.</summary>
    internal sealed class World : IDisposable
    {
        private readonly List<IDisposable> made = new List<IDisposable>();

        internal Sandbox Sandbox { get; } = Sandbox.Start();

        internal Party Reporter => Sandbox.Reporter;

        internal Party ApiUser => Sandbox.ApiUser;

        internal List<string> Log { get; } = new List<string>();

        internal SkifteportalClient Client(
            Func<SessionSettings, SessionSettings>? change = null,
            Func<ClientIdentity?, global::System.Net.Http.HttpMessageHandler>? handlers = null,
            Func<DateTimeOffset>? clock = null)
        {
            var settings = SkifteportalClient.DefaultSettings();
            var client = Sandbox.Client(new SkifteportalClientOptions
            {
                CreateHandler = handlers,
                Clock = clock,
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

        internal Caller Join(SkifteportalClient client, Party? party = null) => (party ?? Reporter).AddTo(client);

        internal async Task<DoedsbojournalId> BoAsync(Caller caller)
        {
            var page = await caller.Doedsbo.SearchBoAsync(new DoedsbojournalQuery { CprNummer = Sandbox.CprNummer }, new Page());
            return page.Items.First().Id!.Value;
        }

        internal Task FaultAsync(string host, string method, string fault)
        {
            string path = method == "GET" ? "" : ",\"path\":\"/**\"";
            return Sandbox.FaultAsync(
                "{\"host\":\"" + host + "\",\"match\":{\"method\":\"" + method + "\"" + path + "},\"fault\":" + fault + "}");
        }

        internal Task ControlAsync(string path, string body = "") => Sandbox.ControlAsync("POST", path, body);

        internal Task<string> RequestsAsync() => Sandbox.ControlAsync("GET", "/requests");

        /// <summary>How many claims there are on all dødsboer.</summary>
        internal async Task<int> ClaimsAsync()
        {
            var state = JsonDocument.Parse(await Sandbox.ControlAsync("GET", "/state")).RootElement;
            return state.GetProperty("doedsboer").EnumerateArray()
                .SelectMany(bo => bo.GetProperty("registreringer").EnumerateArray())
                .Count(one => one.GetProperty("type").GetString() == "krav" && !one.GetProperty("slettet").GetBoolean());
        }

        public void Dispose()
        {
            made.ForEach(one => one.Dispose());
            Sandbox.Dispose();
        }
    }
}

using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using Skifteportal.Model;

namespace Skifteportal.Tests.EndToEnd
{
    /// <summary>A party of the sandbox: its certificate, and for variant A its Client ID and secret.</summary>
    public sealed class Party
    {
        internal Party(JsonElement given)
        {
            Settings = given;
        }

        internal JsonElement Settings { get; }

        internal string ClientId => Settings.GetProperty("clientId").GetString()!;

        internal string ClientSecret => File.ReadAllText(Of("clientSecretFile"));

        internal string Password => File.ReadAllText(Of("passwordFile"));

        internal string Of(string name) => Settings.GetProperty(name).GetString()!;

        internal ClientIdentity Identity(string form = "certificate")
        {
            return ClientIdentity.FromPkcs12File(Of(form), Password);
        }
    }

    // [docs: fixture]
    /// <summary>A sandbox portal of its own for a test: start one per fixture, dispose it at the end.</summary>
    public sealed class SandboxPortal : IDisposable
    {
        private readonly Process process;
        private readonly HttpClient control = new HttpClient();

        private SandboxPortal(Process process, JsonElement settings)
        {
            this.process = process;
            Settings = settings;
            control.BaseAddress = new Uri(settings.GetProperty("environment").GetProperty("control").GetString()!);
        }

        /// <summary>What <c>sandbox.json</c> holds.</summary>
        public JsonElement Settings { get; }

        /// <summary>Its hosts and paths.</summary>
        public PortalEnvironment Environment()
        {
            var hosts = Settings.GetProperty("environment");
            var environment = PortalEnvironment.Custom(
                hosts.GetProperty("sysauth").GetString()!,
                hosts.GetProperty("auth").GetString()!,
                hosts.GetProperty("api").GetString()!);
            return Settings.GetProperty("paths").EnumerateObject()
                .Aggregate(environment, (kept, path) => kept.WithPath(path.Name, path.Value.GetString()!));
        }

        /// <summary>Starts the program and waits until it is ready.</summary>
        /// <param name="program">The file <c>skifteportal-sandbox</c>.</param>
        /// <param name="folder">Where it writes its certificates and <c>sandbox.json</c>.</param>
        public static SandboxPortal Start(string program, string folder)
        {
            var process = Process.Start(new ProcessStartInfo(program)
            {
                ArgumentList = { "--quiet", "--dir", folder },
                RedirectStandardOutput = true,
                UseShellExecute = false,
            })!;
            string? line;
            do
            {
                line = process.StandardOutput.ReadLine()
                    ?? throw new InvalidOperationException("the sandbox ended instead of starting");
            }
            while (line != "sandbox ready");
            string json = File.ReadAllText(Path.Combine(folder, "sandbox.json"));
            return new SandboxPortal(process, JsonDocument.Parse(json).RootElement);
        }

        /// <summary>Asks the control endpoint for something, such as a fault.</summary>
        public async Task<string> ControlAsync(string method, string path, string body = "")
        {
            var request = new HttpRequestMessage(new HttpMethod(method), path)
            {
                Content = new StringContent(body, Encoding.UTF8, "application/json"),
            };
            var answer = await control.SendAsync(request);
            string text = await answer.Content.ReadAsStringAsync();
            return answer.IsSuccessStatusCode ? text : throw new InvalidOperationException(path + ": " + text);
        }

        /// <summary>Ends the program.</summary>
        public void Dispose()
        {
            control.Dispose();
            process.Kill();
            process.WaitForExit();
            process.Dispose();
        }
    }
    // [docs: end]
}

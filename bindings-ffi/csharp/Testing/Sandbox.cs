using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading.Tasks;
using Skifteportal.Model;

namespace Skifteportal.Testing
{
    /// <summary>
    /// A sandbox portal on 127.0.0.1, with fictive data and certificates of its own: what there is to configure, and
    /// the faults that it can be told to make. It needs no network and no agreement with anybody. Start one per
    /// fixture or per run, and dispose it at the end.
    /// </summary>
    public sealed class Sandbox : IDisposable
    {
        private const string Program = "skifteportal-sandbox";
        private const string Variable = "SKIFTEPORTAL_SANDBOX";

        private readonly Settings settings;
        private readonly Process? process;
        private readonly string? folder;
        private readonly HttpClient control = new HttpClient();

        private Sandbox(Settings settings, Process? process, string? folder)
        {
            this.settings = settings;
            this.process = process;
            this.folder = folder;
            Authorities = Read(Setting("/trustAnchors"));
        }

        /// <summary>The authority behind the certificates of its hosts.</summary>
        public IReadOnlyCollection<X509Certificate2> Authorities { get; }

        /// <summary>A company that reports through a vendor's system, by the vendor's Client ID.</summary>
        public Party Reporter => Party("/reporters/0");

        /// <summary>A company with a Client ID of its own.</summary>
        public Party OtherReporter => Party("/reporters/1");

        /// <summary>The vendor whose certificate connects in variant B.</summary>
        public Party ApiUser => Party("/apiUser");

        /// <summary>The certificate that is registered on the likvidator's adgangsprofil.</summary>
        public Party LikvidatorSystem => Party("/likvidator/system");

        /// <summary>The likvidator's adgangsprofil.</summary>
        public AdgangsprofilId Adgangsprofil => new AdgangsprofilId(Setting("/likvidator/adgangsprofilId"));

        /// <summary>The CPR number, fictive, of a dødsbo that takes claims.</summary>
        public CprNummer CprNummer => CprNummer.Parse(Setting("/testData/cprNummer"));

        /// <summary>Starts one on free ports, and waits until it is ready.</summary>
        /// <param name="program">
        /// The program; else what the environment variable <c>SKIFTEPORTAL_SANDBOX</c> names, or
        /// <c>skifteportal-sandbox</c> on the PATH.
        /// </param>
        /// <exception cref="InvalidOperationException">It ended instead.</exception>
        public static Sandbox Start(string? program = null)
        {
            string file = program ?? System.Environment.GetEnvironmentVariable(Variable) ?? Program;
            string folder = Path.Combine(Path.GetTempPath(), Program + "-" + Guid.NewGuid().ToString("N"));
            Directory.CreateDirectory(folder);
            var process = Process.Start(new ProcessStartInfo(file, "--quiet --dir \"" + folder + "\"")
            {
                RedirectStandardOutput = true,
                UseShellExecute = false,
            });
            string? line;
            do
            {
                line = process.StandardOutput.ReadLine()
                    ?? throw new InvalidOperationException("the sandbox ended before it was ready");
            }
            while (line != "sandbox ready");
            var sandbox = new Sandbox(Testing.Settings.Read(Path.Combine(folder, "sandbox.json")), process, folder);
            // Whoever forgets to dispose it leaves no server behind.
            AppDomain.CurrentDomain.ProcessExit += sandbox.End;
            return sandbox;
        }

        /// <summary>One that runs already.</summary>
        /// <param name="settings">Its <c>sandbox.json</c>.</param>
        public static Sandbox At(string settings) => new Sandbox(Testing.Settings.Read(settings), null, null);

        /// <summary>A setting, such as <c>/testData/retskredsId</c>; the sandbox's README lists them.</summary>
        /// <param name="pointer">Its JSON pointer.</param>
        public string Setting(string pointer) => settings.At(pointer).Text();

        /// <summary>A company that has no property here, such as <c>/refusedCertificates/expired</c>.</summary>
        /// <param name="pointer">The JSON pointer of its settings.</param>
        public Party Party(string pointer) => new Party(settings.At(pointer));

        /// <summary>Its three hosts, with the paths that it made up where the portal's are not public.</summary>
        public PortalEnvironment Environment()
        {
            var hosts = new[] { "sysauth", "auth", "api" }.Select(host => Setting("/environment/" + host)).ToList();
            var environment = PortalEnvironment.Custom(hosts[0], hosts[1], hosts[2]);
            foreach (var path in settings.At("/paths").Texts())
            {
                var bare = environment;
                environment = bare.WithPath(path.Name, path.Value);
                bare.Dispose();
            }
            return environment;
        }

        /// <summary>A client that is set to its hosts.</summary>
        /// <param name="options">Its options; whom it trusts is set here.</param>
        public SkifteportalClient Client(SkifteportalClientOptions? options = null)
        {
            var all = options ?? new SkifteportalClientOptions();
            all.Authorities = Authorities;
            return new SkifteportalClient(Environment(), all);
        }

        /// <summary>Adds a rule by which requests fail, as the sandbox's README describes them.</summary>
        /// <param name="rule">JSON.</param>
        public Task FaultAsync(string rule) => ControlAsync("POST", "/faults", rule);

        /// <summary>Puts the clock of its hosts ahead of this machine's, or behind.</summary>
        /// <param name="seconds">By how much.</param>
        public Task SetClockOffsetAsync(long seconds)
        {
            return ControlAsync("POST", "/clock", "{\"offsetSeconds\":" + seconds + "}");
        }

        /// <summary>Makes all tokens invalid.</summary>
        public Task RevokeTokensAsync() => ControlAsync("POST", "/revoke-tokens");

        /// <summary>Lets a host present another certificate.</summary>
        /// <param name="host"><c>sysauth</c>, <c>auth</c> or <c>api</c>.</param>
        /// <param name="use">Such as <c>expired</c>, or again <c>valid</c>.</param>
        public Task SetCertificateAsync(string host, string use)
        {
            return ControlAsync("POST", "/certificate", Testing.Settings.Written(("host", host), ("use", use)));
        }

        /// <summary>Certifies a key that its holder keeps.</summary>
        /// <param name="holder">Such as <c>reporter-a</c>.</param>
        /// <param name="request">A request (PKCS#10) in PEM.</param>
        /// <returns>The chain in PEM.</returns>
        public Task<string> CertifyAsync(string holder, string request)
        {
            string body = Testing.Settings.Written(("holder", holder), ("request", request));
            return ControlAsync("POST", "/certify", body);
        }

        /// <summary>Goes back to the data, the clock and the certificates of the start.</summary>
        public Task ResetAsync() => ControlAsync("POST", "/reset");

        /// <summary>Asks its control endpoint for anything else.</summary>
        /// <param name="method">Such as <c>GET</c>.</param>
        /// <param name="path">Such as <c>/requests</c>.</param>
        /// <param name="body">JSON.</param>
        /// <exception cref="InvalidOperationException">It was refused.</exception>
        public async Task<string> ControlAsync(string method, string path, string body = "")
        {
            string url = Setting("/environment/control") + path;
            using (var request = new HttpRequestMessage(new HttpMethod(method), url))
            {
                request.Content = new StringContent(body, Encoding.UTF8, "application/json");
                using (var answer = await control.SendAsync(request).ConfigureAwait(false))
                {
                    string text = await answer.Content.ReadAsStringAsync().ConfigureAwait(false);
                    return answer.IsSuccessStatusCode
                        ? text
                        : throw new InvalidOperationException("the sandbox refused " + path + ": " + text);
                }
            }
        }

        /// <summary>Ends it and removes its files, if it was started here.</summary>
        public void Dispose()
        {
            AppDomain.CurrentDomain.ProcessExit -= End;
            control.Dispose();
            foreach (var authority in Authorities)
            {
                authority.Dispose();
            }
            End(this, EventArgs.Empty);
            process?.Dispose();
        }

        private void End(object? sender, EventArgs arguments)
        {
            if (process == null || process.HasExited)
            {
                return;
            }
            process.Kill();
            process.WaitForExit();
            if (folder != null)
            {
                Directory.Delete(folder, recursive: true);
            }
        }

        private static IReadOnlyCollection<X509Certificate2> Read(string pem)
        {
            using (var certificates = new Certificates())
            {
                return certificates.AllFromPem(File.ReadAllBytes(pem))
                    .Select(one => new X509Certificate2(one.Der())).ToArray();
            }
        }
    }
}

using System.Threading.Tasks;
using NUnit.Framework;
using Skifteportal.Model;
using Skifteportal.Testing;

namespace Skifteportal.Tests.EndToEnd
{
    [NotUnderWine("the cryptography of Wine takes no RSA key from .NET, which then has no client certificate")]
    // snippet: sandbox_fixture
    /// <summary>With NUnit; any other test framework does as well.</summary>
    public sealed class ClaimsInSandboxTests
    {
        private Sandbox sandbox = null!;

        [OneTimeSetUp]
        public void Start() => sandbox = Sandbox.Start();

        [OneTimeTearDown]
        public void End() => sandbox.Dispose();

        [SetUp]
        public Task Reset() => sandbox.ResetAsync();

        [Test]
        public async Task ACutConnectionLeavesItOpen()
        {
            using var client = sandbox.Client();
            var caller = sandbox.Reporter.AddTo(client);
            var query = new DoedsbojournalQuery { CprNummer = sandbox.CprNummer };
            var bo = (await caller.Doedsbo.SearchBoAsync(query, new Page())).Items[0].Id!.Value;
            await sandbox.FaultAsync(@"{
                ""host"": ""api"", ""match"": {""method"": ""POST"", ""path"": ""/doedsbojournaler/*/krav""},
                ""fault"": {""kind"": ""dropAfterProcessing""}}");
            var error = Assert.ThrowsAsync<PortalException>(
                () => caller.Doedsbo.AddKravAsync(bo, new Krav { Beloeb = 10m }))!;
            Assert.That(error.Certainty, Is.EqualTo(Certainty.Unknown));
        }
    }
    // end of snippet
}

using System;
using System.IO;

namespace Skifteportal.Testing
{
    /// <summary>A company in the sandbox: its certificate, and what the portal knows it by.</summary>
    public sealed class Party
    {
        private readonly Settings settings;

        internal Party(Settings settings)
        {
            this.settings = settings;
        }

        /// <summary>Its name.</summary>
        public string Name => Setting("name");

        /// <summary>Its CVR number, fictive.</summary>
        public string Cvr => Setting("cvr");

        /// <summary>Its Client ID in variant A.</summary>
        public string ClientId => Setting("clientId");

        /// <summary>The secret of that Client ID.</summary>
        public string ClientSecret => File.ReadAllText(Setting("clientSecretFile"));

        /// <summary>Its certificate with the private key: a PKCS#12 file.</summary>
        public string CertificateFile => Setting("certificate");

        /// <summary>The password of that file.</summary>
        public string Password => File.ReadAllText(Setting("passwordFile"));

        /// <summary>The file, read: what its connections present.</summary>
        public ClientIdentity Identity() => ClientIdentity.FromPkcs12File(CertificateFile, Password);

        /// <summary>Adds it to a client as a reporter by variant A.</summary>
        /// <param name="client">The client.</param>
        public Caller AddTo(SkifteportalClient client)
        {
            if (client is null)
            {
                throw new ArgumentNullException(nameof(client));
            }
            return client.AddReporter(ClientId, ClientSecret, Identity());
        }

        /// <summary>A member of its settings, such as <c>pemChain</c>; the sandbox's README lists them.</summary>
        /// <param name="member">Its name.</param>
        public string Setting(string member) => settings.At("/" + member).Text();

        /// <summary>Its name.</summary>
        public override string ToString() => Name;
    }
}

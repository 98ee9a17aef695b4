using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Security.Cryptography.X509Certificates;
using Skifteportal.Model;

namespace Skifteportal
{
    /// <summary>What a <see cref="SkifteportalClient"/> is made of.</summary>
    public sealed class SkifteportalClientOptions
    {
        /// <summary>
        /// Makes the handler of connections that present a certificate, or none. The handler must follow no
        /// redirect, because a token must not reach another host; <see cref="Handlers.Create"/> is the default.
        /// </summary>
        public Func<ClientIdentity?, HttpMessageHandler>? CreateHandler { get; set; }

        /// <summary>Whom to trust in place of the machine's authorities, where the default handlers are used.</summary>
        public IReadOnlyCollection<X509Certificate2>? Authorities { get; set; }

        /// <summary>The settings of the session; else the library's own.</summary>
        public SessionSettings? Settings { get; set; }

        /// <summary>Is told what happens, without secrets and personal data.</summary>
        public Action<LogLevel, string>? Log { get; set; }

        /// <summary>The clock; else the machine's.</summary>
        public Func<DateTimeOffset>? Clock { get; set; }
    }
}

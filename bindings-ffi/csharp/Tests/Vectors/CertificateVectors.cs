using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Skifteportal.Model;

namespace Skifteportal.Tests.Vectors
{
    internal static class CertificateVectors
    {
        private static readonly Certificates Names = new Certificates();

        internal static Certificate One(string pem) => Certificate.FromPem(Encoding.UTF8.GetBytes(pem));

        internal static List<Certificate> All(IEnumerable<string> pems) => pems.Select(One).ToList();

        internal static IEnumerable<string> Thumbprints(IEnumerable<Certificate> certificates)
        {
            return certificates.Select(one => one.Thumbprint().Value);
        }

        internal static object Answer(Members input)
        {
            switch (input.Text("do"))
            {
                case "certificate":
                    byte[] file = input.Bytes("file");
                    var now = Wire.Time(input, "now");
                    int days = input.Int("warning_days");
                    var read = IsPem(file) ? Names.AllFromPem(file) : new[] { Certificate.FromDer(file) };
                    return Json.Object(("certificates", read.Select(one => Show(one, now, days))));
                case "chain":
                    return OfChain(input);
                case "key_store":
                    return OfKeyStore(input);
                default:
                    byte[] keyFile = input.Bytes("test_only_file");
                    string? password = input.OptionalText("password");
                    string? certificate = input.OptionalText("certificate");
                    var key = IsPem(keyFile)
                        ? PrivateKey.FromPem(keyFile, password)
                        : PrivateKey.FromDer(keyFile, password);
                    return Json.Object(
                        ("bits", key.Bits()),
                        ("belongs_to_certificate",
                            certificate == null ? (bool?)null : key.BelongsTo(One(certificate))));
            }
        }

        private static bool IsPem(byte[] file)
        {
            return Encoding.Latin1.GetString(file).Contains("-----BEGIN ", StringComparison.Ordinal);
        }

        private static object Show(Certificate certificate, Timestamp now, int days)
        {
            var summary = certificate.Summary(now, days);
            return Json.Object(
                ("kind", Names.KindName(summary.Kind)),
                ("hierarchy", Names.HierarchyName(summary.Hierarchy)),
                ("subject_serial_number", summary.SubjectSerialNumber),
                ("x509_serial_number", certificate.X509SerialNumber()),
                ("cvr", summary.Cvr),
                ("common_name", summary.CommonName),
                ("organisation", summary.Organisation),
                ("issuer", summary.Issuer),
                ("not_before", summary.NotBefore.ToString()),
                ("not_after", summary.NotAfter.ToString()),
                ("validity", Names.ValidityName(summary.Validity)),
                ("key_kind", Names.KeyKindName(summary.KeyKind)),
                ("key_bits", summary.KeyBits),
                ("thumbprint", summary.Thumbprint),
                ("x5t_s256", certificate.X5tS256()),
                ("authority", certificate.IsAuthority()),
                ("warnings", summary.Warnings.Select(Names.WarningCode)));
        }

        private static object OfChain(Members input)
        {
            var leaf = One(input.Text("leaf"));
            var pool = All(input.Texts("pool"));
            var roots = All(input.Texts("roots"));
            var now = Wire.Time(input, "now");
            var chain = Chain.Ordered(leaf, pool);
            string? refusal = null;
            try
            {
                chain.Verify(roots, now);
            }
            catch (CertificateException error)
            {
                refusal = error.Code;
            }
            return Json.Object(
                ("chain", Thumbprints(chain.Certificates())),
                ("has_root", chain.HasRoot()),
                ("verified", refusal == null),
                ("refusal", refusal));
        }

        private static object OfKeyStore(Members input)
        {
            var settings = new Defaults().KeyStore();
            if (input.OptionalText("friendly_name") is string name)
            {
                settings = settings.WithChoice(new KeyChoice.FriendlyName(name));
            }
            if (input.Optional("max_iterations") != null)
            {
                settings = settings.WithMaxIterations(input.Int("max_iterations"));
            }
            var store = KeyStore.FromPkcs12With(input.Bytes("file"), input.Text("password"), settings);
            return Json.Object(
                ("chain", Thumbprints(store.Chain().Certificates())),
                ("has_root", store.Chain().HasRoot()),
                ("others", Thumbprints(store.Others())),
                ("friendly_name", store.FriendlyName()),
                ("key_bits", store.Key().Bits()));
        }
    }
}

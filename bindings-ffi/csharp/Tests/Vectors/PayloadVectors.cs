using System;
using System.Linq;
using System.Text;
using NUnit.Framework;
using Skifteportal.Model;

namespace Skifteportal.Tests.Vectors
{
    internal static class PayloadVectors
    {
        private static readonly Payloads Payloads = new Payloads();

        internal static object Answer(Members input)
        {
            string type = input.Text("type");
            byte[] json = input.Bytes("json");
            var changes = input.List("changes").Select(change => new Members(change)).ToList();
            try
            {
                byte[] encoded;
                if (type.StartsWith("[", StringComparison.Ordinal))
                {
                    encoded = Payloads.EncodeList(Payloads.DecodeList(type.Trim('[', ']'), json));
                }
                else
                {
                    encoded = Payloads.Encode(changes.Aggregate(Payloads.Decode(type, json), Changed));
                }
                return Json.Object(("json", Encoding.UTF8.GetString(encoded)));
            }
            catch (MalformedJsonException error)
            {
                return Json.Object(
                    ("error", error.Code),
                    ("pointer", error.Pointer),
                    ("line", error.Line),
                    ("column", error.Column));
            }
        }

        private static AnyPayload Changed(AnyPayload payload, Members change)
        {
            string member = change.Text("member");
            string extra = Payloads.ExtraOf(payload);
            AnyPayload changed;
            switch (change.Text("do"))
            {
                case "set":
                    changed = Payloads.WithMember(payload, member, change.OptionalText("json"));
                    break;
                case "set_extra":
                    extra = Payloads.WithExtraMember(extra, member, change.Text("json"));
                    changed = Payloads.WithExtra(payload, extra);
                    break;
                default:
                    Assert.That(Payloads.ExtraMember(extra, member), Is.Not.Null);
                    changed = Payloads.WithExtra(payload, Payloads.WithoutExtraMember(extra, member));
                    break;
            }
            change.End();
            return changed;
        }
    }
}

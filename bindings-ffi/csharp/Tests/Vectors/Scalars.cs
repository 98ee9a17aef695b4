using System;
using System.Collections.Generic;
using Skifteportal.Model;

namespace Skifteportal.Tests.Vectors
{
    internal static class Scalars
    {
        internal static object Amount(Members input)
        {
            return OrRefused(() =>
            {
                var amounts = new Amounts();
                decimal amount = input.Text("do") switch
                {
                    "json" => amounts.FromJson(input.Text("json")),
                    "text" => amounts.Read(input.Text("text")),
                    _ => amounts.FromOere(input.Long("oere")),
                };
                return Json.Object(("json", amounts.Text(amount)));
            });
        }

        internal static object Date(Members input)
        {
            return OrRefused(() =>
            {
                var date = input.Text("do") == "read"
                    ? Dato.Parse(input.Text("text"))
                    : Dato.InDenmark(Wire.Time(input, "now"));
                return Json.Object(("text", date.ToString()));
            });
        }

        internal static object Time(Members input)
        {
            return OrRefused(() =>
            {
                var times = new Times();
                var time = input.Text("do") switch
                {
                    "read" => Timestamp.Parse(input.Text("text")),
                    "http_date" => times.FromHttpDate(input.Text("text")),
                    "unix_milliseconds" => times.FromUnixMilliseconds(input.Long("milliseconds")),
                    _ => times.PlusSeconds(Wire.Time(input, "text"), input.Long("seconds")),
                };
                return Json.Object(
                    ("text", time.ToString()),
                    ("unix_seconds", times.UnixSeconds(time)),
                    ("nanoseconds", times.Nanoseconds(time)));
            });
        }

        internal static object Id(Members input)
        {
            return OrRefused(() =>
            {
                string text = input.Text("text");
                string read = input.Text("do") switch
                {
                    "id" => new Ids().Read(text),
                    "cpr" => CprNummer.Parse(text).Expose(),
                    _ => new Ids().ReadCvr(text).Value,
                };
                return Json.Object(("text", read));
            });
        }

        internal static object Text(Members input)
        {
            var text = new Fritekst(input.Text("text"));
            return Json.Object(
                ("html", text.Html()), ("attribute", text.Attribute()), ("javascript", text.JavaScript()));
        }

        internal static object Disposition(Members input)
        {
            return input.Text("do") == "encode"
                ? Json.Object(("header", new Filenames().Encode(input.Text("filename"))))
                : Json.Object(("filename", new Filenames().Decode(input.Text("header"))));
        }

        private static object OrRefused(Func<Dictionary<string, object?>> read)
        {
            try
            {
                return read();
            }
            catch (SkifteportalException error) when (error is InputException || error is MalformedJsonException)
            {
                return Json.Object(("refused", true));
            }
        }
    }
}

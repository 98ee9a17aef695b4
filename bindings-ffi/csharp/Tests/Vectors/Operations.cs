using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using NUnit.Framework;
using Skifteportal.Model;

namespace Skifteportal.Tests.Vectors
{
    /// <summary>The areas of calls. An operation is found as a method by its name, its arguments by type.</summary>
    internal static class Operations
    {
        internal static object Answer(Members input)
        {
            var token = Wire.Token(input);
            var environment = Wire.Environment(input);
            try
            {
                var prepared = Call.Make(input.Of("call")).Prepared();
                var request = prepared.ToRequest(environment, token);
                return Json.Object(
                    ("request", Wire.Shown(request)),
                    ("token_rule", new Catalogue().TokenRuleName(prepared.Spec().Token)),
                    ("repeatable", prepared.Repeatable()));
            }
            catch (SkifteportalException error)
            {
                var violations = (error as CallException)?.Violations ?? Array.Empty<RuleViolation>();
                return Json.Object(("error", error.Code), ("violations", violations.Select(one => one.Code)));
            }
        }

        internal static object? Outcome(Members input)
        {
            var call = Call.Make(input.Of("call"));
            var response = Wire.Response(input);
            var now = Wire.Time(input, "now");
            try
            {
                return Show(call.Outcome(response, now));
            }
            catch (PortalException error)
            {
                return Failures.Show(error);
            }
        }

        private static object? Show(object? value)
        {
            switch (value)
            {
                case null:
                    return null;
                case DownloadedFile file:
                    return Json.Object(
                        ("filnavn", file.Filnavn),
                        ("content_type", file.ContentType),
                        ("bytes", Json.Shown(file.Bytes)));
                case RawAnswer raw:
                    return Json.Object(
                        ("status", raw.Status),
                        ("content_type", raw.ContentType),
                        ("filnavn", raw.Filnavn),
                        ("total", raw.Total),
                        ("bytes", Json.Shown(raw.Bytes)));
                case DoedsbojournalPage page:
                    return Json.Object(("items", Encoded(page.Items)), ("total", page.Total));
                case SagPage page:
                    return Json.Object(("items", Encoded(page.Items)), ("total", page.Total));
                default:
                    return Json.Object(("json", Encoded(value)));
            }
        }

        private static string Encoded(object value)
        {
            byte[] json = value is IEnumerable<object> list
                ? new Payloads().EncodeList(list.Select(Any).ToList())
                : new Payloads().Encode(Any(value));
            return Encoding.UTF8.GetString(json);
        }

        /// <summary>The payload in its case, which is named for its type.</summary>
        private static AnyPayload Any(object payload)
        {
            var type = typeof(AnyPayload).GetNestedType(payload.GetType().Name + "Payload")!;
            return (AnyPayload)Activator.CreateInstance(type, payload)!;
        }
    }

    /// <summary>A call of any type of answer.</summary>
    internal sealed class Call
    {
        private readonly object call;

        private Call(object call)
        {
            this.call = call;
        }

        internal PreparedCall Prepared() => (PreparedCall)Invoke(call.GetType().GetMethod("Prepared")!, call)!;

        internal object? Outcome(HttpResponse response, Timestamp now)
        {
            return Invoke(call.GetType().GetMethod("Outcome")!, call, response, now);
        }

        internal static Call Make(Members given)
        {
            if (given.Text("do") == "custom")
            {
                return new Call(Custom(given));
            }
            string key = given.Text("operation");
            var today = Dato.Parse(given.Text("today"));
            var checks = given.Texts("without").Aggregate(Checks.On(today), (kept, code) => kept.Without(code));
            var arguments = given.OptionalMembers("arguments") ?? new Members(Json.Parse("{}"));
            var call = new Call(Catalogued(key, arguments, checks));
            Assert.That(call.Prepared().Operation(), Is.EqualTo(key));
            return call;
        }

        private static object? Invoke(MethodInfo method, object on, params object?[] arguments)
        {
            try
            {
                return method.Invoke(on, arguments);
            }
            catch (TargetInvocationException error) when (error.InnerException is SkifteportalException inner)
            {
                throw inner;
            }
        }

        private static object Catalogued(string key, Members arguments, Checks checks)
        {
            string[] parts = key.Split('.', 2);
            object calls = parts[0] switch
            {
                "doedsbojournal" => new Doedsbo(),
                "tvangsoploesning-dirigent-kreditor" => new Tvangsoploesning(),
                "sagslager" => new Sagslager(),
                "henvendelse" => new Henvendelser(),
                "dokumentlager" => new Dokumentlager(),
                _ => throw new InvalidOperationException("no service " + parts[0]),
            };
            string name = parts[1];
            var bilag = Regex.Match(name, "^(add|getAll|get)BilagFor(.+)$");
            if (bilag.Success)
            {
                string verb = bilag.Groups[1].Value switch
                {
                    "add" => "upload",
                    "getAll" => "list",
                    _ => "download",
                };
                name = verb + bilag.Groups[2].Value + "Bilag";
            }
            else if (parts[0] == "henvendelse")
            {
                name = name.Replace("HenvendelseTraad", "Traad", StringComparison.Ordinal);
            }
            var method = calls.GetType().GetMethods()
                .Single(one => string.Equals(one.Name, name, StringComparison.OrdinalIgnoreCase));
            var given = method.GetParameters().Select(one => Argument(one.ParameterType, arguments, checks));
            return Invoke(method, calls, given.ToArray())!;
        }

        private static object? Argument(Type type, Members arguments, Checks checks)
        {
            if (type == typeof(Checks))
            {
                return checks;
            }
            if (type == typeof(Profile))
            {
                return null;
            }
            if (type == typeof(string))
            {
                return arguments.Text("filename");
            }
            if (type == typeof(byte[]))
            {
                return arguments.Bytes("file");
            }
            if (type == typeof(Page))
            {
                return new Page
                {
                    Number = arguments.Optional("page")?.GetInt64(),
                    Size = arguments.Optional("size")?.GetInt64(),
                };
            }
            if (type == typeof(Sort))
            {
                return new Sort { By = arguments.OptionalText("sort"), Direction = arguments.OptionalText("direction") };
            }
            if (type == typeof(DoedsbojournalAendringer))
            {
                var names = arguments.Texts("member_names");
                return new DoedsbojournalAendringer(
                    arguments.Texts("ids").Select(id => new DoedsbojournalId(id)).ToList(),
                    Wire.Time(arguments, "since"),
                    new MemberNames { Ids = names.ElementAtOrDefault(0), Siden = names.ElementAtOrDefault(1) });
            }
            if (type.Name.EndsWith("Id", StringComparison.Ordinal))
            {
                string name = char.ToLowerInvariant(type.Name[0]) + type.Name.Substring(1);
                return Activator.CreateInstance(type, arguments.Text(name));
            }
            var payload = new Payloads().Decode(type.Name, Encoding.UTF8.GetBytes(arguments.Text("payload")));
            return payload.GetType().GetProperty("Value")!.GetValue(payload);
        }

        private static RawCall Custom(Members call)
        {
            string key = call.Text("service");
            var service = new Catalogue().Services().Single(one => one.Key == key);
            var body = call.OptionalMembers("body");
            CustomBody sent = body?.Text("kind") switch
            {
                null => CustomBody.Empty,
                "empty" => CustomBody.Empty,
                "json" => new CustomBody.Json(body!.Bytes("bytes")),
                _ => new CustomBody.File(
                    body!.Text("content_type"), body.OptionalText("filename"), body.Bytes("bytes")),
            };
            return new Custom().Call(new CustomCall(
                service.Service,
                call.Text("operation_id"),
                Enum.Parse<Method>(call.Text("method"), ignoreCase: true),
                call.Text("path"),
                Wire.Pairs(call, "parameters"),
                Wire.Pairs(call, "query"),
                sent));
        }
    }
}

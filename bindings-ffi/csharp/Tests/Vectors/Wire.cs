using System;
using System.Collections.Generic;
using System.Linq;
using Skifteportal.Model;

namespace Skifteportal.Tests.Vectors
{
    /// <summary>What several areas have in common, and the areas of requests alone.</summary>
    internal static class Wire
    {
        internal static Timestamp Time(Members input, string name) => Timestamp.Parse(input.Text(name));

        internal static object Shown(HttpRequest request)
        {
            return Json.Object(
                ("method", request.MethodName()),
                ("url", request.Url()),
                ("headers", request.Headers().Select(field => new[] { field.Name, field.Value })),
                ("body", Json.Shown(request.Body())),
                ("identity", new Http().IdentityName(request.Identity())));
        }

        internal static List<NamedValue> Pairs(Members input, string name)
        {
            return input.List(name).Select(pair => new NamedValue(pair[0].GetString()!, pair[1].GetString()!)).ToList();
        }

        internal static HttpResponse Response(Members input)
        {
            var given = input.Of("response");
            var headers = Pairs(given, "headers").Select(pair => new HeaderField(pair.Name, pair.Value)).ToList();
            return new HttpResponse(given.Int("status"), headers, given.Bytes("body"));
        }

        internal static PortalEnvironment Environment(Members input)
        {
            var given = input.OptionalMembers("environment");
            switch (given?.Text("kind"))
            {
                case null:
                    return PortalEnvironment.Test();
                case "production":
                    return PortalEnvironment.Production();
                case "custom":
                    return PortalEnvironment.Custom(given!.Text("sysauth"), given.Text("auth"), given.Text("api"));
                default:
                    var environment = PortalEnvironment.Test();
                    if (given!.OptionalText("audience") is string audience)
                    {
                        environment = environment.WithAudience(audience);
                    }
                    var paths = given.OptionalMembers("paths");
                    foreach (string key in paths?.Names ?? Enumerable.Empty<string>())
                    {
                        environment = environment.WithPath(key, paths!.Text(key));
                    }
                    return environment;
            }
        }

        internal static TokenKind Kind(string name) => Enum.Parse<TokenKind>(name, ignoreCase: true);

        internal static Token? Token(Members input)
        {
            var given = input.OptionalMembers("token");
            return given == null ? null : new Token(given.Text("access_token"), Kind(given.Text("kind")), null);
        }

        internal static object Url(Members input)
        {
            string url = new Http().Url(
                input.Text("base"), input.Text("template"), Pairs(input, "parameters"), Pairs(input, "query"));
            return Json.Object(("url", url));
        }

        internal static object Form(Members input)
        {
            switch (input.Text("do"))
            {
                case "encode":
                    return Json.Object(("body", new Http().Form(Pairs(input, "fields"))));
                case "variant_a":
                    var request = new Auth().VariantARequest(
                        Environment(input), input.Text("client_id"), input.Text("client_secret"), input.Text("scope"));
                    return Json.Object(("request", Shown(request)));
                default:
                    var environment = Environment(input);
                    var token = Token(input)!;
                    var profile = new AdgangsprofilId(input.Text("adgangsprofil"));
                    return Json.Object(("request", Shown(new Auth().ExchangeRequest(environment, token, profile))));
            }
        }
    }
}

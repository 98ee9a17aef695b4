using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using Skifteportal.Model;

namespace Skifteportal.Tests.Vectors
{
    /// <summary>What the scripts of the session are made of.</summary>
    internal static class SessionParts
    {
        internal static string Text(this JsonElement element, string name)
        {
            return element.OptionalText(name) ?? throw new InvalidOperationException("no text " + name + " in " + element);
        }

        internal static string? OptionalText(this JsonElement element, string name)
        {
            return element.TryGetProperty(name, out var value) ? value.GetString() : null;
        }

        internal static Credentials Credentials(JsonElement given)
        {
            CertificateThumbprint Certificate(string name)
            {
                return new CertificateThumbprint(string.Concat(Enumerable.Repeat(given.Text(name), 32)));
            }
            if (given.Text("variant") == "a")
            {
                return Skifteportal.Credentials.ClientSecret(
                    given.Text("client_id"), given.Text("client_secret"), Certificate("certificate"));
            }
            var settings = new Defaults().Assertion(given.Text("issuer"), given.Text("subject")).WithIncludeIat(true);
            var chain = Chain.AsGiven(new[] { "leaf.pem", "root.pem" }
                .Select(name => Skifteportal.Certificate.FromPem(File.ReadAllBytes(Key(name)))).ToList());
            if (given.TryGetProperty("detached", out var detached) && detached.GetBoolean())
            {
                return Skifteportal.Credentials.Detached(settings, chain, Certificate("api_user"));
            }
            var key = PrivateKey.FromPem(File.ReadAllBytes(Key("leaf.key")), null);
            return Skifteportal.Credentials.PrivateKey(settings, chain, key, Certificate("api_user"));
        }

        internal static SessionSettings Settings(JsonElement script)
        {
            var settings = new Defaults().Session();
            return script.TryGetProperty("settings", out var given)
                ? given.EnumerateObject().Aggregate(settings, (kept, member) => With(kept, member.Name, member.Value))
                : settings;
        }

        internal static PreparedCall Call(string kind)
        {
            if (kind == "search")
            {
                return new Doedsbo().SearchBo(new DoedsbojournalQuery(), new Page(), Checks.None()).Prepared();
            }
            var (service, method) = kind switch
            {
                "get" => (Service.Doedsbojournal, Method.Get),
                "file" => (Service.Doedsbojournal, Method.Post),
                "put" => (Service.Doedsbojournal, Method.Put),
                "delete" => (Service.Doedsbojournal, Method.Delete),
                "get for likvidator" => (Service.TvangsoploesningLikvidator, Method.Get),
                "get for either" => (Service.TvangsoploesningDirigent, Method.Get),
                "get without token" => (Service.Retskreds, Method.Get),
                _ => throw new InvalidOperationException("call " + kind),
            };
            bool files = method == Method.Post || method == Method.Put;
            var body = files ? new CustomBody.Json(Encoding.UTF8.GetBytes("{}")) : CustomBody.Empty;
            var none = Array.Empty<NamedValue>();
            return new Custom().Call(new CustomCall(service, "scripted", method, "/scripted", none, none, body)).Prepared();
        }

        private static string Key(string name) => Workspace.Of("tests/vectors/session/keys/" + name);

        private static SessionSettings With(SessionSettings settings, string name, JsonElement value)
        {
            return name switch
            {
                "refresh_margin_seconds" => settings.WithRefreshMarginSeconds(value.GetInt64()),
                "max_attempts" => settings.WithMaxAttempts(value.GetInt64()),
                "retry_deadline_seconds" => settings.WithRetryDeadlineSeconds(value.GetInt64()),
                "max_wait_seconds" => settings.WithMaxWaitSeconds(value.GetInt64()),
                "refusal_cool_down_seconds" => settings.WithRefusalCoolDownSeconds(value.GetInt64()),
                "resend_refused_filings" => settings.WithResendRefusedFilings(value.GetBoolean()),
                "rate_budget" => settings.WithRateBudget(new RateBudget(
                    value.GetProperty("calls").GetInt64(), value.GetProperty("per_seconds").GetInt64())),
                "max_reporters" => settings.WithMaxReporters(value.GetInt64()),
                "max_calls" => settings.WithMaxCalls(value.GetInt64()),
                "max_in_flight" => settings.WithMaxInFlight(value.GetInt64()),
                "max_in_flight_per_token" => settings.WithMaxInFlightPerToken(value.GetInt64()),
                "max_response_bytes" => settings.WithMaxResponseBytes(value.GetInt64()),
                "timeout_seconds" => settings.WithTimeoutSeconds(value.GetInt64()),
                "lost_after_seconds" => settings.WithLostAfterSeconds(value.GetInt64()),
                _ => throw new InvalidOperationException("setting " + name),
            };
        }
    }
}

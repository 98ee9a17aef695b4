using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using NUnit.Framework;
using Skifteportal.Model;

namespace Skifteportal.Tests.Vectors
{
    /// <summary>One script of the session.</summary>
    internal sealed class SessionScript : IDisposable
    {
        private const long Start = 1_700_000_000_000;

        private readonly JsonElement script;
        private readonly Session session;
        private readonly Dictionary<string, long> reporters = new Dictionary<string, long>();
        private readonly Dictionary<string, long> calls = new Dictionary<string, long>();
        private readonly Dictionary<string, long> exchanges = new Dictionary<string, long>();
        private readonly Dictionary<string, long> signatures = new Dictionary<string, long>();
        private readonly HashSet<string> jtis = new HashSet<string>();
        private long now = Start;
        private long waited = Start;

        internal SessionScript(JsonElement script)
        {
            this.script = script;
            session = new Session(
                PortalEnvironment.Custom("https://sts.test", "https://exchange.test", "https://api.test"),
                SessionParts.Settings(script),
                Enumerable.Repeat((byte)7, 32).ToArray());
        }

        public void Dispose() => session.Dispose();

        internal void Run()
        {
            var given = script.GetProperty("reporters").EnumerateObject();
            foreach (var reporter in given.OrderBy(one => one.Name, StringComparer.Ordinal))
            {
                reporters[reporter.Name] = session.AddReporter(SessionParts.Credentials(reporter.Value));
            }
            int at = 0;
            foreach (var step in script.GetProperty("steps").EnumerateArray())
            {
                string? code = null;
                try
                {
                    Step(step);
                }
                catch (SkifteportalException error)
                {
                    code = error.Code;
                }
                Assert.That(code, Is.EqualTo(step.OptionalText("error")), "step " + at++ + ": " + step);
                foreach (string secret in new[] { "geheim", "direct-", "delegated-" })
                {
                    Assert.That(session.ToString(), Does.Not.Contain(secret));
                }
            }
        }

        private void Step(JsonElement step)
        {
            if (step.TryGetProperty("at", out var at))
            {
                now = at.ValueKind == JsonValueKind.String
                    ? waited
                    : Start + (long)Math.Round(at.GetDouble() * 1000);
            }
            var time = new Times().FromUnixMilliseconds(now);
            var profile = step.OptionalText("adgangsprofil") is string id
                ? new AdgangsprofilId(id)
                : (AdgangsprofilId?)null;
            long Reporter() => reporters[step.Text("reporter")];
            long Exchange() => exchanges[step.Text("exchange")];
            long Signature() => signatures[step.Text("signature")];
            switch (step.Text("do"))
            {
                case "submit":
                    var call = SessionParts.Call(step.Text("kind"));
                    calls[step.Text("call")] = session.Submit(time, Reporter(), profile, call);
                    break;
                case "submit_token":
                    calls[step.Text("call")] = session.SubmitToken(time, Reporter(), profile);
                    break;
                case "invalidate_tokens":
                    session.InvalidateTokens(Reporter());
                    break;
                case "next":
                    Expect(session.Next(time), step.GetProperty("expect"));
                    break;
                case "next_for":
                    Expect(session.NextFor(time, calls[step.Text("call")]), step.GetProperty("expect"));
                    break;
                case "receive":
                    Receive(time, Exchange(), step);
                    break;
                case "failed":
                    session.Failed(time, Exchange(), Failures.Failure(step.Text("failure"), "scripted"));
                    break;
                case "sign_failed":
                    session.SignFailed(time, Signature(), "no card");
                    break;
                case "signed":
                    session.Signed(time, Signature(), new byte[256]);
                    break;
                case "cancel":
                    var certainty = session.Cancel(calls[step.Text("call")]);
                    Assert.That(session.CertaintyName(certainty), Is.EqualTo(step.Text("certainty")));
                    break;
                case "remove_reporter":
                    session.RemoveReporter(Reporter());
                    break;
                case "replace_credentials":
                    var credentials = SessionParts.Credentials(step.GetProperty("credentials"));
                    session.ReplaceCredentials(Reporter(), credentials);
                    break;
                case "clock_offset":
                    long offset = step.GetProperty("milliseconds").GetInt64();
                    Assert.That(session.ClockOffsetMillis(), Is.EqualTo(offset));
                    break;
                default:
                    throw new InvalidOperationException("do " + step.Text("do"));
            }
        }

        private void Receive(Timestamp time, long exchange, JsonElement step)
        {
            var headers = new List<HeaderField>();
            if (step.TryGetProperty("headers", out var given))
            {
                headers.AddRange(given.EnumerateObject().Select(one => new HeaderField(one.Name, one.Value.GetString()!)));
            }
            byte[] bytes = Array.Empty<byte>();
            if (step.TryGetProperty("body", out var body) && body.ValueKind == JsonValueKind.String)
            {
                bytes = Encoding.UTF8.GetBytes(body.GetString()!);
            }
            else if (body.ValueKind == JsonValueKind.Object || body.ValueKind == JsonValueKind.Array)
            {
                headers.Add(new HeaderField("Content-Type", "application/json"));
                bytes = Encoding.UTF8.GetBytes(body.GetRawText());
            }
            session.Receive(time, exchange, step.GetProperty("status").GetInt32(), headers, bytes);
        }

        private void Expect(SessionAction action, JsonElement expected)
        {
            var seen = Seen(action, expected);
            foreach (var member in expected.EnumerateObject())
            {
                bool same = seen.TryGetValue(member.Name, out var value) && Json.Same(member.Value, Json.Of(value));
                Assert.That(same, member.Name + " is not " + member.Value + "; seen: " + Json.Of(seen));
            }
        }

        private Dictionary<string, object?> Seen(SessionAction action, JsonElement expected)
        {
            switch (action)
            {
                case SessionAction.Send send:
                    return Sent(send, expected);
                case SessionAction.Sign sign:
                    Name(signatures, expected, sign.Signature);
                    return Json.Object(
                        ("action", "sign"),
                        ("as", expected.OptionalText("as")),
                        ("reporter", NameOf(reporters, sign.Reporter)),
                        ("algorithm", session.AlgorithmName(sign.Algorithm)));
                case SessionAction.Wait wait:
                    long until = Until(wait.Until);
                    bool ranged = expected.TryGetProperty("between", out var range);
                    if (ranged)
                    {
                        Assert.That(until, Is.InRange(range[0].GetInt64(), range[1].GetInt64()));
                    }
                    return Json.Object(
                        ("action", "wait"), ("until", until), ("between", ranged ? range : (JsonElement?)null));
                case SessionAction.Parked parked:
                    return Json.Object(("action", "parked"), ("until", Until(parked.Until)));
                case SessionAction.Done done:
                    return Done(done);
                case SessionAction.TokenReady ready:
                    return Json.Object(
                        ("action", "token"),
                        ("call", NameOf(calls, ready.Call)),
                        ("kind", new Auth().TokenKindName(ready.Token.Kind())),
                        ("access_token", ready.Token.AccessToken()));
                default:
                    return Json.Object(("action", "idle"));
            }
        }

        private long Until(Timestamp time)
        {
            long milliseconds = new Times().UnixMilliseconds(time);
            Assert.That(milliseconds, Is.GreaterThanOrEqualTo(now), "a wait that is over");
            waited = milliseconds;
            return milliseconds - Start;
        }

        private Dictionary<string, object?> Sent(SessionAction.Send send, JsonElement expected)
        {
            Name(exchanges, expected, send.Exchange);
            var request = send.Request;
            var form = Encoding.UTF8.GetString(request.Body()).Split('&')
                .Select(pair => pair.Split('=', 2)).Where(pair => pair.Length == 2)
                .ToDictionary(pair => pair[0], pair => pair[1]);
            long? issuedAt = null;
            if (form.TryGetValue("client_assertion", out string? jwt))
            {
                var claims = Json.Parse(Encoding.UTF8.GetString(Assertions.FromBase64Url(jwt.Split('.')[1])));
                Assert.That(jtis.Add(claims.Text("jti")), "a jti was used again");
                issuedAt = claims.GetProperty("iat").GetInt64() - (Start / 1000);
            }
            return Json.Object(
                ("action", "send"),
                ("as", expected.OptionalText("as")),
                ("method", request.MethodName()),
                ("url", request.Url()),
                ("authorization", request.Header("authorization")),
                ("call", NameOf(calls, send.Call)),
                ("reporter", NameOf(reporters, send.Reporter)),
                ("identity", new Http().IdentityName(request.Identity())),
                ("actor_token", form.GetValueOrDefault("actor_token")),
                ("client_secret", form.GetValueOrDefault("client_secret")),
                ("assertion_issued_at", issuedAt));
        }

        private Dictionary<string, object?> Done(SessionAction.Done done)
        {
            string? call = NameOf(calls, done.Call);
            var failure = done.Outcome.Failure();
            if (failure == null)
            {
                return Json.Object(
                    ("action", "done"), ("call", call), ("status", done.Outcome.Response().Status()));
            }
            var errors = new Errors();
            var refusal = failure.Refusal();
            return Json.Object(
                ("action", "done"),
                ("call", call),
                ("code", failure.Code()),
                ("certainty", session.CertaintyName(failure.Certainty())),
                ("retry", errors.RetryName(failure.Retry())),
                ("attempts", failure.Attempts()),
                ("may_be_own_effect", failure.MayBeOwnEffect()),
                ("kind", refusal == null ? null : errors.KindName(refusal.Kind)),
                ("status", failure.Response()?.Status()));
        }

        private static void Name(Dictionary<string, long> names, JsonElement expected, long id)
        {
            if (expected.OptionalText("as") is string name)
            {
                names[name] = id;
            }
        }

        private static string? NameOf(Dictionary<string, long> names, long? id)
        {
            return names.Where(one => one.Value == id).Select(one => one.Key).FirstOrDefault();
        }
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using Skifteportal.Model;

namespace Skifteportal.Tests.Vectors
{
    internal static class Failures
    {
        internal static TransportFailure Failure(string name, string reason)
        {
            return name switch
            {
                "not_sent" => new TransportFailure.NotSent(reason),
                "connect_failed" => new TransportFailure.ConnectFailed(reason),
                "tls_refused" => new TransportFailure.TlsRefused(reason),
                "timed_out" => TransportFailure.TimedOut,
                "broken" => new TransportFailure.Broken(reason),
                "classify" => new Errors().Classify(reason),
                _ => throw new InvalidOperationException("failure " + name),
            };
        }

        internal static object Answer(Members input)
        {
            var errors = new Errors();
            if (input.Text("do") == "decode")
            {
                var response = Wire.Response(input);
                var now = Wire.Time(input, "now");
                if (response.IsSuccess())
                {
                    var refusal = errors.Decode(response, now);
                    return Show(refusal, refusal.Code);
                }
                return Thrown(() => errors.EnsureSuccess(response, now));
            }
            var failure = Failure(input.Text("failure"), input.OptionalText("reason") ?? "");
            return Thrown(() => errors.FailTransport(failure));
        }

        internal static Dictionary<string, object?> Show(PortalException error) => Show(error.Refusal, error.Code);

        private static object Thrown(Action fail)
        {
            try
            {
                fail();
            }
            catch (PortalException error)
            {
                return Show(error);
            }
            throw new InvalidOperationException("nothing was thrown");
        }

        private static Dictionary<string, object?> Show(PortalRefusal refusal, string code)
        {
            var errors = new Errors();
            return Json.Object(
                ("code", code),
                ("kind", errors.KindName(refusal.Kind)),
                ("status", refusal.Status),
                ("codes", refusal.Codes.Select(Code)),
                ("oauth", refusal.Oauth is OAuthError oauth
                    ? Json.Object(("error", oauth.Error), ("description", oauth.Description))
                    : null),
                ("token_refusal", refusal.TokenRefusal is TokenRefusal token ? errors.TokenRefusalCode(token) : null),
                ("fault", errors.FaultName(refusal.Fault)),
                ("retry", errors.RetryName(refusal.Retry)),
                ("retry_at", (refusal.Retry as Retry.Later)?.At?.ToString()),
                ("may_have_been_processed", refusal.MayHaveBeenProcessed),
                ("server_time", refusal.ServerTime?.ToString()),
                ("clock_offset_seconds", refusal.ClockOffsetSeconds),
                ("reference", refusal.Reference),
                ("danish", refusal.Danish),
                ("english", refusal.English));
        }

        private static object Code(FoundCode found)
        {
            return Json.Object(
                ("code", found.Code),
                ("known", found.Template != null),
                ("arguments", found.Arguments),
                ("text", found.Text),
                ("pointer", found.Pointer),
                ("found_by", found.FoundBy == FoundBy.Code ? "code" : "text"));
        }
    }
}

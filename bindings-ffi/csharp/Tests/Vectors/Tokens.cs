using Skifteportal.Model;

namespace Skifteportal.Tests.Vectors
{
    internal static class Tokens
    {
        internal static object Token(Members input)
        {
            var response = Wire.Response(input);
            var kind = Wire.Kind(input.Text("kind"));
            var now = Wire.Time(input, "now");
            try
            {
                var token = new Auth().ReadToken(response, kind, now);
                return Json.Object(
                    ("access_token", token.AccessToken()),
                    ("kind", new Auth().TokenKindName(token.Kind())),
                    ("expires_at", token.ExpiresAt()?.ToString()),
                    ("scope", token.Scope()),
                    ("refresh_expires_in", token.RefreshExpiresIn()),
                    ("not_before_policy", token.NotBeforePolicy()));
            }
            catch (PortalException error)
            {
                var refusal = error.Refusal.TokenRefusal;
                return Json.Object(
                    ("error", error.Code),
                    ("kind", new Errors().KindName(error.Refusal.Kind)),
                    ("token_refusal", refusal == null ? null : new Errors().TokenRefusalCode(refusal.Value)));
            }
        }

        internal static object Claims(Members input)
        {
            var claims = new Auth().AccessTokenClaims(input.Text("token"));
            return Json.Object(
                ("issuer", claims.Issuer),
                ("subject", claims.Subject),
                ("audience", claims.Audience),
                ("expires_at", claims.ExpiresAt?.ToString()),
                ("issued_at", claims.IssuedAt?.ToString()),
                ("not_before", claims.NotBefore?.ToString()),
                ("authorized_party", claims.AuthorizedParty),
                ("client_id", claims.ClientId),
                ("scope", claims.Scope),
                ("token_type", claims.TokenType),
                ("certificate_thumbprint", claims.CertificateThumbprint),
                ("other_claims", claims.OtherClaims));
        }
    }
}

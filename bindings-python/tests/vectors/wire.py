"""What several areas have in common, and the areas of requests alone."""

from __future__ import annotations

from skifteportal import (
    AdgangsprofilId,
    Auth,
    HeaderField,
    Http,
    HttpRequest,
    HttpResponse,
    NamedValue,
    PortalEnvironment,
    Timestamp,
    Token,
    TokenKind,
)

from .members import Members, shown


def time(input: Members, name: str) -> Timestamp:
    return Timestamp(input.text(name))


def text(time: Timestamp | None) -> str | None:
    return None if time is None else str(time)


def request(made: HttpRequest) -> dict[str, object]:
    return {
        "method": made.method_name(),
        "url": made.url(),
        "headers": [[field.name, field.value] for field in made.headers()],
        "body": shown(made.body()),
        "identity": Http().identity_name(made.identity()),
    }


def pairs(input: Members, name: str) -> list[NamedValue]:
    return [NamedValue(name=name, value=value) for name, value in input.optional(name) or []]


def response(input: Members) -> HttpResponse:
    given = input.members("response")
    headers = [HeaderField(name=one.name, value=one.value) for one in pairs(given, "headers")]
    return given.end(HttpResponse(given.number("status"), headers, given.bytes("body")))


def environment(input: Members) -> PortalEnvironment:
    if input.optional("environment") is None:
        return PortalEnvironment.test()
    given = input.members("environment")
    kind = given.text("kind")
    if kind == "production":
        made = PortalEnvironment.production()
    elif kind == "custom":
        made = PortalEnvironment.custom(
            given.text("sysauth"), given.text("auth"), given.text("api")
        )
    else:
        made = PortalEnvironment.test()
        audience = given.optional_text("audience")
        if audience is not None:
            made = made.with_audience(audience)
        for key, path in (given.optional("paths") or {}).items():
            made = made.with_path(key, path)
    return given.end(made)


def kind(name: str) -> TokenKind:
    return TokenKind(name)


def token(input: Members) -> Token | None:
    if input.optional("token") is None:
        return None
    given = input.members("token")
    return given.end(Token(given.text("access_token"), kind(given.text("kind")), None))


def url(input: Members) -> object:
    made = Http().url(
        input.text("base"),
        input.text("template"),
        pairs(input, "parameters"),
        pairs(input, "query"),
    )
    return {"url": made}


def form(input: Members) -> object:
    do = input.text("do")
    if do == "encode":
        return {"body": Http().form(pairs(input, "fields"))}
    if do == "variant_a":
        made = Auth().variant_a_request(
            environment(input),
            input.text("client_id"),
            input.text("client_secret"),
            input.text("scope"),
        )
        return {"request": request(made)}
    profile = AdgangsprofilId(input.text("adgangsprofil"))
    direct = token(input)
    assert direct is not None
    return {"request": request(Auth().exchange_request(environment(input), direct, profile))}

"""Runs every script of the session; the README beside them describes the format."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest
from skifteportal import (
    AdgangsprofilId,
    Auth,
    Certificate,
    CertificateThumbprint,
    Chain,
    Checks,
    Credentials,
    Custom,
    CustomBody,
    CustomBodyEmpty,
    CustomBodyJson,
    CustomCall,
    Defaults,
    Doedsbo,
    DoedsbojournalQuery,
    Errors,
    HeaderField,
    Http,
    Method,
    Page,
    PortalEnvironment,
    PreparedCall,
    PrivateKey,
    RateBudget,
    Service,
    Session,
    SessionAction,
    SessionActionDone,
    SessionActionIdle,
    SessionActionParked,
    SessionActionSend,
    SessionActionSign,
    SessionActionTokenReady,
    SessionActionWait,
    SessionSettings,
    SkifteportalError,
    Times,
    Timestamp,
)

from .failures import failure
from .members import ROOT, parsed, same

FOLDER = ROOT / "session"
FILES = sorted(FOLDER.glob("*.json"))
START = 1_700_000_000_000


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_script(file: Path) -> None:
    Script(parsed(file.read_bytes())).run()


def _credentials(given: dict[str, Any]) -> Credentials:
    def certificate(name: str) -> CertificateThumbprint:
        return CertificateThumbprint(given[name] * 32)

    if given["variant"] == "a":
        return Credentials.client_secret(
            given["client_id"], given["client_secret"], certificate("certificate")
        )
    settings = Defaults().assertion(given["issuer"], given["subject"]).replace(include_iat=True)
    files = [FOLDER / "keys" / name for name in ("leaf.pem", "root.pem")]
    chain = Chain.as_given([Certificate.from_pem(file.read_bytes()) for file in files])
    if given.get("detached"):
        return Credentials.detached(settings, chain, certificate("api_user"))
    key = PrivateKey.from_pem((FOLDER / "keys" / "leaf.key").read_bytes(), None)
    return Credentials.private_key(settings, chain, key, certificate("api_user"))


def _settings(given: dict[str, Any]) -> SessionSettings:
    changes = dict(given)
    if "rate_budget" in changes:
        changes["rate_budget"] = RateBudget(**changes["rate_budget"])
    return Defaults().session().replace(**changes)


def _call(kind: str) -> PreparedCall:
    if kind == "search":
        return Doedsbo().search_bo(DoedsbojournalQuery(), Page(), Checks.none(), None).prepared()
    service, method = {
        "get": (Service.DOEDSBOJOURNAL, Method.GET),
        "file": (Service.DOEDSBOJOURNAL, Method.POST),
        "put": (Service.DOEDSBOJOURNAL, Method.PUT),
        "delete": (Service.DOEDSBOJOURNAL, Method.DELETE),
        "get for likvidator": (Service.TVANGSOPLOESNING_LIKVIDATOR, Method.GET),
        "get for either": (Service.TVANGSOPLOESNING_DIRIGENT, Method.GET),
        "get without token": (Service.RETSKREDS, Method.GET),
    }[kind]
    files = method in (Method.POST, Method.PUT)
    body: CustomBody = CustomBodyJson(bytes=b"{}") if files else CustomBodyEmpty()
    call = CustomCall(
        service=service,
        operation_id="scripted",
        method=method,
        path="/scripted",
        parameters=(),
        query=(),
        body=body,
    )
    return Custom().call(call).prepared()


def _claims(jwt: str) -> Any:
    part = jwt.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


class Script:
    def __init__(self, script: dict[str, Any]) -> None:
        self.script = script
        self.session = Session(
            PortalEnvironment.custom(
                "https://sts.test", "https://exchange.test", "https://api.test"
            ),
            _settings(script.get("settings", {})),
            bytes([7] * 32),
        )
        self.reporters: dict[str, int] = {}
        self.calls: dict[str, int] = {}
        self.exchanges: dict[str, int] = {}
        self.signatures: dict[str, int] = {}
        self.jtis: set[str] = set()
        self.now = self.waited = START

    def run(self) -> None:
        for name, given in sorted(self.script["reporters"].items()):
            self.reporters[name] = self.session.add_reporter(_credentials(given))
        for at, step in enumerate(self.script["steps"]):
            code = None
            try:
                self.step(step)
            except SkifteportalError as error:
                code = error.code
            assert code == step.get("error"), f"step {at}: {step}"
            for secret in ("geheim", "direct-", "delegated-"):
                assert secret not in repr(self.session)

    def step(self, step: dict[str, Any]) -> None:
        at = step.get("at")
        if at is not None:
            self.now = self.waited if at == "waited" else START + round(at * 1000)
        time = Times().from_unix_milliseconds(self.now)
        given = step.get("adgangsprofil")
        profile = None if given is None else AdgangsprofilId(given)
        session, do = self.session, step["do"]
        reporter = self.reporters.get(step.get("reporter", ""), 0)
        signature = self.signatures.get(step.get("signature", ""), 0)
        if do == "submit":
            call = _call(step["kind"])
            self.calls[step["call"]] = session.submit(time, reporter, profile, call)
        elif do == "submit_token":
            self.calls[step["call"]] = session.submit_token(time, reporter, profile)
        elif do == "invalidate_tokens":
            session.invalidate_tokens(reporter)
        elif do == "next":
            self.expect(session.next(time), step["expect"])
        elif do == "next_for":
            self.expect(session.next_for(time, self.calls[step["call"]]), step["expect"])
        elif do == "receive":
            self.receive(time, step)
        elif do == "failed":
            failed = failure(step["failure"], "scripted")
            session.failed(time, self.exchanges[step["exchange"]], failed)
        elif do == "sign_failed":
            session.sign_failed(time, signature, "no card")
        elif do == "signed":
            session.signed(time, signature, bytes(256))
        elif do == "cancel":
            certainty = session.cancel(self.calls[step["call"]])
            assert session.certainty_name(certainty) == step["certainty"]
        elif do == "remove_reporter":
            session.remove_reporter(reporter)
        elif do == "replace_credentials":
            session.replace_credentials(reporter, _credentials(step["credentials"]))
        else:
            assert do == "clock_offset", f"do {do}"
            assert session.clock_offset_millis() == step["milliseconds"]

    def receive(self, time: Timestamp, step: dict[str, Any]) -> None:
        headers = [
            HeaderField(name=name, value=value) for name, value in step.get("headers", {}).items()
        ]
        given = step.get("body")
        if given is None or isinstance(given, str):
            body = (given or "").encode()
        else:
            headers.append(HeaderField(name="Content-Type", value="application/json"))
            body = json.dumps(given).encode()
        self.session.receive(time, self.exchanges[step["exchange"]], step["status"], headers, body)

    def expect(self, action: SessionAction, expected: dict[str, Any]) -> None:
        seen = self.seen(action, expected)
        for name, value in expected.items():
            assert name in seen, f"{name} is not seen; all that was: {seen}"
            assert same(value, seen[name]), f"{name} is not {value}; all that was seen: {seen}"

    def seen(self, action: SessionAction, expected: dict[str, Any]) -> dict[str, Any]:
        if isinstance(action, SessionActionSend):
            return self.sent(action, expected)
        if isinstance(action, SessionActionSign):
            if "as" in expected:
                self.signatures[expected["as"]] = action.signature
            return {
                "action": "sign",
                "as": expected.get("as"),
                "reporter": _name_of(self.reporters, action.reporter),
                "algorithm": self.session.algorithm_name(action.algorithm),
            }
        if isinstance(action, SessionActionWait):
            until, between = self.until(action.until), expected.get("between")
            if between is not None:
                assert between[0] <= until <= between[1], f"waits until {until} ms"
            return {"action": "wait", "until": until, "between": between}
        if isinstance(action, SessionActionParked):
            return {"action": "parked", "until": self.until(action.until)}
        if isinstance(action, SessionActionDone):
            return self.done(action)
        if isinstance(action, SessionActionTokenReady):
            return {
                "action": "token",
                "call": _name_of(self.calls, action.call),
                "kind": Auth().token_kind_name(action.token.kind()),
                "access_token": action.token.access_token(),
            }
        assert isinstance(action, SessionActionIdle)
        return {"action": "idle"}

    def until(self, time: Timestamp) -> int:
        millis = Times().unix_milliseconds(time)
        assert millis >= self.now, "a wait that is over"
        self.waited = millis
        return millis - START

    def sent(self, action: SessionActionSend, expected: dict[str, Any]) -> dict[str, Any]:
        if "as" in expected:
            self.exchanges[expected["as"]] = action.exchange
        request = action.request
        form = dict(parse_qsl(request.body().decode("latin-1"), keep_blank_values=True))
        issued_at = None
        if "client_assertion" in form:
            claims = _claims(form["client_assertion"])
            assert claims["jti"] not in self.jtis, "a jti was used again"
            self.jtis.add(claims["jti"])
            issued_at = claims["iat"] - START // 1000
        return {
            "action": "send",
            "as": expected.get("as"),
            "method": request.method_name(),
            "url": request.url(),
            "authorization": request.header("authorization"),
            "call": _name_of(self.calls, action.call),
            "reporter": _name_of(self.reporters, action.reporter),
            "identity": Http().identity_name(request.identity()),
            "actor_token": form.get("actor_token"),
            "client_secret": form.get("client_secret"),
            "assertion_issued_at": issued_at,
        }

    def done(self, action: SessionActionDone) -> dict[str, Any]:
        told = {"action": "done", "call": _name_of(self.calls, action.call)}
        failed = action.outcome.failure()
        if failed is None:
            return {**told, "status": action.outcome.response().status()}
        refusal, response = failed.refusal(), failed.response()
        return {
            **told,
            "code": failed.code(),
            "certainty": self.session.certainty_name(failed.certainty()),
            "retry": Errors().retry_name(failed.retry()),
            "attempts": failed.attempts(),
            "may_be_own_effect": failed.may_be_own_effect(),
            "kind": refusal and Errors().kind_name(refusal.kind),
            "status": response and response.status(),
        }


def _name_of(names: dict[str, int], id: int | None) -> str | None:
    return next((name for name, number in names.items() if number == id), None)

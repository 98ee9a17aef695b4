"""The areas of calls. A catalogued operation is found as a method by its name, its arguments by their types,
which the stubs tell.
"""

from __future__ import annotations

import ast
import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import skifteportal
from skifteportal import (
    CallError,
    Catalogue,
    Checks,
    Custom,
    CustomBody,
    CustomBodyEmpty,
    CustomBodyFile,
    CustomBodyJson,
    CustomCall,
    DoedsbojournalAendringer,
    DoedsbojournalId,
    DoedsbojournalPage,
    DownloadedFile,
    MemberNames,
    Method,
    Page,
    Payload,
    Payloads,
    PortalError,
    RawAnswer,
    SagPage,
    SkifteportalError,
    Sort,
    Timestamp,
)

from . import failures, wire
from .members import Members, shown

SERVICES = {
    "doedsbojournal": "Doedsbo",
    "tvangsoploesning-dirigent-kreditor": "Tvangsoploesning",
    "sagslager": "Sagslager",
    "henvendelse": "Henvendelser",
    "dokumentlager": "Dokumentlager",
}
VERBS = {"add": "upload", "getAll": "list", "get": "download"}


def answer(input: Members) -> object:
    token, environment = wire.token(input), wire.environment(input)
    try:
        prepared = _make(input.members("call")).prepared()
        request = prepared.to_request(environment, token)
    except SkifteportalError as error:
        violations = error.violations if isinstance(error, CallError) else ()
        return {"error": error.code, "violations": [one.code for one in violations]}
    return {
        "request": wire.request(request),
        "token_rule": Catalogue().token_rule_name(prepared.spec().token),
        "repeatable": prepared.repeatable(),
    }


def outcome(input: Members) -> object:
    call = _make(input.members("call"))
    response, now = wire.response(input), wire.time(input, "now")
    try:
        return _shown(call.outcome(response, now))
    except PortalError as error:
        return failures.shown(error)


def _shown(value: Any) -> object:
    if value is None:
        return None
    if isinstance(value, DownloadedFile):
        return {
            "filnavn": value.filnavn,
            "content_type": value.content_type,
            "bytes": shown(value.bytes),
        }
    if isinstance(value, RawAnswer):
        return {
            "status": value.status,
            "content_type": value.content_type,
            "filnavn": value.filnavn,
            "total": value.total,
            "bytes": shown(value.bytes),
        }
    if isinstance(value, (DoedsbojournalPage, SagPage)):
        return {"items": _encoded(value.items), "total": value.total}
    return {"json": _encoded(value)}


def _encoded(value: Any) -> str:
    if isinstance(value, Payload):
        return value.to_json()
    return Payloads().encode_list(value).decode()


def _make(call: Members) -> Any:
    if call.text("do") == "custom":
        return call.end(_custom(call))
    key = call.text("operation")
    checks = Checks.on(date.fromisoformat(call.text("today")))
    for code in call.texts("without"):
        checks = checks.without(code)
    arguments = Members(call.optional("arguments") or {})
    made = arguments.end(_catalogued(key, arguments, checks))
    assert made.prepared().operation() == key
    return call.end(made)


@cache
def _annotations() -> dict[tuple[str, str], list[str]]:
    stub = Path(skifteportal.__file__).with_name("_native.pyi")
    found = {}
    for node in ast.parse(stub.read_text("utf-8")).body:
        if isinstance(node, ast.ClassDef):
            for method in node.body:
                if isinstance(method, ast.FunctionDef):
                    typed = [one.annotation for one in method.args.args]
                    found[node.name, method.name] = [ast.unparse(one) for one in typed if one]
    return found


def _catalogued(key: str, arguments: Members, checks: Checks) -> Any:
    service, _, operation = key.partition(".")
    calls = getattr(skifteportal, SERVICES[service])()
    bilag = re.fullmatch("(add|getAll|get)BilagFor(.+)", operation)
    if bilag:
        operation = f"{VERBS[bilag[1]]}{bilag[2]}Bilag"
    elif service == "henvendelse":
        operation = operation.replace("HenvendelseTraad", "Traad")
    name = re.sub("(?<!^)([A-Z])", r"_\1", operation).lower()
    types = _annotations()[type(calls).__name__, name]
    return getattr(calls, name)(*[_argument(one, arguments, checks) for one in types])


def _argument(annotation: str, arguments: Members, checks: Checks) -> Any:
    name = annotation.split(" ")[0]
    if name == "Checks":
        return checks
    if name == "Profile":
        return None
    if name == "str":
        return arguments.text("filename")
    if name == "bytes":
        return arguments.bytes("file")
    if name == "Page":
        return Page(number=arguments.optional("page"), size=arguments.optional("size"))
    if name == "Sort":
        return Sort(
            by=arguments.optional_text("sort"), direction=arguments.optional_text("direction")
        )
    if name == "DoedsbojournalAendringer":
        ids, siden = arguments.optional("member_names") or (None, None)
        return DoedsbojournalAendringer(
            ids=[DoedsbojournalId(one) for one in arguments.texts("ids")],
            siden=Timestamp(arguments.text("since")),
            navne=MemberNames(ids=ids, siden=siden),
        )
    kind = getattr(skifteportal, name)
    if name.endswith("Id"):
        return kind(arguments.text(name[0].lower() + name[1:]))
    return kind.from_json(arguments.text("payload"))


def _custom(call: Members) -> Any:
    key = call.text("service")
    service = next(one for one in Catalogue().services() if one.key == key)
    sent: CustomBody = CustomBodyEmpty()
    if call.optional("body") is not None:
        body = call.members("body")
        kind = body.text("kind")
        if kind == "json":
            sent = CustomBodyJson(bytes=body.bytes("bytes"))
        elif kind == "file":
            sent = CustomBodyFile(
                content_type=body.text("content_type"),
                filnavn=body.optional_text("filename"),
                bytes=body.bytes("bytes"),
            )
        body.end(None)
    return Custom().call(
        CustomCall(
            service=service.service,
            operation_id=call.text("operation_id"),
            method=Method(call.text("method").lower()),
            path=call.text("path"),
            parameters=wire.pairs(call, "parameters"),
            query=wire.pairs(call, "query"),
            body=sent,
        )
    )

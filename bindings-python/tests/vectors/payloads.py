"""Payloads: decode, change, encode."""

from __future__ import annotations

from skifteportal import JsonError, Payloads

from .members import Members


def answer(input: Members) -> object:
    name, json = input.text("type"), input.bytes("json")
    changes = input.optional("changes") or []
    try:
        if name.startswith("["):
            items = Payloads().decode_list(name.strip("[]"), json)
            return {"json": Payloads().encode_list(items).decode()}
        payload = Payloads().decode(name, json)
        for change in map(Members, changes):
            member, do = change.text("member"), change.text("do")
            if do == "set":
                payload = Payloads().with_member(payload, member, change.optional_text("json"))
            elif do == "set_extra":
                extra = payload.extra.with_member(member, change.text("json"))
                payload = payload.replace(extra=extra)
            else:
                assert payload.extra.get(member) is not None
                payload = payload.replace(extra=payload.extra.without(member))
            change.end(None)
        again = type(payload).from_json(payload.to_json())
        assert again.to_json() == payload.to_json()
        return {"json": payload.to_json()}
    except JsonError as error:
        return {
            "error": error.code,
            "pointer": error.pointer,
            "line": error.line,
            "column": error.column,
        }

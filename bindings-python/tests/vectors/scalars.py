"""Amounts, dates, times, ids, free text and filenames."""

from __future__ import annotations

from typing import Callable

from skifteportal import (
    Amounts,
    CprNummer,
    CvrNummer,
    Dates,
    Filenames,
    Fritekst,
    Ids,
    InputError,
    JsonError,
    Times,
    Timestamp,
)

from . import wire
from .members import Members


def _or_refused(read: Callable[[], dict[str, object]]) -> object:
    try:
        return read()
    except (InputError, JsonError):
        return {"refused": True}


def amount(input: Members) -> object:
    def read() -> dict[str, object]:
        do = input.text("do")
        if do == "json":
            made = Amounts().from_json(input.text("json"))
        elif do == "text":
            made = Amounts().read(input.text("text"))
        else:
            made = Amounts().from_oere(input.number("oere"))
        return {"json": Amounts().text(made)}

    return _or_refused(read)


def date(input: Members) -> object:
    def read() -> dict[str, object]:
        if input.text("do") == "read":
            made = Dates().read(input.text("text"))
        else:
            made = Dates().in_denmark(wire.time(input, "now"))
        return {"text": Dates().text(made)}

    return _or_refused(read)


def time(input: Members) -> object:
    def read() -> dict[str, object]:
        do, times = input.text("do"), Times()
        if do == "read":
            made = Timestamp(input.text("text"))
        elif do == "http_date":
            made = times.from_http_date(input.text("text"))
        elif do == "unix_milliseconds":
            made = times.from_unix_milliseconds(input.number("milliseconds"))
        else:
            made = times.plus_seconds(wire.time(input, "text"), input.number("seconds"))
        return {
            "text": str(made),
            "unix_seconds": times.unix_seconds(made),
            "nanoseconds": times.nanoseconds(made),
        }

    return _or_refused(read)


def id(input: Members) -> object:
    def read() -> dict[str, object]:
        do, text = input.text("do"), input.text("text")
        if do == "id":
            return {"text": Ids().read(text)}
        if do == "cpr":
            return {"text": CprNummer(text).expose()}
        return {"text": str(CvrNummer(text))}

    return _or_refused(read)


def text(input: Members) -> object:
    free = Fritekst(input.text("text"))
    return {
        "html": free.html(),
        "attribute": free.attribute(),
        "javascript": free.javascript(),
    }


def disposition(input: Members) -> object:
    if input.text("do") == "encode":
        return {"header": Filenames().encode(input.text("filename"))}
    return {"filename": Filenames().decode(input.text("header"))}

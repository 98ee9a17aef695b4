"""`explain`: what the portal means by a code or an answer."""

from __future__ import annotations

import difflib
import os

from skifteportal._cli import files
from skifteportal._cli.output import NOT_FOUND, OK, UNREADABLE, Output, shown
from skifteportal._model import CodeEntry, HeaderField, Language, PortalRefusal, Timestamp
from skifteportal._native import Errors, HttpResponse

__all__ = ["explain"]


def explain(
    output: Output, what: str, arguments: list[str], status: int | None, now: Timestamp
) -> int:
    """Explains a code, or the answer that a file holds; returns the exit code."""
    errors = Errors()
    entry = errors.code(what)
    if entry is not None:
        _code(output, errors, entry, arguments)
        return OK
    if what != "-" and not os.path.lexists(what):
        codes = [one.code for one in errors.codes()]
        near = difflib.get_close_matches(what.lower(), codes, n=3, cutoff=0.7)
        hint = "; ".join(
            [
                output.words(
                    "vejledningen har ingen sådan kode, og der er ingen sådan fil",
                    "the guide has no such code, and there is no such file",
                ),
                *near,
            ]
        )
        output.failure(what, hint)
        return NOT_FOUND
    try:
        response = _answer(files.read_small(what), status)
    except (OSError, ValueError) as error:
        reason = files.reason(error) if isinstance(error, OSError) else str(error)
        output.failure(what, reason)
        return UNREADABLE
    _refusal(output, errors, errors.decode(response, now))
    return OK


def _answer(content: bytes, status: int | None) -> HttpResponse:
    """The answer of a file: its body alone, or with the lines before it, as `curl -i` writes them."""
    if not content.startswith(b"HTTP/"):
        kind = "application/json" if content.lstrip()[:1] in (b"{", b"[") else "text/plain"
        headers = [HeaderField(name="Content-Type", value=kind)]
        return HttpResponse(400 if status is None else status, headers, content)
    split = b"\r\n\r\n" if b"\r\n\r\n" in content else b"\n\n"
    head, _, body = content.partition(split)
    first, *lines = head.decode("latin-1").splitlines()
    words = first.split()
    if len(words) < 2 or len(words[1]) != 3 or not words[1].isdecimal():
        raise ValueError("no HTTP answer")
    headers = []
    for line in lines:
        name, colon, value = line.partition(":")
        if colon and name.strip():
            headers.append(HeaderField(name=name.strip(), value=value.strip()))
    return HttpResponse(int(words[1]) if status is None else status, headers, body)


def _code(output: Output, errors: Errors, entry: CodeEntry, arguments: list[str]) -> None:
    explained = {
        language: errors.explain_code(entry.code, arguments, language)
        for language in (Language.DANISH, Language.ENGLISH)
    }
    fault, retry = errors.fault_name(entry.fault), errors.retry_name(entry.retry)
    if output.is_json:
        output.object(
            {
                "code": entry.code,
                "da": explained[Language.DANISH],
                "en": explained[Language.ENGLISH],
                "source": entry.source,
                "fault": fault,
                "retry": retry,
            }
        )
        return
    output.line(f"{entry.code} ({entry.source})")
    output.line(shown(explained[output.language] or ""))
    _turn(output, fault, retry)


def _turn(output: Output, fault: str, retry: str) -> None:
    whose = output.words("Hvis tur", "Whose turn")
    again = output.words("Prøv igen", "Try again")
    output.line(f"{whose}: {fault}. {again}: {retry}.")


def _refusal(output: Output, errors: Errors, refusal: PortalRefusal) -> None:
    fault, retry = errors.fault_name(refusal.fault), errors.retry_name(refusal.retry)
    if output.is_json:
        output.object(
            {
                "code": refusal.code,
                "codes": [one.code for one in refusal.codes],
                "status": refusal.status,
                "kind": errors.kind_name(refusal.kind),
                "da": refusal.danish,
                "en": refusal.english,
                "fault": fault,
                "retry": retry,
                "portal_text": refusal.portal_text,
                "reference": refusal.reference,
                "may_have_been_processed": refusal.may_have_been_processed,
            }
        )
        return
    output.line(refusal.code)
    for line in (refusal.danish if output.is_danish else refusal.english).splitlines():
        output.line(shown(line))
    _turn(output, fault, retry)
    output.rows(
        [
            (output.words("Portalens ord", "The portal's words"), refusal.portal_text),
            (output.words("Reference", "Reference"), refusal.reference),
        ]
    )

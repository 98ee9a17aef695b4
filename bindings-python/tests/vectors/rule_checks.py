"""The payload rules."""

from __future__ import annotations

from datetime import date

from skifteportal import Checks, DokumentId, Part, Payloads, Rules, RuleViolation

from .members import Members


def answer(input: Members) -> object:
    checks = Checks.on(date.fromisoformat(input.text("today")))
    if input.flag("update"):
        checks = checks.for_update()
    for code in input.texts("without"):
        checks = checks.without(code)
    subject = input.members("of")
    found = subject.end(_violations(subject, checks))
    return {
        "violations": [
            {"code": one.code, "pointer": one.pointer, "arguments": one.arguments} for one in found
        ]
    }


def _date(of: Members, name: str) -> date | None:
    text = of.optional_text(name)
    return None if text is None else date.fromisoformat(text)


def _dokument(of: Members, name: str) -> DokumentId | None:
    text = of.optional_text(name)
    return None if text is None else DokumentId(text)


def _violations(of: Members, checks: Checks) -> list[RuleViolation]:
    rules, do = Rules(), of.text("do")
    if do == "payload":
        payload = Payloads().decode(of.text("type"), of.text("json").encode())
        return rules.check(payload, checks)
    if do == "pdf_header":
        return rules.check_pdf_header(of.bytes("file"), checks)
    if do == "redegoerelse":
        return rules.check_redegoerelse(of.optional_text("opsummering"), of.number("bilag"), checks)
    if do == "fristudsaettelse":
        return rules.check_fristudsaettelse(of.optional_text("aarsag"), of.number("bilag"), checks)
    if do == "konkursbegaering":
        return rules.check_konkursbegaering(of.number("bilag"), checks)
    if do == "anmodning_om_revisor":
        return rules.check_anmodning_om_revisor(
            of.optional_text("aarsag"), of.number("bilag"), checks
        )
    if do == "anmodning_om_erklaering":
        parts = [Part.from_json(text) for text in of.texts("modtagere")]
        return rules.check_anmodning_om_erklaering(_date(of, "fristdato"), parts, checks)
    if do == "erklaering":
        return rules.check_erklaering(
            of.get("har_aktiver"),
            of.number("beskrevne_aktiver"),
            of.get("selskab_aktivt"),
            _date(of, "ophoert"),
            checks,
        )
    if do == "kaeremaal":
        return rules.check_kaeremaal(
            _dokument(of, "skrivelse_om_kaereafgift"),
            _dokument(of, "skrivelse_til_landsretten"),
            checks,
        )
    if do == "tidligere_ledelse":
        return rules.check_tidligere_ledelse(Part.from_json(of.text("part")), checks)
    assert do == "retsbog_fra_landsret", f"no rule {do}"
    return rules.check_retsbog_fra_landsret(
        of.optional_text("udestaaende_id"), of.optional_text("udfald"), checks
    )

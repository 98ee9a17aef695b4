"""What the values are to a program in Python."""

from __future__ import annotations

import builtins
import collections.abc
import copy
import pickle
import re
import threading
import uuid
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
import skifteportal
from skifteportal import (
    Answer,
    AssertionCheck,
    BilagId,
    CallError,
    Certificate,
    CertificateThumbprint,
    Chain,
    Checks,
    CprNummer,
    Credentials,
    Doedsbo,
    DoedsbojournalId,
    Extra,
    Fritekst,
    HeaderField,
    HttpResponse,
    InputError,
    JsonError,
    KeyStore,
    Kind,
    Krav,
    KravId,
    Language,
    Part,
    Payloads,
    Pdf,
    PortalEnvironment,
    PrivateKey,
    Profile,
    Record,
    SanitizeOptions,
    SkifteportalError,
    Timestamp,
    Token,
    TokenKind,
)

from .vectors.members import ROOT

CPR = "0101701234"
DATA = ROOT.parent / "data"


def test_a_record_is_a_value() -> None:
    krav = Krav(beloeb=Decimal("12345.60"), titel="Husleje", opgjortdato=date(2026, 11, 1))
    assert krav == Krav(
        beloeb=Decimal("12345.60"), titel=Fritekst("Husleje"), opgjortdato=date(2026, 11, 1)
    )
    assert hash(krav) == hash(krav.replace())
    other = krav.replace(beloeb=7, titel=None)
    assert other.beloeb == Decimal(7)
    assert other.titel is None
    assert other.opgjortdato == krav.opgjortdato
    assert other != krav
    with pytest.raises(AttributeError, match="immutable"):
        krav.beloeb = None  # type: ignore[misc]
    with pytest.raises(AttributeError):
        krav.unknown = None  # type: ignore[attr-defined]
    assert pickle.loads(pickle.dumps(krav)) == krav


def test_what_never_changes_has_a_hash() -> None:
    names = vars(builtins) | vars(collections.abc) | vars(skifteportal)
    for name in skifteportal.__all__:
        kind = getattr(skifteportal, name)
        if not isinstance(kind, type):
            continue
        # An answer may hold a bytearray; everything else can be a member of a set.
        assert (kind.__hash__ is None) == (kind is Answer), name
        if not issubclass(kind, Record):
            continue
        for member in kind.__slots__:
            said = kind.__annotations__[member]
            for word in re.findall(r"\w+", said):
                # Members may be called by the names of types, which are spoken of by others.
                held = {"Octets": bytes, "None": type(None)}.get(word) or names.get(word, Decimal)
                is_open = getattr(held, "__hash__", None) is None
                assert not is_open or held is collections.abc.Mapping, (name, member, said)


def test_what_holds_more_is_a_value_too() -> None:
    report = Pdf().check((DATA / "pdf/collection/issue14130.pdf").read_bytes(), Profile.portal())
    same = report.replace(counts=dict(report.counts))
    assert report.counts
    assert {report: 1}[same] == 1
    for again in (pickle.loads(pickle.dumps(report)), copy.deepcopy(report), copy.copy(report)):
        assert (again, hash(again)) == (report, hash(report))
    assert dict(report.counts) == report.counts
    with pytest.raises(TypeError):
        report.counts[Kind.JAVA_SCRIPT] = 0  # type: ignore[index]
    assert type(report.to_dict()["counts"]) is dict
    leaf = (DATA / "certificates/leaf.pem").read_bytes()
    assert len({Certificate.from_pem(leaf), Certificate.from_pem(leaf)}) == 1
    assert len({PortalEnvironment.test(), PortalEnvironment.test()}) == 1
    chains = [Chain.as_given([Certificate.from_pem(leaf)]) for _ in range(2)]
    check = AssertionCheck(
        now=Timestamp("2026-12-01T12:00:00Z"),
        audience=None,
        api_user=chains[0].leaf(),
        roots=chains[0].certificates(),
        subject_is_cvr=True,
        root_expected=False,
    )
    assert len({*chains}) == len({check, check.replace(roots=chains[1].certificates())}) == 1


def test_json_keeps_what_it_does_not_know() -> None:
    krav = Krav.from_json('{"ukendt":1.50,"beloeb":12345.60}')
    assert krav.beloeb == Decimal("12345.60")
    assert krav.extra.names() == ["ukendt"]
    assert krav.extra.get("ukendt") == "1.50"
    assert krav.to_json() == '{"ukendt":1.50,"beloeb":12345.60}'
    assert krav.to_dict() == {"ukendt": Decimal("1.50"), "beloeb": Decimal("12345.60")}
    assert Krav.from_dict(krav.to_dict()).to_json() == krav.to_json()
    extra = krav.extra.with_member("to", "2").without("ukendt")
    assert krav.replace(extra=extra).to_json() == '{"beloeb":12345.60,"to":2}'
    assert extra == Extra().with_member("to", "2")
    with pytest.raises(JsonError) as caught:
        Krav.from_json('{"beloeb":"meget"}')
    assert caught.value.pointer == "/beloeb"


def test_a_dict_may_hold_what_python_has() -> None:
    one = uuid.UUID("7c9e6679-7425-40de-944b-e07fc1f90ae7")
    krav = Krav.from_dict(
        {
            "id": one,
            "titel": Fritekst("Husleje"),
            "beloeb": Decimal("1.10"),
            "opgjortdato": date(2026, 11, 1),
            "oprettelsestidspunkt": datetime(2026, 12, 1, tzinfo=timezone.utc),
            "redigeringstidspunkt": Timestamp("2026-12-01T12:00:00.123456789Z"),
        }
    )
    assert krav == Krav(
        id=KravId(one),
        titel="Husleje",
        beloeb=Decimal("1.10"),
        opgjortdato=date(2026, 11, 1),
        oprettelsestidspunkt=datetime(2026, 12, 1, tzinfo=timezone.utc),
        redigeringstidspunkt=Timestamp("2026-12-01T12:00:00.123456789Z"),
    )
    assert KravId(one) == KravId(str(one)) == str(one)
    for wrong in ({"beloeb": 1.1}, {"ukendt": [{"x": 0.5}]}):
        with pytest.raises(TypeError, match="float"):
            Krav.from_dict(wrong)
    with pytest.raises(ValueError, match="time zone"):
        Krav.from_dict({"oprettelsestidspunkt": datetime(2026, 12, 1)})


@pytest.mark.parametrize("wrong", [1.5, "1.50", True, 1j])
def test_an_amount_is_exact(wrong: Any) -> None:
    with pytest.raises(TypeError, match="an amount is a Decimal or an int, not"):
        Krav(beloeb=wrong)
    with pytest.raises(TypeError, match="an amount is a Decimal or an int, not"):
        Krav().replace(beloeb=wrong)


def test_what_cannot_be_sent_can_be_looked_at() -> None:
    wrong = [
        Krav(beloeb=Decimal("NaN")),
        Krav(beloeb=Decimal("1e400")),
        Krav(opgjortdato=datetime(2026, 12, 1)),
        Krav(id="010170-1234 er hemmelig"),  # type: ignore[arg-type]
    ]
    for krav in wrong:
        assert repr(krav).startswith("<Krav: ")
        assert "hemmelig" not in repr(krav)
        with pytest.raises((TypeError, ValueError)):
            krav.to_json()


def test_python_313_replaces_by_its_own_function() -> None:
    krav = Krav(beloeb=1)
    assert krav.__replace__(beloeb=2) == krav.replace(beloeb=2)


def test_no_text_shows_what_should_not_be_seen() -> None:
    number = CprNummer(CPR)
    assert CPR not in repr(number) + str(number) + f"{number}"
    assert number.expose() == CPR
    krav = Krav.from_json('{"beloeb":12345.60,"beskrivelse":"hemmelig","ukendt":"skjult"}')
    shown = repr(krav) + repr(krav.extra) + str(krav.beskrivelse)
    assert "12345" not in shown
    assert "hemmelig" not in shown
    assert "skjult" not in shown
    field = HeaderField(name="Authorization", value="Bearer geheim")
    token = Token("geheim", TokenKind.DIRECT, None)
    secret = Credentials.client_secret("id", "geheim", CertificateThumbprint("ab" * 32), None)
    for one in (field, token, secret):
        assert "geheim" not in repr(one)
        with pytest.raises(TypeError, match="pickle"):
            pickle.dumps(one)
    error = pytest.raises(InputError, CprNummer, "010170-12345").value
    assert "010170" not in repr(error) + str(error)


def test_ids_are_texts_of_their_kind() -> None:
    krav = KravId("7c9e6679-7425-40de-944b-e07fc1f90ae7")
    assert krav == "7c9e6679-7425-40de-944b-e07fc1f90ae7"
    assert repr(krav) == "KravId('7c9e6679-7425-40de-944b-e07fc1f90ae7')"
    assert type(pickle.loads(pickle.dumps(krav))) is KravId
    with pytest.raises(InputError) as caught:
        KravId("a/b")
    assert caught.value.code == "id"
    with pytest.raises(TypeError, match=r"^payload\.id: expected KravId, not BilagId$"):
        Krav(id=BilagId("1")).to_json()  # type: ignore[arg-type]


def test_times_keep_their_text() -> None:
    time = Timestamp("2026-12-01T13:00:00.123456789+01:00")
    assert str(time) == "2026-12-01T13:00:00.123456789+01:00"
    assert time.nanosecond == 123_456_789
    assert time.datetime == datetime(2026, 12, 1, 12, 0, 0, 123_456, tzinfo=timezone.utc)
    local = datetime(2026, 12, 1, 13, tzinfo=timezone(timedelta(hours=1)))
    assert str(Timestamp.of(local)) == "2026-12-01T12:00:00Z"
    assert str(Timestamp.of(datetime(1850, 1, 1, tzinfo=timezone.utc))) == "1850-01-01T00:00:00Z"
    with pytest.raises(ValueError, match="time zone"):
        Timestamp.of(datetime(2026, 12, 1))
    with pytest.raises(InputError):
        Timestamp("i morgen")


def test_what_does_not_fit_is_named() -> None:
    with pytest.raises(TypeError, match=r"^payload\.endeligt: expected bool, not str$"):
        Krav(endeligt="ja").to_json()  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="expected AnyPayload, not str"):
        Payloads().encode("{}")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="opgjortdato: expected Dato, not datetime"):
        Krav(opgjortdato=datetime.now(timezone.utc)).to_json()
    with pytest.raises(ValueError, match=r"^payload: an amount is a decimal number"):
        Krav(beloeb=Decimal("NaN")).to_json()
    with pytest.raises(InputError):
        Doedsbo().add_krav(DoedsbojournalId("1"), Krav(beloeb=Decimal("NaN")), Checks.none())
    with pytest.raises(TypeError):
        HttpResponse(200, [], "text")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="a text is a str or a Fritekst, not int"):
        Krav(titel=7)  # type: ignore[arg-type]


LONE = "geheim\udce6"


@pytest.mark.parametrize(
    ("place", "use"),
    [
        ("password", lambda: KeyStore.from_pkcs12(b"", LONE)),
        ("password", lambda: PrivateKey.from_pem(b"", LONE)),
        ("payload.titel", lambda: Krav(titel=LONE).to_json()),
        ("payload.id", lambda: Krav(id=KravId._of(LONE)).to_json()),
        ("text", lambda: CprNummer(LONE)),
        ("text", lambda: Krav.from_json(f'{{"titel":"{LONE}"}}')),
        ("name", lambda: Extra().with_member(LONE, "1")),
    ],
)
def test_what_is_no_text_is_not_shown(place: str, use: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match="the text cannot be written in UTF-8") as caught:
        use()
    error = caught.value
    assert str(error) == f"{place}: the text cannot be written in UTF-8"
    assert type(error) is ValueError, "that of Python holds the whole text"
    assert (error.__cause__, error.__context__) == (None, None)


@pytest.mark.parametrize("text", ["1e50000000", "1e-50000000", "-1e50000000", "0e50000000"])
def test_a_number_is_not_written_out_to_be_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"^payload\.beloeb: the number is out of range$"):
        Krav(beloeb=Decimal(text)).to_json()
    with pytest.raises(ValueError, match="the number is out of range"):
        Krav.from_dict({"beloeb": Decimal(text)})


def test_a_broken_rule_is_told_in_both_languages() -> None:
    tomorrow = date(2026, 12, 2)
    krav = Krav(beloeb=Decimal("1.00"), opgjortdato=tomorrow)
    with pytest.raises(CallError) as caught:
        Doedsbo().add_krav(DoedsbojournalId("1"), krav, Checks.on(date(2026, 12, 1)))
    error = caught.value
    assert isinstance(error, SkifteportalError)
    codes = [one.code for one in error.violations]
    assert "doedsbo.f17" in codes
    assert error.danish
    assert error.english != error.danish
    again = pickle.loads(pickle.dumps(error))
    assert (again.code, again.text, again.violations) == (
        error.code,
        error.text,
        error.violations,
    )


def test_a_refused_pdf_is_told_in_both_languages() -> None:
    pdf = (DATA / "pdf/collection/issue14130.pdf").read_bytes()
    with pytest.raises(CallError) as caught:
        Doedsbo().upload_krav_bilag(
            DoedsbojournalId("1"), KravId("1"), "a.pdf", pdf, Checks.none(), Profile.portal()
        )
    assert caught.value.report
    assert "JavaScript" in caught.value.danish
    assert caught.value.danish.count("\n") == 0, "three scripts are one thing to do"
    assert "Print the document to PDF again" in caught.value.english


def test_a_code_is_told_once() -> None:
    assert str(SkifteportalError(code="a.b", text="It broke")) == "It broke [a.b]"
    assert str(SkifteportalError(code="a.b", text="a.b: It broke")) == "a.b: It broke"
    assert str(SkifteportalError(code="a.b", text="a.b (HTTP 400): x")) == "a.b (HTTP 400): x"


@pytest.mark.parametrize("kind", [bytes, bytearray, memoryview])
def test_bytes_of_any_kind_are_checked(kind: type[bytes]) -> None:
    report = Pdf().check(kind(b"no PDF"), Profile.portal())
    assert Pdf().codes(report) == ["doedsbo.f24"]
    assert Pdf().explain(report.findings[0], Language.DANISH)
    with pytest.raises(SkifteportalError):
        Pdf().sanitize(kind(b"no PDF"), Profile.portal(), SanitizeOptions())


def test_lists_and_unions() -> None:
    parts = Payloads().decode_list("Part", b"[{},{}]")
    assert isinstance(parts, list)
    assert all(isinstance(part, Part) for part in parts)
    assert Payloads().encode_list(parts) == b"[{},{}]"
    assert {"KravId", "Krav", "Session", "__version__"} <= set(skifteportal.__all__)


def test_threads_share_objects() -> None:
    pdf, profile = Pdf(), Profile.portal()
    found: list[int] = []

    def check() -> None:
        for _ in range(50):
            found.append(len(pdf.check(b"no PDF", profile).findings))

    threads = [threading.Thread(target=check) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [1] * 200

"""Values that cross to the core as a text, each with a class of its own."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any, Callable, TypeVar

from skifteportal import _native

__all__ = ["CprNummer", "Extra", "Fritekst", "Id", "Text", "Timestamp"]

_I = TypeVar("_I", bound="Id")
_T = TypeVar("_T", bound="Text")


class Id(str):
    """A text with a meaning: an id of one kind is not one of another kind."""

    __slots__ = ()

    def __new__(cls: type[_I], text: str | uuid.UUID) -> _I:
        """Reads a text or a UUID, and refuses what cannot be sent."""
        text = str(text) if isinstance(text, uuid.UUID) else text
        return str.__new__(cls, _reader(cls.__name__)(text))

    @classmethod
    def _of(cls: type[_I], text: str) -> _I:
        return str.__new__(cls, text)

    def __repr__(self) -> str:
        """With its kind."""
        return f"{type(self).__name__}({str(self)!r})"


def _reader(name: str) -> Callable[[str], str]:
    if name == "CvrNummer":
        return _native.Ids().read_cvr
    # The core reads a thumbprint where it is used.
    return str if name == "CertificateThumbprint" else _native.Ids().read


class Text:
    """An immutable value that is kept as its text."""

    __slots__ = ("_text",)

    _text: str

    @classmethod
    def _of(cls: type[_T], text: str) -> _T:
        made = object.__new__(cls)
        object.__setattr__(made, "_text", text)
        return made

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} is immutable")

    def __eq__(self, other: object) -> bool:
        if type(self) is not type(other):
            return NotImplemented
        return self._text == getattr(other, "_text", None)

    def __hash__(self) -> int:
        return hash((type(self).__name__, self._text))

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self)._of, (self._text,)


class Timestamp(Text):
    """A point in time as the portal writes it (RFC 3339). The text is kept, so that what was read is sent
    again unchanged, with all of its nanoseconds; two are equal where their texts are.
    """

    __slots__ = ()

    def __init__(self, text: str) -> None:
        """Reads a text such as `2026-12-01T12:00:00Z`."""
        object.__setattr__(self, "_text", _native.Times().read(text)._text)

    @classmethod
    def of(cls, time: dt.datetime | Timestamp) -> Timestamp:
        """Of a `datetime` that knows its offset."""
        if isinstance(time, Timestamp):
            return time
        if time.utcoffset() is None:
            raise ValueError("the datetime has no time zone")
        text = time.astimezone(dt.timezone.utc).replace(tzinfo=None).isoformat()
        return cls._of(text + "Z")

    @classmethod
    def now(cls) -> Timestamp:
        """The clock of this machine."""
        return cls.of(dt.datetime.now(dt.timezone.utc))

    @property
    def datetime(self) -> dt.datetime:
        """The point in time in UTC, to the microsecond that Python has."""
        times = _native.Times()
        whole = dt.datetime(1970, 1, 1, tzinfo=dt.timezone.utc) + dt.timedelta(
            seconds=times.unix_seconds(self)
        )
        return whole + dt.timedelta(microseconds=times.nanoseconds(self) // 1000)

    @property
    def nanosecond(self) -> int:
        """The nanoseconds after the whole second."""
        return _native.Times().nanoseconds(self)

    def __str__(self) -> str:
        """As the portal writes it."""
        return self._text

    def __repr__(self) -> str:
        """With its class."""
        return f"Timestamp({self._text!r})"


class Fritekst(Text):
    """Free text of the portal. Others have written it, and it may hold anything: take it out by the name of
    the place where it goes, and by `raw` only for places that interpret nothing. Its own text form shows
    none of it.
    """

    __slots__ = ()

    def __init__(self, text: str) -> None:
        """Takes a text."""
        if not isinstance(text, str):
            raise TypeError(f"a text is a str or a Fritekst, not {type(text).__name__}")
        object.__setattr__(self, "_text", text)

    @classmethod
    def of(cls, text: str | Fritekst) -> Fritekst:
        """Takes a text, or what is one already."""
        return text if isinstance(text, Fritekst) else cls(text)

    def raw(self) -> str:
        """As it came, for places that interpret nothing, such as a label of a desktop program."""
        return self._text

    def html(self) -> str:
        """For the content of an HTML element, such as `p`; not for `script` or `style`."""
        return _native.Texts().escape_html(self)

    def attribute(self) -> str:
        """For the value of an HTML attribute; not for one that holds a URL, a style or a script."""
        return _native.Texts().escape_attribute(self)

    def javascript(self) -> str:
        """For the inside of a JavaScript string or template literal."""
        return _native.Texts().escape_javascript(self)

    def is_blank(self) -> bool:
        """Whether there is nothing but blanks."""
        return _native.Texts().is_blank(self)

    def __str__(self) -> str:
        """That it is a text, and none of it."""
        return "[free text]"

    __repr__ = __str__


class CprNummer(Text):
    """A CPR number. No text form shows it; `expose` gives it."""

    __slots__ = ()

    def __init__(self, text: str) -> None:
        """Reads ten digits, with or without a hyphen after the sixth."""
        object.__setattr__(self, "_text", _native.Ids().read_cpr(text)._text)

    def expose(self) -> str:
        """The number. It is personal data: show it to those alone who may see it."""
        return self._text

    def __str__(self) -> str:
        """Nothing of the number."""
        return "[redacted]"

    __repr__ = __str__


class Extra(Text):
    """The members of a payload that have no type, in order. Their values are raw JSON texts."""

    __slots__ = ()

    def __init__(self) -> None:
        """No members."""
        object.__setattr__(self, "_text", "")

    def names(self) -> list[str]:
        """The names of the members, in order."""
        return [member.name for member in _native.Payloads().extra_members(self)]

    def get(self, name: str) -> str | None:
        """The raw JSON text of a member; of the last one, if the name arrived twice."""
        return _native.Payloads().extra_member(self, name)

    def with_member(self, name: str, json: str) -> Extra:
        """The members with one set to a JSON text, in its place if there is one and else at the end."""
        return _native.Payloads().with_extra_member(self, name, json)

    def without(self, name: str) -> Extra:
        """The members without those of a name."""
        return _native.Payloads().without_extra_member(self, name)

    def __eq__(self, other: object) -> bool:
        """Whether two hold the same members with the same raw texts, in any order."""
        if not isinstance(other, Extra):
            return NotImplemented
        return _native.Payloads().extra_equals(self, other)

    def __hash__(self) -> int:
        """Equal ones have equal hashes."""
        return hash(frozenset(self.names()))

    def __repr__(self) -> str:
        """The names alone: the values may be personal data."""
        return f"Extra({', '.join(self.names())})"

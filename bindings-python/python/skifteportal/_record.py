"""What the values of the library have in common."""

from __future__ import annotations

import datetime as dt
import enum
import json
import uuid
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from mmap import mmap
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, Union, cast

from skifteportal import _native
from skifteportal._scalar import Text, Timestamp

if TYPE_CHECKING:
    from typing_extensions import dataclass_transform

    from skifteportal._model import AnyPayload
else:

    def dataclass_transform(**_: object) -> Callable[[type], type]:
        """What type checkers are told, and nothing at run time."""
        return lambda record: record


__all__ = [
    "KEEP",
    "FrozenMap",
    "Keep",
    "Octets",
    "OctetsLike",
    "Payload",
    "Record",
    "amount",
    "keep",
]


class Keep(enum.Enum):
    """What `replace` takes a member for that is not named."""

    KEEP = "keep"

    def __repr__(self) -> str:
        """As a signature shows it."""
        return "..."


KEEP = Keep.KEEP

# Members of values may have the names of these, and would hide them.
Octets = bytes
OctetsLike = Union[bytes, bytearray, memoryview, mmap]
keep = object.__setattr__

_K = TypeVar("_K")
_V_co = TypeVar("_V_co", covariant=True)
_R = TypeVar("_R", bound="Record")
_P = TypeVar("_P", bound="Payload")


def amount(value: Decimal | int) -> Decimal:
    """An amount that is exact. `Decimal` itself would take what is not: a `float`."""
    if isinstance(value, Decimal):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    raise TypeError(f"an amount is a Decimal or an int, not {type(value).__name__}")


class FrozenMap(Mapping[_K, _V_co]):
    """A mapping that never changes, and so can be hashed as the value that holds it."""

    __slots__ = ("_items",)

    def __init__(self, items: Mapping[_K, _V_co]) -> None:
        """Of another mapping, which is copied."""
        self._items = dict(items)

    def __getitem__(self, key: _K) -> _V_co:
        return self._items[key]

    def __iter__(self) -> Iterator[_K]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __hash__(self) -> int:
        return hash(frozenset(self._items.items()))

    def __repr__(self) -> str:
        return repr(self._items)

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self._items,)


def _restored(cls: type[_R], values: tuple[object, ...]) -> _R:
    made = object.__new__(cls)
    for name, value in zip(cls.__slots__, values):
        object.__setattr__(made, name, value)
    return made


def _plain(value: object) -> object:
    if isinstance(value, Record):
        return value.to_dict()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, FrozenMap):
        return {_plain(key): _plain(item) for key, item in value.items()}
    if isinstance(value, enum.Enum):
        return value.value
    return value


@dataclass_transform(frozen_default=True, kw_only_default=True)
class Record:
    """An immutable value with members that have names."""

    __slots__: tuple[str, ...] = ()

    _shown: ClassVar[bool] = False
    _secret: ClassVar[bool] = False

    # A type checker that saw these would take any member for one.
    if not TYPE_CHECKING:

        def __setattr__(self, name: str, value: object) -> None:
            """Refuses: a value never changes. `replace` makes another one."""
            raise AttributeError(f"{type(self).__name__} is immutable; use replace({name}=...)")

        def __delattr__(self, name: str) -> None:
            """Refuses: a value never changes."""
            raise AttributeError(f"{type(self).__name__} is immutable")

    def _values(self) -> tuple[object, ...]:
        return tuple(getattr(self, name) for name in self.__slots__)

    def _replaced(self: _R, **members: object) -> _R:
        given = {name: value for name, value in members.items() if value is not KEEP}
        kept = {name: getattr(self, name) for name in self.__slots__ if name not in given}
        return type(self)(**kept, **given)

    def __eq__(self, other: object) -> bool:
        """Whether the other is of the same class with equal members."""
        if type(self) is not type(other):
            return NotImplemented
        return self._values() == cast(Record, other)._values()

    def __hash__(self) -> int:
        """Equal values have equal hashes."""
        return hash((type(self).__name__, self._values()))

    def __repr__(self) -> str:
        """The members; of what may be personal data or a secret, the names alone."""
        if self._shown:
            try:
                return _native.shown(type(self).__name__, self)
            except (TypeError, ValueError) as error:
                # Debuggers and test reports show values that cannot be sent. No value is in these words.
                return f"<{type(self).__name__}: {error}>"
        members = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__slots__)
        return f"{type(self).__name__}({members})"

    def __replace__(self: _R, **members: object) -> _R:
        """What `copy.replace` of Python 3.13 calls."""
        return self._replaced(**members)

    def __reduce__(self) -> tuple[Any, ...]:
        """How it is pickled."""
        if self._secret:
            raise TypeError(f"{type(self).__name__} may hold a secret and cannot be pickled")
        return _restored, (type(self), self._values())

    def to_dict(self) -> dict[str, Any]:
        """The members by their names, with values in place of members of enums."""
        return {name: _plain(getattr(self, name)) for name in self.__slots__}


# Of how many digits a number may be before it is left to the core to say that it is no amount.
_MAGNITUDE = 1000


def _utf8(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError:
        # Python's own error holds the whole text, which may be personal data, and so would its context.
        pass
    raise ValueError("text: the text cannot be written in UTF-8")


def _json(value: object) -> str:
    """JSON with exact numbers, which the `json` of Python does not write, and of what values hold."""
    if isinstance(value, float):
        raise TypeError("a float is not exact; use a Decimal or an int")
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise ValueError("JSON has no such number")
        if abs(value.adjusted()) > _MAGNITUDE:
            # Its digits would be written out, all of them.
            raise ValueError("the number is out of range")
        return format(value, "f")
    if isinstance(value, dt.datetime):
        value = Timestamp.of(value)
    if isinstance(value, (dt.date, uuid.UUID)):
        return json.dumps(str(value))
    if isinstance(value, Text):
        return json.dumps(value._text)
    if isinstance(value, Mapping):
        members = (f"{json.dumps(str(name))}:{_json(item)}" for name, item in value.items())
        return "{" + ",".join(members) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ",".join(map(_json, value)) + "]"
    return json.dumps(value)


class Payload(Record):
    """What is filed and read: a record that has JSON, and keeps the members of it that have no type."""

    __slots__ = ()

    def to_json(self) -> str:
        """Its JSON as it is sent, with the members that have no type."""
        return _native.Payloads().encode(cast("AnyPayload", self)).decode()

    @classmethod
    def from_json(cls: type[_P], text: str | bytes) -> _P:
        """Reads it from JSON. Members that have no type are kept."""
        octets = _utf8(text) if isinstance(text, str) else text
        return cast(_P, _native.Payloads().decode(cls.__name__, octets))

    def to_dict(self) -> dict[str, Any]:
        """Its JSON as a `dict`, with the portal's names; amounts are `Decimal`."""
        return cast("dict[str, Any]", json.loads(self.to_json(), parse_float=Decimal))

    @classmethod
    def from_dict(cls: type[_P], members: Mapping[str, Any]) -> _P:
        """Reads it from a `dict` with the portal's names. An amount is an `int` or a `Decimal`; dates and
        points in time may be Python's.
        """
        return cls.from_json(_json(members))

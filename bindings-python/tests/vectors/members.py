"""JSON as the vectors write it."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

ROOT = Path(__file__).parents[3] / "tests" / "vectors"

_T = TypeVar("_T")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    read = dict(pairs)
    assert len(read) == len(pairs), "a member is there twice"
    return read


def parsed(text: str | bytes) -> Any:
    """A JSON text, with exact numbers."""
    return json.loads(text, parse_float=Decimal, object_pairs_hook=_object)


def same(one: object, other: object) -> bool:
    """Whether two are the same JSON; the order of members and the width of numbers are nothing."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(same(one[name], other[name]) for name in one)
    if isinstance(one, (list, tuple)) and isinstance(other, (list, tuple)):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    return one == other


class Members:
    """The members of an input. Each must be asked for: one that is not known is a mistake in the file."""

    def __init__(self, node: Any) -> None:
        assert isinstance(node, dict), "no object"
        self._node = node
        self._asked: set[str] = set()

    def optional(self, name: str) -> Any:
        self._asked.add(name)
        return self._node.get(name)

    def get(self, name: str) -> Any:
        value = self.optional(name)
        assert value is not None, f"{name} is missing"
        return value

    def text(self, name: str) -> str:
        value = self.get(name)
        assert isinstance(value, str), f"{name} is no text"
        return value

    def optional_text(self, name: str) -> str | None:
        return None if self.optional(name) is None else self.text(name)

    def number(self, name: str) -> int:
        value = self.get(name)
        assert type(value) is int, f"{name} is no number"
        return value

    def flag(self, name: str) -> bool:
        return self.optional(name) is True

    def bytes(self, name: str) -> bytes:
        return bytes_of(self.get(name))

    def members(self, name: str) -> Members:
        return Members(self.get(name))

    def texts(self, name: str) -> list[str]:
        return self.optional(name) or []

    def names(self) -> list[str]:
        return list(self._node)

    def end(self, answer: _T) -> _T:
        """That nothing was passed over."""
        left = set(self._node) - self._asked
        assert not left, f"nobody knows the members {left}"
        return answer


def bytes_of(node: object) -> bytes:
    if isinstance(node, str):
        return node.encode()
    members = Members(node)
    return members.end(base64.b64decode(members.text("base64"), validate=True))


def shown(octets: bytes) -> object:
    """Bytes as the vectors write them."""
    try:
        return octets.decode()
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(octets).decode()}

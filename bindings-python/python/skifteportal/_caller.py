"""What the operations that send are written against."""

from __future__ import annotations

from typing import Protocol, TypeVar

from skifteportal._model import Timestamp
from skifteportal._native import Checks, HttpResponse, PreparedCall

__all__ = ["AsyncCaller", "Call", "Caller"]

_Answer = TypeVar("_Answer")
_Answered_co = TypeVar("_Answered_co", covariant=True)


class Call(Protocol[_Answered_co]):
    """A call: what is sent, and what its answer means."""

    def prepared(self) -> PreparedCall:
        """The part that is sent."""
        ...

    def outcome(self, response: HttpResponse, now: Timestamp) -> _Answered_co:
        """What the answer means that arrived at a time."""
        ...


class Caller(Protocol):
    """Sends calls and waits for their answers."""

    def send(self, call: Call[_Answer]) -> _Answer:
        """What the portal answers."""
        ...

    def checks(self) -> Checks:
        """The rules that payloads are held to before they are sent."""
        ...


class AsyncCaller(Protocol):
    """Sends calls; their answers are awaited."""

    async def send(self, call: Call[_Answer]) -> _Answer:
        """What the portal answers."""
        ...

    def checks(self) -> Checks:
        """The rules that payloads are held to before they are sent."""
        ...

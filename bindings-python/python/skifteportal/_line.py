"""Where the requests of a reporter go, and who signs for it."""

from __future__ import annotations

import threading
from typing import Generic, TypeVar

from skifteportal._identity import Signer

__all__ = ["Line"]

_T = TypeVar("_T")


class Line(Generic[_T]):
    """A transport that is closed when it is not wanted any more and the last request over it has ended."""

    __slots__ = ("_is_closed", "_lock", "_retired", "_users", "owned", "signer", "transport")

    def __init__(self, transport: _T, signer: Signer | None, *, owned: bool) -> None:
        self.transport = transport
        self.signer = signer
        self.owned = owned
        # The handler of a signal may close the client while its own thread holds it.
        self._lock = threading.RLock()
        self._users = 0
        self._retired = False
        self._is_closed = False

    def take(self) -> None:
        """It is about to be used."""
        with self._lock:
            self._users += 1

    def leave(self) -> bool:
        """It was used. Says whether it is to be closed now."""
        with self._lock:
            self._users -= 1
            return self._is_over()

    def retire(self) -> bool:
        """It is not wanted any more. Says whether it is to be closed now."""
        with self._lock:
            if self._retired:
                return False
            self._retired = True
            return self._is_over()

    def _is_over(self) -> bool:
        """Once, however often it is used after that."""
        is_over = self.owned and self._retired and self._users == 0 and not self._is_closed
        self._is_closed = self._is_closed or is_over
        return is_over

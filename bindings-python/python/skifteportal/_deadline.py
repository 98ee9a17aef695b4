"""Work that is given up at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

__all__ = ["within"]

_T = TypeVar("_T")


async def within(seconds: float, work: Coroutine[Any, Any, _T]) -> _T:
    """What the work gives, or an `asyncio.TimeoutError`. Unlike `asyncio.wait_for` before Python 3.12 it never
    loses a cancellation that comes in the moment in which the work ends.
    """
    task = asyncio.ensure_future(work)
    try:
        await asyncio.wait({task}, timeout=seconds)
        if not task.done():
            await _give_up(task)
            if task.cancelled():
                raise asyncio.TimeoutError
    except asyncio.CancelledError:
        await _give_up(task)
        # Nobody asks for it any more, and a loop complains of errors that nobody has asked for.
        if task.done() and not task.cancelled():
            task.exception()
        raise
    return task.result()


async def _give_up(task: asyncio.Task[Any]) -> None:
    """Cancels it, and waits until it has tidied up."""
    if not task.done():
        task.cancel()
        await asyncio.wait({task})

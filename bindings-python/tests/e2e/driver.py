"""One way to write a test for clients that wait and for clients that are awaited."""

from __future__ import annotations

import asyncio
import functools
import inspect
import json
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Callable

import pytest
import skifteportal.httpx
import skifteportal.requests
from skifteportal import (
    Defaults,
    DoedsbojournalId,
    DoedsbojournalQuery,
    Page,
)
from skifteportal.testing import Party, Sandbox

__all__ = ["FAKTURA", "WAYS", "Way", "claims", "do", "each_way", "fault", "find", "join"]

FAKTURA = (Path(__file__).parents[3] / "examples/rust/data/faktura.pdf").read_bytes()


async def do(value: Any) -> Any:
    """What a call gives, at once or awaited."""
    return await value if inspect.isawaitable(value) else value


class Way:
    """A library, and whether its calls are awaited."""

    def __init__(self, name: str, transports: Callable[..., Any], *, awaited: bool) -> None:
        self.name = name
        self.transports = functools.partial(transports, trust_env=False)
        self.awaited = awaited

    def __repr__(self) -> str:
        return self.name

    @asynccontextmanager
    async def client(
        self, sandbox: Sandbox, wrap: Callable[[Any], Any] | None = None, **settings: Any
    ) -> AsyncIterator[Any]:
        """A client. `wrap` goes around each transport."""
        make = self.transports
        options: dict[str, Any] = {
            "transports": make if wrap is None else lambda context: wrap(make(context)),
            "settings": Defaults().session().replace(**settings),
        }
        if self.awaited:
            async with sandbox.async_client(**options) as awaited:
                yield awaited
        else:
            with sandbox.client(**options) as waiting:
                yield waiting


WAYS = [
    Way("httpx", skifteportal.httpx.transport, awaited=False),
    Way("httpx-async", skifteportal.httpx.async_transport, awaited=True),
    Way("requests", skifteportal.requests.transport, awaited=False),
]


def each_way(story: Callable[[Way, Sandbox], Awaitable[None]]) -> Callable[..., None]:
    """A test that tells a story in each way. Where calls wait, the story never has to."""

    @pytest.mark.parametrize("way", WAYS, ids=repr)
    def test(way: Way, skifteportal_sandbox: Sandbox) -> None:
        async def told() -> None:
            await story(way, skifteportal_sandbox)

        asyncio.run(told())

    return test


async def join(client: Any, party: Party) -> Any:
    """A reporter by variant A."""
    return await do(client.add_reporter(party.client_id, party.client_secret, party.identity()))


async def find(caller: Any, sandbox: Sandbox) -> DoedsbojournalId:
    """The dødsbo of the story."""
    query = DoedsbojournalQuery(cpr_nummer=sandbox.cpr_nummer)
    found = (await do(caller.doedsbo.search_bo(query, Page()))).items[0].id
    assert isinstance(found, DoedsbojournalId)
    return found


def fault(sandbox: Sandbox, method: str, **what: Any) -> None:
    """The next request to the API by this method fails."""
    sandbox.fault({"host": "api", "match": {"method": method, "path": "/**"}, "fault": what})


def claims(sandbox: Sandbox) -> int:
    """How many claims there are on all dødsboer."""
    state = json.loads(sandbox.control("GET", "/state"))
    return sum(
        entry["type"] == "krav" and not entry["slettet"]
        for bo in state["doedsboer"]
        for entry in bo["registreringer"]
    )

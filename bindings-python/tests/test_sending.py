"""A filing that the server has read is never filed again, whatever is raised after that."""

from __future__ import annotations

import asyncio
import functools
import ssl
from collections.abc import Awaitable
from typing import Callable

import pytest
import requests
import urllib3
from skifteportal import Certainty

from .e2e.driver import WAYS, Way
from .loopback import Server, made_by, over, refusal, serving


def each_way(story: Callable[[Way], Awaitable[None]]) -> Callable[..., None]:
    """A test that tells a story by each library."""

    @pytest.mark.parametrize("way", WAYS, ids=repr)
    @functools.wraps(story)
    def test(way: Way) -> None:
        async def told() -> None:
            await story(way)

        asyncio.run(told())

    return test


async def refused_once(caller: object, server: Server) -> None:
    """A claim is filed once, and nobody knows what became of it."""
    before = server.posts
    error = await refusal(caller)
    assert (error.code, error.certainty) == ("network.broken", Certainty.UNKNOWN)
    assert (error.attempts, server.posts) == (1, before + 1)


_POOL = urllib3.HTTPSConnectionPool("api.test")


@each_way
async def test_what_the_program_is_handling_says_nothing_of_a_filing(way: Way) -> None:
    refused = urllib3.exceptions.NewConnectionError(_POOL, "refused")  # type: ignore[arg-type]
    with serving() as server:
        async with over(way, made_by(way), server.port) as caller:
            await refused_once(caller, server)
            for handled in (
                ssl.SSLCertVerificationError(1, "another's"),
                requests.exceptions.ConnectionError(refused),
            ):
                try:
                    raise handled
                except OSError:
                    await refused_once(caller, server)

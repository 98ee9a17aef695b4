"""What becomes of calls whose task is cancelled, in whatever moment."""

from __future__ import annotations

import asyncio
from decimal import Decimal
from typing import Any

import httpx
import pytest
from skifteportal import Answer, Defaults, HttpRequest, Krav, PortalError
from skifteportal._deadline import within
from skifteportal.httpx import over_async

from tests.test_client import BO, SECRET, AsyncFake, answered, connect_async, identity, token

MANY = 50
KRAV = Krav(beloeb=Decimal(1))


def is_token(request: HttpRequest) -> bool:
    return "/openid-connect/token" in request.url()


async def turns(count: int) -> None:
    for _ in range(count):
        await asyncio.sleep(0)


def test_nothing_is_filed_after_a_group_was_cancelled() -> None:
    """As a task group does it: the first error cancels all other tasks, in the turn in which their waits end."""
    posts, filed = [], []

    class Refusing(AsyncFake):
        async def send(  # type: ignore[override]
            self, request: HttpRequest, timeout: float, limit: int
        ) -> Answer:
            if is_token(request):
                return token()
            posts.append(request.url())
            first = len(posts) == 1
            await turns(3)
            return answered(400, {"fejlkode": "doedsbo.f17"}) if first else self.api(request)

    async def story() -> None:
        settings = Defaults().session().replace(max_in_flight=4)
        fake = Refusing(lambda _: answered(201, {"id": "1"}))
        async with connect_async(fake, settings=settings) as client:
            caller = await client.add_reporter("client", SECRET, identity())
            await caller.token()
            tasks: list[asyncio.Task[None]] = []
            refused: list[PortalError] = []

            async def file() -> None:
                try:
                    await caller.doedsbo.add_krav(BO, KRAV)
                except PortalError as error:
                    refused.append(error)
                    raise
                filed.append(True)

            def ended(task: asyncio.Task[None]) -> None:
                if not task.cancelled() and task.exception() is not None:
                    for other in tasks:
                        other.cancel()

            for _ in range(MANY):
                task = asyncio.ensure_future(file())
                task.add_done_callback(ended)
                tasks.append(task)
            await asyncio.gather(*tasks, return_exceptions=True)
            assert len(refused) == 1
            assert len(posts) <= 8, (
                "four were out, and four took their places before they were told"
            )
            assert sum(task.cancelled() for task in tasks) == MANY - 1 - len(filed)
            assert len(filed) <= 4
            stats = client.stats()
            assert (stats.in_flight, stats.calls) == (0, 0)

    asyncio.run(story())


@pytest.mark.parametrize("after", range(12))
def test_no_cancellation_is_lost(after: int) -> None:
    """Whatever turn of the loop it comes in, and with httpx in between."""

    async def story() -> str:
        def answer(_: httpx.Request) -> httpx.Response:
            return httpx.Response(201, json={"id": "1"})

        programs_own = httpx.AsyncClient(transport=httpx.MockTransport(answer))
        tokens = AsyncFake(lambda _: token())
        async with (
            programs_own,
            connect_async(tokens, transport=over_async(programs_own)) as client,
        ):
            caller = await client.add_reporter("client", SECRET, identity())
            await caller.token()

            async def file() -> str:
                await caller.doedsbo.add_krav(BO, KRAV)
                await asyncio.sleep(0)
                return "went on"

            task = asyncio.ensure_future(file())
            await turns(after)
            if task.done():
                return "ended before"
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            return "cancelled"

    assert asyncio.run(story()) in ("cancelled", "ended before")


def test_a_wait_ends_by_time_by_change_and_by_cancellation() -> None:
    from skifteportal import Clock  # noqa: PLC0415

    async def story() -> None:
        loop, clock = asyncio.get_running_loop(), Clock()
        await clock.pause_async(loop.create_future(), 0)
        changed: asyncio.Future[None] = loop.create_future()
        changed.set_result(None)
        await clock.pause_async(changed, 3600)
        both: asyncio.Future[None] = loop.create_future()
        task = asyncio.ensure_future(clock.pause_async(both, 3600))
        await turns(1)
        both.set_result(None)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(story())


def test_work_is_given_up_at_its_time() -> None:
    tidied: list[str] = []

    async def endless(name: str) -> None:
        try:
            await asyncio.get_running_loop().create_future()
        finally:
            await turns(2)
            tidied.append(name)

    async def quick(result: Any) -> Any:
        await turns(1)
        if isinstance(result, Exception):
            raise result
        return result

    async def story() -> None:
        assert await within(3600, quick(1)) == 1
        with pytest.raises(LookupError):
            await within(3600, quick(LookupError()))
        with pytest.raises(asyncio.TimeoutError):
            await within(0, endless("by time"))
        task = asyncio.ensure_future(within(3600, endless("by hand")))
        await turns(2)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert tidied == ["by time", "by hand"]

    asyncio.run(story())

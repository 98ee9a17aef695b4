"""Answers that come late or are none, connections that cannot be closed, signers that give no signature."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Any, cast

import pytest
from skifteportal import (
    Answer,
    Certainty,
    ClientClosed,
    ClientIdentity,
    Defaults,
    HttpRequest,
    InputError,
    PortalError,
    SessionError,
    Timestamp,
    TransportError,
    TransportFailureConnectFailed,
)

from tests.test_client import (
    BO,
    KRAV,
    SECRET,
    AsyncFake,
    Fake,
    Jumping,
    answered,
    connect,
    connect_async,
    identity,
    token,
)

# Longer than the time that a request has, and the time after which it is lost.
LOST = 130_000


def filed() -> Answer:
    return answered(201, {"id": "a1"})


def is_token(request: HttpRequest) -> bool:
    return "/openid-connect/token" in request.url()


def test_an_answer_that_comes_too_late_leaves_it_unknown(caplog: pytest.LogCaptureFixture) -> None:
    clock = Jumping()

    def late(_: HttpRequest) -> Answer:
        # The machine slept, and another call asks first.
        clock.at += LOST
        other.token()
        return filed()

    with connect(Fake(late), clock=clock) as client:
        caller = client.add_reporter("client", SECRET, identity())
        other = client.add_reporter("other", SECRET, identity())
        with pytest.raises(PortalError) as caught:
            caller.doedsbo.add_krav(BO, KRAV)
        assert caught.value.certainty == Certainty.UNKNOWN
        assert (client.stats().in_flight, client.stats().lost_total) == (0, 1)
    told = [one.getMessage() for one in caplog.records]
    assert told == ["POST api.test: given up before this came: status 201"]


def test_an_answer_that_comes_too_late_leaves_it_unknown_to_tasks_too() -> None:
    clock = Jumping()

    class Late(AsyncFake):
        async def send(  # type: ignore[override]
            self, request: HttpRequest, timeout: float, limit: int
        ) -> Answer:
            if is_token(request):
                return token()
            clock.at += LOST
            await other.token()
            return filed()

    other: Any = None

    async def story() -> None:
        nonlocal other
        async with connect_async(Late(lambda _: filed()), clock=clock) as client:
            caller = await client.add_reporter("client", SECRET, identity())
            other = await client.add_reporter("other", SECRET, identity())
            with pytest.raises(PortalError) as caught:
                await caller.doedsbo.add_krav(BO, KRAV)
            assert caught.value.certainty == Certainty.UNKNOWN
            assert client.stats().in_flight == 0

    asyncio.run(story())


def test_an_interruption_stays_one_where_the_request_is_lost() -> None:
    clock = Jumping()

    def interrupted(_: HttpRequest) -> Answer:
        clock.at += LOST
        other.token()
        raise KeyboardInterrupt

    with connect(Fake(interrupted), clock=clock) as client:
        caller = client.add_reporter("client", SECRET, identity())
        other = client.add_reporter("other", SECRET, identity())
        with pytest.raises(KeyboardInterrupt):
            caller.doedsbo.add_krav(BO, KRAV)
        assert client.stats().calls == 0


def test_a_signature_that_comes_too_late_is_told() -> None:
    clock = Jumping()

    def late(_: bytes) -> bytes:
        # Whoever should put the card in was at lunch.
        clock.at += 3_600_000
        other.token()
        return bytes(256)

    store = identity()
    held = ClientIdentity.detached(store.chain, store.context(), late)
    with connect(Fake(lambda _: filed()), clock=clock) as client:
        caller = client.add_signing_reporter("https://system.example", held, store)
        other = client.add_reporter("other", SECRET, identity())
        with pytest.raises(SessionError, match="no answer in time"):
            caller.token()
        assert client.stats().in_flight == 0


class Unclosable(Fake):
    """It is closed like any other, and complains."""

    def close(self) -> None:
        super().close()
        raise OSError("the connection was not there any more")


class AsyncUnclosable(AsyncFake):
    async def aclose(self) -> None:
        await super().aclose()
        raise OSError("the connection was not there any more")


def test_no_answer_is_lost_where_a_connection_cannot_be_closed(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def closing(_: HttpRequest) -> Answer:
        with suppress(OSError):
            client.close()
        return filed()

    fake = Unclosable(closing)
    client = connect(fake)
    caller = client.add_reporter("client", SECRET, identity())
    assert caller.doedsbo.add_krav(BO, KRAV) is not None
    assert client.stats().in_flight == 0
    assert fake.closed == 2
    assert "connections could not be closed: OSError" in caplog.text

    async def story() -> None:
        class Closing(AsyncUnclosable):
            async def send(  # type: ignore[override]
                self, request: HttpRequest, timeout: float, limit: int
            ) -> Answer:
                if not is_token(request):
                    with suppress(OSError):
                        await client.aclose()
                return self.answer(request)

        fake = Closing(lambda _: filed())
        client = connect_async(fake)
        caller = await client.add_reporter("client", SECRET, identity())
        assert await caller.doedsbo.add_krav(BO, KRAV) is not None
        assert client.stats().in_flight == 0
        assert fake.closed == 2

    asyncio.run(story())


def test_all_connections_are_closed_where_one_cannot_be() -> None:
    fake = Unclosable(lambda _: filed())
    client = connect(fake)
    for name in "abc":
        client.add_reporter(name, SECRET, identity())
    with pytest.raises(OSError, match="not there any more"):
        client.close()
    assert fake.closed == 4
    client.close()
    assert fake.closed == 4

    async def story() -> None:
        fake = AsyncUnclosable(lambda _: filed())
        client = connect_async(fake)
        for name in "abc":
            await client.add_reporter(name, SECRET, identity())
        with pytest.raises(OSError, match="not there any more"):
            await client.aclose()
        assert fake.closed == 4

    asyncio.run(story())


def test_closing_goes_on_where_it_is_cancelled() -> None:
    async def story() -> None:
        class Slow(AsyncFake):
            async def aclose(self) -> None:
                closing.set()
                await may.wait()
                await super().aclose()
                if self.closed == 3:
                    all_closed.set()

        closing, may, all_closed = asyncio.Event(), asyncio.Event(), asyncio.Event()
        fake = Slow(lambda _: filed())
        client = connect_async(fake)
        for name in "ab":
            await client.add_reporter(name, SECRET, identity())
        task = asyncio.ensure_future(client.aclose())
        await closing.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        may.set()
        await all_closed.wait()

    asyncio.run(story())


def test_what_was_never_sent_is_not_processed() -> None:
    """The client is closed while a token is fetched, and the call that needs it is not sent."""

    class Closing(Fake):
        def send(self, request: HttpRequest, timeout: float, limit: int) -> Answer:
            client.close()
            return super().send(request, timeout, limit)

    fake = Closing(lambda _: filed())
    client = connect(fake)
    caller = client.add_reporter("client", SECRET, identity())
    with pytest.raises(ClientClosed) as caught:
        caller.doedsbo.add_krav(BO, KRAV)
    assert caught.value.certainty == Certainty.NOT_PROCESSED
    assert len(fake.sent) == 1

    async def story() -> None:
        class Closing(AsyncFake):
            async def send(  # type: ignore[override]
                self, request: HttpRequest, timeout: float, limit: int
            ) -> Answer:
                await client.aclose()
                return self.answer(request)

        client = connect_async(Closing(lambda _: filed()))
        caller = await client.add_reporter("client", SECRET, identity())
        with pytest.raises(ClientClosed) as caught:
            await caller.doedsbo.add_krav(BO, KRAV)
        assert caught.value.certainty == Certainty.NOT_PROCESSED

    asyncio.run(story())


async def _awaited(_: bytes) -> bytes:
    return b"nobody awaits it"


def _without_its_file(_: bytes) -> bytes:
    raise OSError("n\udce6gle.pem is not there")


@pytest.mark.parametrize(
    "signer", [lambda _: None, lambda _: "signature", lambda _: 7, _awaited], ids=str
)
def test_a_signer_that_gives_no_bytes_is_told(signer: Callable[[bytes], Any]) -> None:
    store = identity()
    held = ClientIdentity.detached(store.chain, store.context(), signer)
    with connect(Fake(lambda _: filed())) as client:
        caller = client.add_signing_reporter("https://system.example", held, store)
        with pytest.raises(SessionError, match="the signer gave no bytes"):
            caller.token()
        assert (client.stats().in_flight, client.stats().calls) == (0, 0)


def test_a_signer_may_fail_in_words_that_are_no_text() -> None:
    store = identity()
    held = ClientIdentity.detached(store.chain, store.context(), _without_its_file)
    with connect(Fake(lambda _: filed())) as client:
        caller = client.add_signing_reporter("https://system.example", held, store)
        with pytest.raises(SessionError, match="is not there"):
            caller.token()


def test_a_failure_that_is_none_frees_its_place() -> None:
    def failing(_: HttpRequest) -> Answer:
        if failures:
            raise TransportError(failures.pop())
        return filed()

    failures: list[Any] = [None, TransportFailureConnectFailed(reason="n\udce6gle")]
    settings = Defaults().session().replace(max_in_flight=1)
    with connect(Fake(failing), settings=settings) as client:
        caller = client.add_reporter("client", SECRET, identity())
        for wrong in (ValueError, TypeError):
            with pytest.raises(wrong):
                caller.doedsbo.add_krav(BO, KRAV)
            assert (client.stats().in_flight, client.stats().calls) == (0, 0)
        assert caller.doedsbo.add_krav(BO, KRAV) is not None


def test_an_answer_that_is_none_frees_its_place() -> None:
    answers: list[Any] = [Answer(cast("int", "201"), [], b""), Answer(99999, [], b""), filed()]
    settings = Defaults().session().replace(max_in_flight=1)
    with connect(Fake(lambda _: answers.pop(0)), settings=settings) as client:
        caller = client.add_reporter("client", SECRET, identity())
        for wrong in (TypeError, InputError):
            with pytest.raises(wrong):
                caller.doedsbo.add_krav(BO, KRAV)
            assert (client.stats().in_flight, client.stats().calls) == (0, 0)
        assert caller.doedsbo.add_krav(BO, KRAV) is not None


def test_a_closed_client_takes_no_new_credentials() -> None:
    fake = Fake(lambda _: filed())
    client = connect(fake)
    caller = client.add_reporter("client", SECRET, identity())
    client.close()
    with pytest.raises(ClientClosed):
        client.replace_credentials(caller, "client", "geheim-2", identity())
    assert fake.closed == 3, "what was made for the new ones is closed as well"


def test_the_handler_of_a_signal_may_close_the_client() -> None:
    """It runs in the thread that it interrupts, which may be asking the session."""

    class Interrupted(Jumping):
        asked = 0

        def now(self) -> Timestamp:
            self.asked += 1
            # The second time of a call is that of the question what to do.
            if self.asked == 2:
                client.close()
            return super().now()

    clock, fake = Interrupted(), Fake(lambda _: filed())
    client = connect(fake, clock=clock)
    caller = client.add_reporter("client", SECRET, identity())
    assert clock.asked == 0
    with pytest.raises(ClientClosed) as caught:
        caller.doedsbo.add_krav(BO, KRAV)
    assert caught.value.certainty == Certainty.NOT_PROCESSED
    assert (fake.sent, fake.closed) == ([], 2)

"""The client over transports that answer as a test wants, at times that a test sets."""

from __future__ import annotations

import asyncio
import copy
import json
import logging
import os
import pickle
import threading
import traceback
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from skifteportal import (
    AdgangsprofilId,
    Answer,
    AsyncSkifteportalClient,
    Caller,
    Certainty,
    ClientClosed,
    ClientIdentity,
    Clock,
    DoedsbojournalId,
    HeaderField,
    HttpRequest,
    Krav,
    KravId,
    PortalEnvironment,
    PortalError,
    SessionError,
    SkifteportalClient,
    Times,
    Timestamp,
    TransportError,
    TransportFailureConnectFailed,
)

BO = DoedsbojournalId("9b0f4a57-9b5d-4d8e-8a54-6a3f0ff4f3b1")
KRAV = Krav(beloeb=Decimal("1.00"))
SECRET = "geheim-1"
TOKEN = "a.b.token-geheim"
JSON = HeaderField(name="content-type", value="application/json")

Answers = Callable[[HttpRequest], Answer]


def identity() -> ClientIdentity:
    files = Path(__file__).parents[2] / "tests/data/certificates"
    return ClientIdentity.from_p12(files / "modern.p12", "hemmelig")


def answered(status: int, body: object = None, *headers: HeaderField) -> Answer:
    return Answer(status, [JSON, *headers], b"" if body is None else json.dumps(body).encode())


def token() -> Answer:
    return answered(200, {"access_token": TOKEN, "expires_in": 300, "token_type": "Bearer"})


class Fake:
    """A transport that gives tokens, and what a test wants of the API."""

    def __init__(self, api: Answers) -> None:
        self.api = api
        self.sent: list[str] = []
        self.closed = 0

    def answer(self, request: HttpRequest) -> Answer:
        self.sent.append(request.url())
        return token() if "/openid-connect/token" in request.url() else self.api(request)

    def send(self, request: HttpRequest, timeout: float, limit: int) -> Answer:
        assert timeout > 0
        assert limit > 0
        return self.answer(request)

    def close(self) -> None:
        self.closed += 1


class AsyncFake(Fake):
    async def send(  # type: ignore[override]
        self, request: HttpRequest, timeout: float, limit: int
    ) -> Answer:
        await asyncio.sleep(0)
        return self.answer(request)

    async def aclose(self) -> None:
        self.closed += 1


class Jumping(Clock):
    """A clock that is where one waits for it to be."""

    def __init__(self) -> None:
        self.at = 1_764_590_400_000
        self.waited = 0.0

    def now(self) -> Timestamp:
        return Times().from_unix_milliseconds(self.at)

    def pause(self, changed: threading.Condition, seconds: float) -> None:
        self.at += int(seconds * 1000)
        self.waited += seconds

    async def pause_async(self, changed: asyncio.Future[None], seconds: float) -> None:
        self.at += int(seconds * 1000)
        self.waited += seconds


def connect(fake: Fake, **options: Any) -> SkifteportalClient:
    environment = PortalEnvironment.custom(
        "https://sts.test", "https://auth.test", "https://api.test"
    )
    return SkifteportalClient(environment, transports=lambda _: fake, **options)


def connect_async(fake: AsyncFake, **options: Any) -> AsyncSkifteportalClient:
    environment = PortalEnvironment.custom(
        "https://sts.test", "https://auth.test", "https://api.test"
    )
    return AsyncSkifteportalClient(environment, transports=lambda _: fake, **options)


def test_an_answer_without_a_payload_is_none() -> None:
    with connect(Fake(lambda _: answered(204))) as client:
        caller = client.add_reporter("client", SECRET, identity())
        assert caller.doedsbo.update_krav(BO, KravId("a1"), KRAV) is None


def test_what_the_portal_asks_to_wait_is_waited() -> None:
    answers = [answered(429, None, HeaderField(name="retry-after", value="45")), answered(200, [])]
    clock = Jumping()
    with connect(Fake(lambda _: answers.pop(0)), clock=clock) as client:
        caller = client.add_reporter("client", SECRET, identity())
        assert caller.doedsbo.get_all_krav(BO) == []
        assert 45 <= clock.waited < 60


def test_what_the_portal_asks_to_wait_is_awaited() -> None:
    async def story() -> None:
        answers = [
            answered(429, None, HeaderField(name="retry-after", value="45")),
            answered(200, []),
        ]
        clock = Jumping()
        async with connect_async(AsyncFake(lambda _: answers.pop(0)), clock=clock) as client:
            caller = await client.add_reporter("client", SECRET, identity())
            assert await caller.doedsbo.get_all_krav(BO) == []
            assert 45 <= clock.waited < 60

    asyncio.run(story())


def test_a_closed_client_sends_nothing() -> None:
    fake = Fake(lambda _: answered(200, []))
    client = connect(fake)
    caller = client.add_reporter("client", SECRET, identity())
    client.close()
    client.close()
    assert fake.closed == 2, "one line without a reporter, and one with"
    with pytest.raises(ClientClosed) as caught:
        caller.doedsbo.get_all_krav(BO)
    assert caught.value.certainty == Certainty.NOT_PROCESSED
    with pytest.raises(ClientClosed):
        client.add_reporter("client", SECRET, identity())
    assert fake.sent == []
    assert fake.closed == 3


def test_a_client_stays_in_its_process(monkeypatch: pytest.MonkeyPatch) -> None:
    fake = Fake(lambda _: answered(200, []))
    client = connect(fake)
    caller = client.add_reporter("client", SECRET, identity())
    caller.doedsbo.get_all_krav(BO)
    sent = len(fake.sent)
    # As a fork leaves it: everything is there, and the connections are those of the parent.
    here = os.getpid()
    monkeypatch.setattr(os, "getpid", lambda: here + 1)
    for use in (
        lambda: caller.doedsbo.add_krav(BO, KRAV),
        caller.token,
        lambda: client.add_reporter("client", SECRET, identity()),
        lambda: client.replace_credentials(caller, "client", SECRET, identity()),
        lambda: client.remove_reporter(caller),
    ):
        with pytest.raises(RuntimeError, match="make one in each process"):
            use()
    assert fake.closed == 2, "what was made here, to be added and to replace"
    client.close()
    assert (len(fake.sent), fake.closed) == (sent, 2), "the parent's connections stay as they are"


def test_requests_are_logged_without_what_they_say(caplog: pytest.LogCaptureFixture) -> None:
    def api(_: HttpRequest) -> Answer:
        if len(fake.sent) < 3:
            return answered(200, [])
        raise failures.pop()

    failures: list[Exception] = [
        ModuleNotFoundError("geheim-1 is not a module"),
        TransportError(TransportFailureConnectFailed(reason="Connection refused")),
    ]
    fake = Fake(api)
    caplog.set_level(logging.DEBUG, "skifteportal")
    with connect(fake, clock=Jumping()) as client:
        caller = client.add_reporter("client", SECRET, identity())
        caller.doedsbo.get_all_krav(BO)
        with pytest.raises(PortalError):
            caller.doedsbo.add_krav(BO, KRAV)
    assert [(one.levelname, one.getMessage()) for one in caplog.records] == [
        ("DEBUG", "POST sts.test: status 200"),
        ("DEBUG", "GET api.test: status 200"),
        # Nothing was sent, so it is sent again; then it may have arrived.
        ("INFO", "POST api.test: no answer: ConnectFailed: Connection refused"),
        ("INFO", "POST api.test: no answer: Broken: ModuleNotFoundError"),
    ]
    assert "geheim" not in caplog.text
    assert str(BO) not in caplog.text


def test_a_call_that_waits_ends_with_the_client() -> None:
    waiting = threading.Event()

    class Telling(Clock):
        def pause(self, changed: threading.Condition, seconds: float) -> None:
            waiting.set()
            super().pause(changed, seconds)

    busy = answered(429, None, HeaderField(name="retry-after", value="200"))
    client = connect(Fake(lambda _: busy), clock=Telling())
    caller = client.add_reporter("client", SECRET, identity())
    ended: list[BaseException] = []

    def call() -> None:
        try:
            caller.doedsbo.add_krav(BO, KRAV)
        except ClientClosed as error:
            ended.append(error)

    thread = threading.Thread(target=call)
    thread.start()
    assert waiting.wait(600)
    client.close()
    thread.join()
    assert [type(one) for one in ended] == [ClientClosed]


def test_an_interrupted_call_leaves_nothing_behind() -> None:
    answers: list[Answer | None] = [None, answered(200, [])]

    def interrupted(_: HttpRequest) -> Answer:
        answer = answers.pop(0)
        if answer is None:
            raise KeyboardInterrupt
        return answer

    with connect(Fake(interrupted)) as client:
        caller = client.add_reporter("client", SECRET, identity())
        with pytest.raises(KeyboardInterrupt):
            caller.doedsbo.get_all_krav(BO)
        stats = client.stats()
        assert (stats.in_flight, stats.calls) == (0, 0)
        assert caller.doedsbo.get_all_krav(BO) == []


def test_the_programs_own_transport_stays_open() -> None:
    own, made = Fake(lambda _: answered(200, [])), Fake(lambda _: answered(200, []))
    with connect(made, transport=own) as client:
        caller = client.add_reporter("client", SECRET, identity(), transport=own)
        caller.doedsbo.get_all_krav(BO)
        client.replace_credentials(caller, "client", "geheim-2", identity())
        caller.doedsbo.get_all_krav(BO)
    assert own.closed == 0
    assert made.closed == 1


def test_a_removed_reporter_is_gone() -> None:
    fake = Fake(lambda _: answered(200, []))
    with connect(fake) as client:
        caller = client.add_reporter("client", SECRET, identity())
        caller.token()
        client.remove_reporter(caller)
        assert fake.closed == 1
        assert client.stats().reporters == 0
        for gone in (
            caller.token,
            lambda: client.remove_reporter(caller),
            lambda: client.replace_credentials(caller, "client", SECRET, identity()),
        ):
            with pytest.raises(SessionError):
                gone()


def test_a_caller_of_another_client_is_refused() -> None:
    mine, others = Fake(lambda _: answered(200, [])), Fake(lambda _: answered(200, []))
    with connect(mine) as client, connect(others) as other:
        caller = client.add_reporter("client", SECRET, identity())
        stranger = other.add_reporter("client", SECRET, identity())
        likvidator = stranger.acting_for(AdgangsprofilId("2f1e4a57-9b5d-4d8e-8a54-6a3f0ff4f3b1"))
        uses: list[Callable[[Caller], object]] = [
            lambda one: client.replace_credentials(one, "other", SECRET, identity()),
            lambda one: client.replace_signing_credentials(
                one, "https://system.example", identity(), identity()
            ),
            client.remove_reporter,
        ]
        for use in uses:
            for one in (stranger, likvidator):
                with pytest.raises(ValueError, match="of another client"):
                    use(one)
        caller.token()
        assert client.stats().reporters == 1
        assert mine.closed == 0, "nothing was made that would have to be closed"

    async def story() -> None:
        fake = AsyncFake(lambda _: answered(200, []))
        async with connect_async(fake) as client, connect_async(fake) as other:
            await client.add_reporter("client", SECRET, identity())
            stranger = await other.add_reporter("client", SECRET, identity())
            with pytest.raises(ValueError, match="of another client"):
                await client.replace_credentials(stranger, "other", SECRET, identity())
            with pytest.raises(ValueError, match="of another client"):
                await client.remove_reporter(stranger)
            assert client.stats().reporters == 1

    asyncio.run(story())


def test_a_signer_that_fails_is_told() -> None:
    def broken(_: bytes) -> bytes:
        raise OSError("the card was taken out")

    store = identity()
    held = ClientIdentity.detached(store.chain, store.context(), broken)
    with connect(Fake(lambda _: answered(200, []))) as client:
        with pytest.raises(ValueError, match="CVR"):
            client.add_signing_reporter("https://system.example", held, store_without_cvr())
        caller = client.add_signing_reporter("https://system.example", held, store)
        with pytest.raises(SessionError) as caught:
            caller.token()
        assert "the card was taken out" in caught.value.text
        silent = ClientIdentity.detached(store.chain, store.context())
        with pytest.raises(ValueError, match="neither a key nor a signer"):
            client.add_signing_reporter("https://system.example", silent, store)


def store_without_cvr() -> ClientIdentity:
    made = object.__new__(ClientIdentity)
    store = identity()
    made._chain = type(store.chain).as_given([store.chain.certificates()[-1]])
    return made


def test_nothing_shows_a_secret() -> None:
    refused = answered(500, {"beskrivelse": "Der er sket en fejl"})
    with connect(Fake(lambda _: refused)) as client:
        held = identity()
        caller = client.add_reporter("client", SECRET, held)
        given = caller.token()
        with pytest.raises(PortalError) as caught:
            caller.doedsbo.add_krav(BO, KRAV)
        error = caught.value
        assert error.__context__ is None
        assert error.__cause__ is None
        seen = [str(error), repr(error), repr(vars(error)), pickle.dumps(error).decode("latin-1")]
        trace = traceback.TracebackException.from_exception(error, capture_locals=True)
        seen += list(trace.format())
        for one in (client, caller, caller.doedsbo, held, given, client._pump, client._pump.lines):
            seen += [repr(one), str(one), repr(getattr(one, "__dict__", {}))]
            with pytest.raises(TypeError):
                pickle.dumps(one)
        for one in (client, caller, held):
            for way in (copy.copy, copy.deepcopy):
                with pytest.raises(TypeError):
                    way(one)
        for text in seen:
            assert SECRET not in text
            assert TOKEN not in text
            assert "PRIVATE KEY" not in text


def test_answers_and_exceptions_show_no_body() -> None:
    assert TOKEN not in repr(token())

"""A real Keycloak as the STS, over mutual TLS. `cargo xtask test keycloak-python` starts it. A stock one wants
the client id as the issuer of an assertion, and its own issuer as the audience.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable
from typing import Any, Callable

import pytest
from skifteportal import AccessTokenClaims, Auth, PortalEnvironment, PortalError
from skifteportal.testing import Sandbox

from .driver import WAYS, Way, do

pytestmark = pytest.mark.keycloak

_VARIABLE = "SKIFTEPORTAL_KEYCLOAK"


@pytest.fixture(scope="module")
def world() -> Sandbox:
    settings = os.environ.get(_VARIABLE)
    assert settings, (
        f"{_VARIABLE} names no running Keycloak; `cargo xtask test keycloak-python` starts one"
    )
    return Sandbox.at(settings)


def told(
    way: Way, world: Sandbox, story: Callable[[Any], Awaitable[None]], audience: str | None = None
) -> None:
    """Tells a story of a client of that server."""
    url = world.setting("/environment/sysauth")
    audience = world.setting("/environment/audience") if audience is None else audience
    environment = PortalEnvironment.custom(url, url, url).with_audience(audience)

    async def run() -> None:
        if way.awaited:
            async with world.async_client(
                environment=environment, transports=way.transports
            ) as awaited:
                await story(awaited)
        else:
            with world.client(environment=environment, transports=way.transports) as waiting:
                await story(waiting)

    asyncio.run(run())


async def claims(caller: Any) -> AccessTokenClaims:
    return Auth().access_token_claims((await do(caller.token())).access_token())


@pytest.mark.parametrize("way", WAYS, ids=repr)
def test_variant_a(way: Way, world: Sandbox) -> None:
    async def story(client: Any) -> None:
        party, identity = world.reporter, world.reporter.identity()
        caller = await do(client.add_reporter(party.client_id, party.client_secret, identity))
        told = await claims(caller)
        assert told.authorized_party == party.client_id
        # The server binds the token to the certificate that it saw.
        assert told.certificate_thumbprint == identity.certificate.x5t_s256()

    told(way, world, story)


@pytest.mark.parametrize("way", WAYS, ids=repr)
def test_variant_b(way: Way, world: Sandbox) -> None:
    async def story(client: Any) -> None:
        party, identity = world.api_user, world.api_user.identity()
        reporter = world.reporter.identity()
        caller = await do(client.add_signing_reporter(party.client_id, reporter, identity))
        told = await claims(caller)
        assert told.authorized_party == party.client_id
        assert told.certificate_thumbprint == identity.certificate.x5t_s256()

    told(way, world, story)


@pytest.mark.parametrize("way", WAYS, ids=repr)
def test_a_wrong_secret_is_told_apart(way: Way, world: Sandbox) -> None:
    async def story(client: Any) -> None:
        party = world.reporter
        caller = await do(client.add_reporter(party.client_id, "mistyped", party.identity()))
        with pytest.raises(PortalError) as caught:
            await do(caller.token())
        assert caught.value.code == "unauthorized_client"
        assert caught.value.refusal.status == 401

    told(way, world, story)


@pytest.mark.parametrize("way", WAYS, ids=repr)
def test_an_assertion_for_another_audience_is_refused(way: Way, world: Sandbox) -> None:
    async def story(client: Any) -> None:
        party, reporter = world.api_user, world.reporter.identity()
        caller = await do(client.add_signing_reporter(party.client_id, reporter, party.identity()))
        with pytest.raises(PortalError) as caught:
            await do(caller.token())
        assert caught.value.code == "invalid_client"

    told(way, world, story, "https://elsewhere.example")

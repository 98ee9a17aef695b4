"""How a reporter gets its tokens: by a secret, or by an assertion that its key signs."""

from __future__ import annotations

from dataclasses import dataclass, field

from skifteportal._identity import ClientIdentity, Signer
from skifteportal._model import AssertionSettings
from skifteportal._native import Credentials, Defaults

__all__ = ["Login"]


@dataclass(frozen=True)
class Login:
    """Credentials, what the connections for tokens present, and who signs where they hold no key."""

    credentials: Credentials
    identity: ClientIdentity
    signer: Signer | None = field(default=None, repr=False)

    @classmethod
    def by_secret(
        cls, client_id: str, client_secret: str, identity: ClientIdentity, scope: str | None
    ) -> Login:
        """Variant A: over the reporter's certificate."""
        held = Credentials.client_secret(client_id, client_secret, identity.thumbprint, scope)
        return cls(held, identity)

    @classmethod
    def by_assertion(
        cls,
        issuer: str,
        identity: ClientIdentity,
        api_user: ClientIdentity,
        settings: AssertionSettings | None,
        scope: str | None,
    ) -> Login:
        """Variant B: signed by the reporter's key, over the API user's certificate."""
        if settings is None:
            subject = api_user.certificate.cvr()
            if subject is None:
                raise ValueError("the API user's certificate has no CVR number")
            settings = Defaults().assertion(issuer, subject)
        chain, connects = identity.chain, api_user.thumbprint
        if identity.key is not None:
            held = Credentials.private_key(settings, chain, identity.key, connects, scope)
            return cls(held, api_user)
        if identity.signer is None:
            raise ValueError(
                "the identity has neither a key nor a signer, so nothing can be signed"
            )
        held = Credentials.detached(settings, chain, connects, scope)
        return cls(held, api_user, identity.signer)

"""Who connects and signs: a certificate with its key."""

from __future__ import annotations

import contextlib
import os
import secrets
import ssl
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Callable, NoReturn, Union

from skifteportal._model import CertificateThumbprint
from skifteportal._native import Certificate, Certificates, Chain, Defaults, KeyStore, PrivateKey

__all__ = ["ClientIdentity", "Signer", "tls_context"]

Signer = Callable[[bytes], bytes]
"""Signs bytes, which are not a hash, by RSASSA-PKCS1-v1_5 with SHA-256, with a key that it keeps."""

_File = Union[bytes, str, "os.PathLike[str]"]


def _octets(file: _File) -> bytes:
    return file if isinstance(file, bytes) else Path(file).read_bytes()


class ClientIdentity:
    """A certificate with its chain and its key: what a connection presents, and what signs assertions."""

    __slots__ = ("_chain", "_context", "_key", "_signer")

    def __init__(self, store: KeyStore) -> None:
        """Out of a key store that the library has read."""
        self._chain = store.chain()
        self._key: PrivateKey | None = store.key()
        self._context: ssl.SSLContext | None = None
        self._signer: Signer | None = None

    @classmethod
    def from_p12(cls, file: _File, password: str) -> ClientIdentity:
        """Out of a PKCS#12 file (`.p12`, `.pfx`), by its path or its bytes."""
        return cls(KeyStore.from_pkcs12(_octets(file), password))

    @classmethod
    def from_pem(
        cls, certificates: _File, key: _File, password: str | None = None
    ) -> ClientIdentity:
        """Out of PEM files, by their paths or their bytes: the certificate with its issuers in any order, and
        the key, with the password that it is under if it is. Both may be the same file.
        """
        found = Certificates().all_from_pem(_octets(certificates))
        held = PrivateKey.from_pem(_octets(key), password)
        return cls(KeyStore.from_parts(held, found, Defaults().key_store()))

    @classmethod
    def detached(
        cls, chain: Chain, context: ssl.SSLContext, signer: Signer | None = None
    ) -> ClientIdentity:
        """Of a key that its keeper never gives away, such as one in an HSM: a TLS context of the program's own
        that presents the certificate and trusts the portal's servers, and what signs assertions with the
        key. Variant A needs no signer.
        """
        made = object.__new__(cls)
        made._chain = chain
        made._key = None
        made._context = context
        made._signer = signer
        return made

    @property
    def chain(self) -> Chain:
        """The certificates, the holder's first."""
        return self._chain

    @property
    def certificate(self) -> Certificate:
        """The holder's certificate."""
        return self._chain.leaf()

    @property
    def thumbprint(self) -> CertificateThumbprint:
        """What names the certificate in credentials."""
        return self.certificate.thumbprint()

    @property
    def key(self) -> PrivateKey | None:
        """The key, if it is in memory. Nothing shows it."""
        return self._key

    @property
    def signer(self) -> Signer | None:
        """Who signs in its place."""
        return self._signer

    def context(self, authorities: Sequence[Certificate] | None = None) -> ssl.SSLContext:
        """The TLS of connections that present the certificate. Without authorities they trust those of the
        system. A context of the program's own stays as it is.
        """
        return tls_context(authorities, self) if self._context is None else self._context

    def __repr__(self) -> str:
        """The name in the certificate that the portal knows the holder by."""
        return f"ClientIdentity({self.certificate.subject_serial_number()!r})"

    def __reduce__(self) -> NoReturn:
        """Refuses: a key is not pickled."""
        raise TypeError("a ClientIdentity holds a key and cannot be pickled")


def tls_context(
    authorities: Sequence[Certificate] | None, identity: ClientIdentity | None = None
) -> ssl.SSLContext:
    """The TLS of connections: whom they trust, and what certificate they present."""
    if authorities is not None and not authorities:
        raise ValueError("no authority is trusted, so no connection would be made")
    trusted = None if authorities is None else "".join(one.to_pem() for one in authorities)
    context = ssl.create_default_context(cadata=trusted)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if identity is not None and identity.key is not None:
        # It is worth nothing once the file is gone, and so is the file without it.
        password = secrets.token_hex(32)
        key = identity.key.to_encrypted_pkcs8_pem(password, secrets.token_bytes(32))
        with _file((identity.chain.to_pem() + key).encode()) as path:
            context.load_cert_chain(path, password=password)
    return context


@contextlib.contextmanager
def _file(content: bytes) -> Iterator[str]:
    """A file for the libraries that read nothing else: in memory where there is that, or in a folder that
    nobody else may enter.
    """
    with contextlib.ExitStack() as kept:
        path = _in_memory(content, kept) or _on_disk(content, kept)
        yield path


def _in_memory(content: bytes, kept: contextlib.ExitStack) -> str | None:
    create: Any = getattr(os, "memfd_create", None)
    if create is None:
        return None
    try:
        file = kept.enter_context(os.fdopen(create("skifteportal"), "wb", buffering=0))
        file.write(content)
    except OSError:
        return None
    path = f"/proc/self/fd/{file.fileno()}"
    return path if os.access(path, os.R_OK) else None


def _on_disk(content: bytes, kept: contextlib.ExitStack) -> str:
    folder = kept.enter_context(tempfile.TemporaryDirectory(prefix="skifteportal-"))
    path = os.path.join(folder, "identity.pem")
    # Closed before it is read: Windows opens no file a second time that is open for writing.
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
    return path

"""The sandbox portal for the tests of programs that use the library. With pytest, see
`skifteportal.pytest_plugin`.
"""

from __future__ import annotations

import atexit
import functools
import json
import os
import shutil
import subprocess
import tempfile
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, cast

from skifteportal._async_client import AsyncCaller, AsyncSkifteportalClient
from skifteportal._client import Caller, SkifteportalClient
from skifteportal._identity import ClientIdentity
from skifteportal._model import AdgangsprofilId, CprNummer
from skifteportal._native import Certificate, Certificates, KeyStore, PortalEnvironment

__all__ = ["Party", "Sandbox"]

_VARIABLE = "SKIFTEPORTAL_SANDBOX"
_PROGRAM = "skifteportal-sandbox"


class Party:
    """A company in the sandbox: its certificate, and what the portal knows it by."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        """Use `Sandbox.party`."""
        self._settings = settings

    @property
    def name(self) -> str:
        """Its name."""
        return self._text("name")

    @property
    def cvr(self) -> str:
        """Its CVR number, fictive."""
        return self._text("cvr")

    @property
    def client_id(self) -> str:
        """Its client id in variant A."""
        return self._text("clientId")

    @property
    def client_secret(self) -> str:
        """The secret of that client id."""
        return self._file("clientSecretFile").read_text()

    @property
    def certificate_file(self) -> Path:
        """Its certificate with the private key: a PKCS#12 file."""
        return self._file("certificate")

    @property
    def password(self) -> str:
        """The password of that file."""
        return self._file("passwordFile").read_text()

    def pem_files(self) -> tuple[Path, Path]:
        """The same in PEM: the certificates, and the key."""
        return self._file("pemChain"), self._file("key")

    def key_store(self) -> KeyStore:
        """The file, read."""
        return KeyStore.from_pkcs12(self.certificate_file.read_bytes(), self.password)

    def identity(self) -> ClientIdentity:
        """What its connections present."""
        return ClientIdentity(self.key_store())

    def add_to(self, client: SkifteportalClient) -> Caller:
        """Adds it to a client as a reporter by variant A."""
        return client.add_reporter(self.client_id, self.client_secret, self.identity())

    async def add_to_async(self, client: AsyncSkifteportalClient) -> AsyncCaller:
        """Adds it to a client as a reporter by variant A."""
        return await client.add_reporter(self.client_id, self.client_secret, self.identity())

    def __repr__(self) -> str:
        """Its name."""
        return f"Party({self.name!r})"

    def _text(self, member: str) -> str:
        value = self._settings.get(member)
        if not isinstance(value, str):
            raise LookupError(f"the sandbox's settings have no {member} for this party")
        return value

    def _file(self, member: str) -> Path:
        return Path(self._text(member))


class Sandbox:
    """A sandbox portal on 127.0.0.1, with fictive data and certificates of its own: what there is to configure,
    and the faults that it can be told to make. It needs no network and no agreement with anybody.
    """

    def __init__(
        self,
        settings: Mapping[str, Any],
        process: subprocess.Popen[str] | None = None,
        folder: str | None = None,
    ) -> None:
        """Use `Sandbox.start` or `Sandbox.at`."""
        self._settings = settings
        self._process = process
        self._folder = folder

    @classmethod
    def start(cls) -> Sandbox:
        """Starts one on free ports, and waits until it is ready. The program is what the environment variable
        `SKIFTEPORTAL_SANDBOX` names, or else `skifteportal-sandbox` on the PATH.
        """
        program = os.environ.get(_VARIABLE) or shutil.which(_PROGRAM)
        if program is None:
            raise FileNotFoundError(
                f"there is no sandbox: {_VARIABLE} names no program, and {_PROGRAM} is not on the PATH"
            )
        folder = tempfile.mkdtemp(prefix="skifteportal-sandbox-")
        process = subprocess.Popen(  # noqa: S603
            [program, "--quiet", "--dir", folder], stdout=subprocess.PIPE, text=True
        )
        # Whoever forgets to close it, or is interrupted, leaves no server behind.
        atexit.register(process.kill)
        assert process.stdout is not None  # noqa: S101
        if not any(line.rstrip() == "sandbox ready" for line in process.stdout):
            cls({}, process, folder).close()
            raise RuntimeError("the sandbox ended before it was ready")
        settings = json.loads(Path(folder, "sandbox.json").read_text(encoding="utf-8"))
        return cls(settings, process, folder)

    @classmethod
    def at(cls, settings: str | os.PathLike[str]) -> Sandbox:
        """One that runs already, by its `sandbox.json`."""
        return cls(json.loads(Path(settings).read_text(encoding="utf-8")))

    def value(self, pointer: str) -> Any:
        """A setting by its JSON pointer, such as `/testData/sager`; the sandbox's README lists them."""
        found: Any = self._settings
        for part in pointer.split("/")[1:]:
            try:
                found = found[int(part)] if isinstance(found, list) else found[part]
            except (KeyError, IndexError, TypeError, ValueError):
                raise LookupError(f"the sandbox has no setting {pointer}") from None
        return found

    def setting(self, pointer: str) -> str:
        """The same, where it is a text."""
        found = self.value(pointer)
        if not isinstance(found, str):
            raise LookupError(f"the sandbox's setting {pointer} is no text")
        return found

    def environment(self) -> PortalEnvironment:
        """Its three hosts, with the paths that it made up where the portal's are not public."""
        hosts = [self.setting(f"/environment/{host}") for host in ("sysauth", "auth", "api")]
        environment = PortalEnvironment.custom(*hosts)
        for operation, path in self._settings.get("paths", {}).items():
            environment = environment.with_path(operation, path)
        return environment

    def authorities(self) -> Sequence[Certificate]:
        """The authority behind the certificates of its hosts."""
        return Certificates().all_from_pem(Path(self.setting("/trustAnchors")).read_bytes())

    def client(self, **options: Any) -> SkifteportalClient:
        """A client of its hosts; the options are those of `SkifteportalClient`."""
        if "transports" not in options:
            from skifteportal.httpx import transport  # noqa: PLC0415

            # No proxy leads to this machine.
            options["transports"] = functools.partial(transport, trust_env=False)
        options.setdefault("authorities", self.authorities())
        return SkifteportalClient(options.pop("environment", self.environment()), **options)

    def async_client(self, **options: Any) -> AsyncSkifteportalClient:
        """A client of its hosts for `asyncio`; the options are those of `AsyncSkifteportalClient`."""
        if "transports" not in options:
            from skifteportal.httpx import async_transport  # noqa: PLC0415

            options["transports"] = functools.partial(async_transport, trust_env=False)
        options.setdefault("authorities", self.authorities())
        return AsyncSkifteportalClient(options.pop("environment", self.environment()), **options)

    def party(self, pointer: str) -> Party:
        """Whoever has a certificate, by a JSON pointer such as `/refusedCertificates/expired`."""
        return Party(cast("Mapping[str, Any]", self.value(pointer)))

    @property
    def reporter(self) -> Party:
        """A company that reports through a vendor's system, by the vendor's client id."""
        return self.party("/reporters/0")

    @property
    def other_reporter(self) -> Party:
        """A company with a client id of its own."""
        return self.party("/reporters/1")

    @property
    def api_user(self) -> Party:
        """The vendor whose certificate connects in variant B."""
        return self.party("/apiUser")

    @property
    def likvidator_system(self) -> Party:
        """The certificate that is registered on the likvidator's adgangsprofil."""
        return self.party("/likvidator/system")

    @property
    def adgangsprofil(self) -> AdgangsprofilId:
        """The likvidator's adgangsprofil."""
        return AdgangsprofilId(self.setting("/likvidator/adgangsprofilId"))

    @property
    def cpr_nummer(self) -> CprNummer:
        """The CPR number, fictive, of a dødsbo that takes claims."""
        return CprNummer(self.setting("/testData/cprNummer"))

    def fault(self, rule: Mapping[str, Any]) -> None:
        """Adds a rule by which requests fail, as the sandbox's README describes them."""
        self.control("POST", "/faults", rule)

    def set_clock_offset(self, seconds: int) -> None:
        """Puts the clock of its hosts ahead of this machine's, or behind."""
        self.control("POST", "/clock", {"offsetSeconds": seconds})

    def set_certificate(self, host: str, use: str) -> None:
        """Lets a host (`sysauth`, `auth`, `api`) present another certificate, such as `expired`, or again
        `valid`.
        """
        self.control("POST", "/certificate", {"host": host, "use": use})

    def revoke_tokens(self) -> None:
        """Makes all tokens invalid."""
        self.control("POST", "/revoke-tokens")

    def certify(self, holder: str, request: str) -> str:
        """Certifies a key that its holder keeps: a request (PKCS#10) in PEM goes in, a chain in PEM comes out."""
        return self.control("POST", "/certify", {"holder": holder, "request": request})

    def reset(self) -> None:
        """Goes back to the data, the clock and the certificates of the start."""
        self.control("POST", "/reset")

    def control(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> str:
        """Asks its control endpoint for anything else."""
        request = urllib.request.Request(  # noqa: S310
            self.setting("/environment/control") + path,
            data=None if method == "GET" else json.dumps(body or {}).encode(),
            headers={"Content-Type": "application/json"},
            method=method,
        )
        direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with direct.open(request) as answer:
                return cast(bytes, answer.read()).decode()
        except urllib.error.HTTPError as refused:
            with refused:
                said = refused.read().decode()
        raise RuntimeError(f"the sandbox refused {method} {path}: {said}")

    def close(self) -> None:
        """Ends it and removes its files, if it was started here."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            atexit.unregister(self._process.kill)
            if self._process.stdout is not None:
                self._process.stdout.close()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    def __enter__(self) -> Sandbox:
        """It is ended at the end of the block."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Ends it."""
        self.close()

"""Sends with requests: `pip install skifteportal[requests]`."""

from __future__ import annotations

import ssl
import time
from http.cookiejar import DefaultCookiePolicy
from typing import Any

from skifteportal import _failures
from skifteportal._model import (
    HeaderField,
    TransportFailure,
    TransportFailureBroken,
    TransportFailureConnectFailed,
    TransportFailureConnectTimedOut,
    TransportFailureNotSent,
    TransportFailureTimedOut,
)
from skifteportal._native import HttpRequest
from skifteportal._transport import Answer, Transport, TransportError

try:
    import requests
    import urllib3
    from requests.adapters import HTTPAdapter
except ImportError as missing:
    raise ImportError(
        "requests is not installed: `pip install skifteportal[requests]` brings it; or give the client another"
        " library's transports, such as those of skifteportal.httpx"
    ) from missing

__all__ = ["TlsAdapter", "failure_of", "over", "transport"]

_CHUNK = 1 << 16
_CONNECTIONS = 100


class TlsAdapter(HTTPAdapter):
    """Connects by a TLS context and by nothing else: not by the authorities that requests brings along."""

    def __init__(self, context: ssl.SSLContext) -> None:
        """For an `https://` of a session."""
        self._context = context
        super().__init__(pool_maxsize=_CONNECTIONS)

    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        """Makes the connections of the context."""
        super().init_poolmanager(*args, ssl_context=self._context, **options)  # type: ignore[no-untyped-call]

    def proxy_manager_for(self, proxy: Any, **options: Any) -> Any:
        """Makes the connections through a proxy of the context too."""
        return super().proxy_manager_for(proxy, ssl_context=self._context, **options)  # type: ignore[no-untyped-call]

    def cert_verify(self, conn: Any, url: Any, verify: Any, cert: Any) -> None:
        """Leaves it to the context, whatever the session says: else other authorities would be trusted too."""

    def build_connection_pool_key_attributes(
        self, request: Any, verify: Any, cert: Any = None
    ) -> tuple[Any, Any]:
        """Leaves it to the context here too."""
        return super().build_connection_pool_key_attributes(request, True, None)


def transport(context: ssl.SSLContext, *, trust_env: bool = True) -> Transport:
    """What sends over connections of a TLS context, which are used again. `trust_env` says whether the proxies
    that the environment names are used.
    """
    session = requests.Session()
    session.trust_env = trust_env
    session.mount("https://", TlsAdapter(context))
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    return _Transport(session, owned=True)


def over(session: requests.Session) -> Transport:
    """What sends by the program's own session, with its connections and proxies. It stays open, and its TLS is
    the program's matter. It must not repeat requests by itself.
    """
    for prefix, adapter in session.adapters.items():
        retries = getattr(adapter, "max_retries", None)
        # Without a total the library goes by its other counts.
        if retries is not None and retries.total not in (0, False):
            raise ValueError(
                f"the session repeats requests to {prefix} by itself, and so might file twice"
            )
    return _Transport(session, owned=False)


def failure_of(error: BaseException) -> TransportFailure:
    """What an exception means that requests raised while it sent one request, and before there was an answer
    to it. What is not known counts as broken off: the request may have arrived.
    """
    known = _failures.of_tls(error)
    if known is not None:
        return known
    said = _failures.reason(error)
    if isinstance(error, requests.exceptions.ConnectTimeout):
        return TransportFailureConnectTimedOut()
    if isinstance(error, requests.exceptions.Timeout):
        return TransportFailureTimedOut()
    for one in _failures.causes(error):
        if isinstance(one, urllib3.exceptions.NewConnectionError) or _is_of_tunnel(one):
            return TransportFailureConnectFailed(reason=said)
        if isinstance(one, urllib3.exceptions.ConnectTimeoutError):
            return TransportFailureConnectTimedOut()
        if isinstance(one, urllib3.exceptions.TimeoutError):
            return TransportFailureTimedOut()
    return TransportFailureBroken(reason=said)


def _failure_after(error: BaseException) -> TransportFailure:
    """What an exception means that was raised once there was an answer: never that nothing was sent."""
    for one in _failures.causes(error):
        if isinstance(one, (requests.exceptions.Timeout, urllib3.exceptions.TimeoutError)):
            return TransportFailureTimedOut()
    return TransportFailureBroken(reason=_failures.reason(error))


def _is_of_tunnel(error: BaseException) -> bool:
    """Whether a proxy refused the tunnel. The library's `ProxyError` does not say so: it is made of every
    connection through a proxy that is cut off, after the request too.
    """
    return type(error) is OSError and str(error).startswith("Tunnel connection failed:")


class _Answered:
    """Hears that a request was answered, before anything else is made of the answer."""

    def __init__(self) -> None:
        self.at_all = False

    def __call__(self, response: requests.Response, *_: Any, **__: Any) -> None:
        self.at_all = True
        # Of a redirect that is not to be followed requests reads all of the body and looks where it leads,
        # which may be nowhere. The header stays among those of the answer.
        response.headers.pop("location", None)


def _made(request: HttpRequest, answered: _Answered) -> requests.PreparedRequest:
    try:
        return requests.Request(
            request.method_name(),
            request.url(),
            headers={field.name: field.value for field in request.headers()},
            data=request.body() or None,
            hooks={"response": answered},
        ).prepare()
    except (requests.RequestException, ValueError) as error:
        failure = TransportFailureNotSent(reason=_failures.reason(error))
    raise TransportError(failure)


def _is_of(error: BaseException, made: requests.PreparedRequest) -> bool:
    """Whether an exception may be of this request: not if it is of one that the program's own session or
    adapter made meanwhile.
    """
    return getattr(error, "request", None) in (None, made)


class _Transport:
    def __init__(self, session: requests.Session, *, owned: bool) -> None:
        self._session = session
        self._owned = owned

    def send(self, request: HttpRequest, timeout: float, limit: int) -> Answer:
        over = time.monotonic() + timeout
        answered = _Answered()
        made = _made(request, answered)
        try:
            # It is sent as it is. Half of the time is for the connection.
            response = self._session.send(
                made, stream=True, timeout=(timeout / 2, timeout), allow_redirects=False
            )
            try:
                body = bytearray()
                for part in response.iter_content(_CHUNK):
                    body += part
                    if len(body) > limit:
                        break
                    if time.monotonic() > over:
                        raise TransportError(TransportFailureTimedOut())
            finally:
                response.close()
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
            before = not answered.at_all and _is_of(error, made)
            failure = failure_of(error) if before else _failure_after(error)
        else:
            headers = [
                HeaderField(name=name, value=value) for name, value in response.raw.headers.items()
            ]
            return Answer(response.status_code, headers, body)
        raise TransportError(failure)

    def close(self) -> None:
        if self._owned:
            self._session.close()

"""The Danish courts' portal for estates and companies under compulsory dissolution: file claims, read cases.

Begin with `ClientIdentity.from_p12` and `SkifteportalClient`, or `AsyncSkifteportalClient` for `asyncio`; what is
called is in their callers' `doedsbo`, `tvangsoploesning`, `dokumentlager`, `sagslager` and `henvendelser`. Claims are
`Krav` and `TvangKrav`. `Pdf().check` tells what the portal would refuse in a file. All that is raised is a
`SkifteportalError`, but for arguments of a wrong type and calls of a client that was closed.

The core speaks the portal's language and decides what is sent; how it is sent is this package's part.
"""

from __future__ import annotations

from skifteportal import _failure, _model, _native, _transport
from skifteportal._async_client import AsyncCaller, AsyncSkifteportalClient
from skifteportal._caller import Call
from skifteportal._client import Caller, SkifteportalClient
from skifteportal._clock import Clock
from skifteportal._failure import *  # noqa: F403
from skifteportal._identity import ClientIdentity, Signer
from skifteportal._lines import ClientClosed
from skifteportal._model import *  # noqa: F403
from skifteportal._native import *  # noqa: F403
from skifteportal._record import Payload, Record
from skifteportal._scalar import Id
from skifteportal._transport import *  # noqa: F403

__all__ = [
    "AsyncCaller",
    "AsyncSkifteportalClient",
    "Call",
    "Caller",
    "ClientClosed",
    "ClientIdentity",
    "Clock",
    "Id",
    "Payload",
    "Record",
    "Signer",
    "SkifteportalClient",
]
__all__ += _failure.__all__
__all__ += _model.__all__
__all__ += _native.__all__
__all__ += _transport.__all__

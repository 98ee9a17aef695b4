"""The Danish courts' portal for estates and companies under compulsory dissolution: file claims, read cases.

The core speaks the portal's language and decides what is sent; how it is sent is this package's part.
"""

from __future__ import annotations

from skifteportal import _failure, _model, _native
from skifteportal._failure import *  # noqa: F403
from skifteportal._model import *  # noqa: F403
from skifteportal._native import *  # noqa: F403
from skifteportal._record import Payload, Record
from skifteportal._scalar import Id

__all__ = ["Id", "Payload", "Record"]
__all__ += _failure.__all__
__all__ += _model.__all__
__all__ += _native.__all__

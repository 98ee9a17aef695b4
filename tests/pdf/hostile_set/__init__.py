"""The set of hostile PDFs, by area."""

from __future__ import annotations

from types import ModuleType
from typing import Dict

from . import actions, encrypted, javascript, links, outside, packed, spelling, tables, updates

AREAS: Dict[str, ModuleType] = {module.AREA: module for module in (javascript, spelling, packed, updates, tables, outside, encrypted, actions, links)}

"""The set of hostile PDFs, by area."""

from __future__ import annotations

from types import ModuleType

from . import (
    actions,
    embedded,
    encrypted,
    honest,
    javascript,
    limits,
    links,
    media,
    outside,
    packed,
    spelling,
    structure,
    tables,
    traps,
    updates,
)

AREAS: dict[str, ModuleType] = {
    module.AREA: module
    for module in (
        javascript,
        spelling,
        structure,
        packed,
        updates,
        tables,
        outside,
        encrypted,
        actions,
        links,
        embedded,
        media,
        limits,
        traps,
        honest,
    )
}

"""The set of hostile PDFs, by area."""

from __future__ import annotations

from types import ModuleType

from . import (
    actions,
    bombs,
    covers,
    doubles,
    embedded,
    encrypted,
    filters,
    honest,
    javascript,
    lengths,
    limits,
    links,
    media,
    outside,
    packed,
    rows,
    spelling,
    structure,
    tables,
    traps,
    updates,
    xfa,
)

AREAS: dict[str, ModuleType] = {
    module.AREA: module
    for module in (
        javascript,
        xfa,
        spelling,
        structure,
        doubles,
        packed,
        filters,
        updates,
        tables,
        rows,
        lengths,
        outside,
        encrypted,
        actions,
        links,
        covers,
        embedded,
        media,
        limits,
        bombs,
        traps,
        honest,
    )
}

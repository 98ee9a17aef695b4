"""Gives tests a sandbox portal: a test that has a parameter `skifteportal_sandbox` gets one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    # What a plugin imports before the tests begin, their coverage does not count.
    from skifteportal.testing import Sandbox

__all__ = ["skifteportal_sandbox", "skifteportal_sandbox_process"]


@pytest.fixture(scope="session")
def skifteportal_sandbox_process() -> Iterator[Sandbox]:
    """The one sandbox of a run, which is started for the first test that wants it."""
    from skifteportal.testing import Sandbox  # noqa: PLC0415

    with Sandbox.start() as sandbox:
        yield sandbox


@pytest.fixture
def skifteportal_sandbox(skifteportal_sandbox_process: Sandbox) -> Sandbox:
    """The sandbox, put back to its start before the test."""
    skifteportal_sandbox_process.reset()
    return skifteportal_sandbox_process

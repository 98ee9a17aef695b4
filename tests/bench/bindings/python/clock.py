"""Times and memory, as clock.rs takes them; figure.rs says what is printed."""

from __future__ import annotations

import gc
import json
import math
from collections.abc import Callable
from pathlib import Path
from time import perf_counter_ns

SAMPLES = 101
FEWEST = 15
SAMPLE = 2e6


class Clock:
    """Measures for so many seconds, half of which warm up."""

    def __init__(self, seconds: float) -> None:
        self.half = seconds / 2 * 1e9

    def ours(self, row: str, call: Callable[[], object]) -> None:
        """The library's own figure."""
        self._tell({"row": row, "who": "Python"}, call)

    def peer(self, row: str, name: str, call: Callable[[], object]) -> None:
        """That of something that it is compared with."""
        self._tell({"row": row, "who": "Python", "peer": name}, call)

    def _tell(self, figure: dict[str, object], call: Callable[[], object]) -> None:
        once = self._warm(call)
        calls = max(1, math.ceil(SAMPLE / once))
        samples = int(max(FEWEST, min(SAMPLES, self.half / (once * calls))))
        taken = []
        for _ in range(samples):
            start = perf_counter_ns()
            for _ in range(calls):
                call()
            taken.append((perf_counter_ns() - start) / calls)
        taken.sort()
        for name, hundredths in (("ns", 50), ("low", 5), ("high", 95)):
            figure[name] = taken[(samples - 1) * hundredths // 100]
        print(json.dumps({**figure, "samples": samples, "calls": calls}), flush=True)

    def _warm(self, call: Callable[[], object]) -> float:
        begun, warm = perf_counter_ns(), 0
        while warm < 3 or perf_counter_ns() - begun < self.half:
            call()
            warm += 1
        return max(1.0, (perf_counter_ns() - begun) / warm)


def memory(row: str, call: Callable[[], object], peer: str | None = None) -> None:
    """By how much the process's memory rises while something runs."""
    gc.collect()
    try:
        # The kernel's own way of setting the high-water mark back.
        Path("/proc/self/clear_refs").write_text("5")
    except OSError:
        return
    before = _high_water()
    kept = call()
    figure = {"row": row, "who": "Python", "bytes": max(0, _high_water() - before)}
    del kept
    print(json.dumps(figure if peer is None else {**figure, "peer": peer}), flush=True)


def _high_water() -> int:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) * 1024

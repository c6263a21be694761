"""What the processes of a pool are given to do, instead of letters."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING

from lettergen.render.pdf.patience import patience

if TYPE_CHECKING:
    from collections.abc import Sequence

DEADLY, DEAF, UNLUCKY = 13, 29, 41


def nothing() -> None:
    """What a process does first."""


def doubled(folder: str, numbers: Sequence[int]) -> list[int]:
    """Twice each number; one of them ends its process, one hears nothing, one costs a process but once."""
    return [_doubled(Path(folder), number) for number in numbers]


def _doubled(folder: Path, number: int) -> int:
    once = folder / "once"
    if number == DEADLY or (number == UNLUCKY and not once.exists()):
        if number == UNLUCKY:
            once.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    with patience(0.1, last=0.4):
        if number == DEAF:
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGPROF})
            time.sleep(60)
    return 2 * number

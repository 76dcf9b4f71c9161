"""From the queue to a case and back."""

from __future__ import annotations

from benchmarks.bench import Bench
from benchmarks.figures import NO_BAR, Bar, Figure, Sample, compare, figures
from benchmarks.moving import DOWN
from benchmarks.program import Program

_ENTER, _ESC = b"\r", b"\x1b"
_TIMES = 6


def measure(bench: Bench) -> list[Figure]:
    """Enter beside one line down in the same program; Esc beside Textual's own.

    Esc is how other keys begin, too: a program can tell it from them only by waiting for what follows.
    """
    return [
        *figures(
            "Enter on a case, until all of it is shown",
            "one line down",
            [_open(bench.tuitrack()) for _ in range(bench.rounds)],
            {"last byte, ms": Bar(8), "processor time, ms": NO_BAR},
        ),
        *compare(
            "Esc back",
            "Esc in a stock Textual app with a dialog",
            lambda: _leave(bench.tuitrack(), _ENTER),
            lambda: _leave(bench.yardstick("dialog"), b"g"),
            bench.rounds,
            {"first byte, ms": NO_BAR, "last byte, ms": Bar(0.4)},
        ),
    ]


def _open(program: Program) -> tuple[Sample, Sample]:
    taken: dict[bytes, dict[str, list[float]]] = {
        key: {"last byte, ms": [], "processor time, ms": []} for key in (_ENTER, DOWN)
    }
    with program:
        program.start()
        for _ in range(_TIMES):
            for key, sample in reversed(taken.items()):
                before = program.cpu_ms()
                sample["last byte, ms"].append(program.press(key, "Timeline" if key == _ENTER else "").last_ms)
                sample["processor time, ms"].append(program.cpu_ms() - before)
            program.press(_ESC)
    return taken[_ENTER], taken[DOWN]


def _leave(program: Program, enter: bytes) -> Sample:
    with program:
        program.start()
        answers = []
        for _ in range(_TIMES):
            program.press(enter)
            answers.append(program.press(_ESC))
        return {
            "first byte, ms": [answer.first_ms for answer in answers],
            "last byte, ms": [answer.last_ms for answer in answers],
        }

"""What a run tells while it runs: lines for people, and the curves as CSV and PNG."""

from __future__ import annotations

import csv
import sys
import time
from pathlib import Path
from typing import TextIO

from ml.artist.train.clock import Clock

_EVERY = 5.0  # seconds between two lines of the same part
_SMOOTH = 0.9


def say(line: str) -> None:
    """One line on standard output, at once: a command may run for an hour into a file."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


class Journal:
    """The curves of a run, appended to as it learns."""

    def __init__(self, path: Path, clock: Clock, stream: TextIO | None = None) -> None:
        self._path = path
        self._clock = clock
        self._stream = stream or sys.stderr
        self._said: dict[str, float] = {}
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            self._append("part", "step", "seconds", "figure", "value")

    def say(self, text: str) -> None:
        """One line for the person who waits."""
        print(f"[{self._clock.elapsed():7.1f} s] {text}", file=self._stream, flush=True)

    def log(self, part: str, step: int, done: float, figures: dict[str, float]) -> None:
        """The figures of a step."""
        seconds = f"{self._clock.elapsed():.2f}"
        with self._path.open("a", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([part, step, seconds, name, f"{value:.6g}"] for name, value in figures.items())
        now = time.monotonic()
        if now - self._said.get(part, 0.0) >= _EVERY:
            self._said[part] = now
            told = ", ".join(f"{name} {value:.4g}" for name, value in figures.items())
            self.say(f"{part} {done:4.0%}, step {step}: {told}")

    def _append(self, *cells: str) -> None:
        with self._path.open("a", encoding="utf-8", newline="") as file:
            csv.writer(file).writerow(cells)


def read(path: Path) -> dict[str, list[tuple[int, float, float]]]:
    """The losses of each part: step, seconds, loss."""
    curves: dict[str, list[tuple[int, float, float]]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["figure"] == "loss":
                curves.setdefault(row["part"], []).append(
                    (int(row["step"]), float(row["seconds"]), float(row["value"]))
                )
    return curves


def plot(source: Path, path: Path) -> None:
    """Draw the loss of each part over the minutes."""
    import matplotlib as mpl
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    curves = read(source)
    with mpl.rc_context({"font.size": 9}):
        figure = Figure(figsize=(4 * max(1, len(curves)), 3), layout="constrained")
        FigureCanvasAgg(figure)
        for number, (part, points) in enumerate(curves.items(), 1):
            axes = figure.add_subplot(1, len(curves), number)
            minutes, losses = [seconds / 60 for _, seconds, _ in points], [loss for _, _, loss in points]
            axes.plot(minutes, losses, linewidth=0.5, alpha=0.4)
            axes.plot(minutes, _smooth(losses), linewidth=1.2)
            axes.set(title=part, xlabel="minutes", ylabel="loss", yscale="log")
        figure.savefig(path, dpi=130)


def _smooth(values: list[float]) -> list[float]:
    level, smoothed = values[0], []
    for value in values:
        level = _SMOOTH * level + (1 - _SMOOTH) * value
        smoothed.append(level)
    return smoothed

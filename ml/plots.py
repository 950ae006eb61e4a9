"""The pictures of an evaluation, as PNG. Drawn without pyplot, so that no global figure or backend is touched."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from matplotlib.figure import Figure

from ml.metrics import Bins

_INK, _ACCENT, _GRID = "#22252b", "#2f7fb8", "#d9dbe0"


def calibration(bins: Bins, path: Path) -> None:
    """Observed success against predicted, with the line on which a perfect model lies."""
    figure = Figure(figsize=(5, 5), layout="constrained")
    axes = figure.subplots()
    axes.plot([0, 1], [0, 1], color=_GRID, linewidth=1.5)
    axes.plot(bins.predicted, bins.observed, color=_ACCENT, marker="o", markersize=5)
    axes.set(xlim=(0, 1), ylim=(0, 1), aspect="equal", xlabel="predicted success", ylabel="observed success")
    axes.set_title(f"Calibration on the holdout (ECE {bins.ece:.4f})", color=_INK)
    _save(figure, path)


def importance(shares: Mapping[str, float], path: Path) -> None:
    """How much each feature contributes to the trees' gain, as shares that sum to 1."""
    ordered = sorted(shares.items(), key=lambda item: item[1])
    figure = Figure(figsize=(6.5, 3.6), layout="constrained")
    axes = figure.subplots()
    bars = axes.barh([name for name, _ in ordered], [share for _, share in ordered], color=_ACCENT)
    axes.bar_label(bars, fmt="{:.0%}", padding=3, color=_INK)
    axes.set_xlim(0, 1.12 * max(shares.values()))
    axes.xaxis.set_visible(False)
    axes.spines[["top", "right", "bottom"]].set_visible(False)
    axes.set_title("What the model listens to (share of gain)", color=_INK)
    _save(figure, path)


def regret(by_size: Mapping[str, float], k: int, path: Path) -> None:
    """Regret of the first ``k`` against the number of weapons that they are picked from."""
    figure = Figure(figsize=(6.5, 3.6), layout="constrained")
    axes = figure.subplots()
    axes.plot([int(size) for size in by_size], list(by_size.values()), color=_ACCENT, marker="o", markersize=5)
    axes.set(xscale="log", xlabel="weapons in the catalogue", ylabel=f"regret@{k}")
    axes.set_ylim(0, 1.2 * max(by_size.values()) or 1.0)
    axes.grid(color=_GRID)
    axes.set_title("True success given away against the best list", color=_INK)
    _save(figure, path)


def _save(figure: Any, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=110, metadata={"Software": None})  # no version string: equal pictures, equal bytes

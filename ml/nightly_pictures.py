"""The pictures of the nightly report, as PNG. Drawn without pyplot, as in ``ml.plots``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from ml.drift import Calibration, Shift
from ml.offpolicy import LOGGED, Value

_INK, _FAINT, _GRID = "#22252b", "#6b7078", "#d9dbe0"
_BLUE, _AMBER, _RED = "#2f7fb8", "#c98a1b", "#b8352f"
_LEVELS = {"none": _BLUE, "moderate": _AMBER, "large": _RED}
_METHODS = (("dr", "DR"), ("snips", "SNIPS"), ("ips", "IPS"))


def estimates(values: Mapping[str, Value], settled: int, path: Path) -> None:
    """A forest plot: every policy's success rate by every method, with its 95 % interval, beside what was observed."""
    rows = [
        (name, label, estimate)
        for name, value in values.items()
        for method, label in (_METHODS if name != LOGGED else (("ips", "observed"),))
        if (estimate := getattr(value, method)) is not None
    ]
    figure = Figure(figsize=(7.5, 1.6 + 0.36 * len(rows)), layout="constrained")
    axes = figure.subplots()
    heights, labels, height, before = [], [], 0.0, rows[0][0]
    for name, label, estimate in rows:
        height += 1.0 if name == before else 1.7
        before = name
        color = _FAINT if name == LOGGED else _BLUE
        reach = [[estimate.value - estimate.low], [estimate.high - estimate.value]]
        axes.errorbar(estimate.value, height, xerr=reach, fmt="o", color=color, markersize=6, capsize=3, linewidth=1.6)
        heights.append(height)
        labels.append(f"{'the log' if name == LOGGED else name} · {label}")
    axes.axvline(values[LOGGED].ips.value, color=_FAINT, linewidth=1, linestyle=(0, (4, 3)), zorder=0)
    axes.set_yticks(heights, labels)
    axes.invert_yaxis()
    axes.grid(axis="x", color=_GRID, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.set_xlabel("success rate of battles (95 % interval)")
    _finish(figure, axes, f"What each ranking's lists would have been worth ({settled:,} settled places)", path)


def shifts(found: Sequence[Shift], path: Path) -> None:
    """PSI of every column as a bar, with what is expected by chance and from where on it is an alert."""
    ordered = list(reversed(found))
    at = np.arange(len(ordered))
    figure = Figure(figsize=(7.5, 1.6 + 0.36 * len(ordered)), layout="constrained")
    axes = figure.subplots()
    axes.barh(at, [each.psi for each in ordered], height=0.62, color=[_LEVELS[each.level] for each in ordered])
    for values, style, label in (
        ([each.psi_noise for each in ordered], (0, (1, 1.5)), "expected by chance"),
        ([each.psi_limit for each in ordered], "-", "alert"),
    ):
        axes.vlines(values, at - 0.42, at + 0.42, color=_INK, linestyle=style, linewidth=1.6, label=label)
    far = [each.name for each in ordered if each.level != "none" and each.psi < each.psi_limit]
    names = [each.name.replace("_", " ") + (" (Wasserstein)" if each.name in far else "") for each in ordered]
    axes.set_yticks(at, names)
    axes.set_xlim(0, 1.25 * max(max(each.psi, each.psi_limit) for each in ordered))
    axes.grid(axis="x", color=_GRID, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.set_xlabel("population stability index")
    figure.legend(frameon=False, loc="outside lower right", ncols=2, labelcolor=_INK)
    _finish(figure, axes, "How far the latest battles are from what the model learned", path)


def settled_outcomes(found: Calibration, path: Path) -> None:
    """Observed success of what was recommended against predicted, and the band in which chance leaves a model that is right."""
    predicted, observed, reach, rows = (np.array(column, np.float64) for column in zip(*found.bins, strict=True))
    figure = Figure(figsize=(5.4, 5.4), layout="constrained")
    axes = figure.subplots()
    low = max(0.0, min((predicted - reach).min(), observed.min()) - 0.05)
    high = min(1.0, max((predicted + reach).max(), observed.max()) + 0.05)
    axes.plot([0, 1], [0, 1], color=_GRID, linewidth=1.5, zorder=0)
    axes.errorbar(
        predicted, predicted, yerr=reach, fmt="none", ecolor=_GRID, elinewidth=9, zorder=1, label="chance, 95 %"
    )
    axes.scatter(predicted, observed, s=18 + 90 * rows / rows.max(), color=_BLUE, zorder=3, label="observed")
    axes.set(xlim=(low, high), ylim=(low, high), aspect="equal", xlabel="predicted success", ylabel="won")
    axes.legend(frameon=False, loc="upper left", labelcolor=_INK)
    _finish(figure, axes, f"Did the scores come true? (ECE {found.ece:.3f})", path)


def _finish(figure: Figure, axes: Any, title: str, path: Path) -> None:
    axes.spines[["top", "right"]].set_visible(False)
    axes.tick_params(colors=_INK)
    axes.set_title(title, color=_INK, loc="left", fontsize=11)
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=110, metadata={"Software": None})  # no version string: equal pictures, equal bytes

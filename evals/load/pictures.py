"""Pictures of a load, as SVG. Drawn without pyplot, so that no global figure or backend is touched."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

from evals.load.crowd import Heard
from evals.load.faults import KILL, Fault

_INK, _ACCENT, _GRID = "#22252b", "#2f7fb8", "#d9dbe0"
_KILL, _CRASH = "#c2410c", "#7c3aed"


def latency(heard: Sequence[Heard]) -> bytes:
    """How many reports took how long."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(7, 3), layout="constrained")
    axes = figure.subplots()
    times = sorted(each.ms for each in heard)
    most = times[int(0.999 * (len(times) - 1))]
    axes.hist([min(ms, most) for ms in times], bins=80, color=_ACCENT)
    axes.set(xlabel="milliseconds (the slowest thousandth is in the last bar)", ylabel="reports")
    axes.spines[["top", "right"]].set_visible(False)
    axes.set_title("How long a report took, without faults", color=_INK)
    return _svg(figure)


def throughput(heard: Sequence[Heard], faults: Sequence[Fault]) -> bytes:
    """Acknowledged reports in each second, and when something was broken."""
    from matplotlib.figure import Figure

    start = min(each.at for each in heard)
    seconds = [each.at - start for each in heard if each.status == 200]
    figure = Figure(figsize=(9, 3.2), layout="constrained")
    axes = figure.subplots()
    axes.hist(seconds, bins=range(int(max(seconds)) + 2), histtype="stepfilled", color=_ACCENT)
    shown: set[str] = set()
    for fault in faults:
        color = _KILL if fault.what == KILL else _CRASH
        axes.axvline(fault.at - start, color=color, linewidth=1.2, label=None if fault.what in shown else fault.what)
        shown.add(fault.what)
    axes.set(xlabel="seconds", ylabel="acknowledged per second")
    axes.spines[["top", "right"]].set_visible(False)
    if shown:
        axes.legend(frameon=False, loc="upper right")
    axes.set_title("Reports acknowledged while the API was killed and PostgreSQL stopped", color=_INK)
    return _svg(figure)


def regret_by_night(curves: Mapping[str, Sequence[float]], k: int) -> bytes:
    """The champion's regret after each night, a line a shop."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(7, 3.4), layout="constrained")
    axes = figure.subplots()
    for (name, regrets), color in zip(curves.items(), (_ACCENT, _KILL), strict=False):
        axes.plot(range(len(regrets)), regrets, marker="o", color=color, label=name)
    axes.set(xlabel="night (0: before the first day)", ylabel=f"regret@{k}", ylim=(0, None))
    axes.set_xticks(range(max(map(len, curves.values()))))
    axes.grid(axis="y", color=_GRID)
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False)
    axes.set_title("What the champion's lists give away against the best possible ones", color=_INK)
    return _svg(figure)


def swaps(seconds: Sequence[float], poll_s: float) -> bytes:
    """How long after the alias had moved the other model gave its first answer, exchange by exchange."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(9, 3), layout="constrained")
    axes = figure.subplots()
    axes.bar(range(1, len(seconds) + 1), seconds, width=0.9, color=_ACCENT)
    axes.axhline(poll_s, color=_KILL, linewidth=1.2, label="time between two looks")
    axes.set(xlabel="exchange", ylabel="seconds")
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False, loc="upper right")
    axes.set_title("From the alias to the first answer of the other model", color=_INK)
    return _svg(figure)


def _svg(figure: object) -> bytes:
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    assert isinstance(figure, Figure)
    picture = io.BytesIO()
    with rc_context(
        {"svg.hashsalt": "hashiramart", "svg.fonttype": "none"}
    ):  # equal pictures, equal bytes; words as words
        figure.savefig(picture, format="svg", metadata={"Date": None, "Creator": None})
    return picture.getvalue()

"""The picture of ``hashira bench recommend``, as SVG. Drawn without pyplot, so that no global figure or backend is touched."""

from __future__ import annotations

import io
from collections.abc import Mapping

_INK, _ACCENT, _GREY, _GRID = "#22252b", "#2f7fb8", "#8a8f99", "#d9dbe0"


def cost_by_size(curve: Mapping[int, tuple[float, float]]) -> bytes:
    """Median milliseconds by catalogue size.

    Args:
        curve: by number of weapons: ours, and the specification's way.
    """
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    sizes = list(curve)
    figure = Figure(figsize=(7, 3.6), layout="constrained")
    axes = figure.subplots()
    lines = (("dicts, DataFrame, predict_proba, sorted", 1, _GREY), ("distinct feature rows, best first", 0, _ACCENT))
    for name, which, color in lines:
        times = [curve[size][which] for size in sizes]
        axes.plot(sizes, times, color=color, marker="o", label=name)
        for size, ms in zip(sizes, times, strict=True):
            axes.annotate(
                f"{ms:,.0f}" if ms >= 100 else f"{ms:.2g}",
                (size, ms),
                xytext=(0, 6),
                textcoords="offset points",
                ha="center",
                fontsize=8,
            )
    axes.set(xscale="log", yscale="log", xlabel="weapons in the catalogue", ylabel="milliseconds (median)")
    axes.margins(y=0.12)
    axes.grid(color=_GRID, linewidth=0.6)
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False, loc="upper left")
    axes.set_title("Ranking a catalogue for one slayer", color=_INK)
    picture = io.BytesIO()
    with rc_context({"svg.hashsalt": "hashiramart", "svg.fonttype": "none"}):  # equal pictures, equal bytes
        figure.savefig(picture, format="svg", metadata={"Date": None, "Creator": None})
    return picture.getvalue()

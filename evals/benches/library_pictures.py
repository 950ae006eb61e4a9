"""The pictures of ``hashira bench ingest`` and ``retrieve``, as SVG. Drawn without pyplot, so that nothing global is touched."""

from __future__ import annotations

import io
from collections.abc import Mapping

_INK, _GREY, _GRID = "#22252b", "#8a8f99", "#d9dbe0"
_COLORS = ("#2f7fb8", "#8a8f99", "#c2410c")


def growth(
    curves: Mapping[str, Mapping[int, float]], *, title: str, axis: str, level: tuple[str, float] | None = None
) -> bytes:
    """Milliseconds by the number of passages.

    Args:
        curves: by what was measured: passages to milliseconds.
        title: above it.
        axis: what the milliseconds are.
        level: a name and milliseconds to draw across.
    """
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    figure = Figure(figsize=(7, 3.4), layout="constrained")
    axes = figure.subplots()
    for (name, curve), color in zip(curves.items(), _COLORS, strict=False):
        axes.plot(list(curve), list(curve.values()), color=color, marker="o", label=name)
        for count, ms in curve.items():
            axes.annotate(f"{ms:.3g}", (count, ms), xytext=(0, 6), textcoords="offset points", ha="center", fontsize=8)
    if level is not None:
        axes.axhline(level[1], color=_GREY, linestyle="--", label=level[0])
    axes.set(xscale="log", xlabel="passages in the library", ylabel=axis, ylim=(0, None))
    axes.margins(y=0.2)
    axes.grid(color=_GRID, linewidth=0.6)
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False)
    axes.set_title(title, color=_INK)
    picture = io.BytesIO()
    with rc_context({"svg.hashsalt": "hashiramart", "svg.fonttype": "none"}):  # equal pictures, equal bytes
        figure.savefig(picture, format="svg", metadata={"Date": None, "Creator": None})
    return picture.getvalue()

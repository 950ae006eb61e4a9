"""The routing suite's confusion matrix as a picture."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any


def confusion_svg(counts: Mapping[tuple[str, str], int], kinds: Sequence[str]) -> bytes:
    """Counts of (expected, planned) as a matrix, shaded by their share of the row."""
    buffer = io.BytesIO()
    _figure(counts, kinds).savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    return buffer.getvalue()


def confusion_png(counts: Mapping[tuple[str, str], int], kinds: Sequence[str]) -> bytes:
    """The same as PNG."""
    buffer = io.BytesIO()
    _figure(counts, kinds).savefig(buffer, format="png", dpi=110, metadata={"Software": None})
    return buffer.getvalue()


def _figure(
    counts: Mapping[tuple[str, str], int], kinds: Sequence[str]
) -> Any:  # matplotlib is loaded where one is drawn
    from matplotlib.figure import Figure

    rows = [[counts.get((expected, planned), 0) for planned in kinds] for expected in kinds]
    shares = [[count / (sum(row) or 1) for count in row] for row in rows]
    figure = Figure(figsize=(6, 5.2), layout="constrained")
    axes = figure.subplots()
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    for y, row in enumerate(rows):
        for x, count in enumerate(row):
            if count:
                colour = "white" if shares[y][x] > 0.5 else "#22252b"
                axes.text(x, y, str(count), ha="center", va="center", color=colour)
    axes.set_xticks(range(len(kinds)), kinds, rotation=30, ha="right")
    axes.set_yticks(range(len(kinds)), kinds)
    axes.set(xlabel="planned", ylabel="expected")
    axes.set_title("First step of each message", color="#22252b")
    return figure

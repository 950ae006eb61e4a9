"""The picture of ``hashira eval retrieval``, as SVG. Drawn without pyplot, so that no global figure or backend is touched."""

from __future__ import annotations

import io

from evals.ranking import MEASURES
from evals.suites.retrieval_cases import FORMS, Means

_INK, _GRID = "#22252b", "#d9dbe0"
_COLORS = {"dense": "#8a8f99", "bm25": "#c3c6cc", "fused": "#2f7fb8"}
_WIDTH = 0.26


def measures_by_method(found: Means) -> bytes:
    """Bars of each measure for the three methods, a panel for each form.

    Args:
        found: means by form, method and measure.
    """
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    figure = Figure(figsize=(9, 3.6), layout="constrained")
    panels = figure.subplots(1, len(FORMS), sharey=True)
    for axes, (form, title) in zip(panels, FORMS.items(), strict=True):
        for number, (method, values) in enumerate(found[form].items()):
            places = [column + (number - 1) * _WIDTH for column in range(len(MEASURES))]
            heights = [values[measure] for measure in MEASURES]
            bars = axes.bar(places, heights, _WIDTH, color=_COLORS[method], label=method)
            axes.bar_label(bars, fmt="%.2f", fontsize=7, padding=1)
        axes.set_xticks(range(len(MEASURES)), list(MEASURES.values()))
        axes.set_ylim(0, 1.08)
        axes.set_axisbelow(True)
        axes.grid(axis="y", color=_GRID, linewidth=0.6)
        axes.spines[["top", "right"]].set_visible(False)
        axes.set_title(title, color=_INK, fontsize=10)
    figure.legend(*panels[0].get_legend_handles_labels(), frameon=False, loc="outside lower center", ncols=3)
    picture = io.BytesIO()
    with rc_context({"svg.hashsalt": "hashiramart", "svg.fonttype": "none"}):  # equal pictures, equal bytes
        figure.savefig(picture, format="svg", metadata={"Date": None, "Creator": None})
    return picture.getvalue()

"""The bounds of the suites, from ``floors.yaml`` beside this module."""

from __future__ import annotations

from importlib.resources import files

import yaml


def floors(suite: str) -> dict[str, tuple[str, float]]:
    """Bounds by figure for a suite; empty for one that has none."""
    text = files(__package__).joinpath("floors.yaml").read_text(encoding="utf-8")
    bounds: dict[str, dict[str, tuple[str, float]]] = yaml.safe_load(text)
    return {figure: (sign, float(limit)) for figure, (sign, limit) in bounds.get(suite, {}).items()}

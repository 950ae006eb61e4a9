"""Quantiles of what was measured."""

from __future__ import annotations

from collections.abc import Sequence


def quantile(values: Sequence[float], q: float) -> float:
    """The value at the share ``q`` (0 to 1) of the values in order, the nearest where it falls between two; 0 without any."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(q * (len(ordered) - 1)))] if ordered else 0.0

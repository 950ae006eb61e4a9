"""The bounds of the suites: the section ``evals`` of ``params.yaml``."""

from __future__ import annotations

from ml.params import load_params


def floors(suite: str, *, whole: bool = True) -> dict[str, tuple[str, float]]:
    """Bounds by figure for a suite; empty for one that has none.

    Args:
        suite: its name.
        whole: whether all of its cases are tried. If not, the bounds on numbers of cases are left out: those that ask for more
            than 1, which no share can.

    Raises:
        SetupError: ``params.yaml`` is missing or wrong.
    """
    bounds = load_params().evals.get(suite, {})
    return {figure: bound for figure, bound in bounds.items() if whole or not (bound[0] == ">=" and bound[1] > 1)}

"""Was the ordered route taken? As ``agentevals`` has it: the same steps in the same order, and no others."""

from __future__ import annotations

from evals.trials import Trial


def ordered_route(trial: Trial) -> bool | None:
    """Whether a trial's specialists acted in the order that was asked for; None where any order will do.

    Args:
        trial: the row.
    """
    from agentevals.graph_trajectory.strict import graph_trajectory_strict_match

    if "expected_trajectory" not in trial:
        return None
    verdict = graph_trajectory_strict_match(
        outputs={"results": [], "steps": [trial["trajectory"]]},
        reference_outputs={"results": [], "steps": [trial["expected_trajectory"]]},
    )
    return bool(verdict["score"])

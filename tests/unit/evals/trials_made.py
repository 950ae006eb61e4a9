"""Trials for tests."""

from __future__ import annotations

from evals.trials import Trial


def trial(case: str, passed: bool = True, **fields: object) -> Trial:
    """A row; ``fields`` go over those of an ordinary one."""
    row = Trial(
        id=case, slice="plain", passed=passed, expected="coach", got="coach", latency_ms=10.0, trajectory=["coach"]
    )
    row.update(fields)  # type: ignore[typeddict-item]
    return row

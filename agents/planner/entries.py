"""A clause that tells of a battle and of training in one breath: "after 30 minutes of archery I beat a demon" is two entries."""

from __future__ import annotations

import re
from dataclasses import replace

from agents.planner.draft import Judged
from agents.planner.quantities import minutes
from agents.planner.slots import asks_only, outcome

_OF_TRAINING = re.compile(
    r"\b(?:minutes?|mins?|hours?)\s+(?:of|with)\s+(?:\w+\s+){0,2}?(?:training|practi[cs]e|archery|sparring|drills?|drilling|cuts|footwork|exercises?|kata|swings)\b"
    r"|\b(?:trained|practi[cs]ed|drilled|sparred)\b.{0,30}\b(?:minutes?|mins?|hours?)\b",
    re.IGNORECASE,
)


def with_the_other_entry(clause: Judged) -> list[Judged]:
    """The clause; and beside it the entry that it tells of as well, training first."""
    if clause.intent not in {"log_battle", "log_training"} or not _OF_TRAINING.search(clause.text):
        return [clause]
    if minutes(clause.text) is None or outcome(clause.text) is None or asks_only(clause.text):
        return [clause]
    return [replace(clause, intent=intent, anchored=True) for intent in ("log_training", "log_battle")]

"""Puts clauses together into steps: what belongs to the step before, what is background, what is a step of its own."""

from __future__ import annotations

import re

from agents.planner.draft import SPECIALISTS, Draft, Judged
from agents.planner.quantities import minutes
from agents.planner.slots import asks_why, outcome, wants_quote

MAX_STEPS = 6
_LOW = 0.45
_VAGUE = re.compile(
    r"^(?:and |so |but |please )*(?:what (?:do|should|can|must) i do(?: now| about (?:it|that))?|what now|why(?: is (?:it|that))?|any (?:ideas?|advice|tips)(?: why)?|how come|help(?: me)?|"
    r"how do i (?:fix|mend|repair|solve|stop|avoid) (?:it|that|this)|can (?:it|that|this) be (?:fixed|mended|saved|repaired)|what(?:'s| is) wrong(?: with it)?|is that (?:bad|normal)|how|"
    r"can i (?:fix|mend|repair|save) (?:it|that|this)|if so|if not)\W*$",
    re.IGNORECASE,
)
_LOG_IT = re.compile(
    r"^(?:please |and |so |now |can you |could you |would you )*(?:log|record|register|note|write|put|add|track|save|mark|count|enter|report|do|tick|credit)\b[\s,]*"
    r"(?:(?:it|that|this|them|those|both|all|down|up|in|on|please|for|me|to|my|the|of|so|as|too|log|record|book|books|training|record,|now|a|win|loss|defeat|victory|training|session)\b[\s,.!]*)*$|"
    r"^(?:nothing |not |have )?(?:logged|recorded)\b.*|^please(?: do)?\W*$",
    re.IGNORECASE,
)
_CARE = {"maintenance", "how_often"}


def assemble(clauses: list[Judged]) -> list[Draft]:
    """Steps in order, at most six; small talk leaves none. Statements go to the step that they explain."""
    drafts: list[Draft] = []
    background: list[Judged] = []
    hostile = any(clause.label == "refused" for clause in clauses)
    for clause in clauses:
        previous = drafts[-1] if drafts else None
        if clause.label == "statement":
            background.append(clause)
        elif clause.label not in SPECIALISTS:
            if previous and _VAGUE.match(clause.text):
                previous.clauses.append(clause)
        elif hostile and clause.confidence < _LOW + 0.15 and not clause.anchored:
            continue  # beside an attack only what is plainly a request of its own is done
        elif previous and not background and _belongs(previous, clause):
            _merge(previous, clause)
        elif len(drafts) < MAX_STEPS:
            drafts.append(Draft.of(clause, background))
            background = []
    if background and drafts:
        drafts[-1].clauses.extend(background)
        background = []
    return drafts or [_from_statements(background)] if background or drafts else []


def _from_statements(statements: list[Judged]) -> Draft:
    raise NotImplementedError

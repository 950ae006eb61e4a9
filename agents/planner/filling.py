"""Turns a drafted step into a ``Step``: only the slots of its specialist are filled."""

from __future__ import annotations

import re

from agents.planner import pictures
from agents.planner.antecedents import Antecedents, Target
from agents.planner.draft import Draft
from agents.planner.plan import MAX_STEPS, Step
from agents.planner.preferences import preference
from agents.planner.quantities import battles, budget, minutes, weeks
from agents.planner.scenes import shortened
from agents.planner.slots import (
    MAX_BATTLES,
    MAX_MINUTES,
    TypeWish,
    asks_why,
    outcome,
    type_wish,
    wanted_count,
    wants_quote,
)
from agents.planner.vocabulary import Vocabulary
from hashiramart.training_plan import MAX_WEEKS

_MAX_TEXT = 4000
_ONE_SESSION = re.compile(r"\b(?:today|tonight|tomorrow|this (?:morning|evening|afternoon)|session)\b", re.IGNORECASE)

# Without any of these nobody asks for a training plan, which the worker would write for them.
_OF_A_PLAN = re.compile(
    r"\b(?:plan\w*|schedul\w*|program(?:me)?s?|course|curriculum|regimen|weeks?|weekly|months?|fortnight|spring|summer|autumn|winter|until|till|by (?:the|next|then)|"
    r"get me ready|map out|lay out|divide|long[- ]term)\b",
    re.IGNORECASE,
)


# "what happens if I don't train for two weeks?" asks for no plan of two weeks.
_WHAT_IF = re.compile(
    r"\bwhat (?:if|happens|would happen|does it do)\b|\b(?:is|was|would) it (?:be )?(?:bad|ok|okay|fine|a problem|dangerous|harmful|too (?:long|late))\b|\bdoes it (?:matter|hurt|harm)\b"
    r"|\b(?:if|when|after) (?:i|we)(?:'ve| have)? (?:skip\w*|miss\w*|paus\w+|stop\w*|left|leave|let|forg[eo]t\w*|don't|do not|didn't|haven't|have not|can't|cannot|was|were|am)\b",
    re.IGNORECASE,
)
_PLAN_ASKED_FOR = re.compile(r"\b(?:plan|schedule|program(?:me)?|course|curriculum|regimen)\b", re.IGNORECASE)


class TooMuch(Exception):
    """A number that no honest report has. ``question`` asks for the right one."""

    def __init__(self, question: str) -> None:
        super().__init__(question)
        self.question = question


def fill(drafts: list[Draft], antecedents: Antecedents, vocabulary: Vocabulary) -> list[Step]:
    """The steps of a plan.

    Args:
        drafts: the steps in order.
        antecedents: fresh for this plan.
        vocabulary: the catalogue's names.

    Raises:
        TooMuch: more minutes than a day has, or more battles than can be reported at once.
    """
    steps: list[Step] = []
    for draft in drafts:
        if draft.specialist == "recommender" and asks_why(draft.request) and not steps:
            draft.explain = draft.explain or _asks_only_why(draft)
        for target in antecedents.targets(draft):
            step = Step(
                specialist=draft.specialist,
                text=draft.text[:_MAX_TEXT],
                weapon=target.weapon,
                refers_back=target.refers_back,
                ordinal=target.ordinal,
            )
            _FILLERS[draft.specialist](step, draft, target, vocabulary, steps)
            steps.append(step)
    _share_weapon([step for step in steps if step.action == "log_battle"])
    return steps[:MAX_STEPS]


def _share_weapon(battles_told: list[Step]) -> None:
    """ "Lost 2, won 5 with the Kagura War Fans": battles told in one breath were fought with the weapon that one of them names."""
    named = next((step.weapon for step in battles_told if step.weapon), None)
    for step in battles_told:
        if step.weapon:
            named = step.weapon
        elif not step.refers_back:
            step.weapon = named


def _asks_only_why(draft: Draft) -> bool:
    return all(asks_why(clause.text) for clause in draft.clauses)


def _fill_coach(step: Step, draft: Draft, target: Target, _vocabulary: Vocabulary, _steps: list[Step]) -> None:
    step.intent = draft.coach_intent
    step.other_weapon = target.other
    step.quote = draft.quote or wants_quote(draft.request)
    said = draft.minutes or minutes(draft.request) or minutes(draft.text)
    if said is not None and said <= MAX_MINUTES:
        step.minutes = said
    length = weeks(draft.request) or weeks(draft.text)
    if step.intent == "routine" and length and not step.minutes and not _ONE_SESSION.search(draft.request):
        step.intent = "plan"  # "I have three months until the selection, plan them"
    if step.intent == "plan" and length is None and not (draft.goes_on or _OF_A_PLAN.search(draft.text)):
        step.intent = "general"
    if step.intent == "plan" and _WHAT_IF.search(draft.request) and not _PLAN_ASKED_FOR.search(draft.text):
        step.intent = "general"
    if step.intent == "plan" and length is None and _ONE_SESSION.search(draft.request):
        step.intent = "routine"
    if step.intent == "plan":
        step.weeks = min(length, MAX_WEEKS) if length else None
    if target.weapon is None or step.intent == "compare":
        step.weapon_types = _wishes(draft, families=False).wanted


def _fill_recommender(step: Step, draft: Draft, _target: Target, vocabulary: Vocabulary, _steps: list[Step]) -> None:
    step.explain = draft.explain
    step.top_k = wanted_count(draft.request, vocabulary)
    low, high = budget(draft.text)
    step.budget_min, step.budget = low, high
    step.prefer = None if draft.explain else preference(draft.text)
    wishes = TypeWish([], [], family_only=False) if draft.explain else _wishes(draft, families=True)
    step.weapon_types, step.exclude_types = wishes.wanted, wishes.unwanted


def _fill_artist(step: Step, draft: Draft, _target: Target, _vocabulary: Vocabulary, _steps: list[Step]) -> None:
    scenes: list[str] = []
    for clause in draft.clauses:
        wish = pictures.wish(clause.reading)
        step.pose = wish.pose or step.pose
        step.weapon = wish.weapon or step.weapon
        scenes += [wish.scene] if wish.scene else []
    words = " ".join(clause.reading.without_names for clause in draft.clauses)
    step.scene = shortened(", ".join(scenes)) or None
    step.seed, step.again = pictures.seed(words), draft.again
    if step.weapon is None:
        step.weapon_types = _wishes(draft, families=False).wanted
    many = pictures.count(words)
    step.count = None if many is None else min(many, MAX_BATTLES)


def _fill_quartermaster(step: Step, draft: Draft, _target: Target, _vocabulary: Vocabulary, steps: list[Step]) -> None:
    step.action = draft.action
    if step.action == "log_training":
        step.minutes = minutes(draft.request) or _routine_before(steps, draft)
        if step.minutes is not None and step.minutes > MAX_MINUTES:
            raise TooMuch("A day has only 1,440 minutes. How many minutes did you train?")
    if step.action == "log_battle":
        step.success = outcome(draft.request)
        if step.success is None:
            step.success = next((clause.won for clause in draft.clauses if clause.won is not None), None)
        count = battles(draft.request)
        if count is not None and not 1 <= count <= MAX_BATTLES:
            raise TooMuch(f"I can log up to {MAX_BATTLES} battles at a time. How many did you fight?")
        step.count = count


def _routine_before(steps: list[Step], draft: Draft) -> int | None:
    """Minutes of the routine that an earlier step plans, for "then log it"."""
    if not any(clause.reading.reference for clause in draft.clauses):
        return None
    return next((step.minutes for step in reversed(steps) if step.specialist == "coach" and step.minutes), None)


def _wishes(draft: Draft, *, families: bool) -> TypeWish:
    """Type wishes of all clauses of the request; a type that one clause excludes is not wanted by another."""
    told = [clause for clause in draft.background if clause.reading.only_types]  # "No bows. What do you recommend?"
    wishes = [type_wish(clause.reading) for clause in (*told, *draft.clauses)]
    unwanted = list(dict.fromkeys(type_ for wish in wishes for type_ in wish.unwanted))
    wanted = [type_ for wish in wishes if families or not wish.family_only for type_ in wish.wanted]
    return TypeWish([type_ for type_ in dict.fromkeys(wanted) if type_ not in unwanted], unwanted, family_only=False)


_FILLERS = {
    "coach": _fill_coach,
    "recommender": _fill_recommender,
    "artist": _fill_artist,
    "quartermaster": _fill_quartermaster,
}

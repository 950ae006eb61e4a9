"""Puts clauses together into steps: what belongs to the step before, what is background, what is a step of its own."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from agents.planner.belonging import (
    LOG_IT,
    LOG_IT_AS,
    LOW_CONFIDENCE,
    REQUEST,
    SURE,
    belongs,
    is_report,
    merge,
    plans,
    said_before,
    tells_only,
)
from agents.planner.draft import SPECIALISTS, Draft, Judged
from agents.planner.honesty import voids_reports
from agents.planner.memory_words import INTENTS
from agents.planner.plan import MAX_STEPS, WRITING
from agents.planner.quantities import budget, minutes
from agents.planner.slots import FOUGHT, reports_training

# Below these a clause without an anchor is not acted on: a wrong answer costs a sentence, a wrong entry costs trust.
_ASK_BELOW = 0.36
_ASK_BEFORE_WRITING_BELOW = 0.5
_BESIDE_AN_ATTACK = 0.6
_HALF = 0.5

_WHAT_TO_DO = re.compile(
    r"\b(?:what (?:(?:shall|should|can|could|must|might|do|would) (?:i|we)|(?:are|am) (?:i|we)|would you have (?:me|us)|to) (?:do|going to do|best do|practi[sc]e|train|work on|get done)\b"
    r"|let (?:me|us) use (?:it|them|that)\b|let's (?:go|train|start|do (?:it|something))\b|^(?:go|ideas|any ideas)\W*$|(?:keep|get) (?:me|us) busy\b|what(?:'s| is) the plan\b)(?!.*\b(?:if|when|against|about)\b)",
    re.IGNORECASE,
)
_TELLS_STANDING = re.compile(
    r"^(?:and |but |so )?my (?:\w+ )?(?:rank|points|streak|score|balance)\b(?!.*\?)[\w\s']*\b(?:is|are|was|were|has|hasn't|have|haven't|won't|went|fell|dropped|broke|doesn't|don't)\b",
    re.IGNORECASE,
)
_THE_LIST = re.compile(
    r"^(?:and |then |please |can you |could you )*(?:show|read|give) (?:me )?(?:back )?(?:the|my) (?:list|log|entries)(?: back)?(?: please| then| afterwards)?\W*$",
    re.IGNORECASE,
)
_HAS_TIME = re.compile(
    r"^(?:(?:i|we)(?:'ve| have)? (?:(?:only|just) )?(?:have|got|can spare)|(?:i|we) have(?: only| just)?|(?:i'm|i am|we're) free for)"
    r" (?:about |only |just )?(?:an?|half|\d+|[a-z-]+)\b[\w\s-]{0,20}\b(?:minutes?|mins?|hours?)\b(?!.*\b(?:log|done|trained|behind|in (?:with|at|today|before|after))\b)",
    re.IGNORECASE,
)
_DONE_WITH_IT = re.compile(
    r"\b(?:snapped|broke|broken|shattered|ruined|destroyed|stolen|gone|lost|sold|rubbish|(?:tired|sick|bored) (?:of|with)|had enough of|too (?:heavy|short|long|weak))\b",
    re.IGNORECASE,
)
_BOUGHT = re.compile(
    r"^(?:i|we)(?:'ve| have| just| only| recently)* (?:ordered|bought|purchased|got)\b[^?]*$", re.IGNORECASE
)
_SURE_OF_ANOTHER = 0.8


_WISHED = re.compile(
    r"\?|\b(?:please|give|make|build|plan|create|design|need|want|let|teach|show|start|can|could|would|coach|train me|put together|prepare|i have|i've got)\b",
    re.IGNORECASE,
)
_FEELS = re.compile(
    r"\b(?:i(?:'m| am| feel| was)|i've been|feeling)\s+(?:\w+\s+){0,2}?(?:afraid|scared|terrified|nervous|anxious|worried|ashamed|sad|down|hopeless|useless|worthless|weak|tired of|"
    r"discouraged|frustrated|lonely|desperate|demotivated|unmotivated|exhausted|not (?:good|strong|brave|cut out))\b|\b(?:giv(?:e|ing) up|los(?:e|t|ing) (?:heart|hope|faith)|cut out (?:for|to be))\b",
    re.IGNORECASE,
)


def assemble(clauses: list[Judged]) -> list[Draft]:
    """Steps in order, at most six. Small talk leaves none; a statement goes to the step that it explains.

    Args:
        clauses: the message's clauses with their verdicts.
    """
    clauses = _told_for_the_log(_with_time_to_fill(clauses))
    drafts: list[Draft] = []
    background: list[Judged] = []
    hostile = any(clause.label == "refused" for clause in clauses)
    void = any(voids_reports(clause.text) for clause in clauses if clause.intent not in INTENTS)
    sure = any(each.label in SPECIALISTS and (each.anchored or each.confidence >= SURE) for each in clauses)
    for index, original in enumerate(clauses):
        previous = drafts[-1] if drafts else None
        clause = _as_planned(previous, original)
        if previous and (
            _had_time_for(previous, clause)
            or _is_a_reason_to_buy(previous, clause)
            or _is_what_to_log(previous, clause)
            or _orders_what_was_named(previous, clause)
            or _only_explains(previous, clause)
        ):
            background, previous = [*previous.background, *previous.clauses, *background], None
            drafts.pop()
        reports = [draft for draft in drafts if is_report(draft)]
        if LOG_IT.match(clause.text) and not plans(previous) and reports:
            reports[-1].to_be_logged = True
            continue  # "I lost. Cheer me up and log it.": it is logged already
        only_topic = clause.reading.only_types or (clause.reading.only_topic and clause.intent != "compare")
        after = clauses[index + 1 :]
        if (only_topic and after) or _only_told_of_buying(clause, after[:1]):
            background.append(clause)  # "how about the last one, is it good for beginners?"
            continue
        if previous and belongs(previous, clause):
            merge(previous, clause, background)
            background = []
        elif clause.label == "statement" or _has_time(clause) or (sure and _is_hardly_one(clause)):
            background.append(clause)
        elif clause.label not in SPECIALISTS or not is_sure(clause) or (hostile and not _honest(clause)):
            continue
        elif _joins_an_earlier(drafts, clause, background):
            background = []
        elif len(drafts) < MAX_STEPS and not (clause.intent in WRITING and (void or _of_a_refused_one(clauses, index))):
            drafts.append(_begin(clause, background))
            background = []
    if background and drafts:
        drafts[-1].clauses.extend(background)
    elif background and not hostile:
        drafts = _from_statements(background)
    return drafts


def _joins_an_earlier(drafts: list[Draft], clause: Judged, background: list[Judged]) -> bool:
    """Whether a clause only asks for what an earlier step holds already: they are put together then."""
    earlier = said_before(drafts, clause)
    if earlier is None:
        return False
    if earlier.specialist == "coach":  # it stands where it is asked for, not where it was told
        drafts.remove(earlier)
        drafts.append(earlier)
    merge(earlier, clause, background)
    return True


def _is_hardly_one(clause: Judged) -> bool:
    """Whether a clause is more likely no such wish than one: beside a plain wish it is background ("I'm convinced; order it")."""
    return clause.label in SPECIALISTS and not clause.anchored and clause.confidence < _HALF


def _with_time_to_fill(clauses: list[Judged]) -> list[Judged]:
    """ "20 minutes, my spear and me, what shall we do?": the time is there to be filled, so a routine is wished for."""
    asks = next((index for index, clause in enumerate(clauses) if _WHAT_TO_DO.search(clause.text)), None)
    if asks is None:
        return clauses
    timed = next((index for index, clause in enumerate(clauses[: asks + 1]) if minutes(clause.text) is not None), None)
    if timed is None or any(
        reports_training(clause.text)
        or clause.intent in {"plan", "log_battle"}
        or clause.label in {"refused", "recommender", "off_topic"}
        for clause in clauses[timed : asks + 1]
    ):
        return clauses
    routine = [
        Judged(each.reading, "coach", "routine", max(each.confidence, LOW_CONFIDENCE), anchored=True)
        for each in clauses[timed : asks + 1]
    ]
    return [*clauses[:timed], *routine, *clauses[asks + 1 :]]


def _told_for_the_log(clauses: list[Judged]) -> list[Judged]:
    """ "25 minutes, staff, garden: log it": time that was trained, though alone it might be a wish."""
    told = list(clauses)
    for at, (clause, after) in enumerate(pairwise(clauses)):
        if clause.label == "statement" and FOUGHT.search(clause.text) and LOG_IT.match(after.text):
            told[at] = Judged(clause.reading, "quartermaster", "log_battle", clause.confidence, anchored=True)
            continue  # "I had a fight yesterday, please enter it": how it went is asked back
        timed = clause.label == "coach" and clause.intent in {"routine", "drills"} and minutes(clause.text) is not None
        if timed and LOG_IT.match(after.text) and not _WISHED.search(clause.text):
            told[at] = Judged(clause.reading, "quartermaster", "log_training", clause.confidence, anchored=True)
    return told


def _of_a_refused_one(clauses: list[Judged], index: int) -> bool:
    """ "Zenitsu won a battle, log it": what is refused is not logged by the next clause either."""
    return index > 0 and clauses[index - 1].label == "refused" and LOG_IT.match(clauses[index].text) is not None


def _from_statements(told: list[Judged]) -> list[Draft]:
    """What a slayer wants who only tells: "I bought the Heron Spear" a word about it, "I have 300 coins" a weapon for them."""
    named = next((clause for clause in told if clause.reading.weapons), None)
    if any(_FEELS.search(clause.text) for clause in told) and not named:
        return [Draft("coach", "motivation", told, confidence=max(clause.confidence for clause in told))]
    moneyed = next((clause for clause in told if any(budget(clause.text))), None)
    if named:
        return [Draft("coach", "overview", told, confidence=named.confidence)]
    return [Draft("recommender", None, told, confidence=moneyed.confidence)] if moneyed else []


def _begin(clause: Judged, background: list[Judged]) -> Draft:
    draft = Draft.of(clause, background)
    two_named = len({mention.slug for mention in draft.weapons}) == 2
    asks_which = re.search(r"\bwhich\b|\bwhat's the difference\b", clause.text, re.IGNORECASE)
    if (
        two_named and asks_which and draft.specialist in {"coach", "recommender"}
    ):  # "Moonbite or Anvilfall: which tires me less?"
        draft.specialist, draft.intent = "coach", "compare"
    return draft


def _had_time_for(previous: Draft, clause: Judged) -> bool:
    """ "I have a quarter of an hour. Build me a session.": the first part tells of time to spend, not of training done."""
    planned = clause.label == "coach" and clause.intent in {"routine", "drills", "general"}
    told = previous.to_be_logged or reports_training(previous.request)
    return planned and previous.action == "log_training" and not told


def _only_told_of_buying(clause: Judged, after: list[Judged]) -> bool:
    """ "I ordered the Anvilfall from you and its head is loose": nobody asks for the orders there."""
    told = clause.intent == "orders" and not clause.anchored and _BOUGHT.match(clause.text) is not None
    return told and any(
        each.label in SPECIALISTS and each.intent != "orders" and each.confidence >= _SURE_OF_ANOTHER for each in after
    )


def _is_a_reason_to_buy(previous: Draft, clause: Judged) -> bool:
    """ "My spear snapped. What should I get?", "I am tired of my tonfa. What else is there?": no lesson is wanted there."""
    told = previous.specialist == "coach" and len(previous.clauses) == 1 and not REQUEST.search(previous.request)
    return told and clause.label == "recommender" and _DONE_WITH_IT.search(previous.request) is not None


def _is_what_to_log(previous: Draft, clause: Judged) -> bool:
    """ "Swung the kanabo until my arms gave up, put that down as training": the first part says what the second enters."""
    enters = clause.label == "quartermaster" and clause.anchored and LOG_IT_AS.match(clause.text) is not None
    return enters and len(previous.clauses) == 1 and not previous.clauses[0].anchored and tells_only(previous)


def _orders_what_was_named(previous: Draft, clause: Judged) -> bool:
    """ "Give me one Oak Kanabo, I'll pay": the first part names what the second buys; nothing is to be looked up."""
    named = len({mention.slug for mention in previous.weapons}) == 1 and not clause.reading.weapons
    asked = re.search(
        r"\?|\b(?:how|what|which|is|are|do|does|recommend|suggest|compare|tell|explain|describe|about)\b",
        previous.request,
        re.IGNORECASE,
    )
    orders = clause.intent == "buy" and clause.reading.reference.ordinal is None
    told = previous.specialist == "recommender" or (previous.specialist == "coach" and previous.intent == "overview")
    return told and named and orders and not asked


def _only_explains(previous: Draft, clause: Judged) -> bool:
    """Whether what was told first asks for nothing beside the wish behind it.

    "My rank hasn't moved for months, I need a plan": nobody asks for the rank. "A staff would be nice. I'll take the Canopy":
    nothing is to be found any more.
    """
    told = previous.clauses[0]
    if len(previous.clauses) > 1 or previous.to_be_logged or clause.label not in SPECIALISTS or not is_sure(clause):
        return False
    if previous.action == "status":
        return clause.intent != "status" and _TELLS_STANDING.match(told.text) is not None
    found = clause.intent == "buy" and bool(clause.reading.weapons)
    return previous.specialist == "recommender" and found and not told.anchored and tells_only(previous)


def _has_time(clause: Judged) -> bool:
    """ "Got a quarter of an hour before supper": time that there is."""
    if clause.intent == "log_training" and _HAS_TIME.match(clause.text):
        return True
    return clause.intent == "log_training" and not is_sure(clause) and not reports_training(clause.text)


def _honest(clause: Judged) -> bool:
    """Beside an attack only what is plainly a request of its own is done."""
    reading = clause.reading
    of_ours = bool(reading.weapons or reading.types or reading.reference) or minutes(clause.text) is not None
    return clause.anchored or (clause.confidence >= _BESIDE_AN_ATTACK and of_ours)


def is_sure(clause: Judged) -> bool:
    """Whether the verdict is sure enough to act on it without asking."""
    writes = clause.label == "quartermaster" and clause.intent in WRITING
    return clause.anchored or clause.confidence >= (_ASK_BEFORE_WRITING_BELOW if writes else _ASK_BELOW)


def _as_planned(previous: Draft | None, clause: Judged) -> Judged:
    """After a routine "then log it" means the training; after a lesson "twenty minutes of drills" is a wish, not a report."""
    if plans(previous) and LOG_IT.match(clause.text):
        return Judged(
            clause.reading, "quartermaster", "log_training", max(clause.confidence, LOW_CONFIDENCE), anchored=True
        )
    if previous and is_report(previous) and clause.label == "quartermaster" and _THE_LIST.match(clause.text):
        return replace(clause, intent="history", anchored=True)  # "log a win, then show me the list"
    wish = clause.intent == "log_training" and minutes(clause.text) is not None and not reports_training(clause.text)
    if previous and previous.specialist == "coach" and wish:
        return Judged(clause.reading, "coach", "routine", clause.confidence, anchored=True)
    return clause

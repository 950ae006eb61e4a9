"""Whether a clause goes on with a step that is there already, and what becomes of the step then."""

from __future__ import annotations

import re

from agents.planner.draft import Draft, Judged
from agents.planner.memory_words import INTENTS
from agents.planner.quantities import minutes, weeks
from agents.planner.slots import asks_why, outcome, wants_quote

LOW_CONFIDENCE = 0.45
SURE = 0.85
# Completes the question before it and asks nothing of its own.
_VAGUE = re.compile(
    r"^(?:and |so |but |please |then )*(?:what (?:do|should|can|must) i do(?: now| about (?:it|that))?|what now|(?:so )?what (?:am i doing|went|did i do|do i do)(?: wrong)?|what (?:might|could|can) (?:be )?(?:the (?:cause|reason)|cause (?:it|that|this)|it be|be causing (?:it|that|this))|what ails (?:it|her|him|them)|what helps(?: (?:against|with) (?:it|that|this))?|(?:the )?remed(?:y|ies)|what's (?:causing|behind) (?:it|that|this)|what(?:'s| is) the (?:reason|cause|matter|problem|trouble)(?: (?:for|with|of|behind) (?:it|that|this))?|what would you do|is that (?:it|the end of it)|how do i go about (?:it|that|this)|what (?:fits|goes) (?:in|into) (?:it|that)|why(?: is (?:it|that))?|"
    r"any (?:ideas?|advice|tips)(?: why)?|(?:please )?advise|fill me in|enlighten me|tell me(?: more)?|show me(?: how)?|please(?: help)?|what do you (?:say|think|advise)|can you (?:make|do|paint|draw|find|log) (?:one|it|that|them)|what (?:may|can) i still do|how come|help(?: me)?|how (?:do|can|should) i (?:fix|mend|repair|solve|stop|avoid) (?:it|that|this)|"
    r"(?:can|could|would|will) you (?:please )?(?:explain|show|teach|tell)(?: me)?(?: (?:it|that|this))?(?: to me)?(?: please)?|can (?:it|that|this) be (?:fixed|mended|saved|repaired)|can i (?:fix|mend|repair|save) (?:it|that|this)|what(?:'s| is) wrong(?: with it)?|"
    r"is (?:that|it) (?:bad|normal)|how|if so|if not|and how often|how often)\W*$",
    re.IGNORECASE,
)
# "write it up", "put that on record", "please do": asks for what the report before it already says.
LOG_IT = re.compile(
    r"^(?!.*\b(?:count|mark|check|tick|sign) me (?:for|in|as)\b)(?:(?:please|and|so|now|just|ok,?|okay,?|can you|could you|would you|nothing|not|have|has)\s+)*"
    r"(?:log(?:ged)?|record(?:ed)?|register|note|write|put|set|jot|chalk|add|track|save|mark|count|enter|report|credit|do|keep (?:track|count|note))\b"
    r"(?:[\s,.!:]+(?:it|that|this|them|'?em|those|these|both|all|down|up|in|into|on|please|for|me|to|my|the|of|so|as|too|log|record|book|books|now|yet|do|nothing|"
    r"training|session|practice|well|today|ledger|list|time|if you must|if you like|hours?|minutes|work|result|in your|your))*\W*$|^please do\W*$"
    r"|^(?:(?:please|and|so|now)\s+)*(?:both|all|it|that|this|them|those|these|everything)(?: of (?:it|them|that|this))?(?: (?:goes?|belongs?|should go|can go))? (?:in|into|to|on)(?:to)? (?:the|my|your) (?:log|book|books|ledger|record|list)(?: please)?\W*$"
    r"|^(?:and )?(?:in|into|onto|to) (?:the|my|your) (?:log|book|books|ledger|record) (?:with|goes) (?:it|that|them|this)\W*$"
    r"|^(?:and )?which (?:you|i) (?:may|can|should|want|would like|might)(?: to be| to have)? (?:please )?(?:log|record|note|enter|write|put|mark)(?:ged|ed|d)?(?: down| in| up)?\W*$",
    re.IGNORECASE,
)
LOG_IT_AS = re.compile(
    r"^(?:please |now |and |so )*(?:write|put|mark|count|log|note|record|enter|chalk|book) (?:it|that|this|them)\b[\w\s]{0,12}\bas\b",
    re.IGNORECASE,
)
_COMMENT = re.compile(
    r"^(?:so |and so |which means |meaning |then )?(?:i|we) (?:won|lost)\W*$|^(?:an?|another|(?:so )?that(?:'s| is| was) an?|so an?|a clear|what an?) (?:\w+ )?(?:win|victory|loss|defeat)(?: (?:i (?:suppose|guess|think|fear)|for me|then|again|at last|finally|it is|it was))*\W*$",
    re.IGNORECASE,
)
_LOG_THE_BATTLE = re.compile(
    r"^(?:please |now )*(?:log|record|register|note|add|mark|count|put|write (?:up|down)|enter|save)\b.{0,12}\b(?:the|a|that|my|this|it as an?) (?:win|victory|loss|defeat|battle|fight)\W*$",
    re.IGNORECASE,
)
_LOG_THE_TIME = re.compile(  # "did the full hour myself, so log sixty minutes"
    r"^(?:please |now |so )*(?:log|record|register|note|add|mark|count|put|write (?:up|down)|enter|save)\b[\w\s-]{0,30}\b(?:minutes?|mins?|hours?)(?: please| for me| for today| of (?:training|practice))*\W*$",
    re.IGNORECASE,
)
_NOT_LOST = re.compile(r"\b(?:didn't|did not|never|not) lo(?:se|st)\b", re.IGNORECASE)
REQUEST = re.compile(
    r"\?|:\s*(?:[-–—*•]\s*)?(?:how|what|why|when|which)\b|^(?:please |and |so |but |first(?:ly)?,? |then |next,? |also |finally,? )*(?:how|what|which|why|when|where|who|can|could|should|would|do|does|is|are|may|tell|teach|show|give|explain|help|"
    r"recommend|suggest|find|make|build|plan|create|compare|draw|paint|inspire|motivate|encourage|cheer|quiz|test|ask|describe|list|walk|i (?:need|want|would like|'d like))\b",
    re.IGNORECASE,
)
_TAG = re.compile(
    r"^(?:(?:would|will|could|can) you(?: please)?|(?:is|isn't|was|wasn't|does|doesn't|did|didn't|do|don't|has|hasn't|have|haven't|am|are|aren't) (?:it|that|they|this|i|we|he|she)|does (?:it|that|this) (?:still |even )?count(?: too)?|please|right|all ?right|is that ok(?:ay)?|in (?:that|this) order|both|all (?:three|of it)|it costs what it costs|whatever (?:it costs|the price(?: is)?)|no matter (?:the (?:price|cost)|what it costs)|money is no object)\W*$",
    re.IGNORECASE,
)
_LISTS = frozenset({"badges", "orders", "history", "leaderboard", "status"})
_MISSING = re.compile(
    r"^(?:and |but )*(?:which|what|how many)(?: ones?| of (?:them|those))?(?:'s| is| are| do i| have i)?(?: still| yet)? (?:missing|left|outstanding|open|to (?:go|come)|lack|need|not have)(?: yet| still)?\W*$|^(?:and )?how (?:many|much) (?:is|are) (?:it|that|they)(?: now| by now| already)?\W*$",
    re.IGNORECASE,
)
_AFTERTHOUGHT = re.compile(
    r"^(?:it's |that's |it is |this is |i mean |i meant )?(?:for|of|with|on|about|concerning) (?:an? |the |my |some )?\x00(?:,? (?:i mean|i meant|that is|it is|please|by the way|of course))*\W*$",
    re.IGNORECASE,
)
_LOOKS = re.compile(
    r"^(?:can|could|would|will) you (?:please )?(?:check|look|see|find out|have a look)(?: (?:it|that|this|please|for me|up))*\W*$",
    re.IGNORECASE,
)
_WOULD_TAKE = re.compile(r"^(?:then |and )?(?:i'd|i would) (?:take|have|get|go for)\b", re.IGNORECASE)
_SCENERY = re.compile(r"^(?:in|on|at|under|by|near|during|with|make it|and)\b", re.IGNORECASE)
_WHICH_OF_THEM = re.compile(
    r"^(?:and |so |but )*(?:what(?:'s| is)|which(?: one)?(?:'s| is)?|who(?:'s| is))\s+(?:the\s+)?(?:more\s+\w+|\w+er|better|best|worth \w+)\b[^,]*$",
    re.IGNORECASE,
)
# What may be asked about two weapons that were set side by side.
_OF_TWO = frozenset({"overview", "general", "handling"})


def said_before(drafts: list[Draft], clause: Judged) -> Draft | None:
    """The step, not the last one, that a clause asks for once more: "20 minutes, then the shaft split. Note the 20 minutes, and how do I mend it?"."""
    before = [each for each in drafts[:-1] if each.specialist == clause.label]
    if clause.label == "coach":
        return next((each for each in before if tells_only(each) and _same_lesson(each, clause)), None)
    same = [each for each in before if each.intent == clause.intent]
    if clause.intent in {"log_training", "log_battle"}:
        asked = _LOG_THE_TIME if clause.intent == "log_training" else _LOG_THE_BATTLE
        told = clause.intent == "log_battle" and _COMMENT.match(clause.text) is not None
        again = told or asked.match(clause.text) is not None or LOG_IT_AS.match(clause.text) is not None
        return next((each for each in same if again and _same_entry(each, clause)), None)
    return None


def tells_only(draft: Draft) -> bool:
    """Whether nothing in it asks: what is told there is what is asked about later."""
    return not any(REQUEST.search(clause.text) for clause in draft.clauses)


def belongs(previous: Draft, clause: Judged) -> bool:
    """Whether a clause goes on with the step before it."""
    if clause.label == "refused" or {previous.intent, clause.intent} & INTENTS:
        return previous.intent == clause.intent
    if (clause.part and previous.specialist == clause.label) or _TAG.match(clause.text):
        return True
    if is_report(previous) and LOG_IT.match(clause.text):
        return True
    if _is_an_afterthought(previous, clause):
        return True
    if previous.specialist != "quartermaster" and _VAGUE.match(clause.text):
        return True
    if previous.specialist == "artist" and clause.label != "artist":
        unsure = clause.confidence < LOW_CONFIDENCE and not clause.anchored
        return unsure and _SCENERY.match(clause.text) is not None
    if previous.intent == "compare" and clause.label == "recommender" and _WHICH_OF_THEM.match(clause.text):
        return not (clause.reading.types or clause.reading.weapons)  # "spear or scythe, what's deadlier?"
    if clause.label != previous.specialist:
        return False
    if previous.specialist == "coach":
        return _same_lesson(previous, clause)
    if previous.specialist == "recommender":
        return _same_search(previous, clause)
    if previous.specialist == "quartermaster":
        return _same_entry(previous, clause)
    return True


def _is_an_afterthought(previous: Draft, clause: Judged) -> bool:
    """Whether a clause only adds to what was asked before it: what it was about, that it be looked up, that it would be taken."""
    if previous.action in _LISTS and (_LOOKS.match(clause.text) or _MISSING.match(clause.text)):
        return True  # "my axe hasn't arrived. Can you check?", "my badges, and which are still missing?"
    if previous.specialist == "recommender" and clause.intent == "buy" and _WOULD_TAKE.match(clause.text):
        return True  # "which can one learn in a few weeks? I'd take that one"
    return _AFTERTHOUGHT.match(clause.reading.without_names) is not None  # "left hand in front? For a spear, I mean."


def _same_search(previous: Draft, clause: Judged) -> bool:
    named = {mention.slug for mention in clause.reading.weapons}
    if named and previous.weapons and named.isdisjoint(mention.slug for mention in previous.weapons):
        return False  # "the price of the Penitent? and of the Temple Bell?"
    types = {type_ for mention in clause.reading.types for type_ in mention.types}
    before = {type_ for mention in previous.types for type_ in mention.types}
    return asks_why(clause.text) or not types or not before or types == before


def plans(draft: Draft | None) -> bool:
    """Whether a step plans a session, which may be logged when it is done."""
    return draft is not None and draft.coach_intent in {"routine", "drills"}


def is_report(draft: Draft) -> bool:
    """Whether a step enters something into the ledger."""
    return draft.specialist == "quartermaster" and (draft.intent or "").startswith("log_")


def _same_lesson(previous: Draft, clause: Judged) -> bool:
    named = {mention.slug for mention in clause.reading.weapons}
    before = {mention.slug for mention in previous.weapons}
    if named and before and not named <= before:
        return False
    of_type = {type_ for mention in clause.reading.types for type_ in mention.types}
    types_before = {type_ for mention in previous.types for type_ in mention.types}
    another_type = of_type and types_before and not (of_type & types_before or named or before)
    if another_type and previous.intent != "compare" != clause.intent and REQUEST.match(clause.text):
        return False  # "how do I parry with sai and how do I parry with a staff"
    intents = {previous.intent, clause.intent}
    told_only = tells_only(previous)
    if clause.apart and not told_only and _is_another_lesson(previous, clause):
        return False
    if "motivation" in intents and len(intents) > 1:
        apart = clause.apart and previous.intent in {"routine", "plan", "drills", "quiz"}
        if told_only and not (apart or named or before or clause.anchored or REQUEST.search(clause.text)):
            return True  # "I froze today and I'm ashamed"
        return wants_quote(clause.text) if clause.intent == "motivation" else wants_quote(previous.request)
    if previous.intent == clause.intent == "routine" and of_type and types_before and not of_type & types_before:
        return minutes(clause.text) is None or minutes(previous.request) is None
    if previous.intent == clause.intent:
        return clause.intent != "general"
    if previous.intent == "compare" and not named and not clause.reading.types and clause.intent in _OF_TWO:
        return True
    if intents in ({"maintenance", "how_often"}, {"routine", "plan"}):
        return True
    if told_only and previous.intent == "troubleshooting" and clause.intent in {"maintenance", "general"}:
        return True
    if (
        told_only
        and previous.intent not in {"troubleshooting", "routine", "plan", "quiz"}
        and REQUEST.search(clause.text)
    ):
        return True  # "My aim with the Kestrel is awful, what should I practise?": told first, asked then
    return clause.confidence < LOW_CONFIDENCE and not clause.anchored and not named


def _is_another_lesson(previous: Draft, clause: Judged) -> bool:
    """Whether a clause of a message that asks for several things asks the Coach for another one than the step before."""
    sure = min(previous.confidence, clause.confidence) >= SURE or clause.anchored
    together = {previous.intent, clause.intent} in ({"maintenance", "how_often"}, {"routine", "plan"})
    together = together or (previous.intent == "compare" and clause.intent in {"overview", "general"})
    return (
        sure
        and previous.intent != clause.intent
        and "motivation" not in {previous.intent, clause.intent}
        and not together
    )


def _same_entry(previous: Draft, clause: Judged) -> bool:
    if previous.intent != clause.intent:
        return False
    if clause.intent == "log_training":
        before, now = minutes(previous.request), minutes(clause.text)
        again = before == now and _LOG_THE_TIME.match(clause.text) is not None
        return before is None or now is None or again
    if clause.intent == "log_battle":
        before, now = outcome(previous.request), outcome(clause.text)
        if (_COMMENT.match(clause.text) or LOG_IT_AS.match(clause.text)) and before in {None, now}:
            return True  # "that demon got away from me, a loss I suppose", "write it down as a defeat"
        told_twice = (
            before == now
            and _LOG_THE_BATTLE.match(clause.text) is not None
            and not _LOG_THE_BATTLE.match(previous.request)
        )
        not_lost = before == now and _NOT_LOST.search(previous.request) is not None  # "I didn't lose, I won!"
        return before is None or now is None or told_twice or not_lost
    return clause.intent != "buy" or _same_order(previous, clause)


def _same_order(previous: Draft, clause: Judged) -> bool:
    """ "I'd like the Heron Spear. Please order it." is one order; "buy the first and buy the third" are two."""
    named = {mention.slug for mention in clause.reading.weapons}
    before = {mention.slug for mention in previous.weapons}
    ordinals = {clause.reading.reference.ordinal, *(earlier.reading.reference.ordinal for earlier in previous.clauses)}
    return (not before or named <= before) and len(ordinals - {None}) < 2


def merge(previous: Draft, clause: Judged, background: list[Judged]) -> None:
    """Put a clause, and what was told before it, to a step. The question decides what the step is for, not the symptom told first."""
    intents = {previous.intent, clause.intent}
    if (
        previous.specialist == "coach"
        and clause.label == "coach"
        and not (_VAGUE.match(clause.text) or _TAG.match(clause.text))
    ):
        if (
            "motivation" in intents
            and len(intents) > 1
            and not (wants_quote(clause.text) or wants_quote(previous.request))
        ):
            previous.intent = "motivation"
        elif "motivation" in intents and len(intents) > 1:
            previous.quote = True
            previous.intent = clause.intent if previous.intent == "motivation" else previous.intent
        elif previous.intent == "compare":
            pass  # "the Iron Maple or the Kagura? tell me their weights" is still a comparison
        elif previous.intent == "troubleshooting" and clause.intent == "general":
            pass  # "it rattles, how do I fix that?"
        elif intents == {"maintenance", "how_often"}:
            previous.intent = "maintenance"
        elif intents == {"routine", "plan"}:  # "an hour with the scythe tomorrow, please plan it"
            previous.intent = "plan" if weeks(f"{previous.request} {clause.text}") else "routine"
        elif clause.confidence >= LOW_CONFIDENCE or clause.anchored:
            previous.intent = clause.intent  # the question decides, not the symptom that was told before it
        previous.confidence = min(previous.confidence, max(clause.confidence, LOW_CONFIDENCE))
    previous.clauses.extend([*background, clause])

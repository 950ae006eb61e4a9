"""Puts clauses together into steps: what belongs to the step before, what is background, what is a step of its own."""

from __future__ import annotations

import re
from itertools import pairwise

from agents.planner.draft import SPECIALISTS, Draft, Judged
from agents.planner.honesty import voids_reports
from agents.planner.memory_words import INTENTS
from agents.planner.plan import MAX_STEPS, WRITING
from agents.planner.quantities import budget, minutes, weeks
from agents.planner.slots import FOUGHT, asks_why, outcome, reports_training, wants_quote

LOW_CONFIDENCE = 0.45
# Below these a clause without an anchor is not acted on: a wrong answer costs a sentence, a wrong entry costs trust.
_ASK_BELOW = 0.36
_ASK_BEFORE_WRITING_BELOW = 0.5
_BESIDE_AN_ATTACK = 0.6
_SURE = 0.85
_HALF = 0.5

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
    r"^(?!.*\b(?:count|mark|check|tick|sign) me (?:for|in|as)\b)(?:(?:please|and|so|now|can you|could you|would you|nothing|not|have|has)\s+)*"
    r"(?:log(?:ged)?|record(?:ed)?|register|note|write|put|set|jot|chalk|add|track|save|mark|count|enter|report|credit|do|keep (?:track|count|note))\b"
    r"(?:[\s,.!:]+(?:it|that|this|them|'?em|those|these|both|all|down|up|in|into|on|please|for|me|to|my|the|of|so|as|too|log|record|book|books|now|yet|do|nothing|"
    r"training|session|practice|well|today|ledger|list|time|if you must|if you like|hours?|minutes|work|result|in your|your))*\W*$|^please do\W*$"
    r"|^(?:(?:please|and|so|now)\s+)*(?:both|all|it|that|this|them|those|these|everything)(?: of (?:it|them|that|this))?(?: (?:goes?|belongs?|should go|can go))? (?:in|into|to|on)(?:to)? (?:the|my|your) (?:log|book|books|ledger|record|list)(?: please)?\W*$"
    r"|^(?:and )?(?:in|into|onto|to) (?:the|my|your) (?:log|book|books|ledger|record) (?:with|goes) (?:it|that|them|this)\W*$"
    r"|^(?:and )?which (?:you|i) (?:may|can|should|want|would like|might)(?: to be| to have)? (?:please )?(?:log|record|note|enter|write|put|mark)(?:ged|ed|d)?(?: down| in| up)?\W*$",
    re.IGNORECASE,
)
_LOG_IT_AS = re.compile(
    r"^(?:please |now |and |so )*(?:write|put|mark|count|log|note|record|enter|chalk|book) (?:it|that|this|them)\b[\w\s]{0,12}\bas\b",
    re.IGNORECASE,
)
_COMMENT = re.compile(
    r"^(?:an?|another|that's an?|so an?|a clear|what an?) (?:\w+ )?(?:win|victory|loss|defeat)(?: (?:i (?:suppose|guess|think|fear)|for me|then|again|at last|finally|it is|it was))*\W*$",
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
_REQUEST = re.compile(
    r"\?|:\s*(?:[-–—*•]\s*)?(?:how|what|why|when|which)\b|^(?:please |and |so |but |first(?:ly)?,? |then |next,? |also |finally,? )*(?:how|what|which|why|when|where|who|can|could|should|would|do|does|is|are|may|tell|teach|show|give|explain|help|"
    r"recommend|suggest|find|make|build|plan|create|compare|draw|paint|inspire|motivate|encourage|cheer|quiz|test|ask|describe|list|walk|i (?:need|want|would like|'d like))\b",
    re.IGNORECASE,
)
_WHAT_TO_DO = re.compile(
    r"\b(?:what (?:(?:shall|should|can|could|must|might|do|would) (?:i|we)|(?:are|am) (?:i|we)|would you have (?:me|us)|to) (?:do|going to do|best do|practi[sc]e|train|work on|get done)\b"
    r"|let (?:me|us) use (?:it|them|that)\b|let's (?:go|train|start|do (?:it|something))\b|^(?:go|ideas|any ideas)\W*$|(?:keep|get) (?:me|us) busy\b|what(?:'s| is) the plan\b)(?!.*\b(?:if|when|against|about)\b)",
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
_SCENERY = re.compile(r"^(?:in|on|at|under|by|near|during|with|make it|and)\b", re.IGNORECASE)


_WISHED = re.compile(
    r"\?|\b(?:please|give|make|build|plan|create|design|need|want|let|teach|show|start|can|could|would|coach|train me|put together|prepare|i have|i've got)\b",
    re.IGNORECASE,
)
_WHICH_OF_THEM = re.compile(
    r"^(?:and |so |but )*(?:what(?:'s| is)|which(?: one)?(?:'s| is)?|who(?:'s| is))\s+(?:the\s+)?(?:more\s+\w+|\w+er|better|best|worth \w+)\b[^,]*$",
    re.IGNORECASE,
)
_FEELS = re.compile(
    r"\b(?:i(?:'m| am| feel| was)|i've been|feeling)\s+(?:\w+\s+){0,2}?(?:afraid|scared|terrified|nervous|anxious|worried|ashamed|sad|down|hopeless|useless|worthless|weak|tired of|"
    r"discouraged|frustrated|lonely|desperate|demotivated|unmotivated|exhausted|not (?:good|strong|brave|cut out))\b|\b(?:giv(?:e|ing) up|los(?:e|t|ing) (?:heart|hope|faith)|cut out (?:for|to be))\b",
    re.IGNORECASE,
)
# What may be asked about two weapons that were set side by side.
_OF_TWO = frozenset({"overview", "general", "handling"})


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
    sure = any(each.label in SPECIALISTS and (each.anchored or each.confidence >= _SURE) for each in clauses)
    for index, original in enumerate(clauses):
        previous = drafts[-1] if drafts else None
        clause = _as_planned(previous, original)
        if previous and (
            _had_time_for(previous, clause)
            or _is_a_reason_to_buy(previous, clause)
            or _is_what_to_log(previous, clause)
            or _orders_what_was_named(previous, clause)
        ):
            background, previous = [*previous.background, *previous.clauses, *background], None
            drafts.pop()
        reports = [draft for draft in drafts if _is_report(draft)]
        if LOG_IT.match(clause.text) and not _plans(previous) and reports:
            reports[-1].to_be_logged = True
            continue  # "I lost. Cheer me up and log it.": it is logged already
        only_topic = clause.reading.only_types or (clause.reading.only_topic and clause.intent != "compare")
        after = clauses[index + 1 :]
        if (only_topic and after) or _only_told_of_buying(clause, after[:1]):
            background.append(clause)  # "how about the last one, is it good for beginners?"
            continue
        if previous and _belongs(previous, clause):
            _merge(previous, clause, background)
            background = []
        elif clause.label == "statement" or _has_time(clause) or (sure and _is_hardly_one(clause)):
            background.append(clause)
        elif clause.label not in SPECIALISTS or not is_sure(clause) or (hostile and not _honest(clause)):
            continue
        elif earlier := _said_before(drafts, clause):
            if earlier.specialist == "coach":  # it stands where it is asked for, not where it was told
                drafts.remove(earlier)
                drafts.append(earlier)
            _merge(earlier, clause, background)
            background = []
        elif len(drafts) < MAX_STEPS and not (clause.intent in WRITING and (void or _of_a_refused_one(clauses, index))):
            drafts.append(_begin(clause, background))
            background = []
    if background and drafts:
        drafts[-1].clauses.extend(background)
    elif background and not hostile:
        drafts = _from_statements(background)
    return drafts


def _said_before(drafts: list[Draft], clause: Judged) -> Draft | None:
    """The step, not the last one, that a clause asks for once more: "20 minutes, then the shaft split. Note the 20 minutes, and how do I mend it?"."""
    before = [each for each in drafts[:-1] if each.specialist == clause.label]
    if clause.label == "coach":
        return next((each for each in before if _tells_only(each) and _same_lesson(each, clause)), None)
    same = [each for each in before if each.intent == clause.intent]
    if clause.intent in {"log_training", "log_battle"}:
        asked = _LOG_THE_TIME if clause.intent == "log_training" else _LOG_THE_BATTLE
        return next((each for each in same if asked.match(clause.text) and _same_entry(each, clause)), None)
    return None


def _tells_only(draft: Draft) -> bool:
    """Whether nothing in it asks: what is told there is what is asked about later."""
    return not any(_REQUEST.search(clause.text) for clause in draft.clauses)


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
    told = previous.specialist == "coach" and len(previous.clauses) == 1 and not _REQUEST.search(previous.request)
    return told and clause.label == "recommender" and _DONE_WITH_IT.search(previous.request) is not None


def _is_what_to_log(previous: Draft, clause: Judged) -> bool:
    """ "Swung the kanabo until my arms gave up, put that down as training": the first part says what the second enters."""
    enters = clause.label == "quartermaster" and clause.anchored and _LOG_IT_AS.match(clause.text) is not None
    return enters and len(previous.clauses) == 1 and not previous.clauses[0].anchored and _tells_only(previous)


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
    if _plans(previous) and LOG_IT.match(clause.text):
        return Judged(
            clause.reading, "quartermaster", "log_training", max(clause.confidence, LOW_CONFIDENCE), anchored=True
        )
    wish = clause.intent == "log_training" and minutes(clause.text) is not None and not reports_training(clause.text)
    if previous and previous.specialist == "coach" and wish:
        return Judged(clause.reading, "coach", "routine", clause.confidence, anchored=True)
    return clause


def _belongs(previous: Draft, clause: Judged) -> bool:
    """Whether a clause goes on with the step before it."""
    if clause.label == "refused" or {previous.intent, clause.intent} & INTENTS:
        return previous.intent == clause.intent
    if (clause.part and previous.specialist == clause.label) or _TAG.match(clause.text):
        return True
    if _is_report(previous) and LOG_IT.match(clause.text):
        return True
    if _AFTERTHOUGHT.match(clause.reading.without_names) or (previous.action in _LISTS and _MISSING.match(clause.text)):
        return True  # "left hand in front or behind? For a spear, I mean."; "my badges, and which are still missing?"
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
        types = {type_ for mention in clause.reading.types for type_ in mention.types}
        before = {type_ for mention in previous.types for type_ in mention.types}
        return asks_why(clause.text) or not types or not before or types == before
    if previous.specialist == "quartermaster":
        return _same_entry(previous, clause)
    return True


def _plans(draft: Draft | None) -> bool:
    return draft is not None and draft.coach_intent in {"routine", "drills"}


def _is_report(draft: Draft) -> bool:
    return draft.specialist == "quartermaster" and (draft.intent or "").startswith("log_")


def _same_lesson(previous: Draft, clause: Judged) -> bool:
    named = {mention.slug for mention in clause.reading.weapons}
    before = {mention.slug for mention in previous.weapons}
    if named and before and not named <= before:
        return False
    of_type = {type_ for mention in clause.reading.types for type_ in mention.types}
    types_before = {type_ for mention in previous.types for type_ in mention.types}
    another_type = of_type and types_before and not (of_type & types_before or named or before)
    if another_type and previous.intent != "compare" != clause.intent and _REQUEST.match(clause.text):
        return False  # "how do I parry with sai and how do I parry with a staff"
    intents = {previous.intent, clause.intent}
    told_only = _tells_only(previous)
    if clause.apart and not told_only and _is_another_lesson(previous, clause):
        return False
    if "motivation" in intents and len(intents) > 1:
        apart = clause.apart and previous.intent in {"routine", "plan", "drills", "quiz"}
        if told_only and not (apart or named or before or clause.anchored or _REQUEST.search(clause.text)):
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
        and _REQUEST.search(clause.text)
    ):
        return True  # "My aim with the Kestrel is awful, what should I practise?": told first, asked then
    return clause.confidence < LOW_CONFIDENCE and not clause.anchored and not named


def _is_another_lesson(previous: Draft, clause: Judged) -> bool:
    """Whether a clause of a message that asks for several things asks the Coach for another one than the step before."""
    sure = min(previous.confidence, clause.confidence) >= _SURE or clause.anchored
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
        if _COMMENT.match(clause.text):
            return True  # "that demon got away from me, a loss I suppose"
        before, now = outcome(previous.request), outcome(clause.text)
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


def _merge(previous: Draft, clause: Judged, background: list[Judged]) -> None:
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

"""Follow-ups such as "how often?", "and for the spear?" or "shorter please", as questions that stand alone.

A thread remembers the last question that the Coach was asked, in its rewritten form (``Memory.question``). What a message leaves
unsaid is taken from there::

    how do I oil the Heron Spear?      asked before
    how often?                      -> how often should I oil the Heron Spear?
    and for the Gatewarden?         -> how do I oil the Gatewarden Spear?
    and the tip?                    -> how do I oil the tip of the Heron Spear?
    shorter please                  -> how do I oil the Heron Spear?     (shape: shorter)

Nothing is looked up before. ``standalone`` and ``remember`` are pure; to carry a thread on, a caller needs no more than::

    question = standalone(step.text, step, memory)
    memory = remember(memory, question)
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from agents.composer.intent import find_minutes
from agents.planner.plan import CoachIntent, Step
from agents.planner.quantities import digits
from agents.state import LastQuestion, Memory
from agents.weapon_words import renamed, spoken, type_words, with_name

Shape = Literal["shorter", "longer", "simpler"]

_MOST_WORDS = 12
_LONGEST = 4000


@dataclass(frozen=True, slots=True)
class Standalone:
    """A question that needs no thread to be understood: the fields of ``CoachQuestion`` that come from the words."""

    text: str
    intent: CoachIntent | None = None
    weapon: str | None = None
    other_weapon: str | None = None
    minutes: int | None = None
    shape: Shape | None = None


def standalone(text: str, step: Step, memory: Memory, *, weapon: str | None = None) -> Standalone:
    """Rewrite a message so that it stands alone.

    Args:
        text: the slayer's words for this step.
        step: what the planner made of them; its weapon goes before ``weapon``.
        memory: the thread's memory, as ``remember`` left it.
        weapon: slug of the weapon in focus, where the step names none.
    """
    plain = Standalone(text, step.intent, step.weapon or weapon, step.other_weapon, step.minutes)
    last = memory.get("question")
    if last is not None and len(text.split()) <= _MOST_WORDS:
        said = _said(text)
        for rule in _RULES:
            found = rule(said, plain, last)
            if found is not None:
                return replace(found, text=found.text[:_LONGEST])
    return replace(plain, text=with_name(text, plain.weapon) if step.refers_back else text)


def remember(memory: Memory, question: Standalone, *, weapon: str | None = None) -> Memory:
    """The memory after the Coach has answered.

    Args:
        memory: the thread's memory so far.
        question: what was answered, as ``standalone`` gave it.
        weapon: slug of the weapon that the answer turned out to be about, where the question names none.
    """
    about = question.weapon or weapon
    asked = LastQuestion(
        text=question.text,
        intent=question.intent,
        weapon=about,
        other_weapon=question.other_weapon,
        minutes=question.minutes,
    )
    return {**memory, "weapon": about or memory.get("weapon"), "intent": question.intent, "question": asked}


_COURTESY = re.compile(
    r"\b(?:please|ok|okay|coach|sensei|thanks|thank you|could you|can you|would you|will you|now|just|maybe)\b|[?!.,;:\u2026\"]",
    re.IGNORECASE,
)
_OPENING = re.compile(r"^(?:(?:and|but|so|or|then|hmm|well)\s+)+", re.IGNORECASE)
_ABOUT = re.compile(r"^(?:what about|how about|what of|same for|the same (?:for|with))\s+", re.IGNORECASE)


def _said(text: str) -> str:
    """The message in lower case without courtesies, marks and "and"."""
    return _OPENING.sub("", " ".join(_COURTESY.sub(" ", text.lower().replace("\u2019", "'")).split()))


# How the answer should have been

_SIMPLER = (
    r"simpl\w*|easier|clear\w*|plain\w*|slowly|step by step|rephrase|gentler|too (?:complicated|difficult|hard)|complicated|"
    r"(?:i )?(?:don'?t|do not|didn'?t) (?:get|understand)|what (?:do you|does (?:that|it|this)) mean"
)
_SHAPES: tuple[tuple[Shape | None, str], ...] = (
    ("longer", r"too short|too brief"),
    ("simpler", _SIMPLER),
    ("shorter", r"too (?:long|much)|short\w*|brief\w*|summar\w+|(?:fewer|less)(?: details?)?|in a nutshell|tl;?dr"),
    (
        "longer",
        r"longer|(?:tell me )?more|detail\w*|elaborate|expand|go on|continue|what else|anything else|(?:and )?then(?: what)?",
    ),
    (None, r"again|repeat|once more|another(?: one)?|one more|next one|table|list|bullets?|bullet points"),
)
_FILLERS_WORDS = """
    a an as about answer bit by do explain few for format form from get give in into is it it's keep little lot made make
    me much of one only piece put say show so tell that that's the this to too try version was way with words write you
    your i again but more less few need want it? like be can we sentence sentences
"""
_FILLERS = frozenset(_FILLERS_WORDS.split())
_ONCE_MORE = re.compile(r"\banother|one more|next one")


def _reshaped(said: str, _plain: Standalone, last: LastQuestion) -> Standalone | None:
    """The last question again: "shorter please", "explain that more simply", "in a table", "another one"."""
    for shape, pattern in _SHAPES:
        if not re.search(rf"\b(?:{pattern})\b", said):
            continue
        if set(re.sub(rf"\b(?:{pattern})\b", " ", said).split()) <= _FILLERS:
            # Other words choose another quote; they are none that a passage is looked up by.
            text = f"{_bare(last)}, once more" if _ONCE_MORE.search(said) else last["text"]
            return replace(_again(last), text=text, shape=shape)
    return None


_MINUTES = re.compile(
    r"\b(?:(?:\d+(?:\.\d+)?|an?|one)[- ]?hours? and (?:a |\d+ )?(?:half|quarter|minutes?)|(?:3|three)[- ]quarters of an hour|"
    r"(?:a )?quarter (?:of )?an hour|(?:\d+(?:\.\d+)?|half an?|half|an?|one)[- ]?(?:minutes?|mins?|hours?|hrs?|h))\b"
)
_OF_A_LENGTH_WORDS = """
    too long short much
    i we i've i'm i'd have got only rather better longer shorter instead today tonight now time session routine same different
    let's let us do can could would stretch cut shorten extend lengthen down up no sorry actually there is are or in on than then
"""
_OF_A_LENGTH = frozenset(_OF_A_LENGTH_WORDS.split())


def _retimed(said: str, plain: Standalone, last: LastQuestion) -> Standalone | None:
    """The last session in another length: "again but 20 minutes", "only ten minutes"."""
    length = plain.minutes or find_minutes(said)
    if not length or not set(_MINUTES.sub(" ", digits(said)).split()) <= _FILLERS | _OF_A_LENGTH:
        return None
    again, count = _MINUTES.subn(
        f"{length} minute" if "minute " in last["text"] else f"{length} minutes", digits(last["text"]), 1
    )
    text = again if count else f"{_bare(last)} for {length} minutes"
    return replace(_again(last), text=text, intent="routine", minutes=length)


# What is asked about what was asked before

_MEANING = re.compile(r"^what (?:do you mean by|is meant by|does)\s+(?:an?\s+|the\s+)?(?P<what>[\w' -]+?)(?:\s+mean)?$")
_ASKED: tuple[tuple[str, str, CoachIntent | None], ...] = (  # (what is said, what it asks, its kind of answer)
    (r"how often|how frequently|how many times|how regularly", "how often should I {task}", "how_often"),
    (r"when", "when should I {task}", "how_often"),
    (r"how long", "how long does it take to {task}", "general"),
    (r"how (?:much|many)", "how much do I need to {task}", "general"),
    (r"how", "how do I {task}", None),
    (r"why not", "why should I not {task}", "general"),
    (r"why|how come|what for", "why should I {task}", "general"),
    (r"with what|what with|with which", "what do I need to {task}", "maintenance"),
    (r"(?:which|what) (?P<how>\w+)(?= do i| should i|$)", "which {how} do I use to {task}", "general"),
    (r"where", "where should I {task}", "general"),
    (r"(?:is|isn't) (?:that|it|this) (?P<how>safe|dangerous|risky)", "is it {how} to {task}", "safety"),
    (
        r"what (?:if|happens (?:if|when)) i (?:don't|do not|skip|forget|never do)",
        "what happens if I do not {task}",
        None,
    ),
)
_REST_WORDS = """
    do does should must can i we you that it this so to be done have need is take exactly then one
"""
_REST = frozenset(_REST_WORDS.split())
_LEAD = re.compile(
    r"^(?:(?:please|and|so|but|coach)[, ]+)*(?:"
    r"how (?:often |long |frequently |much |many times )?(?:do|should|can|would|must|could|does it take) ?(?:i|you|we|one)?"
    r"(?: need)?(?: to)?|"
    r"(?:when|why|where) (?:do|should|must|can) i(?: not)?|how to|(?:tell|show|teach) me (?:how )?to|explain how to|"
    r"what (?:is the (?:best|right|proper) way|do i need|happens if i do not)(?: to)?|(?:should|must|can|may) i|"
    r"do i (?:need|have) to|is it (?:\w+ )to|what is a good way to)\s+(?P<task>.+)$",
    re.IGNORECASE,
)


def _meaning(said: str, plain: Standalone, last: LastQuestion) -> Standalone | None:
    """A word on the weapon that was spoken of: "what do you mean by tsuba?"."""
    asked = _MEANING.match(said)
    if asked is None or (asked["what"] in {"that", "it", "this"}) or (" mean" not in said):
        return None
    weapon = plain.weapon or last["weapon"]
    text = f"what is the {asked['what']}{f' of {spoken(weapon)}' if weapon else ''}?"
    return Standalone(text, "general", weapon)


def _asked_alone(said: str, plain: Standalone, last: LastQuestion) -> Standalone | None:
    """Another question about the same thing: "how often?", "why should I do that?"."""
    for pattern, form, intent in _ASKED:
        asked = re.match(rf"(?:{pattern})\b", said)
        if asked is None:
            continue
        if not set(said[asked.end() :].split()) <= _REST:
            return None
        weapon = plain.weapon or last["weapon"]
        task = _LEAD.match(_bare(last))
        if task:
            words = renamed(task["task"], last["weapon"], spoken(weapon)) if weapon != last["weapon"] else task["task"]
            text = form.format(task=words, **asked.groupdict()) + "?"
        else:
            text = f"{asked.group()}, about this: {_bare(last)}?"
        return Standalone(text, intent or plain.intent or last["intent"], weapon, last["other_weapon"])
    return None


# The same about something else

_ORDINALS_WORDS = """
    first second third fourth fifth last other top one ones next number two 1 2 3 1st 2nd 3rd
"""
_ORDINALS = frozenset(_ORDINALS_WORDS.split())
_LITTLE_WORDS = """
    for with the a an my your that this of it its instead too as well what about how same again in case
"""
_LITTLE = frozenset(_LITTLE_WORDS.split())
_NO_PART = re.compile(
    r"^(?:how|what|why|when|where|who|which|is|are|was|do|does|did|can|could|should|would|will|may|must|tell|give|show|compare|explain|"
    r"log|i|i'm|i've|my name|recommend|draw|paint|buy|teach|help|let|make|thanks|no|yes)\b"
)
_CIRCUMSTANCE = re.compile(
    r"^(?:in|at|after|before|during|on|without|under|while|if|as|from|for|with|against|near|inside|outside)\b"
)
_OF_A_PART: dict[CoachIntent | None, str] = {
    "maintenance": "how do I {task} {part} of {weapon}?",
    "how_often": "how often should I {task} {part} of {weapon}?",
    "handling": "how do I use {part} of {weapon}?",
    "safety": "what is dangerous about {part} of {weapon}?",
    "troubleshooting": "what is wrong with {part} of {weapon}?",
    "drills": "which drills are there for {part} with {weapon}?",
    "routine": "a routine for {part} with {weapon}",
    "accessories": "which accessories are there for {part} of {weapon}?",
}
_FACT = re.compile(r"\b(?:weight|length|size|width|price|colou?r|balance|history|name|material|styles?)$")
_CARE = re.compile(
    r"\b(oil|clean|sharpen|polish|wax|store|dry|rewrap|wrap|hone|inspect|check|replace|tighten|lubricate|wash|repair)\b"
)


def _other_weapon(said: str, plain: Standalone, last: LastQuestion) -> Standalone | None:
    """The last question about another weapon: "and for the spear?", "what about the second one?"."""
    words = set(re.findall(r"[a-z0-9]+", _ABOUT.sub("", said).replace("'s", "s")))
    named = words - _LITTLE - _ORDINALS
    known = type_words() | set((plain.weapon or "").split("-"))
    if not words or not named <= known or not (named or words & _ORDINALS):
        return None
    if plain.weapon is None and not named:
        return None
    name = spoken(plain.weapon) if plain.weapon else f"the {' '.join(re.findall(r'[a-z]+', said)[-1:])}"
    if last["intent"] == "compare" and last["other_weapon"]:
        text = renamed(last["text"], last["other_weapon"], name)
        return replace(_again(last), text=text, other_weapon=plain.weapon)
    text = renamed(last["text"], last["weapon"], name)
    return replace(_again(last), text=text, weapon=plain.weapon)


def _other_part(said: str, plain: Standalone, last: LastQuestion) -> Standalone | None:
    """The last kind of question about something else: "and the tip?", "what about sharpening?", "and in winter?"."""
    part = _ABOUT.sub("", said)
    if not part or _NO_PART.match(part) or len(part.split()) > 5:
        return None
    again = _again(last)
    if _CIRCUMSTANCE.match(part):
        return replace(again, text=f"{_bare(last)}, {part}?")
    weapon = plain.weapon or last["weapon"]
    part = re.sub(r"^(?:its|my|your|that|this)\s+", "the ", part)
    name = spoken(weapon)
    if _FACT.search(part):
        return Standalone(f"what is {part} of {name}?", "general", weapon)
    if re.fullmatch(r"\w+ing", part):
        often = last["intent"] == "how_often"
        text = f"how often does {part} {name} come?" if often else f"how do I go about {part} {name}?"
        return replace(again, text=text, weapon=weapon)
    care = _CARE.search(last["text"].lower())
    form = _OF_A_PART.get(last["intent"], "what about {part} of {weapon}?")
    text = form.format(task=care[1] if care else "look after", part=part, weapon=name)
    return replace(again, text=text, weapon=weapon)


_Rule = Callable[[str, Standalone, LastQuestion], Standalone | None]
_RULES: tuple[_Rule, ...] = (_reshaped, _retimed, _meaning, _asked_alone, _other_weapon, _other_part)


def _again(last: LastQuestion) -> Standalone:
    return Standalone(last["text"], last["intent"], last["weapon"], last["other_weapon"], last["minutes"])


def _bare(last: LastQuestion) -> str:
    return last["text"].strip().rstrip("?!. ").removesuffix(", once more")

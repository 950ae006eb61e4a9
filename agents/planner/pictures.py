"""Pictures in a slayer's words: "again but at night", "another one", "draw three", "in a low guard".

A picture that is painted again keeps its weapon, its seed and its pose, so that only what is said changes; another one of the
same gets a seed of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from agents.planner.context import PlanContext
from agents.planner.draft import Draft, Judged
from agents.planner.numbers import digits
from agents.planner.plan import Again, Pose
from agents.planner.reading import Reading
from agents.planner.scenes import scene
from ml.artist import lexicon
from ml.artist.reading import joined_scene

MAX_PICTURES = 4
_MOST_WORDS = 12
_SURE = 0.75
_PICTURES = r"(?:pictures?|images?|portraits?|paintings?|drawings?|sketch(?:es)?|versions?|variations?|variants?|takes?|posters?|wallpapers?)"
_POLITE = (
    r"(?:(?:and|ok|okay|so|now|please|then|just|hm+|great|nice|lovely|thanks|can you|could you|would you)[\s,!.]+)*"
)
_NEW = re.compile(
    rf"\b(?:another|a (?:different|new|fresh|second|third)|(?:\d+|a few|some|one) (?:more|other|new|different))\s+(?:one|ones|time|try|go|{_PICTURES})\b"
    rf"|\banother\b\W*$|\banother\b(?=\s*,?\s*(?:but|in|on|at|under|with|by)\b)|\b(?:try|roll|start) (?:it )?(?:again|anew|afresh|over)\b|\b(?:\d+|a few|some|one) more\b|\b(?:new|different|fresh) (?:seed|{_PICTURES}|ones?)\b"
    r"|\bsomething (?:else|different)\b|\bnot (?:that|this) one\b|\b(?:different|another|new|other) (?:pose|angle|scene|place|setting)\b",
    re.IGNORECASE,
)
_SAME = re.compile(
    rf"\bagain\b|\bonce more\b|\b(?:the|that|this|my)?\s*(?:very\s+)?same\b|\b(?:repaint|redraw|redo)\b|\b(?:change|edit|adjust|alter) (?:the|that|this|my) (?:last )?{_PICTURES}\b"
    rf"|\b(?:that|the last|the previous|my last|this) {_PICTURES}\b",
    re.IGNORECASE,
)
_OF_A_PICTURE = re.compile(
    rf"\b{_PICTURES}\b|\b(?:draw|paint|sketch|redraw|repaint|render|illustrate)\b", re.IGNORECASE
)
# How a change of the last picture begins, or is said whole.
_CHANGE = re.compile(
    rf"^{_POLITE}(?:(?:paint|draw|sketch) (?:it|that|this|the same)\b|(?:do|make|try|show|repeat) (?:it|that|this|the same)(?=\W*$|\s+(?:again|once|but|in|on|at|under|with|without|by|while|more|less|\w+er|\w+y)\b)|the same\b|same\b|again\b|once more\b|but\b|this time\b|now\b|make it\b|make (?:the|my)\b|"
    r"in\b|on\b|at\b|under\b|beneath\b|with\b|without\b|by\b|beside\b|during\b|more\b|less\b|fewer\b|no\b|(?:much |a bit |even )?(?:darker|brighter|lighter)\b|"
    r"(?:put|add|give it|change|remove|take away|drop|leave out|replace|turn)\b|instead\b|as\b|while\b|wearing\b|(?:the )?(?:first|second|third|fourth|last)(?: (?:one|picture))?[,\s]+(?:again|but|in|on|at|under|with)\b)",
    re.IGNORECASE,
)
_ANOTHER_OF_IT = re.compile(
    rf"^{_POLITE}(?:(?:give|show|do|make|paint|draw|sketch|i want|i'd like|let me see|me|us|it|that|a|the)\s+)*"
    rf"(?:another(?:\s+(?:one|{_PICTURES}))?|one more|(?:a |some )?(?:different|new|other|fresh) (?:ones?|{_PICTURES})|(?:\d+|a few|some|a couple)(?: (?:more|others?|different ones?|of (?:them|these|those)|{_PICTURES}))*|"
    rf"(?:\d+|a few|some) (?:more |other |different |new )?{_PICTURES}|try again|something (?:else|different))(?:\s*,?\s*(?:of (?:it|that|me|them)|please|then|instead|this time))*\W*$",
    re.IGNORECASE,
)
_NEW_HERE = re.compile(rf"^{_POLITE}(?:(?:give|show|draw|paint|make|do|i want|i'd like|me|us|a|the)\s+)*(?:another one|one more|(?:another|(?:a )?(?:different|new)) (?:pose|angle|scene|place|setting)|(?:\d+|a few) (?:more |other |different |new )?{_PICTURES})\b", re.IGNORECASE)  # fmt: skip
_LOOKS = re.compile(
    r"\b(?:my|the) (?:hair|face|eyes|beard|clothes|coat|haori|uniform|robe|mask|scar|horse|dog|cat|crow|house|flowers?|garden|sky|background)\b.{0,20}\b(?:be|longer|shorter|darker|brighter|bigger|smaller|white|black|red|blue|green|gone|away|there)\b",
    re.IGNORECASE,
)
_BARE = re.compile(
    rf"^{_POLITE}(?:(?:do|make|paint|draw|show|sketch|try|it|that|this|me|the|same|again|once more|picture|one|please|over|thing|exactly)\b[\s,!.]*)+$",
    re.IGNORECASE,
)
_FILLER = re.compile(r"\b(?:this time|instead|please|now|maybe|rather|then)\b|[^\w\s]", re.IGNORECASE)
_ASKS = re.compile(
    r"^(?:and |so |but )*(?:how|what|which|why|when|where|who|whose|is|are|am|do i|does|did|should|must|may|tell|teach|explain|log|record|i|we|my)\b",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    rf"(?<![\d.])\b(\d{{1,2}})\s+(?:(?:more|other|different|new|good|nice|small|large|of)\s+)*(?:{_PICTURES}|of (?:them|these|those)|times)\b", re.IGNORECASE
)  # fmt: skip
_DRAW_N = re.compile(
    r"\b(?:draw|paint|sketch|make|do|show|give|render|try)\s+(?:me\s+|us\s+|it\s+)?(?:a\s+)?(\d{1,2})(?:\s+(?:more|others?|different(?: ones?)?|please|times|now|then))*\s*(?:$|[.,;!?]|\b(?:with|of|in|at|on|under)\b)",
    re.IGNORECASE,
)
_N_MORE = re.compile(r"^\W*(?:and |ok |now |please )*(\d{1,2}) (?:more|others?|different ones?)\b", re.IGNORECASE)
_SEED = re.compile(r"\bseed\s*(?:number|no\.?|value|of|is|[#:=])*\s*(\d{1,10})\b", re.IGNORECASE)
_BUT = re.compile(r"[\s,]*\bbut\b[\s,]*", re.IGNORECASE)
_SOME = re.compile(rf"\b(?:a few|several)\s+(?:more\s+|different\s+)?(?:{_PICTURES}|more|ones?)\b", re.IGNORECASE)
_TWO = re.compile(rf"\b(?:a couple(?: of)?|a pair of|both)\s+(?:more\s+|different\s+)?{_PICTURES}\b|\b(?:draw|paint|sketch)\b.{{0,20}}\btwice\b", re.IGNORECASE)  # fmt: skip


def pose(text: str) -> Pose | None:
    """How the slayer is to stand on the picture; None where the words leave it open."""
    found: Pose | None = lexicon.find_pose(text)  # type: ignore[assignment]  # its words are the renderer's poses
    return found


class Wish(NamedTuple):
    """What one clause says of a picture."""

    scene: str | None
    pose: Pose | None
    weapon: str | None


def wish(reading: Reading) -> Wish:
    """What a clause says of a picture; behind its "but" stands what is to be instead.

    "In the snow, but at night": both. "At dawn, kneeling, but at night and standing": the latter. ``weapon`` is the slug of a
    weapon that is named behind it, else None.
    """
    text = reading.text
    turn = next(reversed(list(_BUT.finditer(text))), None)
    if turn is None:
        return Wish(scene(text, reading.spans), pose(reading.without_names), None)
    at, on = turn.start(), turn.end()
    before = scene(text[:at], [(start, end) for start, end in reading.spans if end <= at])
    after = scene(text[on:], [(start - on, end - on) for start, end in reading.spans if start >= on])
    first, _, second = reading.without_names.rpartition(turn[0])
    posed = pose(second)
    named = [mention.slug for mention in reading.weapons if mention.start >= on]
    return Wish(
        joined_scene(before, after, posed=posed is not None), posed or pose(first), named[-1] if named else None
    )


def seed(text: str) -> int | None:
    """The seed that is named, None without one that there could be."""
    match = _SEED.search(text)
    return int(match[1]) if match and int(match[1]) < 2**32 else None


def count(text: str) -> int | None:
    """How many pictures are asked for; None when it is not said. Not bounded: the Artist judges."""
    said = digits(_SEED.sub(" ", text))
    for pattern in (_COUNTED, _DRAW_N, _N_MORE):
        if match := pattern.search(said):
            return int(match[1]) or None
    if _SOME.search(said):
        return 3
    return 2 if _TWO.search(said) else None


def again(text: str) -> Again | None:
    """Whether the last picture is to be painted once more with a change, or another of the same; None for a fresh wish."""
    said = digits(text)
    if _NEW.search(said) or _ANOTHER_OF_IT.match(said):
        return "new"
    if _BARE.match(said) and _SAME.search(said):
        return "new"  # "again": the same picture to the last stroke is there already
    return "change" if _SAME.search(said) else None


def mark(drafts: Sequence[Draft], context: PlanContext) -> None:
    """Say of each picture whether it goes on with the last one. A picture of what is only being recommended does not."""
    fresh = False
    for draft in drafts:
        fresh = fresh or (draft.specialist == "recommender" and not draft.explain)
        if draft.specialist == "artist" and draft.again is None and context.last_picture and not fresh:
            draft.again = again(draft.request)


def goes_on(clauses: Sequence[Judged], context: PlanContext) -> Again | None:
    """Whether a message says nothing but how the last picture should be instead: "darker", "again but kneeling", "draw three".

    Args:
        clauses: the message's clauses that ask for something.
        context: the thread so far.
    """
    if not context.last_route or not clauses or sum(len(clause.text.split()) for clause in clauses) > _MOST_WORDS:
        return None
    near = context.last_route[-1] == "artist"
    if not (near or context.last_picture) or not all(_continues(clause, near=near) for clause in clauses):
        return None
    kinds = ["new" if count(clause.text) else again(clause.text) for clause in clauses]
    changed = any(_changes(clause) for clause in clauses)
    if len(clauses) > 1 and changed and not any(_NEW.search(digits(clause.text)) for clause in clauses):
        return "change"  # "again, and kneel this time": the first alone would be another one
    return "new" if "new" in kinds else "change"


def _continues(clause: Judged, *, near: bool) -> bool:
    text = clause.text
    # "with short white hair" is off topic for everyone but the Artist.
    if clause.anchored and clause.label != "artist" and not (clause.label == "off_topic" and _of_the_picture(clause)):
        return False
    if not near:
        return again(text) is not None and _OF_A_PICTURE.search(text) is not None and not clause.reading.spans
    if _ANOTHER_OF_IT.match(digits(text)) or _BARE.match(text):
        return True
    if _LOOKS.search(text):
        return True
    if _ASKS.match(text):
        return False
    if _CHANGE.match(text) or (_changes(clause) and _speaks_of_nothing_else(text)):
        return True
    return not clause.reading.spans and _NEW_HERE.search(digits(text)) is not None


def regarded(clauses: list[Judged], context: PlanContext) -> list[Judged]:
    """The clauses, those for the Artist that only ask for a change of the picture just painted: "again but darker, and log ..".

    Alone the router cannot tell them: "again, but in the rain" may be said of anything.
    """
    if not context.last_route or context.last_route[-1] != "artist":
        return clauses
    return [_for_artist(clause) if _plain_change(clause) else clause for clause in clauses]


def _plain_change(clause: Judged) -> bool:
    return again(clause.text) == "change" and _changes(clause) and _continues(clause, near=True)


def _for_artist(clause: Judged) -> Judged:
    return Judged(clause.reading, "artist", None, max(clause.confidence, _SURE), anchored=True)


def _of_the_picture(clause: Judged) -> bool:
    """Whether words of the ordinary world may well be said of a picture: "one more, on a horse", "can my hair be longer"."""
    return (
        _changes(clause) or _NEW_HERE.match(digits(clause.text)) is not None or _LOOKS.search(clause.text) is not None
    )


def _changes(clause: Judged) -> bool:
    return bool(lexicon.find(clause.text)) or bool(clause.reading.weapons)


def _speaks_of_nothing_else(text: str) -> bool:
    """ "kneeling", "rainy night": most of it are words that can be drawn."""
    covered = sum(each.end - each.start for each in {one[:2]: one for one in lexicon.find(text)}.values())
    return covered * 2 >= len(_FILLER.sub("", text).strip())

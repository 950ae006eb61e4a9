"""Parts of the body: how slayers name them, and which of them a drill asks for."""

from __future__ import annotations

import re
from typing import NamedTuple

# How a part may be named -> what it is called here. A plural of a pair means both.
_NAMES = {
    "knee": r"knee(?:s|caps?)?",
    "ankle": r"ankles?|achilles(?: tendon)?|heels?",
    "foot": r"foot|feet|toes?|arch(?:es)?",
    "leg": r"legs?|thighs?|hamstrings?|cal(?:f|ves)|shins?|quads?|quadriceps",
    "hip": r"hips?|groin",
    "back": r"(?:lower |upper |middle )?back|spine|discs?|vertebrae?",
    "neck": r"neck",
    "shoulder": r"shoulders?(?: blades?| joints?)?|collar ?bones?|rotator cuffs?",
    "elbow": r"elbows?|forearms?",
    "wrist": r"wrists?",
    "hand": r"hands?|fingers?|thumbs?|palms?|knuckles?|(?:index|middle|ring|little) fingers?",
    "arm": r"(?:upper )?arms?|biceps|triceps",
    "chest": r"ribs?|chest|sternum",
    "head": r"head|skull|jaw",
    "eye": r"eyes?",
}
_PAIRED = re.compile(
    r"(?:knee(?:cap)?|ankle|heel|leg|thigh|hamstring|shin|hip|shoulder|elbow|forearm|wrist|hand|arm|eye)s|feet|calves"
)
_NO_PART = (
    r"(?![\s-]+(?:guards?|pads?|braces?|straps?|wraps?|plates?|armou?rs?|cuts?|strikes?|height|level|work|drills?|grips?|axes?|"
    r"protection|protectors?|bands?|warmers?|rest|stance|position)\b)"
)
PART = rf"(?:(?P<side>left|right|both)\s+)?(?P<part>{'|'.join(_NAMES.values())})\b{_NO_PART}"
"""A part of the body with its side, for use in a pattern: groups ``side`` and ``part``."""

_KNOWN = [(part, re.compile(names, re.IGNORECASE)) for part, names in _NAMES.items()]


def _load(*words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)


_SPRINGS = (
    r"hop(?:s|ping)?",
    r"jump\w*",
    r"leap\w*",
    r"burst\w*",
    r"sprint\w*",
    r"run(?:s|ning)?",
    r"spring\w*",
    r"land(?:s|ing)?",
)
_ONE_LEG = (
    r"one (?:leg|foot)",
    r"without putting the \w+ foot down",
    r"(?:lift|raise|pick up) (?:the |your |one )?(?:\w+ )?(?:foot|leg|knee)",
)
_LOW = (
    r"kneel\w*",
    r"squat\w*",
    r"lung(?:es?|ing)",
    r"crouch\w*",
    r"straddle",
    r"low stool",
    r"sink\w*",
    r"stairs?",
    r"climb\w*",
)
_GRIPS = (r"grip\w*", r"hang(?:s|ing)?\b(?! freely)", r"squeez\w*", r"fists?")
_LOADS = {
    "knee": _load(r"knees?", *_LOW, *_SPRINGS, *_ONE_LEG, r"pivot\w*"),
    "ankle": _load(r"ankles?", *_SPRINGS, r"pivot\w*", r"balls? of (?:the|your|both|one)", r"tiptoes?", *_ONE_LEG),
    "foot": _load(*_SPRINGS, r"pivot\w*", r"balls? of (?:the|your|both|one)", r"tiptoes?", *_ONE_LEG, r"barefoot"),
    "leg": _load(r"legs?", r"thighs?", *_ONE_LEG, *_LOW, *_SPRINGS),
    "hip": _load(r"hips?", *_ONE_LEG, *_LOW, *_SPRINGS, r"kick\w*"),
    "back": _load(r"back and shoulders", r"(?:your|the) (?:back|waist|trunk|spine)", r"bend(?:s|ing)?", r"twist\w*", r"lean\w*", r"lift(?:s|ing)?", r"haul\w*", r"carry\w*"),
    "neck": _load(r"neck", r"turn (?:the|your) head", r"on your head", r"nod\w*"),
    "shoulder": _load(r"shoulders? (?:strength|endurance|power)", r"shoulders", r"overhead", r"above (?:the|your) head", r"lift(?:s|ing)?", r"throw\w*", r"hang(?:s|ing)?", r"haul\w*", r"push-?ups?", r"high guard", r"at arm's length", r"whirl\w*", r"full swings?", r"rais(?:e|ing) (?:the|your|it|both)"),
    "elbow": _load(r"elbows?", r"forearms?", *_GRIPS, r"snap\w*", r"flick\w*", r"whip(?:s|ping)", r"push-?ups?", r"pull(?:s|ing)?"),
    "wrist": _load(r"wrists?", *_GRIPS, r"flick\w*", r"twirl\w*", r"spin\w*", r"roll(?:s|ing)?", r"snap\w*", r"push-?ups?", r"figures? (?:of )?eights?"),
    "hand": _load(*_GRIPS, r"fingers?", r"thumbs?", r"catch\w*", r"knuckles?"),
    "arm": _load(r"arms?(?! length)", *_GRIPS, r"lift(?:s|ing)?", r"overhead", r"throw\w*", r"push-?ups?", r"pull(?:s|ing)?", r"haul\w*"),
    "chest": _load(r"chest", r"push-?ups?", r"hold(?:ing)? (?:the|your) breath", *_SPRINGS),
    "head": _load(r"head(?:stand|butt)\w*", r"roll(?:s|ing)? (?:forward|over)", *_SPRINGS),
}  # fmt: skip


_MEASURES = re.compile(r"\b\w+(?:'s)?[\s-](?:height|width|high|level|depth|length)\b", re.IGNORECASE)
_SPOKEN_OF = {
    part: re.compile(rf"\b{part}s?\b", re.IGNORECASE)
    for part in ("knee", "ankle", "hip", "shoulder", "elbow", "wrist", "neck", "chest")
}


class BodyPart(NamedTuple):
    """A part of the body; ``side`` is left, right, both, or empty where it was not said."""

    part: str
    side: str

    @property
    def subject(self) -> str:
        """What a memory of it is about."""
        return f"{self.part}:{self.side}"

    @property
    def over(self) -> tuple[str, ...]:
        """The subjects that this one is more exact than."""
        sides = {"left": ("",), "right": ("",), "both": ("", "left", "right"), "": ()}[self.side]
        return tuple(f"{self.part}:{side}" for side in sides)

    @property
    def within(self) -> tuple[str, ...]:
        """The subjects that are more exact than this one."""
        sides = {"": ("left", "right", "both"), "left": ("both",), "right": ("both",), "both": ()}[self.side]
        return tuple(f"{self.part}:{side}" for side in sides)

    @property
    def ended_with(self) -> tuple[str, ...]:
        """The subjects that end when this part is well again."""
        sides = {"": ("left", "right", "both"), "both": ("", "left", "right")}.get(self.side, ("",))
        return tuple(f"{self.part}:{side}" for side in sides)


def body_part(named: str, side: str | None) -> BodyPart:
    """The part that was named, such as ("kneecap", "left") or ("wrists", None)."""
    part = next(part for part, names in _KNOWN if names.fullmatch(named))
    both = _PAIRED.fullmatch(named.lower()) is not None
    return BodyPart(part, side.lower() if side else "both" if both else "")


def loads(part: str, words: str) -> bool:
    """Whether what a drill says asks much of a part. Errs on the careful side: it looks for words."""
    known = _LOADS.get(part)
    return known is not None and known.search(_MEASURES.sub(" ", words)) is not None


def names(part: str, words: str) -> bool:
    """Whether a sentence speaks of a part as of something that may hurt; parts that words use for much else never are."""
    known = _SPOKEN_OF.get(part)
    return known is not None and known.search(words) is not None

"""The scene of a picture: what is left of "draw me with the Heron Spear at night in the snow" -> "at night in the snow"."""

from __future__ import annotations

import re

MAX_SCENE = 200

_PLACE = (
    r"in|on|at|under|underneath|beneath|by|beside|near|over|above|amid|among|amongst|through|against|during|before|after|inside|"
    r"outside|behind|between|across|around|atop|along|within|upon|while|as|surrounded|standing|fighting|sitting|running|jumping|"
    r"leaping|walking|kneeling|meditating|facing|swimming|riding|dancing|crossing|climbing|lit|where"
)
_MANNER = r"with\s+(?:a\s+|an\s+|the\s+|some\s+|lots\s+of\s+|many\s+)?(?!it\b|them\b|that\b|this\b|my\b|me\b)"
_START = re.compile(rf"\b(?:(?:{_PLACE})\b|like\s+(?:a|an|the)\b|{_MANNER})", re.IGNORECASE)
_THING = r"(?:one|weapon|blade|sword|thing)s?"
# The holding of a weapon is no scene: "with it", "wielding the first one", "holding <weapon>".
_HOLDING = re.compile(
    rf"\b(?:(?:with|wielding|holding|carrying|swinging|using|wearing|gripping|raising|drawing)\s+)"
    rf"(?:(?:it|them|that|this|those|these)(?:\s+{_THING})?|(?:the|my|a|an|that|this|your|our)\s+(?:\w+\s+){{0,2}}?{_THING}"
    r"(?:\s+(?:you|we|i)\s+\w+)?|(?:the\s+)?(?:first|second|third|last|top|other)(?:\s+one)?)\b(?!\s*(?:of|in)\s+(?:flame|fire)s?)",
    re.IGNORECASE,
)
_HELD_WEAPON = re.compile(
    r"\b(?:with|wielding|holding|carrying|swinging|using|wearing|gripping|raising|drawing)\s+(?:(?:the|my|a|an|that|this|your|his|her|"
    r"two|new|old|trusty|own|pair of)\s+)*\x00"
)
_FRAME = re.compile(
    r"\b(?:on\s+(?:a\s+|the\s+)?(?:scroll|canvas|wall|paper)|in\s+(?:a|the)\s+(?:picture|painting|image|portrait|drawing)|"
    r"at\s+(?:me|it|all)|as\s+well|in\s+general|before\s+(?:i|you)\s+\w+.*|after\s+that|by\s+the\s+artist|with\s+me|"
    r"(?:like|as)\s+(?:before|last\s+time)|by\s+(?:myself|you)|of\s+(?:me|myself)|over\s+again|to\s+hang\b.*|on\s+(?:it|that))\b",
    re.IGNORECASE,
)
_INSTEAD = re.compile(
    r"\b(?:but|this\s+time|now|instead|make\s+it|same\s+(?:picture|one|thing)|again)\b[,:]?\s*", re.IGNORECASE
)
_TAIL = re.compile(
    r"[\s,]*(?:\b(?:please|thanks|thank\s+you|instead|this\s+time|too|again|now|and|then|the|a|with|if\s+you\s+(?:can|please))\b[\s,]*)+$",
    re.IGNORECASE,
)
_MOOD = re.compile(
    r"\bmake\s+it\s+((?:much\s+|more\s+|a\s+bit\s+|very\s+|even\s+)?(?!\d)[a-z]+(?:\s+and\s+[a-z]+)?)\s*$|\b((?:moonlit|snowy|misty|rainy|stormy|sunlit|"
    r"burning|frozen|foggy|autumn|winter|summer|spring)\s+[a-z]+(?:\s+[a-z]+)?)",
    re.IGNORECASE,
)


def scene(clause: str, weapon_spans: list[tuple[int, int]]) -> str | None:
    """Place, weather or mood of the picture asked for in ``clause``, in the slayer's words; None when none is given.

    Args:
        clause: one clause for the Artist.
        weapon_spans: ``(start, end)`` of each weapon or weapon type named in it.
    """
    text = clause
    for start, end in sorted(weapon_spans, reverse=True):
        text = f"{text[:start]}\x00{text[end:]}"
    text = _HELD_WEAPON.sub(" ", _HOLDING.sub(" ", text))
    text = _FRAME.sub(" ", text).replace("\x00", " ")
    match = _START.search(text)
    found = text[match.start() :] if match else _mood(text)
    found = _TAIL.sub("", re.sub(r"\s+", " ", _INSTEAD.sub(" ", found)).strip(" .,!?;:-\"'"))
    found = re.sub(r"\s+([,.])", r"\1", found).strip(" .,!?;:-")
    return found[:MAX_SCENE] if len(found) > 3 and not _START.fullmatch(found) else None


def _mood(text: str) -> str:
    match = _MOOD.search(text)
    return next((group for group in match.groups() if group), "") if match else ""

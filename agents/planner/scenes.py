"""The scene of a picture: what is left of "draw me with the Heron Spear at night in the snow" -> "at night in the snow"."""

from __future__ import annotations

import re

from ml.artist import lexicon

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
    r"(?:with\s+|and\s+)?(?:the\s+)?seed\s*(?:number|no\.?|value|of|is|[#:=])*\s*\d+|(?:like|as)\s+(?:before|last\s+time)|by\s+(?:myself|you)|of\s+(?:me|myself)|over\s+again|to\s+hang\b.*|on\s+(?:it|that))\b",
    re.IGNORECASE,
)
_INSTEAD = re.compile(
    r"\b(?:but|this\s+time|now|instead|make\s+it|same\s+(?:picture|one|thing)|again)\b[,:]?\s*", re.IGNORECASE
)
_TAIL = re.compile(
    r"[\s,]*(?:\b(?:please|thanks|thank\s+you|instead|this\s+time|too|again|now|and|then|the|a|with|if\s+you\s+(?:can|please))\b[\s,]*)+$",
    re.IGNORECASE,
)
_WISH = re.compile(
    r"^(?:(?:please|and|then|ok|okay|so|now|can you|could you|do|make|paint|draw|sketch|show|give|put|add|turn|change|try|repeat|have|want|i'd like|i want|let it|it|me|that|this|"
    r"the|a|an|some|same|again|once more|but|picture|image|one|to|be|into|bring|also|just|maybe|instead|this time|for me|of me|my slayer|myself)\b[\s,:]*)+",
    re.IGNORECASE,
)
_WITHIN = re.compile(r"\s+(?:in|into|to|on)\s+(?:it|that|this|the (?:picture|image|scene))\W*$", re.IGNORECASE)
_WITHOUT = re.compile(
    r"^(?:no|without|remove|leave\s+out|take\s+away|drop|less|fewer)\s+(?:(?:the|any|all|of|that)\s+)*(?=[a-z])",
    re.IGNORECASE,
)
# What a leap or a run goes on with: "leaping over a wall".
_MOVES = re.compile(
    r"\s+(?:over|through|across|from|at(?!\s+(?:night|dawn|dusk|noon|midday|midnight|sun\w+|twilight))|towards?|along|past|into|down|up|onto|against)\b",
    re.IGNORECASE,
)
_AT_REST = frozenset({"guard", "kneeling", "standing calm"})
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
    text = _WITHIN.sub("", text)
    match = _START.search(text)
    found = _without(text) or (text[_led_in(text, match.start()) :] if match else _mood(text) or _drawable(text))
    found = _TAIL.sub("", re.sub(r"\s+", " ", _INSTEAD.sub(" ", found)).strip(" .,!?;:-\"'"))
    found = _unposed(re.sub(r"\s+([,.])", r"\1", found).strip(" .,!?;:-"))
    return shortened(found) if len(found) > 3 and not _START.fullmatch(found) else None


def shortened(found: str) -> str:
    """A scene of at most ``MAX_SCENE`` characters, cut between words."""
    return found if len(found) <= MAX_SCENE else found[: MAX_SCENE + 1].rpartition(" ")[0] or found[:MAX_SCENE]


def _led_in(text: str, start: int) -> int:
    """Where a scene begins whose place stands before its preposition: "me, a bamboo forest at noon"."""
    for each in reversed([one for one in lexicon.find(text) if one.kind != "pose" and one.end <= start]):
        if text[each.end : start].strip(" ,"):
            break
        start = each.start
    led = re.search(r"\b(?:an?|the)\s+$", text[:start], re.IGNORECASE)
    return led.start() if led else start


def _mood(text: str) -> str:
    match = _MOOD.search(text)
    return next((group for group in match.groups() if group), "") if match else ""


def _without(text: str) -> str:
    """ "again but without the rain", "no moon": what is to go, in one form."""
    rest = _WITHIN.sub("", _WISH.sub("", text.strip(), count=1))
    match = _WITHOUT.match(rest)
    return f"without {rest[match.end() :]}" if match else ""


def _drawable(text: str) -> str:
    """ "again but darker", "put more snow in it": words that can be drawn, where nothing leads them in."""
    rest = _WITHIN.sub("", _WISH.sub("", text.strip(), count=1))
    found = [each for each in lexicon.find(rest) if each.kind != "pose"]
    if not found:
        return ""
    begin = rest[: found[0].start]
    led = re.search(
        r"(?:\b(?:more|some|lots\s+of|much|a|an|the|heavy|light|big|with|long|short)\s+)+$", begin, re.IGNORECASE
    )
    return rest[led.start() if led else found[0].start :]


def _unposed(found: str) -> str:
    """A scene without the words that only say how the slayer stands: "kneeling in the snow" is set in the snow.

    "leaping over a wall" stays whole.
    """
    return ", ".join(left for phrase in re.split(r"\s*,\s*", found) if (left := _phrase_unposed(phrase)))


def _phrase_unposed(phrase: str) -> str:
    poses = [each for each in lexicon.find(phrase) if each.kind == "pose"]
    if not poses or poses[0].start > 0:
        return phrase
    if poses[0].value not in _AT_REST and _MOVES.match(phrase[poses[0].end :]):
        return phrase
    return re.sub(r"^\s*(?:(?:and|but)\b)?\s*", "", phrase[poses[0].end :])

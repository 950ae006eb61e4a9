"""Which of a slayer's words name something that the renderer draws: places, weather, hours, poses, hair, haori, effects.

The words are wider than those of the captions (``render/words.py``): "in the pine forest" is the bamboo grove that comes
nearest. What no pattern finds is left over, and told to the slayer rather than dropped in silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ml.artist.render.palette import HAIR, HAORI

_GROUND = (
    r"(?:forests?|woods|fields?|plains?|landscape|villages?|temples?|shrines?|streets?|gardens?|roads?|paths?|groves?)"
)

SCENES: dict[str, str] = {
    "temple": r"temples?(?: (?:gates?|yard|courtyard|steps|grounds))?|shrines?|pagodas?|dojos?|torii(?: gates?)?|monaster(?:y|ies)|courtyards?",
    "bamboo grove": r"bamboo(?: (?:grove|forest|thicket|stalks))?|(?:pine |cedar |deep |dark )?(?:forests?|woods|woodlands?)|groves?|jungle",
    "snow": rf"snow(?:y|ing|fall|flakes|storms?)?(?: {_GROUND})?|blizzards?|(?:frozen|icy) (?:lakes?|rivers?|ponds?|ground)|ice|winter(?: {_GROUND})?|frost",
    "sunset": r"sunsets?|dusk|twilight|dawn|sunrise|daybreak|evenings?|evening light|setting sun|rising sun|golden hour",
    "rain": rf"rain(?:y|ing|fall|storms?|drops)?(?: {_GROUND})?|(?:thunder)?storm(?:s|y)?|stormy weather|downpour|drizzl(?:e|ing)",
    "full moon": rf"(?:full |big |bright |pale )?moon(?:light|lit|s)?(?: {_GROUND})?",
    "waterfall": r"waterfalls?|rivers?|riverside|river ?bank|streams?|lakes?|lakeside|ponds?|by the water|near the water|at the water",
    "cherry blossoms": r"(?:cherry|sakura)(?:[- ](?:blossoms?|trees?|petals))?|blossoms|spring(?:time)?|gardens?",
    "village street": r"(?:village|town|city|market)(?: (?:streets?|square|lanes?))?|villages|streets?|alleys?|(?:old |wooden )?houses",
    "mountains": r"(?:snowy |high |misty )?(?:mountains?|peaks?|summits?)(?:[- ]?(?:tops?|sides?|pass|path))?|hills?|hilltop|cliffs?|valleys?",
    "autumn maples": rf"autumn(?:al)?(?: (?:{_GROUND}|maples?|leaves|trees))?|(?:red )?maple(?:s| leaves| trees)?|(?:falling|red|autumn) leaves",
    "wisteria": r"(?:purple |hanging )?wisterias?(?: (?:flowers?|trees?|vines|in bloom))?",
    "seashore": r"sea(?:shore|side)?|beach(?:es)?|ocean|coast|shores?|by the waves",
    "plain backdrop": r"plain (?:backdrop|background|wall)|(?:no|empty|blank|white) background",
}  # fmt: skip
LIGHT = {
    "night": r"(?:dark |late |starry |quiet )?nights?(?:[- ]?time)?|midnight|(?:much |even |a bit |a little )?darker|in the dark|darkness|dark|under the stars|stars|starlight|starry sky",
    "day": r"daylight|day ?time|by day|bright day|noon|midday|mornings?|sunlight|sunny|sunshine|(?:much |even |a bit |a little )?(?:brighter|lighter)",
}  # fmt: skip
POSES: dict[str, str] = {
    "guard": r"(?:in |on )?(?:a |an |my |his |her )?(?:(?:low|high|middle|deep|proper|firm) )?(?:guard(?: stance| position)?|(?:fighting|battle|combat|defensive|sword) (?:stance|pose))|on (?:my |his |her )?guard|(?:ready|braced) (?:to fight|for battle|for a fight)|blocking|parrying|fighting",
    "high strike": r"(?:a |the )?(?:high|overhead|downward) (?:strike|cut|slash|blow)|striking (?:from above|down(?:wards)?)|(?:weapon |blade |sword |it )?raised (?:high|overhead|above (?:my|his|her) head)|raising (?:it|my weapon|the weapon|my blade|the blade)(?: high| overhead)?",
    "thrust": r"thrust(?:ing|s)?(?: forwards?)?|(?:a |the |in a |in a deep |deep )?lung(?:e|ing)|stabbing|piercing",
    "sweep": r"(?:in )?(?:a |the )?(?:low |wide |great |big )?sweep(?:ing)?(?: low)?|spinning|whirling|slashing",
    "leaping": r"leap(?:ing|s)?(?: high| up| forwards?)?|jump(?:ing|s)?(?: high| up)?|(?:in )?mid[- ]?air|in the air|flying through the air",
    "kneeling": r"kneel(?:ing|s)?(?: down)?|on (?:one knee|(?:my|his|her) knees)|crouch(?:ing|ed)?|meditat(?:ing|ion)|sitting",
    "running": r"runn?(?:ing|s)|charg(?:ing|es)(?: forwards?)?|dash(?:ing|es)(?: forwards?)?|sprint(?:ing|s)|rushing(?: forwards?)?",
    "standing calm": r"stand(?:ing|s)?(?: (?:calm(?:ly)?|still|tall))?|(?:calm|quiet|relaxed) (?:pose|stance)|at ease|at rest|resting",
}  # fmt: skip
"""The weakest last: whoever is "standing, ready to fight" is on guard."""

EFFECTS: dict[str, str] = {
    "Water": r"(?:ribbons of |swirling |flowing )?water|(?:flowing )?waves",
    "Flame": r"(?:roaring |burning )?(?:flames?|fires?)(?: all around)?|burning|embers",
    "Thunder": r"(?:zigzag )?lightning(?: (?:bolts?|strikes?))?|thunder(?:bolts?)?",
    "Wind": r"(?:gusts? of |swirling |green |strong )?winds?|gusts|gale",
    "Stone": r"(?:flying )?(?:rocks|boulders)|(?:shattered )?stones?",
    "Mist": r"(?:banks of |drifting |morning |thick )?(?:mist|fog)|misty|foggy",
    "Serpent": r"(?:purple |coiling |great )?(?:serpents?|snakes?)",
    "Love": r"(?:pink |floating )?hearts(?: and ribbons)?",
    "Insect": r"(?:purple |swarm of )?butterfl(?:y|ies)",
    "Flower": r"(?:wreath of )?flowers|petals|falling petals",
    "Sound": r"(?:rings of |ringing )?sound(?: waves)?|notes|music",
    "Beast": r"claw marks|(?:slashing )?claws|(?:beast )?fangs",
    "Moon": r"(?:moon )?crescents?(?: moons?)?",
    "Sun": r"(?:blazing |burning )?sun(?: rays| disc)?|rays of (?:the )?sun",
}  # fmt: skip

_HAIR_NAMES = {
    **{name: name for name in HAIR},
    **dict.fromkeys(("blonde", "golden", "yellow"), "blond"),
    **dict.fromkeys(("silver", "grey", "gray", "platinum"), "white"),
    **dict.fromkeys(("ginger", "auburn", "crimson", "orange"), "red"),
    **dict.fromkeys(("dark", "raven"), "black"),
}
_CUT_NAMES = {
    **dict.fromkeys(("short",), "short"),
    **dict.fromkeys(("spiky", "wild", "messy"), "spiky"),
    **dict.fromkeys(("long", "flowing"), "long"),
    **dict.fromkeys(("ponytail", "pony tail"), "ponytail"),
    **dict.fromkeys(("bob",), "bob"),
    **dict.fromkeys(("bun", "topknot", "top knot"), "bun"),
    **dict.fromkeys(("braid", "braids", "plait", "plaits"), "braid"),
}
_PATTERN_NAMES = {
    **dict.fromkeys(("plain",), "plain"),
    **dict.fromkeys(("checked", "checkered", "chequered", "checks"), "checks"),
    **dict.fromkeys(("wave-patterned", "waves"), "waves"),
    **dict.fromkeys(("flame-patterned", "flames"), "flames"),
    **dict.fromkeys(("triangle-patterned", "triangles"), "triangles"),
    **dict.fromkeys(("striped", "stripes"), "stripes"),
    **dict.fromkeys(("half-and-half",), "half-and-half"),
}


def _one_of(names: dict[str, str] | dict[str, None]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


_ADJECTIVE = r"(?:long|short|spiky|wild|messy|flowing)"
_TIED = r"(?:pony ?tail|bob|bun|top ?knot|braids?|plaits?)"
_HAIR = re.compile(
    rf"\b(?:(?P<cut>{_ADJECTIVE})[\s,]+(?:and\s+|flowing\s+)?)?(?:(?P<colour>{_one_of(_HAIR_NAMES)})[\s-]+)?hair(?:ed)?\b"
    rf"(?:\s+(?:tied\s+)?(?:in|into|up in)\s+(?:an?\s+)?(?P<tied>{_TIED}))?"
    rf"|\b(?:(?:an?|my|with)\s+)*(?:(?:long|short)\s+)?(?:(?P<colour2>{_one_of(_HAIR_NAMES)})\s+)?(?P<tied2>{_TIED})\b",
    re.IGNORECASE,
)
_COATS = r"(?:haori|kimonos?|robes?|cloak|coat|jacket|yukata|uniform)"
_HAORI = re.compile(
    rf"\b(?:(?P<first>{_one_of(_PATTERN_NAMES)})\s+)?(?:(?P<colour>{_one_of(dict.fromkeys(HAORI))})\s+)?(?:(?P<second>{_one_of(_PATTERN_NAMES)})\s+)?"
    rf"{_COATS}\b(?:\s+with\s+(?:\w+\s+)?(?P<third>checks|waves|flames|triangles|stripes))?",
    re.IGNORECASE,
)


class Found(NamedTuple):
    """A stretch of the words that says something which can be drawn.

    Attributes:
        start: where it begins.
        end: where it has ended.
        kind: ``scene``, ``light``, ``pose``, ``effect``, ``hair``, ``cut``, ``haori`` or ``pattern``.
        value: in the renderer's own word.
    """

    start: int
    end: int
    kind: str
    value: str

    @property
    def aspect(self) -> str:
        """What it settles: two of one aspect cannot both be ("at sunset", "at night")."""
        if self.kind == "light" or (self.kind == "scene" and self.value in {"sunset", "full moon"}):
            return "hour"
        if self.kind == "scene":
            return "weather" if self.value in {"snow", "rain"} else "place"
        return self.kind


def _table(kind: str, patterns: dict[str, str]) -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    return tuple((kind, value, re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)) for value, pattern in patterns.items())


_TABLE = (*_table("scene", SCENES), *_table("light", LIGHT), *_table("pose", POSES), *_table("effect", EFFECTS))


def find(text: str) -> list[Found]:
    """What can be drawn of ``text``, in its order; where two stretches overlap the longer one counts."""
    candidates = [*_looks(text)]
    for kind, value, pattern in _TABLE:
        candidates += [Found(*match.span(), kind, value) for match in pattern.finditer(text)]
    kept: list[Found] = []
    for one in sorted(candidates, key=lambda each: each.start - each.end):
        # Two findings of one stretch ("long red hair": the cut and the colour) stand side by side.
        if all(one.end <= other.start or other.end <= one.start or one[:2] == other[:2] for other in kept):
            kept.append(one)
    return sorted(kept)


def find_pose(text: str) -> str | None:
    """The pose that ``text`` asks for; of several the most telling."""
    found = {each.value for each in find(text) if each.kind == "pose"}
    return next((pose for pose in POSES if pose in found), None)


def _looks(text: str) -> Iterator[Found]:
    for match in _HAIR.finditer(text):
        colour = match["colour"] or match["colour2"]
        cut = match["tied"] or match["tied2"] or match["cut"]
        if colour:
            yield Found(*match.span(), "hair", _HAIR_NAMES[colour.lower()])
        if cut:
            yield Found(*match.span(), "cut", _CUT_NAMES[" ".join(cut.lower().split())])
    for match in _HAORI.finditer(text):
        pattern = match["third"] or match["second"] or match["first"]
        if match["colour"]:
            yield Found(*match.span(), "haori", match["colour"].lower())
        if pattern:
            yield Found(*match.span(), "pattern", _PATTERN_NAMES[pattern.lower()])

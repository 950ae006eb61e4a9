"""Reads a slayer's words about a picture: what of them can be drawn, what cannot, and what a second wish changes.

No model and no randomness: the same words are always read the same way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ml.artist.lexicon import Found, find

_MOST_PASSED_OVER = 5
_LONGEST = 40  # characters of a passed-over stretch that are told
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_WITHOUT = re.compile(
    r"\b(?:without|no(?!\s+background)|minus|not)\s+(?:any\s+|the\s+|an?\s+|so\s+much\s+)?"
    r"([^,.;]+?)(?=\s+(?:but|and|in|on|at|with)\b|[,.;]|$)",
    re.IGNORECASE,
)
_CUT = re.compile(
    r"\s*[,;.]\s*|\s+(?:and\s+)?(?=(?:in|on|at|under|beneath|by|beside|near|over|above|amid|among|amongst|through|against|during|before|"
    r"inside|behind|between|across|around|atop|within|with|while|surrounded|wearing)\b)",
    re.IGNORECASE,
)
_STRETCH = re.compile(
    r"[,.;:!?\x00]+|\b(?:in|on|at|under|beneath|by|beside|near|over|above|amid|among|amongst|through|against|during|before|inside|behind|"
    r"between|across|around|atop|within|with|while|surrounded|wearing|facing|past|towards?|riding|and)\b",
    re.IGNORECASE,
)
# Words that lead in, join or praise, and so are nothing that a picture would lack.
_SOFT = frozenset(
    """
    a abandoned above across add after again against all along also am amazing amid among amongst an ancient and
    anime any are around art artwork as at atmosphere atop awesome back background be beautiful been before behind
    being below beneath beside besides between big bit blade blowing breathing bright busy but by calm can center
    centre cinematic clear cold cool could cover covered crowded dark day deep demon-slayer deserted dim distance
    distant do does down dramatic draw drawing dry during each early edge empty epic even every everywhere falling
    famous far few for foreground form fresh from front full gentle give grand great had hand hands has have heavy
    her here hidden his holding holy hot huge i image in inside instead into is it its just large late least less
    let light like lit little lonely look looking looks lot lots made magical make makes many me middle mood more
    most much my myself mysterious mystical near nice night now of off old on one ones only onto open or our out
    outside over paint painting pale peaceful photo picture place please portrait pose position pretty put quiet
    quite rather really sacred same scene scenery secret serene setting several should show side silent sketch
    slayer small so soft some something somewhere stance standing still strong style surrounded sword tall
    technique that the their then there these thick thin this those through throughout tiny to too top under up
    upon vast very view want wants warm was weapon wet when where while whole wide wielding wild will with within
    would your
    """.split()  # noqa: SIM905 - a list of words is read as words
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the renderer could draw of some words; None where they say nothing of it.

    Attributes:
        scene: one of the renderer's scenes: the one named last.
        light: ``"night"`` or ``"day"``.
        pose: one of the poses.
        hair: a colour.
        cut: how the hair is worn.
        haori: a colour.
        pattern: of the haori.
        unwanted: what is not to be seen ("without rain").
        passed_over: stretches that name what cannot be drawn, at most five.
    """

    scene: str | None = None
    light: str | None = None
    pose: str | None = None
    hair: str | None = None
    cut: str | None = None
    haori: str | None = None
    pattern: str | None = None
    unwanted: tuple[str, ...] = ()
    passed_over: tuple[str, ...] = ()


def read(words: str, style: str) -> Reading:
    """Read the words about a picture.

    Args:
        words: scene, pose and looks, in the slayer's words; may be empty.
        style: the slayer's breathing style: its effect is on the picture anyway, another style's is not.
    """
    unwanted = tuple(match[1].strip() for match in _WITHOUT.finditer(words))
    text = _WITHOUT.sub(lambda match: "," * len(match[0]), words)
    found = [each for each in find(text) if each.kind != "effect" or each.value == style]
    last = {each.kind: each.value for each in found}
    poses = [each.value for each in found if each.kind == "pose"]
    scene, left_out = _one_scene(found, text)
    light = last.get("light")
    return Reading(
        scene=scene,
        light=light,
        pose=next((pose for pose in poses if pose != "standing calm"), poses[0] if poses else None),
        hair=last.get("hair"),
        cut=last.get("cut"),
        haori=last.get("haori"),
        pattern=last.get("pattern"),
        unwanted=unwanted,
        passed_over=_told([*left_out, *_left_over(text, found)]),
    )


def joined_scene(before: str | None, more: str | None, *, posed: bool = False) -> str | None:
    """The scene of a picture that is to be painted again with a change: "in the snow", then "at night".

    What the new words settle (the hour, the weather, the place, looks) takes the place of the old; the rest stays. "without
    the moon" takes the moon away.

    Args:
        before: the scene of the picture that there is.
        more: what is said now.
        posed: whether a new pose is asked for: words of the old one go.
    """
    if not before or not (more or posed):
        return more or before
    more = more or ""
    said = wanted(more)
    gone = {word.lower() for match in _WITHOUT.finditer(more) for word in _WORD.findall(match[1])} - _SOFT
    settled = {each.aspect for each in find(said)} | ({"pose"} if posed else set())
    kept = [left for phrase in _CUT.split(before) if (left := _without(phrase, settled, gone))]
    text = ", ".join(kept)
    return ", ".join(part for part in (text, said) if part) or None


def wanted(words: str) -> str:
    """The words less what is not to be seen: "in the woods without rain" is "in the woods"."""
    return " ".join(_WITHOUT.sub("", words).split()).strip(" ,.;")


def _without(phrase: str, settled: set[str], gone: set[str]) -> str:
    """A phrase of the old scene, less what is settled anew or not wanted any more; empty when nothing is left of it."""
    if gone & {word.lower() for word in _WORD.findall(phrase)}:
        return ""
    spans = [each for each in find(phrase) if each.aspect in settled]
    if not spans:
        return phrase.strip()
    rest = phrase
    for each in reversed(spans):
        rest = rest[: each.start] + rest[each.end :]
    rest = " ".join(rest.split()).strip(" ,")
    return rest if any(word.lower() not in _SOFT for word in _WORD.findall(rest)) else ""


def _one_scene(found: list[Found], text: str) -> tuple[str | None, list[str]]:
    """The scene that is drawn, the last one named, and the words for others: the renderer draws one at a time."""
    scenes = [each for each in found if each.kind == "scene"]
    if not scenes:
        return None, []
    chosen = scenes[-1].value
    night = any(each.kind == "light" for each in found)
    if night and chosen == "sunset" and len(scenes) > 1:
        chosen = scenes[-2].value
    return chosen, [text[each.start : each.end] for each in scenes if each.value != chosen]


def _left_over(text: str, found: list[Found]) -> list[str]:
    """Stretches that no finding covers and that say more than how the words hang together."""
    masked = text
    for each in found:
        masked = masked[: each.start] + "\x00" * (each.end - each.start) + masked[each.end :]
    stretches: list[str] = []
    begin = 0
    for cut in [*_STRETCH.finditer(masked), None]:
        end = cut.start() if cut else len(masked)
        hard = [token for token in _WORD.finditer(masked, begin, end) if token[0].lower() not in _SOFT]
        if hard:
            # "red moon": an adjective is told with the word that it stands before.
            last = next((each.end for each in found if each.start == end and masked[end - 1] == " "), hard[-1].end())
            stretches.append(text[hard[0].start() : last])
        begin = cut.end() if cut else end
    return stretches


def _told(stretches: list[str]) -> tuple[str, ...]:
    shown = [" ".join(stretch.split())[:_LONGEST].strip() for stretch in stretches]
    return tuple(dict.fromkeys(shown))[:_MOST_PASSED_OVER]

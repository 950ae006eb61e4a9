"""What the Artist asks the model for: one line of text that fits CLIP's window, in words that the model knows.

A text encoder of the CLIP kind reads 77 tokens, two of them its own, and silently drops the rest. So every part has a
budget: the weapon and the style always stay, a long name is shortened, and the scene takes what room is left.

Two ways to say it, from one reading of the slayer's words (``reading``). The project's own checkpoint learned only what
the renderer draws, so it is told in the captions' words, and what it has no word for is passed over and said to be. Any
other Stable Diffusion is given the specification's form and all of the slayer's words.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from random import Random

from ml.artist import deny
from ml.artist.lexicon import find_pose
from ml.artist.reading import Reading, joined_scene, read, wanted
from ml.artist.render import words
from ml.artist.render.portrait import CUTS, HAIR, HAORI, PATTERNS, POSES

__all__ = ["CLIP_TOKENS", "NEGATIVE_PROMPT", "POSES", "Prompt", "compose", "estimate_tokens", "joined_scene"]

CLIP_TOKENS = 75
"""Tokens that a prompt may fill: CLIP's window of 77 less its start and end."""

NEGATIVE_PROMPT = (
    "blurry, low quality, deformed, bad anatomy, extra limbs, extra fingers, cropped, text, watermark, signature, "
    "nudity, gore"
)
"""What no picture of the shop should show."""

_NAME_TOKENS = 16
_LABEL_TOKENS = 12
_UNWANTED_TOKENS = 24
_SOMEONE = "a demon slayer"
_SLIGHT_BELOW, _STURDY_ABOVE = 35, 65  # of a slayer's strength, 0 to 100

# Where a slayer names no place, the one that goes with the style: the model paints a place in any case.
_HOME_SCENES = {
    "Water": "waterfall", "Flame": "sunset", "Thunder": "rain", "Wind": "mountains", "Stone": "mountains",
    "Mist": "bamboo grove",
    "Serpent": "wisteria", "Love": "cherry blossoms", "Insect": "wisteria", "Flower": "cherry blossoms",
    "Sound": "village street",
    "Beast": "autumn maples", "Moon": "full moon", "Sun": "sunset",
}  # fmt: skip
_ANY_HOUR = "temple"
_ONE_HOUR = {"sunset": None, "plain backdrop": None, "full moon": "night"}  # scenes that leave no choice of the hour

# "<|endoftext|>" in a name would end the prompt: CLIP's tokenizer takes its markers wherever they stand.
_MARKER_CHARS = re.compile(r"[<>|]")
_WIDE = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
# Words as they may be told apart: between spaces, and between any two characters of a script that writes no spaces.
_PIECE = re.compile(rf"\s*(?:[{_WIDE}]|[^\s{_WIDE}]+)")
_RUN = re.compile(r"[A-Za-z]+|\S")
_DANGLING = " ,;:-–—&+/("


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a model is asked for.

    Attributes:
        text: the prompt, one line of at most ``CLIP_TOKENS`` tokens by ``estimate_tokens``.
        negative: what is not to be seen. The own checkpoint learned ``NEGATIVE_PROMPT`` as "no words at all", so it gets
            no other.
        passed_over: the slayer's words that the own checkpoint cannot draw; empty for any other.
    """

    text: str
    negative: str
    passed_over: tuple[str, ...] = ()


def compose(
    slayer_name: str,
    style: str,
    weapon_name: str,
    weapon_type: str,
    scene: str | None,
    pose: str | None,
    *,
    strength: float = 50,
    own: bool = False,
) -> Prompt:
    """The prompt for a slayer wielding a weapon.

    Control characters and line breaks become spaces; a name or scene that is too long loses whole words at its end.

    Args:
        slayer_name: the slayer's name, in their own words.
        style: their breathing style, such as ``"Water"``.
        weapon_name: the catalogue's name, such as ``"Tidebreaker Katana"``.
        weapon_type: the catalogue's type, such as ``"katana"`` or ``"war fans"``.
        scene: place, weather, mood or looks in the slayer's words; None or blank for none.
        pose: one of ``POSES``; None where it is the model's to choose, or the scene's words say it.
        strength: the slayer's, 0 to 100; it shows in the build.
        own: whether the model learned nothing but the renderer's captions.
    """
    said = _clean(scene or "")
    reading = read(said, style)
    build = "slight" if strength < _SLIGHT_BELOW else "sturdy" if strength > _STURDY_ABOVE else "average"
    if own:
        return _in_learned_words(_clean(slayer_name), style, _clean(weapon_type), pose or reading.pose, build, reading)
    text = _in_any_words(_clean(slayer_name), style, _clean(weapon_name), _clean(weapon_type), said, pose, build)
    unwanted = _shorten(", ".join(reading.unwanted), _UNWANTED_TOKENS)
    return Prompt(text, f"{NEGATIVE_PROMPT}, {unwanted}" if unwanted else NEGATIVE_PROMPT)


def _in_learned_words(name: str, style: str, kind: str, pose: str | None, build: str, reading: Reading) -> Prompt:
    """The captions' full form (``render/caption.py``): every attribute in the word that it was learned by."""
    hair, cut, haori, pattern = _looks(name, reading)
    known = kind in words.WEAPON_WORDS
    parts = [
        _SOMEONE,
        f"{_shorten(_clean(style), _LABEL_TOKENS)} Breathing",
        f"wielding {_with_article(_shorten(kind, _LABEL_TOKENS))}",
        "anime style",
        "cinematic",
        _where(style, reading),
        words.POSE_WORDS[pose][0] if pose in words.POSE_WORDS else "",
        words.CUT_WORDS[cut][0].format(hair),
        words.PATTERN_WORDS[pattern][0].format(haori),
        f"{build} build",
    ]
    text = ", ".join(part for part in parts if part)
    return Prompt(text, NEGATIVE_PROMPT, reading.passed_over if known else (kind, *reading.passed_over))


def _where(style: str, reading: Reading) -> str:
    scene = reading.scene or _HOME_SCENES.get(style, _ANY_HOUR)
    if not reading.scene and reading.light and _ONE_HOUR.get(scene, reading.light) != reading.light:
        scene = _ANY_HOUR
    place = words.SCENE_WORDS[scene][0]
    if scene in _ONE_HOUR or reading.light is None:
        return place
    return f"{place} {words.NIGHT_WORDS[0] if reading.light == 'night' else words.DAY_WORDS[0]}"


def _looks(name: str, reading: Reading) -> tuple[str, str, str, str]:
    """Hair and haori: as the slayer says, else by their name, so that they look the same on all of their pictures."""
    rng = Random(f"looks of {name.casefold()}")
    hair, cut, haori, pattern = rng.choice(HAIR), rng.choice(CUTS), rng.choice(HAORI), rng.choice(PATTERNS)
    return reading.hair or hair, reading.cut or cut, reading.haori or haori, reading.pattern or pattern


def _in_any_words(name: str, style: str, blade: str, kind: str, scene: str, pose: str | None, build: str) -> str:
    """The specification's form, then the slayer's words, then what else there is room for."""
    who = _shorten(name, _NAME_TOKENS) or _SOMEONE
    if deny.reason(who):  # a slayer who goes by a living person's name is painted as nobody in particular
        who = _SOMEONE
    parts = [
        who,
        f"{_shorten(_clean(style), _LABEL_TOKENS)} Breathing",
        f"wielding {_with_article(_shorten(kind, _LABEL_TOKENS))}",
        f"the {_shorten(blade, _LABEL_TOKENS)}",
        "anime style",
        "cinematic",
    ]
    prompt = ", ".join(parts)
    where = _shorten(wanted(scene), CLIP_TOKENS - estimate_tokens(prompt) - 1)
    more = [
        where,
        words.POSE_WORDS[pose][0] if pose in words.POSE_WORDS and find_pose(where) != pose else "",
        words.STYLE_WORDS[style][0] if style in words.STYLE_WORDS else "",
        "" if build == "average" else f"{build} build",
    ]
    for part in more:
        if part and estimate_tokens(f"{prompt}, {part}") <= CLIP_TOKENS:
            prompt = f"{prompt}, {part}"
    return prompt


def estimate_tokens(text: str) -> int:
    """How many CLIP tokens a text fills, without loading a tokenizer.

    Latin letters count one token for every four, digits and punctuation one each (CLIP splits them so), anything else
    one per UTF-8 byte (the most that byte-level BPE can need). Real words take fewer; only letter salad takes more.
    """
    return sum(-(-len(run) // 4) if run[0].isascii() else len(run.encode()) for run in _RUN.findall(text))


def _clean(text: str) -> str:
    """One line without control, formatting, private or unassigned characters, and without tokenizer markers."""
    kept = "".join(_readable(char) for char in unicodedata.normalize("NFC", _MARKER_CHARS.sub(" ", text)))
    return " ".join(kept.split())


def _readable(char: str) -> str:
    category = unicodedata.category(char)
    if category in {"Cc", "Zs", "Zl", "Zp"}:
        return " "
    return "" if category.startswith("C") else char


def _shorten(text: str, budget: int) -> str:
    """The longest run of whole words from the start that fits the budget (in tokens); empty when not even one does."""
    kept, used = "", 0
    for piece in _PIECE.findall(text):
        used += estimate_tokens(piece)
        if used > budget:
            break
        kept += piece
    return kept.strip(_DANGLING)


def _with_article(kind: str) -> str:
    """English for one of it: ``a katana``, ``an axe``; pairs such as ``twin blades`` take none."""
    if kind in words.PLURAL or (kind.endswith("s") and " " in kind):
        return kind
    return f"{'an' if kind[:1].lower() in {*'aeiou'} else 'a'} {kind}"

"""What the Artist asks the model for: one line of text that fits CLIP's window.

Stable Diffusion's text encoder reads 77 tokens, two of them its own, and silently drops the rest. So every part has a
budget: the weapon and the style always stay, a long name is shortened, and the scene takes what room is left.
"""

from __future__ import annotations

import re
import unicodedata

CLIP_TOKENS = 75
"""Tokens that a prompt may fill: CLIP's window of 77 less its start and end."""

NEGATIVE_PROMPT = (
    "blurry, low quality, deformed, bad anatomy, extra limbs, extra fingers, cropped, text, watermark, signature, "
    "nudity, gore"
)
"""What no picture of the shop should show."""

_NAME_TOKENS = 16
_LABEL_TOKENS = 12
_SOMEONE = "a demon slayer"

# "<|endoftext|>" in a name would end the prompt: CLIP's tokenizer takes its markers wherever they stand.
_MARKER_CHARS = re.compile(r"[<>|]")
_WIDE = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
# Words as they may be told apart: between spaces, and between any two characters of a script that writes no spaces.
_PIECE = re.compile(rf"\s*(?:[{_WIDE}]|[^\s{_WIDE}]+)")
_RUN = re.compile(r"[A-Za-z]+|\S")
_DANGLING = " ,;:-–—&+/("


def compose_prompt(name: str, breathing_style: str, weapon_name: str, weapon_type: str, scene: str | None) -> str:
    """The prompt for a slayer wielding a weapon, in the specification's form, with the weapon's name and the scene.

    Control characters and line breaks become spaces; a name or scene that is too long loses whole words at its end.

    Args:
        name: the slayer's name, in their own words.
        breathing_style: such as ``"Water"``.
        weapon_name: the catalogue's name, such as ``"Tidebreaker Katana"``.
        weapon_type: the catalogue's type, such as ``"katana"`` or ``"war fans"``.
        scene: place, weather or mood in the slayer's words; None or blank for none.

    Returns:
        One line of at most ``CLIP_TOKENS`` tokens by ``estimate_tokens``, with no comma left hanging.
    """
    who = _shorten(_clean(name), _NAME_TOKENS) or _SOMEONE
    style = _shorten(_clean(breathing_style), _LABEL_TOKENS)
    kind = _shorten(_clean(weapon_type), _LABEL_TOKENS)
    blade = _shorten(_clean(weapon_name), _LABEL_TOKENS)
    parts = [who, f"{style} Breathing", f"wielding {_with_article(kind)}", f"the {blade}", "anime style", "cinematic"]
    prompt = ", ".join(parts)
    where = _shorten(_clean(scene or ""), CLIP_TOKENS - estimate_tokens(prompt) - 1)
    return f"{prompt}, {where}" if where else prompt


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
    if kind.endswith("s") and " " in kind:
        return kind
    return f"{'an' if kind[:1].lower() in {*'aeiou'} else 'a'} {kind}"

"""Words and sentences: one tokeniser for the lexical index and for whoever compares a question with a passage."""

from __future__ import annotations

import re
from functools import lru_cache

_WORD = re.compile(r"[a-z0-9]+(?:\.[0-9]+)?")
_POSSESSIVE = re.compile(r"['\u2019](?:s|re|ve|ll|d|m|t)\b")
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"')\]]*\s+(?=[\"'(A-Z0-9])")
_MARKUP = re.compile(r"\*\*|__|`|(?m:^\s*(?:[-*+]|\d+[.)]|#{1,6}|>)\s+)")

_STOP_WORDS = """
    a about after again all also am an and any are as ask at be because been before being best both but by can cannot
    could did do does doing don down each either else ever every few for from further get give gets go goes going good
    got had has have having he hello help her here hers hey hi him his how i if in into is isn it its just kind know
    let like ll look made make many me mean might more most much must my need never no nor not now of off often on
    once one only or other our out over own please re s same say says shall she should so some such sure t take tell
    than thank thanks that the their them then there these they thing things this those through to too under up use
    used using ve very want was way we well were what when where which while who whom why will with won would yes you
    your yours
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())

_STEP_SUFFIXES = (
    ("iveness", "ive"), ("fulness", "ful"), ("ousness", "ous"), ("ational", "ate"), ("ization", "ize"),
    ("ements", ""), ("ement", ""), ("ness", ""), ("ments", ""), ("ment", ""),
)  # fmt: skip


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Cut a lower-case English word to a rough stem, so that "oiling", "oiled" and "oils" meet "oil".

    A light suffix stripper in the manner of Porter's step 1: it never needs to be right about a word, only to give the
    same answer for its common forms.
    """
    if len(word) <= 3 or not word.isalpha():
        return word
    for suffix, replacement in _STEP_SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 4:
            word = word[: -len(suffix)] + replacement
            break
    if word.endswith(("ies", "ied")) and len(word) > 4:
        word = word[:-3] + "y"
    elif word.endswith(("sses", "shes", "ches", "xes")):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for suffix in ("ing", "edly", "ed", "ly"):
        root = word[: -len(suffix)]
        if word.endswith(suffix) and len(root) >= 3 and re.search(r"[aeiouy]", root):
            word = root
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeious":
        word = word[:-1]
    if len(word) > 3 and word.endswith("e"):
        word = word[:-1]
    if len(word) > 4 and word.endswith("y") and word[-2] not in "aeiou":
        word = word[:-1]
    return word


def words(text: str) -> list[str]:
    """The lower-case words and numbers of ``text``, in order; possessive and contracted endings are dropped."""
    return _WORD.findall(_POSSESSIVE.sub("", text.lower()))


def terms(text: str) -> list[str]:
    """The stems of the words that carry meaning, in order, repeats kept: what the lexical index holds."""
    return [stem(word) for word in words(text) if word not in STOP_WORDS and (len(word) > 1 or word.isdigit())]


def sentences(text: str) -> list[str]:
    """Split Markdown prose or list items into sentences without their list markers.

    A line is never joined with the next one when that begins a list item; a paragraph wrapped over lines is.
    """
    found: list[str] = []
    for block in re.split(r"\n\s*\n|\n(?=\s*(?:[-*+]|\d+[.)]|#{1,6}|>)\s+)", text):
        line = " ".join(_MARKUP.sub("", block).split())
        found.extend(piece for piece in _SENTENCE_END.split(line) if piece)
    return found

"""Sentences that claim nothing: greetings, lead-ins, encouragement."""

from __future__ import annotations

import re

from agents.grounding.figures import amounts
from agents.grounding.things import denies, is_advice, quoted, telling
from knowledge.words import stem, words

_HARMLESS = """
    hello hi hey greetings welcome met morning evening day friend slayer slayers coach warrior fighter question ask asked
    asking answer answers good great fine well nice glad gladly happy sure certainly course absolutely right ready start
    begin let look see take follow following follows below above summary short brief overview list table step steps guide
    way routine session plan practice training train manual manuals passage passages say says tell read care maintenance
    weapon blade sword luck best strong stronger strength brave courage proud pride progress patience patient steady calm
    confident confidence trust keep going stay work hard effort honour honor spirit heart path road journey discipline
    improve improving better learn learning master practise remember enjoy safe careful carefully gently time times need
    needs want help helps helpful know today tomorrow tonight tired rough tough loss losses defeat victory battle won lost
    hear sorry feel feeling understand worry fear afraid every each part thing things point points key main important here
    there next first then finally also now ahead interval intervals material materials tool tools section drill drills
    safety handling accessories how why when what how-often sake come comes word words wise carry quick note tip tips
    reminder detail details more else please thank thanks
"""
_HARMLESS_STEMS = frozenset(stem(word) for word in words(_HARMLESS))
_YES_OR_NO = re.compile(r"^\s*\**(?:yes|no|yep|nope|never|always|correct|indeed|true|false)\b", re.IGNORECASE)
_LEAD_IN = re.compile(r"\s*\**(?:here (?:is|are|comes)|here's|this is how|let's|let us|below)\b", re.IGNORECASE)
_COMFORT = re.compile(
    r"\b(?:don'?t|do not|never|no need to) (?:worry|give up|despair|lose heart|be afraid|be discouraged)\b|"
    r"\bno (?:problem|worries)\b",
    re.IGNORECASE,
)


def is_harmless(text: str, known: set[str], *, leads: bool) -> bool:
    """Whether a sentence claims nothing that a manual would have to bear out.

    Args:
        text: without markers.
        known: stems of the question and of who asks; a lead-in may repeat them.
        leads: whether it leads over to what follows (a heading, the head of a table, a sentence that ends with a colon).
    """
    plain = text.replace("\u2019", "'")
    if _YES_OR_NO.match(plain) or quoted(plain):
        return False
    claimed = amounts(plain)
    if claimed.figures or claimed.intervals:
        return False
    comforted = _COMFORT.sub(" ", plain)
    lead = leads or bool(_LEAD_IN.match(plain))
    strangers = telling(comforted) - _HARMLESS_STEMS
    if lead:
        return len(strangers - known) <= 1
    return not denies(comforted) and not is_advice(comforted) and not strangers - _names(plain, known)


def _names(text: str, known: set[str]) -> set[str]:
    """The capitalised words of who asks ("Giyu", "Heron Spear"): to be named is no claim."""
    return {stem(word) for name in re.findall(r"\b[A-Z][\w']+", text) for word in words(name)} & known

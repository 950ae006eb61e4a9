"""Passages of a manual for the tests of grounding, and a checker over them."""

from __future__ import annotations

from typing import Any

from agents.grounding.check import Checker, Verdict
from agents.grounding.pieces import Kind, Piece
from hashiramart.blocks import Citation

_SOURCE = "manuals/heron-spear.md"
INTERVALS = """\
- After every wet use: Dry the head, the shoe and the cord, and let the ash breathe in moving air away from a fire.
- Every fortnight: Flex the shaft gently over your knee and listen for a tick that betrays a split.
- Every two months: Coat the ash with tung oil and the tarred cord with pine tar.
- Yearly: Remove the cord, inspect the wood beneath and bind the neck anew."""
STEPS = """\
1. Wipe mud from the spear with fresh water and dry it at once.
2. Touch spots of brown rust with steel wool and a drop of oil, and avoid the cutting ridges.
3. Spread tung oil by palm, leave it for twenty minutes and buff hard.
4. Work warm pine tar into the cord with a stick and let it set overnight."""
SAFETY = """\
- Keep the narrow point corked whenever a partner stands within five metres.
- Never hammer the bent tip cold.
- Use turpentine and tar outdoors, for the vapour is harmful in a closed room."""
DRILL = """\
**Minutes:** 5 · **Focus:** balance · **Styles:** Insect, Water
1. Stand on the front leg with the rear toes just brushing the ground.
2. Hold the spear level and breathe four slow breaths."""
QUOTE = '- "Hurry is a thief who pays you in advance." (Shino, a rice merchant who feeds recruits)'

EVIDENCE = [
    Citation(n=1, source=_SOURCE, section="Maintenance > Intervals", text=INTERVALS, weapon="heron-spear"),
    Citation(n=2, source=_SOURCE, section="Maintenance > Steps", text=STEPS, weapon="heron-spear"),
    Citation(n=3, source=_SOURCE, section="Safety", text=SAFETY, weapon="heron-spear"),
    Citation(n=4, source=_SOURCE, section="Drills > Standing in the Shallows", text=DRILL, weapon="heron-spear"),
    Citation(n=5, source="guides/quotes.md", section="Patience", text=QUOTE),
]
TITLES = {"heron-spear": "Heron Spear", "tidebreaker-katana": "Tidebreaker Katana"}
FACTS = (
    "Giyu uses Water Breathing and is at level 3.",
    "Your weapons: the Heron Spear.",
    "You trained 30 minutes today and 90 minutes this week.",
    "You lost a battle with the Heron Spear 5 hours ago.",
)


def checker(**known: Any) -> Checker:
    asked = {
        "titles": TITLES,
        "known": "how do I look after the Heron Spear? Giyu Water Heron Spear",
        "facts": FACTS,
        "own_weapons": frozenset({"heron-spear"}),
    }
    return Checker(EVIDENCE, **{**asked, **known})


def judge(text: str, kind: Kind = "prose", *, leads: bool = False, **known: Any) -> Verdict:
    return checker(**known).check(Piece(kind, "", text), leads=leads)

"""Questions about an article of the shop: what it costs, and whether there is one left."""

from __future__ import annotations

import re

from agents.planner.plan import Step
from hashiramart.models import Weapon

_ASKED = re.compile(
    r"\bhow much\b(?!.*\b(?:than|time|training|oil)\b)|\bwhat(?:'s| is| does| would)?\b.{0,30}\b(?:price|costs?)\b|"
    r"\b(?:price|costs?) of\b|\bin stock\b|\bsold out\b|"
    r"\b(?:still )?available\b|\b(?:any|many|some) left\b|\bdo you (?:have|sell|stock)\b|\bcoins? (?:is|are|for)\b",
    re.IGNORECASE,
)
_MORE_WANTED = re.compile(
    r"\b(?:than|recommend|suggest|cheaper|similar|like|instead|else|another|other)\b", re.IGNORECASE
)


def asks_about_article(step: Step) -> bool:
    """Whether a step of the Recommender asks about the price or the stock of one weapon, and for no list."""
    lists = step.explain or step.budget is not None or step.top_k is not None
    pointed = step.weapon is not None or step.refers_back
    return pointed and not lists and _ASKED.search(step.text) is not None and not _MORE_WANTED.search(step.text)


def about_article(weapon: Weapon) -> str:
    """Price and stock in a sentence."""
    left = "it is sold out" if weapon.stock < 1 else f"{weapon.stock} {'is' if weapon.stock == 1 else 'are'} in stock"
    return f"The **{weapon.name}** ({weapon.weapon_type}) costs {weapon.price} coins; {left}."

"""What "it", "the second one" and "my blade" point to, step by step through a message and back into the thread."""

from __future__ import annotations

import re
from typing import NamedTuple

from agents.planner.context import PlanContext
from agents.planner.draft import Draft
from agents.planner.purchases import points_to_best
from agents.planner.references import Reference, merge
from agents.planner.vocabulary import Vocabulary

_POINTED_TYPE = re.compile(r"\b(?:the|this|that|my|your|its)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
_MY_TYPE = re.compile(r"\b(?:my|mine)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
_WITH_ORDINAL = re.compile(
    r"\b(?:with|wielding|holding|using|swinging|carrying)\s+(?:the|number|no\.?|option|#)", re.IGNORECASE
)
_COMPARATIVE = re.compile(
    r"\b(?:cheaper|lighter|heavier|sharper|stronger|less (?:expensive|heavy)|more (?:expensive|powerful)|similar|another|other|else)\b",
    re.IGNORECASE,
)
_ABOUT_THE_ARTICLE = re.compile(
    r"\b(?:price|prices?|costs?|how much|in stock|sold out|available|left)\b", re.IGNORECASE
)
# Coach questions that are about one weapon even when they do not name it.
_ABOUT_A_WEAPON = {
    "handling",
    "drills",
    "routine",
    "maintenance",
    "how_often",
    "troubleshooting",
    "safety",
    "accessories",
    "overview",
}


class Target(NamedTuple):
    """What a step is about.

    Attributes:
        weapon: slug, or None when it is unknown yet or there is none.
        other: slug of the second weapon of a comparison.
        refers_back: whether the words point back.
        ordinal: which of the results pointed at: 1 for the first, -1 for the last.
    """

    weapon: str | None = None
    other: str | None = None
    refers_back: bool = False
    ordinal: int | None = None


class Antecedents:
    """Follows the weapons that a message speaks of. One object a plan."""

    def __init__(self, context: PlanContext, vocabulary: Vocabulary) -> None:
        self._context = context
        self._vocabulary = vocabulary
        self._shown = [slug for slug in context.last_weapons if slug in vocabulary.by_slug]
        last = context.last_weapon if context.last_weapon in vocabulary.by_slug else None
        self._last = last or (self._shown[0] if self._shown else None)
        self._owned = [slug for slug in context.owned if slug in vocabulary.by_slug]
        self._picture = context.last_picture if context.last_picture in vocabulary.by_slug else None
        self._pending = False  # an earlier step of this plan will say which weapon
        self._in_message = False

    def targets(self, draft: Draft) -> list[Target]:
        """What the next draft is about, one a step: several only where several weapons are ordered. Call once a draft, in order."""
        return self._ordered(draft) if draft.action == "buy" else [self._resolve(draft)]

    def _resolve(self, draft: Draft) -> Target:
        reference = merge(clause.reading.reference for clause in draft.clauses)
        told = merge(clause.reading.reference for clause in draft.background)
        if not reference or (reference.ordinal is None and told.ordinal is not None):
            reference = told  # "the third one looks nice, tell me more about it"
        named = list(dict.fromkeys(mention.slug for mention in draft.weapons))
        if draft.specialist == "recommender":
            asked = [mention.slug for clause in draft.clauses for mention in clause.reading.weapons]
            target = self._for_recommender(draft, asked, reference)
            self._pending = not draft.explain and not (target.weapon and _ABOUT_THE_ARTICLE.search(draft.request))
            if target.weapon and not self._pending:
                self._last, self._in_message = target.weapon, True
            return target
        target = self._comparison(named, reference) if draft.intent == "compare" else self._one(draft, named, reference)
        if target.weapon:
            self._last, self._pending, self._in_message = target.weapon, False, True
            if target.other:
                self._shown = [target.weapon, target.other]
        return target

    def _ordered(self, draft: Draft) -> list[Target]:
        reference = merge(clause.reading.reference for clause in draft.clauses)
        told = merge(clause.reading.reference for clause in draft.background)
        if reference.ordinal is None and not reference.pair and told.ordinal is not None:
            reference = told  # "the second one then, order it please"
        named = list(dict.fromkeys(mention.slug for clause in draft.clauses for mention in clause.reading.weapons))
        if named:
            targets = [Target(slug) for slug in named]
        elif reference.pair:
            targets = [self._ordinal(1), self._ordinal(2)]
        else:
            targets = [self._one_ordered(draft, reference)]
        if targets[-1].weapon:
            self._last, self._pending, self._in_message = targets[-1].weapon, False, True
        return targets

    def _one_ordered(self, draft: Draft, reference: Reference) -> Target:
        """What was shown or told of comes first; what the slayer owns is nothing to order."""
        if reference.ordinal is not None:
            return self._ordinal(reference.ordinal)
        if points_to_best(draft.request) and (self._pending or self._shown):
            return self._ordinal(1)
        pointed = self._pointed_type(draft)
        if pointed and pointed.refers_back:
            return pointed
        if draft.weapons:  # "The Emberline looks splendid. I'll take it."
            return Target(draft.weapons[0].slug)
        known = self._pending or self._last is not None
        return Target(None if self._pending else self._last, refers_back=bool(reference) or known)

    def _for_recommender(self, draft: Draft, named: list[str], reference: Reference) -> Target:
        if named:
            return Target(named[0])
        if reference.ordinal is not None:
            return self._ordinal(reference.ordinal)
        if _ABOUT_THE_ARTICLE.search(draft.request) and not draft.types:
            if draft.weapons:  # "Iron Maple fans: what do they cost?"
                return Target(draft.weapons[0].slug)
            if self._in_message or reference.plural:  # "what are the Millstone Tonfa made of and how much do they cost"
                return Target(self._last, refers_back=True)
        if draft.explain and (pointed := self._pointed_type(draft)):
            return pointed
        again = "recommender" in self._context.last_route and _COMPARATIVE.search(draft.request) is not None
        if reference.pronoun or draft.explain or again:  # "cheaper ones", "something like that"
            return Target(self._last, refers_back=True)
        return Target()

    def _comparison(self, named: list[str], reference: Reference) -> Target:
        if len(named) >= 2:
            return Target(named[0], named[1])
        if len(named) == 1:
            if not reference and self._last in {None, named[0]} and not self._pending:
                return Target(named[0])
            if self._pending:
                return Target(None, named[0], refers_back=True, ordinal=reference.ordinal)
            first = self._ordinal(reference.ordinal).weapon if reference.ordinal is not None else self._last
            return Target(first, named[0], refers_back=True) if first != named[0] else Target(first)
        if self._pending:
            return Target(refers_back=True, ordinal=reference.ordinal)
        if reference.ordinal is not None and reference.other is not None:
            one, another = self._ordinal(reference.ordinal), self._ordinal(reference.other)
            return one._replace(other=another.weapon)
        if reference and len(self._shown) >= 2:
            return Target(self._shown[0], self._shown[1], refers_back=True)
        return Target(self._last if reference else None, refers_back=bool(reference))

    def _one(self, draft: Draft, named: list[str], reference: Reference) -> Target:
        if named:
            return Target(named[0], refers_back=False)
        if draft.again and self._picture and not _WITH_ORDINAL.search(draft.request) and not draft.types:
            return Target(self._picture, refers_back=True, ordinal=reference.ordinal)  # "the second one, but at night"
        if reference.ordinal is not None:
            return self._ordinal(reference.ordinal)
        pointed = self._pointed_type(draft)
        if pointed:
            return pointed
        if reference.mine and not self._pending:
            mine = self._mine(None)
            if mine:
                return mine
        if reference:
            return Target(None if self._pending else self._last, refers_back=True)
        if self._implied(draft) or (draft.goes_on and not draft.types):
            return Target(None if self._pending else self._last, refers_back=True)
        return Target()

    def _ordinal(self, ordinal: int) -> Target:
        """The nth of what was shown; of an earlier step in this plan nothing is shown yet."""
        if self._pending:
            return Target(refers_back=True, ordinal=ordinal)
        index = ordinal if ordinal < 0 else ordinal - 1
        inside = -len(self._shown) <= index < len(self._shown)
        return Target(self._shown[index] if inside else None, refers_back=True, ordinal=ordinal)

    def _pointed_type(self, draft: Draft) -> Target | None:
        """ "the spear", "my bow": the weapon of that type that was spoken of, shown, or is owned."""
        for clause in draft.clauses:
            for mention in clause.reading.types:
                before = clause.text[: mention.start]
                if not _POINTED_TYPE.search(before):
                    continue
                fits = [
                    slug
                    for slug in dict.fromkeys([self._last, *self._shown])
                    if slug and self._type(slug) in mention.types
                ]
                if _MY_TYPE.search(before) and not self._pending and not (self._in_message and fits):
                    mine = self._mine(mention.types)
                    if mine:
                        return mine
                if self._pending:
                    return Target(refers_back=True)
                if fits:
                    return Target(fits[0], refers_back=True)
                owned = [slug for slug in self._owned if self._type(slug) in mention.types]
                if owned:
                    return Target(owned[0])
        return None

    def _mine(self, types: tuple[str, ...] | None) -> Target | None:
        owned = [slug for slug in self._owned if types is None or self._type(slug) in types]
        if not owned:
            return None
        return Target(self._last, refers_back=True) if self._last in owned else Target(owned[0])

    def _implied(self, draft: Draft) -> bool:
        """Whether a step without any name goes on with the weapon before: "recommend a spear and give me a drill"."""
        if any(not mention.family for mention in draft.types):
            return False
        if draft.specialist == "artist":
            return self._pending or self._in_message
        if draft.specialist != "coach" or draft.intent not in _ABOUT_A_WEAPON:
            return False
        return self._pending or self._last is not None

    def _type(self, slug: str | None) -> str | None:
        return self._vocabulary.type_of(slug) if slug else None

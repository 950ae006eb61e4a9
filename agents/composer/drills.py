"""Drills: the list of what there is to train, the one that fits best told in full."""

from __future__ import annotations

from dataclasses import dataclass

from agents.composer.ask import Ask
from agents.composer.draft import Draft
from agents.composer.prose import minutes
from knowledge.parts import Drill, drill
from knowledge.split import Passage

_GUIDE_LIMIT = 4


@dataclass(frozen=True, slots=True)
class Found:
    """A drill and the passage that describes it."""

    drill: Drill
    passage: Passage

    def suits(self, style: str | None) -> bool:
        """Whether the drill names the style."""
        return style is not None and style in self.drill.styles

    def bars(self, style: str | None) -> bool:
        """Whether the drill is for other styles only."""
        return style is not None and bool(self.drill.styles) and style not in self.drill.styles


def weapon_drills(ask: Ask) -> list[Found]:
    """The drills of the subject's manual, in its order; none without a subject."""
    return _parsed(ask.shelf.by_weapon.get(ask.subject.slug, [])) if ask.subject else []


def guide_drills(ask: Ask) -> list[Found]:
    """The drills of the guides."""
    return _parsed([passage for passage in ask.shelf.passages if passage.weapon is None])


def drills(ask: Ask, draft: Draft) -> bool:
    """List the drills that fit the question, the slayer's style first. False when there are none."""
    own = weapon_drills(ask)
    wanted = [one for one in [*own, *guide_drills(ask)] if ask.topic.meets(_about(one))]
    style = ask.question.style
    chosen = sorted(own, key=lambda one: (one not in wanted, not one.suits(style), one.bars(style), one.drill.minutes))
    extra = [one for one in wanted if one not in own and not one.bars(style)]
    extra.sort(key=lambda one: not one.suits(style))
    if not own and not extra:
        return False
    if ask.subject:
        suited = f" for {style} Breathing first" if any(one.suits(style) for one in own) else ""
        draft.say(
            ask.manual.note, f"These are the drills of {ask.manual.called}{', those' + suited if suited else ''}:"
        )
    else:
        draft.say("These drills of the guides work on that:")
    listed = chosen + extra[:_GUIDE_LIMIT] if ask.subject else extra[:6]
    draft.bulleted(_summary(draft, one) for one in listed)
    first = next((one for one in listed if one in wanted), listed[0])
    if ask.beginner:
        first = min(
            (one for one in listed if one.drill.minutes <= first.drill.minutes), key=lambda one: one.drill.minutes
        )
        if line := ask.subject and ask.beginner_line():
            draft.say("For your level:", draft.cited(*line))
    draft.say(f"Start with **{first.drill.name}**:")
    draft.numbered(first.drill.steps, first.passage)
    return True


def _summary(draft: Draft, one: Found) -> str:
    styles = f" (for {', '.join(one.drill.styles)})" if one.drill.styles else ""
    return (
        f"**{one.drill.name}**, {minutes(one.drill.minutes)}: {one.drill.focus}{styles} [{draft.number(one.passage)}]"
    )


def _about(one: Found) -> str:
    return f"{one.drill.name} {one.drill.focus} {one.passage.title}"


def _parsed(passages: list[Passage]) -> list[Found]:
    pairs = ((drill(passage), passage) for passage in passages)
    return [Found(parsed, passage) for parsed, passage in pairs if parsed]

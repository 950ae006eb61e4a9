"""Drills: the list of what there is to train, the one that fits best told in full."""

from __future__ import annotations

from dataclasses import dataclass

from agents.composer.ask import Ask
from agents.composer.draft import Draft
from agents.composer.personal import say_personal, tired
from agents.composer.prose import minutes
from agents.composer.spare import say_spared, spares
from knowledge.parts import Drill, drill
from knowledge.split import Passage

_GUIDE_LIMIT = 4
_JUST_THAT = 0.99  # share of what was asked that the focus of a drill for other styles must hold
_SPEAKABLE = 3  # words of a topic from which it no longer reads as a thing
_TRIED = 3  # sentences among which a drill that is meant must be


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
    """The drills of the subject's manual that spare what hurts, in its order; none without a subject."""
    own = _parsed(ask.shelf.by_weapon.get(ask.subject.slug, [])) if ask.subject else []
    return [one for one in own if spares(ask, one.drill, one.passage)]


def guide_drills(ask: Ask) -> list[Found]:
    """The drills of the guides that spare what hurts."""
    every = _parsed([passage for passage in ask.shelf.passages if passage.weapon is None])
    return [one for one in every if spares(ask, one.drill, one.passage)]


def every_drill(ask: Ask) -> list[Found]:
    """The drills of all manuals and guides."""
    return _parsed(list(ask.shelf.passages))


def drills(ask: Ask, draft: Draft) -> bool:
    """List the drills that fit the question, the slayer's style first. False when there are none."""
    own = weapon_drills(ask)
    every = [*own, *guide_drills(ask)]
    wanted = [one for one in every if ask.topic.meets(_about(one))] or _meant(ask, every)
    style = ask.question.style
    chosen = sorted(own, key=lambda one: (one not in wanted, not one.suits(style), one.bars(style), _effort(ask, one)))
    extra = [
        one
        for one in wanted
        if one not in own and (not one.bars(style) or ask.coverage(f"{one.drill.name} {one.drill.focus}") >= _JUST_THAT)
    ]
    extra.sort(key=lambda one: (-ask.coverage(_about(one)), not one.suits(style)))
    if not own and ask.subject and ask.question.known.parts:  # each of its own asks too much of what hurts
        extra = extra or [one for one in guide_drills(ask) if not one.bars(style) and one.suits(style)]
    if not own and not extra:
        return False
    listed = chosen + extra[:_GUIDE_LIMIT] if ask.subject else extra[:6]
    if ask.subject and ask.topic and not wanted and not _left_out(ask):
        draft.found = False
        spoken = ask.topic.spoken if len(ask.topic.stems) < _SPEAKABLE else "that"
        draft.say(
            f"The manual of {ask.manual.called} does not describe a drill for {spoken}.",
            ask.manual.note,
            "The drills that it has are these:",
        )
        draft.bulleted(_summary(draft, one) for one in listed)
        return True
    say_spared(ask, draft)
    _lead(ask, draft, suited=any(one.suits(style) for one in own), own=bool(own))
    say_personal(ask, draft)
    first = _first(ask, listed, wanted)
    draft.bulleted(_summary(draft, one) for one in ([first] if ask.shorter else listed))
    if ask.beginner and (line := ask.subject and ask.beginner_line()) and not ask.shorter:
        draft.say("For your level:", draft.cited(*line))
    draft.say(f"Start with **{first.drill.name}**:")
    draft.numbered(first.drill.steps, first.passage)
    return True


def _left_out(ask: Ask) -> bool:
    """Whether the manual has what was asked for among the drills that are left out."""
    slug = ask.subject.slug if ask.subject else None
    return any(
        one.passage.weapon == slug and ask.topic.meets(_about(one)) and not spares(ask, one.drill, one.passage)
        for one in every_drill(ask)
    )


def _lead(ask: Ask, draft: Draft, *, suited: bool, own: bool) -> None:
    if not own and ask.subject is not None:
        draft.say(ask.manual.note, "These drills of the guides are left:")
    elif ask.subject is None:
        draft.say("These drills of the guides work on that:")
    elif ask.shorter:
        draft.say(ask.manual.note, f"The drill to start with for {ask.manual.called}:")
    else:
        first = f", those for {ask.question.style} Breathing first" if suited else ""
        draft.say(ask.manual.note, f"These are the drills of {ask.manual.called}{first}:")


def _first(ask: Ask, listed: list[Found], wanted: list[Found]) -> Found:
    """The drill to start with: the first that fits; for a recruit or a tired slayer none that is longer than others."""
    first = next((one for one in listed if one in wanted), listed[0])
    if ask.beginner or tired(ask):
        return min(
            (one for one in listed if one.drill.minutes <= first.drill.minutes), key=lambda one: one.drill.minutes
        )
    return first


def _meant(ask: Ask, every: list[Found]) -> list[Found]:
    """The drill that the best sentences belong to, where no drill names the topic but the manual answers."""
    if not ask.topic or not ask.evidence.answers:
        return []
    ids = {one.passage.id for one in ask.evidence.ranked[:_TRIED]}
    return [one for one in every if one.passage.id in ids]


def _effort(ask: Ask, one: Found) -> int:
    """Short drills first; for a master of the weapon the long ones."""
    return -one.drill.minutes if ask.master and not tired(ask) else one.drill.minutes


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

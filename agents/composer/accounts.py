"""Safety, accessories and the overview: short sections that are told whole, what was asked about first."""

from __future__ import annotations

from agents.composer.ask import Ask
from agents.composer.candidates import said_in
from agents.composer.draft import Draft
from agents.composer.general import say_silent, tell_elsewhere
from agents.composer.prose import listing
from knowledge.parts import accessories as read_accessories
from knowledge.parts import bullets


def safety(ask: Ask, draft: Draft) -> bool:
    """The safety rules, those on the topic first. False when the manual has none."""
    rules = [(rule, passage) for passage in ask.section("Safety") for rule in bullets(passage.text)]
    if not rules:
        return False
    lead = f"To stay whole with {ask.manual.called}:"
    if ask.silent:
        say_silent(ask, draft)
        lead = "Its safety rules are these:"
    elif ask.topic and tell_elsewhere(ask, draft, "Safety"):
        lead = "And its safety rules:"
    else:
        draft.say(ask.manual.note)
    ordered = [rules[place] for place in ask.by_nearness([rule for rule, _ in rules])][: 3 if ask.shorter else None]
    draft.say(lead)
    if line := ask.beginner and ask.beginner_line():
        ordered.insert(0, line)
    draft.bulleted(draft.cited(*pair) for pair in ordered)
    return True


def accessories(ask: Ask, draft: Draft) -> bool:
    """What goes with the weapon, those on the topic first. False when the manual names nothing."""
    things = [(thing, passage) for passage in ask.section("Accessories") for thing in read_accessories(passage)]
    if not things:
        return False
    if _elsewhere(ask, draft, "Accessories"):
        return True
    order = ask.by_nearness([f"{thing.name}: {thing.purpose}" for thing, _ in things])
    ordered = [things[place] for place in order][: _most(ask)]
    draft.say(ask.manual.note, f"These go well with {ask.manual.called}:")
    draft.bulleted(f"**{thing.name}**: {draft.cited(thing.purpose, passage)}" for thing, passage in ordered)
    return True


def overview(ask: Ask, draft: Draft) -> bool:
    """What the weapon is and whom it suits. False when the manual has no overview."""
    passages = ask.section("Overview")
    if not passages:
        return False
    if _elsewhere(ask, draft, "Overview"):
        return True
    draft.say(ask.manual.note)
    if ask.shorter:
        draft.say(draft.cited(" ".join(said_in(passages[0])[:2]), passages[0]))
        return True
    for passage in passages:
        draft.passage(passage)
    style, styles = ask.question.style, ask.manual.styles
    if style and styles:
        if style in styles:
            line = ask.style_line()
            draft.say(f"It suits your {style} Breathing.", draft.cited(*line) if line else "")
        else:
            made_for = f"{listing(styles)} [{draft.number(passages[0])}]"
            draft.say(f"Your {style} Breathing is not among its styles; it was made for {made_for}.")
    return True


def _elsewhere(ask: Ask, draft: Draft, section: str) -> bool:
    """Answer what the section does not: the manual is silent, or says it in another place. False where the section does.

    What answers best is said first, even where the section comes near it.
    """
    particular = bool(ask.evidence.matter.stems) if section == "Overview" else bool(ask.topic)
    if not particular:
        return False
    if not ask.evidence.answers:
        say_silent(ask, draft)
        return True
    return tell_elsewhere(ask, draft, section) and ask.evidence.within(section) is None


def _most(ask: Ask) -> int | None:
    """How many items to tell: all of a section that was asked for, the nearest where something particular was."""
    return 3 if ask.topic or ask.shorter else None

"""Safety, accessories and the overview: short sections that are told whole, what was asked about first."""

from __future__ import annotations

from agents.composer.ask import Ask
from agents.composer.draft import Draft
from agents.composer.prose import listing
from knowledge.parts import accessories as read_accessories
from knowledge.parts import bullets


def safety(ask: Ask, draft: Draft) -> bool:
    """The safety rules, those on the topic first. False when the manual has none."""
    rules = [(rule, passage) for passage in ask.section("Safety") for rule in bullets(passage.text)]
    if not rules:
        return False
    ordered = [rules[place] for place in ask.by_nearness([rule for rule, _ in rules])]
    draft.say(ask.manual.note, f"To stay whole with {ask.manual.called}:")
    if line := ask.beginner and ask.beginner_line():
        ordered.insert(0, line)
    draft.bulleted(draft.cited(*pair) for pair in ordered)
    return True


def accessories(ask: Ask, draft: Draft) -> bool:
    """What goes with the weapon, those on the topic first. False when the manual names nothing."""
    things = [(thing, passage) for passage in ask.section("Accessories") for thing in read_accessories(passage)]
    if not things:
        return False
    ordered = [things[place] for place in ask.by_nearness([f"{thing.name}: {thing.purpose}" for thing, _ in things])]
    draft.say(ask.manual.note, f"These go well with {ask.manual.called}:")
    draft.bulleted(f"**{thing.name}**: {draft.cited(thing.purpose, passage)}" for thing, passage in ordered)
    return True


def overview(ask: Ask, draft: Draft) -> bool:
    """What the weapon is and whom it suits. False when the manual has no overview."""
    passages = ask.section("Overview")
    if not passages:
        return False
    draft.say(ask.manual.note)
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

"""Care: how to look after a weapon, and how often."""

from __future__ import annotations

import re

from agents.composer.ask import Ask
from agents.composer.draft import Draft
from agents.composer.evidence import choose, gather
from agents.composer.general import tell
from agents.composer.prose import count, listing, material, steps_named
from knowledge.parts import Interval, bullets, intervals, steps
from knowledge.split import Passage

_WANTS_TOOLS = re.compile(r"\b(?:materials?|tools?|supplies|what (?:do|will|would) i need)\b")

_AS_GOOD = 0.8  # an interval is about the topic when it holds this share of what the best one holds of it


def maintenance(ask: Ask, draft: Draft) -> bool:
    """Steps, what is needed, and how often. False when the manual has no steps."""
    found = [(passage, steps(passage.text)) for passage in ask.section("Maintenance", "Steps")]
    if not found:
        return False
    passage, doing = found[0]
    task = ask.topic.task
    numbers = [number for number, step in enumerate(doing, start=1) if task.meets(step)]
    tools_first = bool(_WANTS_TOOLS.search(ask.question.text.lower()))
    if task and not numbers and not tools_first:
        _off_the_steps(ask, draft, doing, passage)
        return True
    lead = f"Here is how to look after {ask.manual.called}."
    if numbers:
        lead = (
            f"Here is the full care of {ask.manual.called}. {task.spoken.capitalize()} comes in {steps_named(numbers)}."
        )
    draft.say(ask.manual.note, lead)
    if tools_first:
        _materials(ask, draft)
    draft.numbered(doing, passage)
    if not tools_first:
        _materials(ask, draft)
    _rhythm(ask, draft)
    return True


def how_often(ask: Ask, draft: Draft) -> bool:
    """The intervals, those that bear on the topic first. False when the manual sets none."""
    lines = _intervals(ask)
    if not lines:
        return False
    covered = [ask.coverage(f"{line.when} {line.do}") for line, _ in lines]
    most = max(covered)
    first = [pair for pair, share in zip(lines, covered, strict=True) if most and share >= _AS_GOOD * most]
    rest = [pair for pair in lines if pair not in first]
    if first:
        draft.say(ask.manual.note, f"For {ask.manual.called}, this is the rhythm:")
        draft.bulleted(_line(draft, *pair) for pair in first)
        if rest:
            draft.say("The rest of its care:")
            draft.bulleted(_line(draft, *pair) for pair in rest)
        return True
    if ask.topic:
        draft.found = False
        draft.say(
            ask.manual.note,
            f"The manual of {ask.manual.called} sets no interval for {ask.topic.spoken}. The ones that it sets are these:",
        )
    else:
        draft.say(ask.manual.note, f"This is the rhythm of care for {ask.manual.called}:")
    draft.bulleted(_line(draft, *pair) for pair in rest)
    return True


def _off_the_steps(ask: Ask, draft: Draft, doing: list[str], passage: Passage) -> None:
    """The answer where no care step names the topic: what else is said about it, or that the manual is silent."""
    said = choose(gather(ask), most=3)
    if said:
        draft.say(ask.manual.note)
        tell(ask, draft, said)
        told = count(len(doing), "step")
        draft.say(f"The regular care of {ask.manual.called} has {told}; ask me how to look after it.")
        return
    draft.found = False
    silent = f"The manual of {ask.manual.called} does not say anything about {ask.topic.task.spoken}."
    draft.say(ask.manual.note, silent, "The care that it does describe goes like this:")
    draft.numbered(doing, passage)


def _materials(ask: Ask, draft: Draft) -> None:
    for passage in ask.section("Maintenance", "Materials"):
        items = [material(item) for item in bullets(passage.text)]
        if items:
            draft.say(f"**You need:** {draft.cited(f'{listing(items)}.', passage)}")


def _rhythm(ask: Ask, draft: Draft) -> None:
    lines = _intervals(ask)
    if lines:
        draft.say("**How often:**")
        draft.bulleted(_line(draft, *pair) for pair in lines)


def _intervals(ask: Ask) -> list[tuple[Interval, Passage]]:
    return [(line, passage) for passage in ask.section("Maintenance", "Intervals") for line in intervals(passage)]


def _line(draft: Draft, line: Interval, passage: Passage) -> str:
    return f"**{line.when}:** {draft.cited(line.do, passage)}"

"""Care: how to look after a weapon, and how often."""

from __future__ import annotations

import re

from agents.composer.ask import Ask
from agents.composer.draft import Draft
from agents.composer.evidence import choose
from agents.composer.general import say_silent, tell, tell_elsewhere
from agents.composer.prose import listing, material, steps_named
from agents.composer.topic import Topic
from knowledge.parts import Interval, bullets, intervals, steps
from knowledge.split import Passage

_WANTS_TOOLS = re.compile(r"\b(?:materials?|tools?|supplies|what (?:do|will|would) i need)\b")

_TRIED = 3  # sentences among which the interval must be
_AS_GOOD = 0.8  # an interval is about the topic when it holds this share of what the best one holds of it


def maintenance(ask: Ask, draft: Draft) -> bool:
    """Steps, what is needed, and how often. False when the manual has no steps."""
    found = [(passage, steps(passage.text)) for passage in ask.section("Maintenance", "Steps")]
    if not found:
        return False
    passage, doing = found[0]
    if _WANTS_TOOLS.search(ask.question.text.lower()):
        draft.say(ask.manual.note, f"For the care of {ask.manual.called} you need this.")
        _materials(ask, draft)
        return True
    task = ask.topic.task
    numbers = [number for number, step in enumerate(doing, start=1) if task.meets(step)]
    if ask.silent:
        about = f" anything about {task.spoken}" if task.is_one_task else ""
        say_silent(ask, draft, f"The manual of {ask.manual.called} does not say{about}.")
        return True
    if ask.topic and (not numbers or ask.evidence.within("Maintenance") is None):
        draft.say(ask.manual.note)
        tell(ask, draft, choose(ask.evidence, 2 if ask.shorter else 4))
        return True
    if ask.topic:
        tell_elsewhere(ask, draft, "Maintenance")
    if ask.shorter:
        _in_short(ask, draft, doing, numbers, passage)
        return True
    lead = f"Here is how to look after {ask.manual.called}."
    if numbers:
        asked = task.spoken.capitalize() if task.is_one_task else "What you ask for"
        lead = f"Here is the full care of {ask.manual.called}. {asked} comes in {steps_named(numbers)}."
    draft.say(ask.manual.note, lead)
    draft.numbered(doing, passage)
    _materials(ask, draft)
    _rhythm(ask, draft, task if numbers else None)
    return True


def how_often(ask: Ask, draft: Draft) -> bool:
    """The intervals, those that bear on the topic first. False when the manual sets none."""
    lines = _intervals(ask)
    if not lines:
        return False
    first = _about_the_topic(ask, lines) if ask.topic else []
    rest = [pair for pair in lines if pair not in first]
    if first:
        draft.say(ask.manual.note, f"For {ask.manual.called}, this is the rhythm:")
        draft.bulleted(_line(draft, *pair) for pair in first[: 2 if ask.shorter else None])
        if rest and not ask.shorter:
            draft.say("The rest of its care:")
            draft.bulleted(_line(draft, *pair) for pair in rest)
        return True
    # No interval is about the topic, so what answers stands elsewhere, if anywhere.
    if ask.topic and (chosen := [one for one in choose(ask.evidence, 2) if one.passage.name != "Intervals"]):
        draft.say(ask.manual.note)
        tell(ask, draft, chosen)
        return True
    if ask.topic:
        draft.found = False
        task = ask.topic.task
        draft.say(
            f"The manual of {ask.manual.called} sets no interval for {task.spoken if task.is_one_task else 'that'}.",
            ask.manual.note,
            "The ones that it sets are these:",
        )
    else:
        draft.say(ask.manual.note, f"This is the rhythm of care for {ask.manual.called}:")
    draft.bulleted(_line(draft, *pair) for pair in rest[: 3 if ask.shorter else None])
    return True


def _about_the_topic(ask: Ask, lines: list[tuple[Interval, Passage]]) -> list[tuple[Interval, Passage]]:
    """The intervals that answer: the line of the best sentence, and those that hold as much of the topic."""
    if not ask.evidence.answers:
        return []
    best = next((one for one in ask.evidence.ranked[:_TRIED] if one.passage.name == "Intervals"), None)
    if best is None:
        return []
    covered = {line.do: ask.coverage(f"{line.when} {line.do}") for line, _ in lines}
    most = max(covered.values())
    if ask.topic and ask.topic.task.is_one_task and not most:
        return []  # a task that no line names has no interval, however near a line comes
    return [
        pair
        for pair in lines
        if pair[0].do in best.text or (most and covered[pair[0].do] >= _AS_GOOD * most and pair[0].do)
    ]


def _in_short(ask: Ask, draft: Draft, doing: list[str], numbers: list[int], passage: Passage) -> None:
    """Only the steps of the task that was asked for, or without one the two most frequent tasks of care."""
    if numbers:
        draft.say(ask.manual.note, f"For {ask.manual.called}, in short:")
        draft.bulleted([doing[number - 1] for number in numbers[:3]], passage)
        return
    draft.say(ask.manual.note, f"The care of {ask.manual.called}, in short:")
    draft.bulleted(_line(draft, *pair) for pair in _intervals(ask)[:3])


def _materials(ask: Ask, draft: Draft) -> None:
    for passage in ask.section("Maintenance", "Materials"):
        items = [material(item) for item in bullets(passage.text)]
        if items:
            draft.say(f"**You need:** {draft.cited(f'{listing(items)}.', passage)}")


def _rhythm(ask: Ask, draft: Draft, task: Topic | None) -> None:
    """The intervals; with a task, those that name it."""
    lines = _intervals(ask)
    lines = [pair for pair in lines if task is None or task.meets(pair[0].do)]
    if lines:
        draft.say("**How often:**")
        draft.bulleted(_line(draft, *pair) for pair in lines)


def _intervals(ask: Ask) -> list[tuple[Interval, Passage]]:
    return [(line, passage) for passage in ask.section("Maintenance", "Intervals") for line in intervals(passage)]


def _line(draft: Draft, line: Interval, passage: Passage) -> str:
    return f"**{line.when}:** {draft.cited(line.do, passage)}"

"""Care: how to look after a weapon, and how often."""

from __future__ import annotations

from agents.composer.ask import Ask
from agents.composer.draft import Draft
from agents.composer.prose import listing, material, steps_named
from knowledge.parts import Interval, bullets, intervals, steps
from knowledge.split import Passage
from knowledge.words import sentences

_ELSEWHERE = ("Troubleshooting", "Safety", "Accessories", "Handling", "Overview")


def maintenance(ask: Ask, draft: Draft) -> bool:
    """Steps, what is needed, and how often. False when the manual has no steps."""
    found = [(passage, steps(passage.text)) for passage in ask.section("Maintenance", "Steps")]
    if not found:
        return False
    passage, doing = found[0]
    numbers = [number for number, step in enumerate(doing, start=1) if ask.topic.meets(step)]
    if not ask.topic:
        lead = f"Here is how to look after {ask.manual.called}."
    elif numbers:
        lead = f"Here is the full care of {ask.manual.called}. {ask.topic.heading} comes in {steps_named(numbers)}."
    else:
        lead = _topic_elsewhere(ask, draft)
    draft.say(ask.manual.note, lead)
    draft.numbered(doing, passage)
    _materials(ask, draft)
    _rhythm(ask, draft)
    return True


def how_often(ask: Ask, draft: Draft) -> bool:
    """The intervals, those that bear on the topic first. False when the manual sets none."""
    lines = _intervals(ask)
    if not lines:
        return False
    first = [(line, passage) for line, passage in lines if ask.topic.meets(f"{line.when} {line.do}")]
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


def _topic_elsewhere(ask: Ask, draft: Draft) -> str:
    """The lead where no care step names the topic: what other sections say about it, or that the manual is silent."""
    said: list[str] = []
    passages = [passage for section in _ELSEWHERE for passage in ask.section(section)]
    for passage in [*ask.section("Maintenance", "Intervals"), *passages]:
        hits = [sentence for sentence in sentences(passage.text) if ask.topic.meets(sentence)]
        if hits and len(said) < 2:
            said.append(draft.cited(_plain(hits[0]), passage))
    if said:
        return f"{' '.join(said)} The regular care of {ask.manual.called} goes like this:"
    draft.found = False
    return (
        f"The manual of {ask.manual.called} does not say anything about {ask.topic.spoken}. "
        "The regular care that it does describe goes like this:"
    )


def _plain(sentence: str) -> str:
    """A sentence of a manual without the label of the line that it stands in."""
    for label in ("Cause:", "Fix:"):
        sentence = sentence.removeprefix(label).strip()
    return sentence


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

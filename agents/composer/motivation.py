"""Motivation: a quote that fits the mood, and where it helps a word of the mindset guide."""

from __future__ import annotations

import re

from agents.composer.ask import Ask
from agents.composer.draft import Draft
from agents.composer.evidence import nearest_advice
from agents.composer.personal import lost_bout, say_personal, streak_line
from agents.composer.prose import pick
from agents.planner.plan import CoachIntent
from knowledge.parts import Quote, quotes
from knowledge.split import Passage
from knowledge.words import words

_QUOTES, _MINDSET = "guides/quotes.md", "guides/mindset.md"

# What the slayer says, and a word of the heading that such quotes stand under.
_MOODS = (
    (r"\b(?:lost|lose|losing|defeat\w*|beaten|fail\w*|fell|fallen)\b", "defeat"),
    (r"\b(?:afraid|fear\w*|scared|nervous|frightened|courage\w*|brave\w*|anxious)\b", "courage"),
    (r"\b(?:breath\w*|panic\w*|calm|stress\w*)\b", "breath"),
    (r"\b(?:slow|patien\w*|stuck|plateau\w*|progress|forever|impatient|waiting)\b", "patience"),
    (r"\b(?:lazy|disciplin\w*|habit\w*|tired|every day|daily|consisten\w*|skip\w*|routine|train\w*)\b", "discipline"),
    (r"\b(?:oil\w*|clean\w*|rust\w*|care|look after|maint\w*|polish\w*)\b", "care"),
)
_BY_INTENT: dict[CoachIntent, str] = {
    "routine": "discipline", "drills": "discipline", "maintenance": "care", "how_often": "care", "handling": "patience",
}  # fmt: skip
_GENERAL = ("courage", "patience", "discipline", "breath")


def motivation(ask: Ask, draft: Draft) -> bool:
    """A quote, and with a mood in the question two sentences of advice. False when the library holds no quotes."""
    name = f"{ask.question.name}, take" if ask.question.name else "Take"
    if not add_quote(ask, draft, lead=f"{name} this with you:"):
        return False
    if line := streak_line(ask):
        draft.say(line)
    if ask.question.known.goals:
        draft.say(f"You told me that {ask.question.known.goals[0]}.")
    mood = _mood(ask.question.text)
    if (mood or ask.question.shape == "longer") and not ask.shorter:
        said = nearest_advice(ask.question.text, _MINDSET, ask.shelf)
        draft.say(*(draft.cited(sentence, passage) for sentence, passage in said))
    elif not mood:
        say_personal(ask, draft)
    ask.trail.why = f"A word of encouragement was asked for{f', on {mood}' if mood else ''}."
    return True


def add_quote(ask: Ask, draft: Draft, *, lead: str = "And a word to carry:") -> bool:
    """Add one quote that fits; the same words always get the same one. False when the library holds no quotes."""
    every = [(quote, passage) for passage in ask.shelf.under(source=_QUOTES) for quote in quotes(passage)]
    if not every:
        return False
    mood = _mood(ask.question.text) or ("defeat" if lost_bout(ask) else _BY_INTENT.get(ask.intent))
    fitting = _filed_under(every, (mood,) if mood else _GENERAL) or every
    quote, passage = fitting[pick(ask.question.text, len(fitting))]
    said = f'> "{quote.text}" [{draft.number(passage)}]'
    draft.say(lead)
    draft.say(f"{said}\n>\n> {quote.author}" if quote.author else said)
    return True


def _mood(text: str) -> str | None:
    return next((mood for pattern, mood in _MOODS if re.search(pattern, text.lower())), None)


def _filed_under(every: list[tuple[Quote, Passage]], moods: tuple[str, ...]) -> list[tuple[Quote, Passage]]:
    return [pair for pair in every if set(moods) & set(words(pair[0].mood))]

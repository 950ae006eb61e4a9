"""Troubleshooting: the problem that the slayer describes, its cause and its fix."""

from __future__ import annotations

from agents.composer.ask import Ask
from agents.composer.draft import Draft
from agents.composer.prose import listing, lower_first
from knowledge.parts import Problem, problem
from knowledge.retrieve import Hit
from knowledge.split import Passage

_SURE = 0.5  # cosine of the question with the symptom from which no shared word is needed
_MAYBE = 0.3  # and with a shared word


def troubleshooting(ask: Ask, draft: Draft) -> bool:
    """Cause and fix of the best matching symptom; honest about none. False when the manual has no problems at all."""
    pairs = [(parsed, passage) for passage in ask.section("Troubleshooting") if (parsed := problem(passage))]
    if not pairs:
        return False
    matched = _match(ask, pairs)
    if matched is None:
        draft.found = False
        symptoms = [f'"{lower_first(parsed.symptom)}" [{draft.number(passage)}]' for parsed, passage in pairs]
        draft.say(
            ask.manual.note,
            f"The manual of {ask.manual.called} does not describe that problem. The ones that it describes are "
            f"{listing(symptoms)}. If yours is none of them, stop using the weapon until somebody who knows it has looked at it.",
        )
        return True
    parsed, passage = matched
    symptom = f'"{parsed.symptom}" [{draft.number(passage)}]'
    draft.say(ask.manual.note, f"That is what the manual of {ask.manual.called} lists as {symptom}.")
    draft.say(f"**Cause:** {draft.cited(parsed.cause, passage)}")
    draft.say(f"**Fix:** {draft.cited(parsed.fix, passage)}")
    return True


def _match(ask: Ask, pairs: list[tuple[Problem, Passage]]) -> tuple[Problem, Passage] | None:
    """The problem whose symptom is nearest in meaning, a shared word counting as much as a tenth of cosine."""
    embedder = ask.library.embedder
    asked = embedder.recall([ask.question.text])[0]
    symptoms = embedder.recall([parsed.symptom for parsed, _ in pairs])
    ranks = {hit.passage.id: hit for hit in ask.search("Troubleshooting", k=len(pairs))}
    scored = []
    for (parsed, passage), vector in zip(pairs, symptoms, strict=True):
        near = max(float(vector @ asked), _whole(ranks.get(passage.id)))
        shares = ask.topic.meets(parsed.symptom)
        loosely = shares or ask.topic.meets(parsed.cause)
        scored.append((near + (0.1 if shares else 0.0), near, loosely, parsed, passage))
    _, near, shares, parsed, passage = max(scored, key=lambda row: row[0])
    return (parsed, passage) if near >= _SURE or (near >= _MAYBE and shares) else None


def _whole(hit: Hit | None) -> float:
    return hit.similarity if hit and hit.similarity is not None else 0.0

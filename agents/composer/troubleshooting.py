"""Troubleshooting: the problem that the slayer describes, its cause and its fix."""

from __future__ import annotations

from agents.composer.ask import Ask
from agents.composer.draft import Draft
from agents.composer.prose import listing, lower_first
from knowledge.parts import Problem, problem
from knowledge.retrieve import Hit
from knowledge.split import Passage

_SURE = 0.7  # cosine of the question with the symptom from which it is surely meant
_NEAR = 0.5  # from which it may be meant, whatever the words
_MAYBE = 0.3  # from which it is meant when it shares half of the question's telling words
_HALF = 0.5
_WORDS = 0.2  # what sharing all of them adds to the cosine


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
            f"{listing(symptoms)}. If yours is one of them in other words, tell me which.",
        )
        return True
    parsed, passage, certain = matched
    symptom = f'"{parsed.symptom}" [{draft.number(passage)}]'
    draft.say(
        ask.manual.note,
        f"The manual of {ask.manual.called} lists that as {symptom}."
        if certain
        else f"The nearest problem in the manual of {ask.manual.called} is {symptom}; see whether it is yours.",
    )
    draft.say(f"**Cause:** {draft.cited(parsed.cause, passage)}")
    draft.say(f"**Fix:** {draft.cited(parsed.fix, passage)}")
    return True


def _match(ask: Ask, pairs: list[tuple[Problem, Passage]]) -> tuple[Problem, Passage, bool] | None:
    """The problem whose symptom is nearest in meaning, shared words counting too; and whether it is surely that one."""
    embedder = ask.library.embedder
    asked = embedder.recall([ask.question.text])[0]
    symptoms = embedder.recall([parsed.symptom for parsed, _ in pairs])
    ranks = {hit.passage.id: hit for hit in ask.search("Troubleshooting", k=len(pairs))}
    scored = []
    for (parsed, passage), vector in zip(pairs, symptoms, strict=True):
        near = max(float(vector @ asked), _whole(ranks.get(passage.id)))
        shared = ask.coverage(f"{parsed.symptom} {parsed.cause}")
        scored.append((near + _WORDS * shared, near, shared, parsed, passage))
    _, near, shared, parsed, passage = max(scored, key=lambda row: row[0])
    if near < _MAYBE or (near < _NEAR and shared < _HALF):
        return None
    return parsed, passage, near >= _SURE or shared >= _HALF


def _whole(hit: Hit | None) -> float:
    return hit.similarity if hit and hit.similarity is not None else 0.0

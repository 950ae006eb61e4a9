"""The Coach: answers from the manuals, always cited; through the language model when there is one, else composed.

The composer's answer is made first either way: its passages are the model's evidence, and it is there at once when the model
falls silent or says what the passages do not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any

from langgraph.runtime import Runtime

from agents.composer.answer import compose
from agents.composer.models import Activity, Bout, CoachAnswer, CoachQuestion, Known
from agents.focus import weapon_in_focus
from agents.followup import Standalone, remember, standalone
from agents.grounding.check import Checker
from agents.grounding.gate import Gate
from agents.grounding.prompt import drills_set, facts_about, gather_evidence, prompt_for, tells_its_instructions
from agents.memory.known import known_of
from agents.models import ModelUnavailable
from agents.planner.memory_words import INTENTS
from agents.planner.plan import Step
from agents.remember import answer_for
from agents.stage import Stage
from agents.state import TurnContext, TurnState
from agents.training import plan_training
from hashiramart.blocks import Citation
from hashiramart.errors import HashiraError
from knowledge.shelf import Shelf

_MARKER = re.compile(r"\[(\d+)\]")
_ANY_WEAPON = {"general", "motivation", None}
_FELL_SILENT = "\n\nThe language model fell silent there. From the manuals directly:\n\n"
_AS_TOLD = {
    "shorter": "You told me that you like short answers, so I keep to the point.\n\n",
    "longer": "You told me that you like detailed answers, so I take my time.\n\n",
    "simpler": "You told me that you like simple words, so I use them.\n\n",
}
_FROM_THE_MANUALS = "\n\nFrom the manuals directly:\n\n"


def advise(state: TurnState, runtime: Runtime[TurnContext]) -> TurnState:
    """Answer one step from the manuals."""
    context = runtime.context
    step = Step.model_validate(state["plan"]["steps"][state["cursor"]])
    if step.intent == "plan":
        return plan_training(state, runtime)
    if step.intent in INTENTS:
        return answer_for(state, runtime)
    stage = Stage("coach", state, runtime.stream_writer)
    stage.status("Asking the Coach, who opens the manuals…")
    asked = standalone(step.text, step, state["memory"], weapon=_focus(state, step, context))
    known = known_of(state["profile"].get("memories", []))
    question = _question(state, step, replace(asked, text=_with_mood(state, step, asked.text)), known)
    if known.shape and asked.shape is None and "question" not in state["memory"]:
        stage.say(_AS_TOLD[known.shape])
    try:
        shelf = context.shop.library.shelf()
        draft = compose(question, shelf)
    except HashiraError as error:
        stage.say(error.message)
        return stage.leave(state)
    told = _answer(stage, question, draft, shelf, state, context)
    trace = {
        **draft.trace,
        "asked": step.text,
        "question": question.text,
        "intent": draft.trace.get("intent", question.intent),
    }
    trace |= {"weapon": question.weapon, "found": draft.found, "engine": told.engine, "dropped": told.dropped}
    trace["used"] = [{"n": each.n, "source": each.source, "section": each.section} for each in told.cited]
    update = stage.leave(state, engine=told.engine, trace=trace)
    update["model_calls"] = context.model_calls(state)
    weapon = question.weapon or next((each.weapon for each in draft.citations if each.weapon), None)
    update["memory"] = remember(state["memory"], asked, weapon=weapon)
    return update


def _with_mood(state: TurnState, step: Step, text: str) -> str:
    """For a word of encouragement the battles that the same message reports tell the mood: "I lost. Lift me up"."""
    if step.intent != "motivation":
        return text
    earlier = [Step.model_validate(each) for each in state["plan"]["steps"][: state["cursor"]]]
    return " ".join([*(each.text for each in earlier if each.action == "log_battle"), text])


def _focus(state: TurnState, step: Step, context: TurnContext) -> str | None:
    if step.weapon is None and (step.refers_back or _about_one_weapon(step, context)):
        return weapon_in_focus(state, step)
    return step.weapon


def _question(state: TurnState, step: Step, asked: Standalone, known: Known) -> CoachQuestion:
    profile = state["profile"]
    return CoachQuestion(
        text=asked.text,
        intent=asked.intent,
        weapon=asked.weapon,
        other_weapon=asked.other_weapon,
        minutes=asked.minutes,
        quote=step.quote,
        style=profile["breathing_style"],
        level=profile["level"],
        owned=profile["owned"],
        name=profile["name"],
        activity=_activity(profile.get("activity")),
        shape=asked.shape or known.shape,
        known=known,
    )


def _activity(lately: dict[str, Any] | None) -> Activity | None:
    if lately is None:  # a turn that was begun before slayers' activity was loaded
        return None
    return Activity(**{**lately, "bouts": tuple(Bout(**bout) for bout in lately["bouts"])})


def _about_one_weapon(step: Step, context: TurnContext) -> bool:
    """Whether a question that names no weapon is still about one: not a general one, nor one about a kind of weapon."""
    return step.intent not in _ANY_WEAPON and not context.planner.vocabulary.find_types(step.text)


@dataclass
class _Told:
    """How an answer was given: by which engine, with which citations, and what of the model's words was left out."""

    engine: str
    cited: list[Citation] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)


def _answer(
    stage: Stage, question: CoachQuestion, draft: CoachAnswer, shelf: Shelf, state: TurnState, context: TurnContext
) -> _Told:
    """Say, show and cite the answer."""
    told = _Told("embedded")
    used: set[int] = set()
    evidence = list(draft.citations)
    composed = True
    for part in draft.parts[: draft.opening]:
        stage.say_numbered(part)
        used |= {int(marker) for marker in _MARKER.findall(part)}
    before = stage.text
    if context.model.available and draft.found:
        evidence = gather_evidence(question, draft, shelf)
        titles = {slug: entry.title for slug, entry in shelf.manuals.items()}
        gate = _gate(stage, question, draft, evidence, titles)
        whole = _from_model(gate, stage, question, draft, evidence, titles, state, context)
        composed = not (whole and gate.enough)
        used |= gate.used
        told.dropped = [said for said in gate.dropped if not tells_its_instructions(said)]
        told.engine = "mixed" if gate.spoke and (composed or gate.replaced) else "llm" if gate.spoke else "embedded"
        if composed and stage.text != before:
            stage.say(_FROM_THE_MANUALS if whole else _FELL_SILENT)
    if composed:
        for part in draft.parts[draft.opening :]:
            stage.say_numbered(part)
        used |= {citation.n for citation in draft.citations}
    for block in draft.blocks if composed or drills_set(draft) else []:
        stage.show(block)
    told.cited = [citation for citation in evidence if citation.n in used]
    for citation in told.cited:
        stage.cite(citation)
    return told


def _gate(
    stage: Stage, question: CoachQuestion, draft: CoachAnswer, evidence: list[Citation], titles: dict[str, str]
) -> Gate:
    own = [slug for slug in (question.weapon, question.other_weapon, *question.owned) if slug]
    known = [question.text, question.name or "", question.style or "", *(titles.get(slug, slug) for slug in own)]
    checker = Checker(
        evidence,
        titles=titles,
        known=" ".join(known),
        facts=facts_about(question, titles),
        drills=drills_set(draft),
        own_weapons=frozenset(own),
    )
    return Gate(checker, draft, stage.next_citation, stage.say_numbered)


def _from_model(
    gate: Gate,
    stage: Stage,
    question: CoachQuestion,
    draft: CoachAnswer,
    evidence: list[Citation],
    titles: dict[str, str],
    state: TurnState,
    context: TurnContext,
) -> bool:
    """Send the model's answer through the gate; whether it came to an end."""
    step = state["plan"]["steps"][state["cursor"]]
    has_read = bool(state["replies"] or stage.text)
    facts = facts_about(question, titles)
    messages = prompt_for(
        question, draft, evidence, stage.next_citation, state["memory"], asked=step["text"], facts=facts
    )
    use = context.use
    use.ask(has_read=has_read)
    try:
        for delta in context.model.stream(messages, use=use, purpose="coach", temperature=0.3):
            gate.hear(delta)
            use.spoken = gate.spoke
            if gate.full:
                break
    except ModelUnavailable:
        return False
    gate.finish()
    return True

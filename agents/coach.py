"""The Coach: answers from the manuals, always cited; through the language model when there is one, else composed.

The composer's answer is made first either way: its passages are the model's evidence, and it is there at once when the model
falls silent.
"""

from __future__ import annotations

from langgraph.runtime import Runtime

from agents.composer.answer import compose
from agents.composer.models import CoachAnswer, CoachQuestion
from agents.focus import weapon_in_focus
from agents.grounding import gather_evidence, only_known_markers, prompt_for
from agents.models import ModelUnavailable
from agents.planner.plan import Step
from agents.stage import Stage
from agents.state import TurnContext, TurnState
from hashiramart.blocks import Citation
from hashiramart.errors import HashiraError

_ANY_WEAPON = {"general", "motivation", None}


def advise(state: TurnState, runtime: Runtime[TurnContext]) -> TurnState:
    """Answer one step from the manuals."""
    context = runtime.context
    step = Step.model_validate(state["plan"]["steps"][state["cursor"]])
    stage = Stage("coach", state, runtime.stream_writer)
    stage.status("Asking the Coach, who opens the manuals…")
    question = _question(state, step, context)
    try:
        draft = compose(question, context.shop.library)
    except HashiraError as error:
        stage.say(error.message)
        return stage.leave(state)
    engine = _answer(stage, question, draft, state, context)
    update = stage.leave(state, engine=engine)
    weapon = question.weapon or next((each.weapon for each in draft.citations if each.weapon), None)
    update["memory"] = {
        **state["memory"],
        "weapon": weapon or state["memory"].get("weapon"),
        "intent": step.intent,
    }
    return update


def _question(state: TurnState, step: Step, context: TurnContext) -> CoachQuestion:
    profile = state["profile"]
    weapon = step.weapon
    if weapon is None and (step.refers_back or _about_one_weapon(step, context)):
        weapon = weapon_in_focus(state, step)
    return CoachQuestion(
        text=step.text,
        intent=step.intent,
        weapon=weapon,
        other_weapon=step.other_weapon,
        minutes=step.minutes,
        quote=step.quote,
        style=profile["breathing_style"],
        level=profile["level"],
        owned=profile["owned"],
        name=profile["name"],
    )


def _about_one_weapon(step: Step, context: TurnContext) -> bool:
    """Whether a question that names no weapon is still about one: not a general one, nor one about a kind of weapon."""
    return step.intent not in _ANY_WEAPON and not context.planner.vocabulary.find_types(step.text)


def _answer(stage: Stage, question: CoachQuestion, draft: CoachAnswer, state: TurnState, context: TurnContext) -> str:
    """Say, show and cite the answer; which engine gave it."""
    evidence: list[Citation] = []
    used: set[int] = set()
    if context.model.available and draft.found:
        evidence = gather_evidence(question, draft, context.shop.library)
        try:
            _from_model(stage, question, evidence, used, state, context)
        except ModelUnavailable:
            if stage.text:
                stage.say("\n\nThe language model fell silent there. From the manuals directly:\n\n")
        else:
            for citation in evidence:
                if citation.n in used:
                    stage.cite(citation)
            return "llm"
    engine = "mixed" if stage.text else "embedded"
    for part in draft.parts:
        stage.say_numbered(part)
    for block in draft.blocks:
        stage.show(block)
    for citation in draft.citations:
        stage.cite(citation)
    for citation in evidence[len(draft.citations) :]:
        if citation.n in used:  # the model had pointed at it before it fell silent
            stage.cite(citation)
    return engine


def _from_model(
    stage: Stage,
    question: CoachQuestion,
    evidence: list[Citation],
    used: set[int],
    state: TurnState,
    context: TurnContext,
) -> None:
    """Stream the model's answer; adds the passages it points at to ``used``."""
    messages = prompt_for(question, evidence, stage.next_citation, state["memory"])
    deltas = context.model.stream(messages, temperature=0.3)
    for delta in only_known_markers(deltas, stage.next_citation, len(evidence), used):
        stage.say(delta)
    if not used:  # an answer without its sources is no answer of ours
        used.update(range(1, min(3, len(evidence)) + 1))
        stage.say_numbered("\n\nFrom the manuals: " + " ".join(f"[{n}]" for n in sorted(used)))

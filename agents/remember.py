"""What the Coach remembers of a slayer, in the chat: noting it, telling it, forgetting it.

What is noted comes from the message alone, by the rules of ``agents/memory``; so does what is forgotten. A plan only says that
one of it is asked for: whatever a model planned, nothing is kept or deleted that the slayer's own words do not say.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from langgraph.runtime import Runtime
from sqlmodel import Session

from agents.memory.forgetting import Everything, NothingNamed, to_forget
from agents.memory.notes import notes_in
from agents.memory.sayings import hostile, sayings
from agents.memory.spoken import joined, spoken_day, to_you
from agents.planner.memory_words import forgotten
from agents.planner.plan import Step
from agents.stage import Stage
from agents.state import TurnContext, TurnState
from hashiramart import memories

_NONE_YET = (
    "I remember nothing of you yet beyond your profile and your records. Tell me of an injury, a goal, or how you like to train, "
    "and I keep it in mind in every conversation."
)
_NOT_KEPT = (
    "There is nothing in that which I could keep in mind. I remember what you tell me of yourself: an injury, a goal, how you "
    "like to train and to be answered, your stronger hand."
)
_HEADS = {"injury": "Injuries", "goal": "Goals", "preference": "Preferences", "fact": "Facts"}


def take_note(
    session: Session, context: TurnContext, message: str
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Keep what a message says of its slayer; what is remembered of them by then, and what this message did to it."""
    notes = notes_in(message)
    noted = memories.keep(session, context.caller, notes, turn_id=context.turn_id, now=context.now) if notes else []
    fresh = {one.memory_id for one in noted if one.effect != "again"}
    known = [
        {
            "memory_id": str(kept.memory.id),
            "kind": kept.memory.kind,
            "subject": kept.memory.subject,
            "text": kept.memory.text,
            "told_on": kept.memory.updated_at.date().isoformat(),
            "fresh": kept.memory.id in fresh,
        }
        for kept in memories.list_memories(session, context.caller)
    ]
    return known, [{**asdict(one), "memory_id": str(one.memory_id)} for one in noted]


def acknowledged(noted: Sequence[dict[str, Any]]) -> str:
    """What is said to the slayer of what was noted; empty where nothing is new."""
    kept = [to_you(one["text"]) for one in noted if one["effect"] in ("new", "changed")]
    ended = [to_you(one["text"]) for one in noted if one["effect"] == "ended"]
    said = []
    if kept:
        said.append(f"I will remember that {joined([*kept[:1], *(f'that {one}' for one in kept[1:])])}.")
    if ended:
        said.append(f"I no longer hold that {joined([*ended[:1], *(f'that {one}' for one in ended[1:])])}.")
    return " ".join(said)


def recognised(noted: Sequence[dict[str, Any]]) -> str:
    """What is said of what was told before; empty where nothing was."""
    again = [to_you(one["text"]) for one in noted if one["effect"] == "again"]
    return f"I remember that {joined([*again[:1], *(f'that {one}' for one in again[1:])])}." if again else ""


def answer_for(state: TurnState, runtime: Runtime[TurnContext]) -> TurnState:
    """Answer one step about what the Coach remembers."""
    context = runtime.context
    step = Step.model_validate(state["plan"]["steps"][state["cursor"]])
    stage = Stage("coach", state, runtime.stream_writer)
    stage.status("Asking the Coach, who opens your page…")
    memory = state["memory"]
    if hostile(state["message"]):
        stage.say(_NOT_KEPT)
    elif step.intent == "remember":
        stage.say(_remembered(state))
    elif step.intent == "forget":
        stage.say(_forgotten(state, context))
    else:
        words, listed = _told(state["profile"].get("memories", []))
        stage.say(words)
        memory = {**memory, "listed": listed}
    update = stage.leave(state, engine="embedded")
    update["memory"] = {**memory, "intent": step.intent}
    return update


def _remembered(state: TurnState) -> str:
    noted = state.get("noted", [])
    if any(one["effect"] in ("new", "changed") for one in noted):
        return f"{acknowledged(noted)} Say *forget that* if I should not."
    again = [to_you(one["text"]) for one in noted if one["effect"] == "again"]
    if again:
        return f"I remember that already: {joined(again)}."
    last = _by_ids(state, state["memory"].get("noted", []))  # a bare "remember that"
    return f"I do: {joined([to_you(one['text']) for one in last])}." if last and _bare(state) else _NOT_KEPT


def _bare(state: TurnState) -> bool:
    return len(state["message"].split()) <= 4


def _forgotten(state: TurnState, context: TurnContext) -> str:
    known: list[dict[str, Any]] = state["profile"].get("memories", [])
    gone: list[dict[str, Any]] = []
    unknown: list[str] = []
    for saying in sayings(state["message"]):
        what = forgotten(saying.text)
        if what is None:
            continue
        match to_forget(what, known, noted=state["memory"].get("noted", []), listed=state["memory"].get("listed", [])):
            case Everything():
                gone = list(known)
            case NothingNamed():
                return _nothing_named(known)
            case found:
                gone += [one for one in known if one["memory_id"] in found and one not in gone]
                unknown += [] if found else [what]
    if gone:
        with context.shop.database.session(context.caller) as session:
            memories.forget_these(session, context.caller, [uuid.UUID(one["memory_id"]) for one in gone])
        return _gone(gone, known)
    if not known:
        return "There is nothing to forget: I remember nothing of you beyond your profile and your records."
    return f"I have noted nothing of that. {_told(known)[0]}" if unknown else _nothing_named(known)


def _gone(gone: Sequence[dict[str, Any]], known: Sequence[dict[str, Any]]) -> str:
    if len(gone) == len(known) and len(gone) > 1:
        return f"I have forgotten all {len(gone)} things that you told me of yourself."
    return f"Forgotten: {joined([to_you(one['text']) for one in gone])}."


def _nothing_named(known: Sequence[dict[str, Any]]) -> str:
    if not known:
        return "There is nothing to forget: I remember nothing of you beyond your profile and your records."
    return f"Nothing new was noted in this conversation. Which of these shall I forget?\n\n{_list(known)[0]}"


def _told(known: Sequence[dict[str, Any]]) -> tuple[str, list[str]]:
    if not known:
        return _NONE_YET, []
    listed, ids = _list(known)
    return (
        f"This is what you told me of yourself:\n\n{listed}\n\nSay *forget number 1*, or *forget everything about me*.",
        ids,
    )


def _list(known: Sequence[dict[str, Any]]) -> tuple[str, list[str]]:
    lines: list[str] = []
    for number, one in enumerate(known, start=1):
        if number == 1 or known[number - 2]["kind"] != one["kind"]:
            lines.append(f"\n**{_HEADS[one['kind']]}**\n")
        lines.append(f"{number}. {_capital(to_you(one['text']))} (told on {spoken_day(one['told_on'])})")
    return "\n".join(lines).strip(), [one["memory_id"] for one in known]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _by_ids(state: TurnState, ids: Sequence[str]) -> list[dict[str, Any]]:
    return [one for one in state["profile"].get("memories", []) if one["memory_id"] in ids]

"""Carries out an attack over the HTTP API, as its client would, and keeps what was answered."""

from __future__ import annotations

import re
import secrets
import uuid
from dataclasses import dataclass, field
from typing import Any

import httpx

from evals.scenes.attacks import Attack, Step
from evals.scenes.cast import Role, enter
from hashiramart import sessions
from hashiramart.db import Database
from hashiramart.models import Memory, utc_now

_WORD = re.compile(r"\{(\w+)\}")
_TIMEOUT_S = 120


@dataclass(frozen=True)
class Answered:
    """What a step was answered with."""

    step: Step
    status: int
    body: Any
    text: str


@dataclass
class Intruder:
    """The attacker. ``slayer`` is None where the door stayed shut: their name was refused."""

    slayer: uuid.UUID | None
    token: str
    words: dict[str, str] = field(default_factory=dict)
    answers: list[Answered] = field(default_factory=list)


def arrive(database: Database, client: httpx.Client, attack: Attack, words: dict[str, str]) -> Intruder:
    """Make the attacker, with what is planted at their own place.

    Args:
        database: the shop's.
        client: of the API.
        attack: whose attacker.
        words: what texts may hold between braces.
    """
    if attack.plant.name is not None:
        return _registered(client, _filled(attack.plant.name, words), words)
    slayer = enter(database, Role(name="Kaigaku"))
    with database.session(slayer) as session:
        token = sessions.open_session(session, slayer, "token", now=utc_now(), days=1, name="attack").token
        if attack.plant.memory is not None:
            session.add(Memory(slayer_id=slayer, kind="fact", subject="said", text=attack.plant.memory))
    return Intruder(slayer, token, dict(words))


def _registered(client: httpx.Client, name: str, words: dict[str, str]) -> Intruder:
    """Through the front door, which may refuse the name."""
    handle = f"scene-{secrets.token_hex(8)}"
    body = {
        "handle": handle,
        "password": secrets.token_urlsafe(16),
        "name": name,
        "breathing_style": "Water",
        "level": 20,
    }
    answer = client.post("/auth/register", json=body)
    if answer.status_code != httpx.codes.CREATED:
        return Intruder(None, "", dict(words))
    token = answer.json()["access_token"]
    me = client.get("/me", headers={"Authorization": f"Bearer {token}"}).json()
    return Intruder(uuid.UUID(me["slayer_id"]), token, dict(words))


def carry_out(intruder: Intruder, client: httpx.Client, attack: Attack) -> None:
    """Take the steps of an attack, one after the other."""
    for step in attack.steps:
        if step.say is not None:
            body: dict[str, Any] = {"message": _filled(step.say, intruder.words)}
            if "my_thread" in intruder.words:
                body["thread_id"] = intruder.words["my_thread"]
            answer = client.post("/coach/chat", json=body, headers=_headers(intruder, step))
        else:
            method, _, path = str(step.call).partition(" ")
            sent = _in_body(step.body, intruder.words)
            answer = client.request(method, _filled(path, intruder.words), json=sent, headers=_headers(intruder, step))
        _note(intruder, step, answer)


def _note(intruder: Intruder, step: Step, answer: httpx.Response) -> None:
    try:
        body = answer.json()
    except ValueError:
        body = None
    intruder.answers.append(Answered(step, answer.status_code, body, answer.text + str(answer.headers)))
    if isinstance(body, dict) and answer.status_code == httpx.codes.OK and "turn_id" in body and "thread_id" in body:
        intruder.words |= {"my_thread": body["thread_id"], "my_turn": body["turn_id"]}
        if body.get("approval"):
            intruder.words["my_offer"] = body["approval"]["approval_id"]


def _headers(intruder: Intruder, step: Step) -> dict[str, str]:
    match step.who:
        case "stranger":
            return {}
        case "forger":
            return {"Authorization": f"Bearer {secrets.token_urlsafe(32)}"}
    return {"Authorization": f"Bearer {intruder.token}"}


def _in_body(value: Any, words: dict[str, str]) -> Any:
    if isinstance(value, str):
        return _filled(value, words)
    if isinstance(value, dict):
        return {key: _in_body(each, words) for key, each in value.items()}
    return [_in_body(each, words) for each in value] if isinstance(value, list) else value


def _filled(text: str, words: dict[str, str]) -> str:
    """``text`` with the words between braces in place; what is not known stays, an id that never was."""
    return _WORD.sub(lambda found: words.get(found[1], str(uuid.UUID(int=7))) if _known(found[1]) else found[0], text)


def _known(name: str) -> bool:
    return name == "weapon" or name.startswith(("their_", "my_"))

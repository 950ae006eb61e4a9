"""What the graph remembers. JSON types only, so that a checkpoint can be read by any later version."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypedDict

from agents.limits import Allowance
from agents.planner.embedded import EmbeddedPlanner
from agents.planner.plan import CoachIntent, Pose
from agents.refining import Wish
from agents.usage import ModelUse
from tools.deps import Shop

if TYPE_CHECKING:
    from agents.models import LanguageModel

HISTORY = 12  # turns kept in memory; older ones stay in the `turns` table


class LastQuestion(TypedDict):
    """The question that the Coach was asked last, as it stands alone (``agents/followup.py``)."""

    text: str
    intent: CoachIntent | None
    weapon: str | None
    other_weapon: str | None
    minutes: int | None


class LastPicture(TypedDict):
    """The picture that was asked for last, so that it can be painted again with a change (``agents/artist.py``)."""

    image_id: str
    weapon: str
    scene: str | None
    pose: Pose | None
    seeds: list[int]


class Memory(TypedDict, total=False):
    """What a thread carries from turn to turn.

    ``weapon``: slug of the weapon last talked about · ``weapons``: slugs last recommended, best first · ``tried_out``: those of
    them that were there to learn more about them · ``wish``: what that list was asked for · ``intent``: the Coach's last intent ·
    ``question``: the Coach's last question ·
    ``picture``: the Artist's last · ``noted``: ids of what was last noted of the slayer here ·
    ``listed``: ids of what was last told of that, in order · ``route``: the last turn's specialists ·
    ``history``: the last turns, oldest first.
    """

    weapon: str | None
    weapons: list[str]
    tried_out: list[str]
    wish: Wish
    intent: str | None
    question: LastQuestion
    picture: LastPicture
    noted: list[str]
    listed: list[str]
    route: list[str]
    history: list[dict[str, str]]


class TurnState(TypedDict, total=False):
    """One thread's state. Everything but ``memory`` is of the current turn.

    ``noted`` is what the message says of the slayer (``hashiramart/memories.py``); ``offer`` waits for their yes or no;
    ``traces`` say, for each answer of the Coach, where it came from; ``model_calls`` are those of the language model.
    """

    message: str
    profile: dict[str, Any]
    noted: list[dict[str, Any]]
    plan: dict[str, Any]
    cursor: int
    acted: list[str]
    replies: list[str]
    blocks: list[dict[str, Any]]
    citations: list[dict[str, Any]]
    engines: list[str]
    traces: list[dict[str, Any]]
    model_calls: list[dict[str, Any]]
    offer: dict[str, Any] | None
    memory: Memory


@dataclass(frozen=True)
class TurnContext:
    """What a node may use. Handed in for each run and never stored in a checkpoint."""

    shop: Shop
    planner: EmbeddedPlanner
    model: LanguageModel
    caller: uuid.UUID
    thread_id: uuid.UUID
    turn_id: uuid.UUID
    now: datetime
    allowance: Allowance = field(default_factory=Allowance)
    use: ModelUse = field(default_factory=ModelUse)

    def model_calls(self, state: TurnState) -> list[dict[str, Any]]:
        """The turn's calls of the language model so far, the fresh ones counted against its limits."""
        return [*state.get("model_calls", []), *self.use.take(self.allowance.spend_tokens)]

    def key(self, step: int) -> str:
        """The key of one step's effect: the same after a resume, so that it writes once."""
        return f"{self.thread_id}:{self.turn_id}:{step}"

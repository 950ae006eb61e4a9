"""How a case of the Coach suite is answered: by the product's own nodes, over one generation of the library."""

from __future__ import annotations

import time
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, cast

from langgraph.runtime import Runtime

from agents.coach import advise
from agents.graph import reply as keep
from agents.models import LanguageModel
from agents.planner.embedded import EmbeddedPlanner
from agents.state import Memory, TurnContext, TurnState
from agents.supervisor import supervise
from agents.usage import ModelCall
from evals.coach_cases import CoachCase, ProfileCase
from evals.engines import Used, added_up
from hashiramart.blocks import Citation
from hashiramart.config import Settings
from hashiramart.models import utc_now
from knowledge.shelf import Shelf

if TYPE_CHECKING:
    from tools.deps import Shop


@dataclass(frozen=True, slots=True)
class Reply:
    """What the Coach answered in a turn.

    ``words`` is the Markdown, empty where the planner asked somebody else; ``route`` says whom it asked; ``found`` is False where
    the answer is that there is none; ``milliseconds`` is what the last turn took and ``used``
    what a language model was asked in it.
    """

    words: str
    citations: Mapping[int, Citation]
    blocks: Sequence[dict[str, Any]]
    route: Sequence[str] = ("coach",)
    found: bool = True
    milliseconds: float = 0.0
    used: Used = field(default_factory=Used)


class Coach(Protocol):
    """What is scored."""

    def answer(self, case: CoachCase, profile: ProfileCase) -> Reply:
        """The answer to a case's message for one slayer."""
        ...


class HouseCoach:
    """The Coach as the product runs it, over one generation of the library; with a language model where the settings name one.

    The nodes of ``agents/graph.py`` are called as the graph calls them, but for the one that loads the slayer from the database
    and those of other specialists.
    """

    def __init__(self, settings: Settings, planner: EmbeddedPlanner, shelf: Shelf) -> None:
        self._planner = planner
        self._shop = cast("Shop", _OpenLibrary(_OneGeneration(shelf)))
        self._model = LanguageModel(settings)
        self._model.warm_up()

    def answer(self, case: CoachCase, profile: ProfileCase) -> Reply:
        """Live through the thread, then answer the message."""
        memory = Memory()
        for earlier in case.thread:
            memory = self._turn(earlier, profile, memory)["memory"]
        started = time.perf_counter()
        state = self._turn(case.text, profile, memory)
        took = (time.perf_counter() - started) * 1000
        planned = [str(step["specialist"]) for step in state["plan"]["steps"]]
        return Reply(
            words="".join(state["replies"]) if "coach" in state["acted"] else "",
            citations={each["n"]: Citation.model_validate(each) for each in state["citations"]},
            blocks=state["blocks"],
            route=planned or [state["plan"]["small_talk"] or "nobody"],
            found=any(trace["found"] for trace in state["traces"]),
            milliseconds=took,
            used=added_up([ModelCall(**call) for call in state["model_calls"]]),
        )

    def _turn(self, message: str, profile: ProfileCase, memory: Memory) -> TurnState:
        context = TurnContext(
            shop=self._shop,
            planner=self._planner,
            model=self._model,
            caller=uuid.UUID(int=0),
            thread_id=uuid.UUID(int=0),
            turn_id=uuid.UUID(int=0),
            now=utc_now(),
        )
        runtime = Runtime(context=context, stream_writer=lambda _event: None)
        state = TurnState(
            message=message,
            profile={
                "name": profile.name,
                "breathing_style": profile.style,
                "level": profile.level,
                "owned": profile.owned,
                "activity": profile.activity.model_dump() if profile.activity else None,
            },
            memory=memory,
            acted=[],
            replies=[],
            blocks=[],
            citations=[],
            engines=[],
            traces=[],
            model_calls=[],
        )
        state.update(supervise(state, runtime))
        for cursor, step in enumerate(state["plan"]["steps"]):
            state["cursor"] = cursor
            if step["specialist"] == "coach":
                state.update(advise(state, runtime))
        state.update(keep(state))
        return state


class _OneGeneration(NamedTuple):
    """A library that always gives the same generation."""

    generation: Shelf

    def shelf(self) -> Shelf:
        return self.generation


class _OpenLibrary(NamedTuple):
    """A shop of which only the library is open: the Coach uses nothing else of it."""

    library: _OneGeneration

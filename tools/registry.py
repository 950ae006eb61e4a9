"""Which tool which specialist may use, and whether it writes. Checked here, outside of any model."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from pydantic import BaseModel

from hashiramart.errors import Forbidden
from hashiramart.spans import span
from tools import paint, quartermaster, recommend
from tools.deps import ToolDeps

A = TypeVar("A", bound=BaseModel)
R = TypeVar("R")


@dataclass(frozen=True)
class Tool(Generic[A, R]):
    """A function that specialists may call. Its docstring is its prompt; ``args`` is what a caller may set."""

    run: Callable[[ToolDeps, A], R]
    args: type[A]
    specialists: frozenset[str]
    writes: bool

    @property
    def name(self) -> str:
        """The function's name."""
        return self.run.__name__


RECOMMEND = Tool(recommend.recommend_weapons, recommend.RecommendArgs, frozenset({"recommender"}), writes=False)
LOG_TRAINING = Tool(quartermaster.log_training, quartermaster.TrainingArgs, frozenset({"quartermaster"}), writes=True)
LOG_BATTLES = Tool(quartermaster.log_battles, quartermaster.BattleArgs, frozenset({"quartermaster"}), writes=True)
LOG_LOGIN = Tool(quartermaster.log_login, quartermaster.NoArgs, frozenset({"quartermaster"}), writes=True)
BUY = Tool(quartermaster.buy_weapon, quartermaster.BuyArgs, frozenset({"quartermaster"}), writes=True)
READ_HISTORY = Tool(quartermaster.read_history, quartermaster.NoArgs, frozenset({"quartermaster"}), writes=False)
READ_BADGES = Tool(quartermaster.read_badges, quartermaster.NoArgs, frozenset({"quartermaster"}), writes=False)
READ_ORDERS = Tool(quartermaster.read_orders, quartermaster.NoArgs, frozenset({"quartermaster"}), writes=False)
READ_LEADERBOARD = Tool(
    quartermaster.read_leaderboard, quartermaster.BoardArgs, frozenset({"quartermaster"}), writes=False
)
READ_STANDING = Tool(quartermaster.read_standing, quartermaster.NoArgs, frozenset({"quartermaster"}), writes=False)
PAINT = Tool(paint.paint_slayer, paint.PaintArgs, frozenset({"artist"}), writes=True)


def call(specialist: str, tool: Tool[A, R], deps: ToolDeps, args: A) -> R:
    """Run a tool on behalf of a specialist.

    Raises:
        Forbidden: the tool is not that specialist's.
        ToolError: the tool could not do what was asked; the message is for the slayer.
    """
    if specialist not in tool.specialists:
        raise Forbidden(f"The {specialist} may not use {tool.name}.")
    deps.count()
    with span(tool.name, "TOOL", args) as here:
        result = tool.run(deps, args)
        if here is not None:
            here.outputs = result
        return result

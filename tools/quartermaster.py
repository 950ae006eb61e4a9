"""Events and standing: the agents' door to the ledger. The rules are the ledger's; nothing here awards anything."""

from __future__ import annotations

import uuid

from pydantic import BaseModel, ConfigDict, Field

from hashiramart import catalog, ledger
from hashiramart.blocks import PointsBlock
from hashiramart.errors import InvalidInput, NotFound, ToolError
from hashiramart.ledger import BattleEvent, EventAnswer, LoginEvent, Standing, TrainingEvent
from tools.deps import ToolDeps


class NoArgs(BaseModel):
    """Nothing to set."""

    model_config = ConfigDict(extra="forbid")


class TrainingArgs(BaseModel):
    """Time trained."""

    model_config = ConfigDict(extra="forbid")

    minutes: int = Field(ge=1, le=1440, description="Minutes trained.")


class BattleArgs(BaseModel):
    """Battles fought with one weapon, all with the same outcome."""

    model_config = ConfigDict(extra="forbid")

    weapon_id: uuid.UUID
    success: bool = Field(description="Whether they were won.")
    count: int = Field(1, ge=1, le=20, description="How many.")


class Account(BaseModel):
    """A slayer's standing with what they hold."""

    standing: Standing
    owned: list[str] = Field(description="Names of the weapons in the slayer's hands.")


def log_training(deps: ToolDeps, args: TrainingArgs) -> EventAnswer:
    """Log minutes of training for the slayer.

    Args:
        deps: the call's surroundings.
        args: ``minutes``, 1-1440; a day cannot hold more in all.
    """
    return _report(deps, [TrainingEvent(type="training", event_id=deps.key, minutes=args.minutes)])


def log_battles(deps: ToolDeps, args: BattleArgs) -> EventAnswer:
    """Log battles that the slayer won or lost with a weapon of the catalogue.

    Args:
        deps: the call's surroundings.
        args: ``weapon_id``, ``success``, and ``count`` battles (1-20).
    """
    events = [
        BattleEvent(type="battle", event_id=f"{deps.key}:{n}", weapon_id=args.weapon_id, success=args.success)
        for n in range(args.count)
    ]
    return _report(deps, events)


def log_login(deps: ToolDeps, _args: NoArgs) -> EventAnswer:
    """Log today's login; it counts once per local day."""
    return _report(deps, [LoginEvent(type="login", event_id=deps.key)])


def read_standing(deps: ToolDeps, _args: NoArgs) -> Account:
    """The slayer's points, rank, streak, what is missing to the next rank, and owned weapons."""
    with deps.shop.database.session() as session:
        standing = ledger.standing(session, deps.caller, now=deps.now)
        names = [weapon.name for weapon in catalog.owned(session, deps.caller)]
    deps.emit(PointsBlock(**standing.model_dump(), delta=0))
    return Account(standing=standing, owned=names)


def _report(deps: ToolDeps, events: list[TrainingEvent] | list[BattleEvent] | list[LoginEvent]) -> EventAnswer:
    """Record events in one transaction; the last answer, with the points of all."""
    with deps.shop.database.session() as session:
        try:
            answers = [ledger.record(session, deps.caller, event, now=deps.now) for event in events]
        except (InvalidInput, NotFound) as error:
            raise ToolError(error.message) from error
    answer = answers[-1].model_copy(update={"points_awarded": sum(each.points_awarded for each in answers)})
    deps.emit(
        PointsBlock(**{name: getattr(answer, name) for name in Standing.model_fields}, delta=answer.points_awarded)
    )
    return answer

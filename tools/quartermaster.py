"""Events, standing, orders: the agents' door to the ledger and the shelves. Nothing here awards anything."""

from __future__ import annotations

import uuid

from pydantic import BaseModel, ConfigDict, Field

from hashiramart import catalog, ledger, orders
from hashiramart.blocks import (
    AchievementBlock,
    BadgesBlock,
    LedgerBlock,
    LedgerLine,
    OrderBlock,
    PointsBlock,
    RankUpBlock,
    WeaponView,
)
from hashiramart.errors import Conflict, Forbidden, NotFound, ToolError
from hashiramart.events import (
    AnyEvent,
    BattleEvent,
    EarnedFeat,
    EventAnswer,
    FeatView,
    LoginEvent,
    Standing,
    TrainingEvent,
)
from hashiramart.leaderboard import Board, Window, board
from hashiramart.ledger import Refusal
from hashiramart.orders import Placed
from hashiramart.rules import rank_of
from tools.deps import ToolDeps

_RECENT = 10
_LEADING = 5


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


class BuyArgs(BaseModel):
    """What the slayer agreed to buy."""

    model_config = ConfigDict(extra="forbid")

    weapon_id: uuid.UUID


class BoardArgs(BaseModel):
    """Which leaderboard."""

    model_config = ConfigDict(extra="forbid")

    window: Window = Field("all", description="`week` or `all`.")


class Account(BaseModel):
    """A slayer's standing with what they hold."""

    standing: Standing
    owned: list[str] = Field(description="Names of the weapons in the slayer's hands.")


class Badges(BaseModel):
    """Feats done and left."""

    earned: list[EarnedFeat]
    open: list[FeatView]


class Bought(BaseModel):
    """A past order."""

    name: str
    price: int


def log_training(deps: ToolDeps, args: TrainingArgs) -> EventAnswer:
    """Log minutes of training for the slayer.

    Args:
        deps: the call's surroundings.
        args: ``minutes``, 1-1440; they must fit into the free time of the last 24 hours.
    """
    return _report(deps, [TrainingEvent(type="training", event_id=deps.key, minutes=args.minutes)])


def log_battles(deps: ToolDeps, args: BattleArgs) -> EventAnswer:
    """Log battles that the slayer won or lost with a weapon in their hands.

    Args:
        deps: the call's surroundings.
        args: ``weapon_id``, ``success``, and ``count`` battles (1-20); all count or none.
    """
    return _report(
        deps,
        [
            BattleEvent(type="battle", event_id=f"{deps.key}:{n}", weapon_id=args.weapon_id, success=args.success)
            for n in range(args.count)
        ],
    )


def log_login(deps: ToolDeps, _args: NoArgs) -> EventAnswer:
    """Log today's login; it counts once per local day."""
    return _report(deps, [LoginEvent(type="login", event_id=deps.key)])


def read_standing(deps: ToolDeps, _args: NoArgs) -> Account:
    """The slayer's points, rank, streak, what is missing to the next rank, and owned weapons."""
    with deps.shop.database.session(deps.caller) as session:
        standing = ledger.standing(session, deps.caller, now=deps.now)
        names = [weapon.name for weapon in catalog.owned(session, deps.caller)]
    deps.emit(PointsBlock(**standing.model_dump(), delta=0))
    return Account(standing=standing, owned=names)


def read_history(deps: ToolDeps, _args: NoArgs) -> list[LedgerLine]:
    """The slayer's latest ten movements of points, the latest first."""
    with deps.shop.database.session(deps.caller) as session:
        rows = ledger.entries_of(session, deps.caller, before=None, limit=_RECENT)
    lines = [LedgerLine.model_validate(row.model_dump(include=set(LedgerLine.model_fields))) for row in rows]
    if lines:
        deps.emit(LedgerBlock(entries=lines))
    return lines


def read_badges(deps: ToolDeps, _args: NoArgs) -> Badges:
    """The feats that the slayer has done, and those that are left."""
    with deps.shop.database.session(deps.caller) as session:
        feats = ledger.feats_of(session, deps.caller)
    deps.emit(BadgesBlock(earned=feats.earned, open=feats.open))
    return Badges(earned=feats.earned, open=feats.open)


def read_orders(deps: ToolDeps, _args: NoArgs) -> list[Bought]:
    """The slayer's latest ten orders, the latest first."""
    with deps.shop.database.session(deps.caller) as session:
        placed = orders.list_orders(session, deps.caller, before=None, limit=_RECENT)
    for each in placed:
        deps.emit(_order_block(each))
    return [Bought(name=each.weapon.name, price=each.order.price) for each in placed]


def read_leaderboard(deps: ToolDeps, args: BoardArgs) -> Board:
    """The first places of the leaderboard, and the slayer's own.

    Args:
        deps: the call's surroundings.
        args: ``window``: this week, or all time.
    """
    with deps.shop.database.session(deps.caller) as session:
        return board(session, args.window, limit=_LEADING, now=deps.now)


def buy_weapon(deps: ToolDeps, args: BuyArgs) -> Placed:
    """Order one piece of a weapon, after the slayer has agreed to its price.

    Args:
        deps: the call's surroundings; the order is placed once under its key, for the price that was agreed to.
        args: ``weapon_id``.

    Raises:
        Forbidden: the slayer has not agreed to a price.
        ToolError: sold out, owned already, or the price has changed.
    """
    if deps.agreed_price is None:
        raise Forbidden("Nothing is ordered before the slayer has said yes to its price.")
    try:
        with deps.shop.database.session(deps.caller) as session:
            placed = orders.place(session, deps.caller, deps.key, args.weapon_id, deps.agreed_price, now=deps.now)
    except (Conflict, NotFound) as error:
        raise ToolError(error.message) from error
    deps.emit(_order_block(placed))
    return placed


def _order_block(placed: Placed) -> OrderBlock:
    order = placed.order
    return OrderBlock(
        order_id=order.id, weapon=WeaponView.of(placed.weapon), price=order.price, ordered_at=order.ordered_at
    )


def _report(deps: ToolDeps, events: list[AnyEvent]) -> EventAnswer:
    """Record events, all or none; the last answer, with the points and feats of all."""
    outcomes = ledger.report_all(deps.shop.database, deps.caller, events, now=deps.now, all_or_none=True)
    answers: list[EventAnswer] = []
    for outcome in outcomes:
        if isinstance(outcome, Refusal):
            raise ToolError(outcome.error.message)
        answers.append(outcome)
    total = _together(answers)
    standing = {name: getattr(total, name) for name in Standing.model_fields}
    deps.emit(PointsBlock(**standing, delta=total.points_awarded))
    if total.rank_up:
        deps.emit(RankUpBlock(rank=total.rank_up, previous=rank_of(total.nichirin_points - total.points_awarded)))
    for feat in total.achievements:
        deps.emit(AchievementBlock(**feat.model_dump()))
    return total


def _together(answers: list[EventAnswer]) -> EventAnswer:
    return answers[-1].model_copy(
        update={
            "points_awarded": sum(each.points_awarded for each in answers),
            "achievements": [feat for each in answers for feat in each.achievements],
            "rank_up": next((each.rank_up for each in reversed(answers) if each.rank_up), None),
        }
    )

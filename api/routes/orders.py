"""Orders of the caller, and the leaderboard."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from api.deps import CallerDep, SessionDep
from api.errors import documented
from hashiramart import leaderboard, orders
from hashiramart.blocks import WeaponView
from hashiramart.leaderboard import Window
from hashiramart.models import utc_now
from hashiramart.orders import Placed
from hashiramart.text import Key

router = APIRouter(tags=["orders"])


class OrderRequest(BaseModel):
    """What the caller buys: one piece."""

    model_config = ConfigDict(extra="forbid")

    order_key: Key = Field(description="The buyer's own id; the same key never orders twice.", examples=["order-1"])
    weapon_id: uuid.UUID
    price: int | None = Field(
        None, ge=0, le=2**31 - 1, strict=True, description="The price seen; refused when it has changed since."
    )


class OrderView(BaseModel):
    """A weapon bought. ``price`` in coins, as agreed."""

    order_id: uuid.UUID
    order_key: str
    weapon: WeaponView
    price: int
    ordered_at: datetime
    replayed: bool = Field(description="True when it had been placed before under this key.")


class OrderPage(BaseModel):
    """A page of orders, the latest first."""

    items: list[OrderView]
    next_before: uuid.UUID | None = Field(description="`before` of the next page; null on the last.")


class PlaceView(BaseModel):
    """A place on the board; ``name`` is null for slayers who did not agree to be named."""

    place: int
    name: str | None
    rank: str
    points: int
    you: bool


class BoardView(BaseModel):
    """The first places, and the caller's own when they have points in the window."""

    window: Window
    since: datetime | None = Field(description="Begin of the week (Monday, UTC); null for all time.")
    items: list[PlaceView]
    you: PlaceView | None


def _view(placed: Placed) -> OrderView:
    order = placed.order
    return OrderView(
        order_id=order.id,
        order_key=order.order_key,
        weapon=WeaponView.of(placed.weapon),
        price=order.price,
        ordered_at=order.ordered_at,
        replayed=placed.replayed,
    )


@router.post(
    "/orders",
    status_code=201,
    responses={
        200: {"model": OrderView, "description": "Placed before."},
        **documented(401, 403, 404, 409, 413, 422, 503),
    },
)
def place_order(body: OrderRequest, caller: CallerDep, session: SessionDep, response: Response) -> OrderView:
    """Buy one piece of a weapon. 409 when it is sold out, the caller's already, or costs something else by now."""
    placed = orders.place(session, caller.slayer_id, body.order_key, body.weapon_id, body.price, now=utc_now())
    if placed.replayed:
        response.status_code = 200
    return _view(placed)


@router.get("/orders", responses=documented(401, 404, 422, 503))
def my_orders(
    caller: CallerDep,
    session: SessionDep,
    before: Annotated[uuid.UUID | None, Query(description="`next_before` of the page before.")] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> OrderPage:
    """The caller's orders, the latest first."""
    rows = orders.list_orders(session, caller.slayer_id, before=before, limit=limit + 1)
    items = [_view(placed) for placed in rows[:limit]]
    return OrderPage(items=items, next_before=items[-1].order_id if len(rows) > limit else None)


@router.get("/orders/{order_id}", responses=documented(401, 404, 422, 503))
def my_order(order_id: uuid.UUID, caller: CallerDep, session: SessionDep) -> OrderView:
    """One order of the caller."""
    return _view(orders.get(session, caller.slayer_id, order_id))


@router.get("/leaderboard", responses=documented(401, 422, 503))
def leading(
    _caller: CallerDep,
    session: SessionDep,
    window: Annotated[Window, Query()] = "week",
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
) -> BoardView:
    """Who has earned most, this week or of all time. Only slayers who agreed to it are named."""
    board = leaderboard.board(session, window, limit=limit, now=utc_now())
    return BoardView.model_validate(
        {"window": window, "since": board.since, "items": board.places, "you": board.you}, from_attributes=True
    )

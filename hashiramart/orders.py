"""Orders: a piece leaves the shelf and becomes the slayer's, both or neither."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, select, tuple_

from hashiramart import catalog
from hashiramart.errors import Conflict, NotFound
from hashiramart.models import Holding, Order, Weapon


@dataclass(frozen=True)
class Placed:
    """An order and its weapon. ``replayed`` when it had been placed before under the same key."""

    order: Order
    weapon: Weapon
    replayed: bool = False


def place(
    session: Session, slayer_id: uuid.UUID, order_key: str, weapon_id: uuid.UUID, price: int | None, *, now: datetime
) -> Placed:
    """Order one piece of a weapon inside the caller's transaction.

    Args:
        session: an open transaction that acts for the slayer.
        slayer_id: who buys.
        order_key: the buyer's own id for this order; ordering again under it changes nothing.
        weapon_id: what they buy.
        price: the price in coins that they agreed to; None takes the price of the shelf.
        now: the time of the order.

    Raises:
        NotFound: the weapon is unknown.
        Conflict: sold out, owned already, the price has changed, or the key was used for another weapon.
    """
    weapon = catalog.get(session, weapon_id)
    asking = weapon.price if price is None else price
    row = session.execute(
        insert(Order)
        .values(
            slayer_id=slayer_id, order_key=order_key, weapon_id=weapon_id, price=asking, ordered_at=now, id=uuid.uuid4()
        )
        .on_conflict_do_nothing()  # a rival with the same key is waited for here
        .returning(col(Order.id))
    ).first()
    if row is None:
        return _replay(session, slayer_id, order_key, weapon)
    # Refused from here on, the transaction is rolled back and the order with it.
    if catalog.terms_of(session, slayer_id, weapon_id) == "own":
        raise Conflict("weapon_id", f"The {weapon.name} is yours already.")
    left = session.exec(select(func.take_from_stock(weapon_id, asking))).one()
    if left is None:
        raise _refused(session, weapon, asking)
    taken = session.execute(
        insert(Holding)
        .values(slayer_id=slayer_id, weapon_id=weapon_id, terms="own", since=now)
        .on_conflict_do_update(
            index_elements=["slayer_id", "weapon_id"], set_={"terms": "own"}, where=col(Holding.terms) == "loan"
        )
        .returning(col(Holding.weapon_id))
    ).first()
    if taken is None:  # another order of the same slayer was quicker
        raise Conflict("weapon_id", f"The {weapon.name} is yours already.")
    session.refresh(weapon)
    return Placed(session.get_one(Order, row[0]), weapon)


def _replay(session: Session, slayer_id: uuid.UUID, order_key: str, weapon: Weapon) -> Placed:
    earlier = session.exec(select(Order).where(Order.slayer_id == slayer_id, Order.order_key == order_key)).one()
    if earlier.weapon_id != weapon.id:
        raise Conflict("order_key", "This order key was used before for another weapon.")
    return Placed(earlier, weapon, replayed=True)


def _refused(session: Session, weapon: Weapon, asking: int) -> Conflict:
    session.refresh(weapon)
    if weapon.stock < 1:
        return Conflict("weapon_id", f"The {weapon.name} is sold out; somebody was quicker.")
    return Conflict("price", f"The {weapon.name} costs {weapon.price} coins now, not {asking}.")


def get(session: Session, slayer_id: uuid.UUID, order_id: uuid.UUID) -> Placed:
    """The caller's order.

    Raises:
        NotFound: no such order, or someone else's.
    """
    order = session.get(Order, order_id)
    if order is None or order.slayer_id != slayer_id:
        raise NotFound("order_id", "You have no order with this id.")
    return Placed(order, session.get_one(Weapon, order.weapon_id))


def list_orders(session: Session, slayer_id: uuid.UUID, *, before: uuid.UUID | None, limit: int) -> list[Placed]:
    """A page of a slayer's orders, the latest first; ``before`` is the order that the page follows.

    Raises:
        NotFound: ``before`` is no order of the slayer.
    """
    query = select(Order, Weapon).join(Weapon, col(Weapon.id) == Order.weapon_id).where(Order.slayer_id == slayer_id)
    if before is not None:
        last = get(session, slayer_id, before).order
        query = query.where(tuple_(col(Order.ordered_at), col(Order.id)) < (last.ordered_at, last.id))
    rows = session.exec(query.order_by(col(Order.ordered_at).desc(), col(Order.id).desc()).limit(limit))
    return [Placed(order, weapon) for order, weapon in rows]

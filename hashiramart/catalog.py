"""The catalogue: weapons, how to find them, and who holds which."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import ColumnElement, any_, func, literal
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, select

from hashiramart import seed
from hashiramart.errors import NotFound
from hashiramart.models import Holding, Slayer, Weapon

Sort = Literal["name", "price", "-price", "sharpness", "weight", "-weight"]

_MOST_COINS = 2**31 - 1  # what the column holds; PostgreSQL refuses to compare with more


@dataclass(frozen=True)
class WeaponFilter:
    """What to look for. Everything is optional; prices in coins and weights in kg, 0 and up, both ends included."""

    q: str | None = None
    weapon_type: str | None = None
    style: str | None = None
    rarity: str | None = None
    min_price: int | None = None
    max_price: int | None = None
    min_weight: float | None = None
    max_weight: float | None = None


def stock_shelves(session: Session) -> int:
    """Put the opening catalogue's weapons on the shelves where they are missing; returns how many were."""
    rows = [
        {
            "id": weapon.id,
            "slug": weapon.slug,
            "name": weapon.name,
            "weapon_type": weapon.type,
            "weight": weapon.weight,
            "sharpness": weapon.sharpness,
            "price": weapon.price,
            "rarity": weapon.rarity,
            "stock": weapon.stock,
            "styles": list(weapon.styles),
        }
        for weapon in seed.weapons()
    ]
    added = session.execute(insert(Weapon).values(rows).on_conflict_do_nothing().returning(col(Weapon.id)))
    return len(added.all())


def find(
    session: Session, wanted: WeaponFilter, *, sort: Sort = "name", page: int = 1, page_size: int = 24
) -> tuple[list[Weapon], int]:
    """One page of the weapons that match, and how many match in all."""
    conditions: list[ColumnElement[bool]] = []
    if wanted.q:
        pattern = "%" + wanted.q.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_") + "%"
        conditions.append(col(Weapon.name).ilike(pattern) | col(Weapon.weapon_type).ilike(pattern))
    if wanted.weapon_type:
        conditions.append(col(Weapon.weapon_type) == wanted.weapon_type)
    if wanted.style:
        conditions.append(_suits(wanted.style))
    if wanted.rarity:
        conditions.append(col(Weapon.rarity) == wanted.rarity)
    if wanted.min_price is not None:
        conditions.append(col(Weapon.price) >= min(wanted.min_price, _MOST_COINS))
    if wanted.max_price is not None:
        conditions.append(col(Weapon.price) <= min(wanted.max_price, _MOST_COINS))
    if wanted.min_weight is not None:
        conditions.append(col(Weapon.weight) >= wanted.min_weight)
    if wanted.max_weight is not None:
        conditions.append(col(Weapon.weight) <= wanted.max_weight)
    orders: dict[Sort, ColumnElement[Any]] = {
        "name": col(Weapon.name).asc(),
        "price": col(Weapon.price).asc(),
        "-price": col(Weapon.price).desc(),
        "sharpness": col(Weapon.sharpness).desc(),
        "weight": col(Weapon.weight).asc(),
        "-weight": col(Weapon.weight).desc(),
    }
    total = session.exec(select(func.count()).select_from(Weapon).where(*conditions)).one()
    if (page - 1) * page_size >= total:
        return [], total
    rows = session.exec(
        select(Weapon)
        .where(*conditions)
        .order_by(orders[sort], col(Weapon.slug))
        .offset((page - 1) * page_size)
        .limit(page_size)
    ).all()
    return list(rows), total


def _suits(style: str) -> ColumnElement[bool]:
    return literal(style) == any_(col(Weapon.styles))


def all_weapons(session: Session) -> list[Weapon]:
    """The whole catalogue, by slug."""
    return list(session.exec(select(Weapon).order_by(col(Weapon.slug))).all())


def get(session: Session, weapon_id: uuid.UUID, *, field: str = "weapon_id") -> Weapon:
    """The weapon with this key.

    Raises:
        NotFound: the shop does not know it.
    """
    weapon = session.get(Weapon, weapon_id)
    if weapon is None:
        raise NotFound(field, "The shop knows no weapon with this id.")
    return weapon


def by_slug(session: Session, slug: str) -> Weapon | None:
    """The weapon with this slug, or None."""
    return session.exec(select(Weapon).where(Weapon.slug == slug)).first()


def owned(session: Session, slayer_id: uuid.UUID) -> list[Weapon]:
    """The weapons in a slayer's hands, the longest held first."""
    rows = session.exec(
        select(Weapon)
        .join(Holding, col(Holding.weapon_id) == col(Weapon.id))
        .where(Holding.slayer_id == slayer_id)
        .order_by(col(Holding.since), col(Weapon.slug))
    )
    return list(rows.all())


def terms_of(session: Session, slayer_id: uuid.UUID, weapon_id: uuid.UUID) -> str | None:
    """How a slayer holds a weapon: ``own``, ``loan``, or None when they do not."""
    return session.exec(
        select(Holding.terms).where(Holding.slayer_id == slayer_id, Holding.weapon_id == weapon_id)
    ).first()


def lend_first_weapon(session: Session, slayer: Slayer) -> Weapon | None:
    """Lend a new slayer the cheapest weapon that matches their style, so that there is one to train with.

    Returns:
        the weapon, or None where the shelves are empty.
    """
    weapon = session.exec(
        select(Weapon).order_by(_suits(slayer.breathing_style).desc(), col(Weapon.price), col(Weapon.slug)).limit(1)
    ).first()
    if weapon is not None:
        session.add(Holding(slayer_id=slayer.id, weapon_id=weapon.id, terms="loan"))
        session.flush()
    return weapon

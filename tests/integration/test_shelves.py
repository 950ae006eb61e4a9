"""The catalogue in memory is the catalogue in the database, at every request."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest
from sqlalchemy import delete, text, update
from sqlmodel import Session, col

from hashiramart.db import Database
from hashiramart.models import Slayer, Weapon
from tools.shelves import Shelves


def _read(shelves: Shelves, database: Database, caller: uuid.UUID | None = None) -> list[dict[str, object]]:
    with database.session(caller) as session:
        return _all_in_session(shelves, session)


def test_a_shelf_holds_the_catalogue_by_slug(database: Database, stocked: list[Weapon], slayer: Slayer) -> None:
    expected = [weapon.model_dump() for weapon in stocked]
    assert _read(Shelves(), database) == _read(Shelves(), database, slayer.id) == expected


def test_an_unchanged_catalogue_is_read_once(database: Database, stocked: list[Weapon]) -> None:
    shelves = Shelves()
    with database.session(None) as session:
        first = shelves.read(session)
    with database.session(None) as session:
        assert shelves.read(session) is first


def _all_in_session(shelves: Shelves, session: Session) -> list[dict[str, object]]:
    shelf = shelves.read(session)
    return [shelf.weapon(row).model_dump() for row in range(len(shelf))]


def _price(session: Session, weapon: Weapon) -> None:
    session.execute(update(Weapon).where(col(Weapon.id) == weapon.id).values(price=weapon.price + 1))


def _sale(session: Session, weapon: Weapon) -> None:
    session.execute(update(Weapon).where(col(Weapon.id) == weapon.id).values(stock=weapon.stock - 1))


def _all_prices(session: Session, _weapon: Weapon) -> None:
    session.execute(update(Weapon).values(price=col(Weapon.price) * 2))


def _new(session: Session, weapon: Weapon) -> None:
    session.add(Weapon(**{**weapon.model_dump(), "id": uuid.uuid4(), "slug": "aaa-new"}))


def _gone(session: Session, weapon: Weapon) -> None:
    session.execute(delete(Weapon).where(col(Weapon.id) == weapon.id))


def _exchanged(session: Session, weapon: Weapon) -> None:
    _gone(session, weapon)
    _new(session, weapon)


def _sharpened(session: Session, weapon: Weapon) -> None:
    session.execute(update(Weapon).where(col(Weapon.id) == weapon.id).values(sharpness=99))


def _restyled(session: Session, weapon: Weapon) -> None:
    session.execute(update(Weapon).where(col(Weapon.id) == weapon.id).values(styles=["Moon"]))


@pytest.mark.parametrize("change", [_price, _sale, _all_prices, _new, _gone, _exchanged, _sharpened, _restyled])
def test_the_next_request_sees_any_change(
    database: Database, stocked: list[Weapon], change: Callable[[Session, Weapon], None]
) -> None:
    shelves = Shelves()
    before = _read(shelves, database)
    with database.service() as session:
        change(session, stocked[3])
    after = _read(shelves, database)
    assert after != before
    assert after == _read(Shelves(), database)
    with database.session(None) as session:
        table, fresh = shelves.read(session).table, Shelves().read(session).table
    assert (table.ids, table.slugs, table.styles) == (fresh.ids, fresh.slugs, fresh.styles)
    for mine, other in (
        (table.weight, fresh.weight),
        (table.sharpness, fresh.sharpness),
        (table.suits, fresh.suits),
    ):
        assert mine.tolist() == other.tolist()


def test_a_sale_leaves_what_the_model_sees_as_it_was(database: Database, stocked: list[Weapon]) -> None:
    shelves = Shelves()
    with database.session(None) as session:
        before = shelves.read(session)
    with database.service() as session:
        _sale(session, stocked[0])
    with database.session(None) as session:
        after = shelves.read(session)
    assert after is not before
    assert after.table is before.table


def test_what_is_rolled_back_is_never_seen(database: Database, stocked: list[Weapon]) -> None:
    shelves = Shelves()
    before = _read(shelves, database)
    with database.service() as session:
        _all_prices(session, stocked[0])
        assert _all_in_session(shelves, session) != before
        session.rollback()
    assert _read(shelves, database) == before


def test_vacuuming_and_freezing_do_not_hide_a_later_change(database: Database, stocked: list[Weapon]) -> None:
    import psycopg

    shelves = Shelves()
    _read(shelves, database)
    with psycopg.connect(database.conninfo, autocommit=True) as owner:
        owner.execute("VACUUM (FREEZE) weapons")
    with database.service() as session:
        session.execute(text("UPDATE weapons SET stock = stock + 1"))
    assert _read(shelves, database) == _read(Shelves(), database)

"""Orders: a piece goes from the shelf into one slayer's hands, once, or not at all."""

from __future__ import annotations

import threading
import uuid
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session, func, select, update

from hashiramart import catalog, orders
from hashiramart.accounts import Registration, register
from hashiramart.db import Database
from hashiramart.errors import Conflict, NotFound
from hashiramart.models import Holding, Order, Slayer, Weapon
from hashiramart.orders import Placed

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)


@pytest.fixture
def sword(stocked: list[Weapon]) -> Weapon:
    """The last dawnwheel katana: one piece, 2400 coins."""
    return next(weapon for weapon in stocked if weapon.slug == "dawnwheel-katana")


def recruit(database: Database, handle: str) -> uuid.UUID:
    profile = Registration(handle=handle, password="still-as-water", name=handle, breathing_style="Sun")
    with database.session(None) as session:
        return register(session, profile).id


def place(
    database: Database, slayer_id: uuid.UUID, key: str, weapon: Weapon, price: int | None = None, now: datetime = NOW
) -> Placed:
    with database.session(slayer_id) as session:
        return orders.place(session, slayer_id, key, weapon.id, price, now=now)


def set_shelf(database: Database, weapon: Weapon, **values: int) -> None:
    with database.service() as session:
        session.execute(update(Weapon).where(Weapon.id == weapon.id).values(**values))  # type: ignore[arg-type]


def stock(session: Session, weapon: Weapon) -> int:
    return session.exec(select(Weapon.stock).where(Weapon.id == weapon.id)).one()


def placed(session: Session) -> int:
    return session.exec(select(func.count()).select_from(Order)).one()


def at_once(calls: Sequence[Callable[[], Placed]], threads: int = 16) -> list[Placed | Exception]:
    """Make calls from threads that start together."""
    together = threading.Barrier(min(threads, len(calls)))

    def one(call: Callable[[], Placed]) -> Placed | Exception:
        try:
            return call()
        except (Conflict, NotFound) as refusal:
            return refusal

    with ThreadPoolExecutor(threads, initializer=lambda: together.wait(20) and None) as pool:
        return list(pool.map(one, calls))


def test_an_order_takes_a_piece_from_the_shelf_and_makes_it_the_slayers(
    database: Database, slayer: Slayer, sword: Weapon, session: Session
) -> None:
    done = place(database, slayer.id, "order-1", sword, price=2400)
    assert (done.order.order_key, done.order.price, done.order.ordered_at) == ("order-1", 2400, NOW)
    assert (done.replayed, done.weapon.stock, stock(session, sword)) == (False, 0, 0)
    assert catalog.terms_of(session, slayer.id, sword.id) == "own"


def test_the_last_sword_goes_to_one_of_a_hundred_buyers(database: Database, sword: Weapon, session: Session) -> None:
    buyers = [recruit(database, f"buyer-{n}") for n in range(100)]
    outcomes = at_once([lambda buyer=buyer: place(database, buyer, "order", sword) for buyer in buyers], threads=24)  # type: ignore[misc]
    refusals = [outcome for outcome in outcomes if isinstance(outcome, Conflict)]
    assert Counter(refusal.message for refusal in refusals) == {
        f"The {sword.name} is sold out; somebody was quicker.": 99
    }
    assert {refusal.field for refusal in refusals} == {"weapon_id"}
    assert (placed(session), stock(session, sword)) == (1, 0)
    owners = session.exec(select(Holding.slayer_id).where(Holding.weapon_id == sword.id)).all()
    (winner,) = [outcome for outcome in outcomes if isinstance(outcome, Placed)]
    assert owners == [winner.order.slayer_id]


def test_the_same_order_again_is_the_first_one(
    database: Database, slayer: Slayer, sword: Weapon, session: Session
) -> None:
    first = place(database, slayer.id, "order-1", sword)
    again = place(database, slayer.id, "order-1", sword, now=NOW + timedelta(days=1))
    assert (again.order.id, again.order.ordered_at, again.replayed) == (first.order.id, NOW, True)
    assert (placed(session), stock(session, sword)) == (1, 0)


def test_an_order_stays_what_it_was_when_the_price_has_changed_since(
    database: Database, slayer: Slayer, sword: Weapon
) -> None:
    place(database, slayer.id, "order-1", sword, price=2400)
    set_shelf(database, sword, price=9000, stock=3)
    again = place(database, slayer.id, "order-1", sword, price=2400)
    assert (again.replayed, again.order.price) == (True, 2400)


def test_one_order_sent_by_eight_at_once_is_placed_once(
    database: Database, slayer: Slayer, stocked: list[Weapon], session: Session
) -> None:
    weapon = next(each for each in stocked if each.slug == "heron-spear")
    outcomes = at_once([lambda: place(database, slayer.id, "order-1", weapon)] * 8)
    assert sorted(outcome.replayed for outcome in outcomes if isinstance(outcome, Placed)) == [False] + [True] * 7
    assert (placed(session), stock(session, weapon)) == (1, weapon.stock - 1)


def test_two_orders_of_one_slayer_at_once_buy_one_piece(
    database: Database, slayer: Slayer, stocked: list[Weapon], session: Session
) -> None:
    weapon = next(each for each in stocked if each.slug == "heron-spear")
    outcomes = at_once([lambda n=n: place(database, slayer.id, f"order-{n}", weapon) for n in range(6)])  # type: ignore[misc]
    refusals = [outcome for outcome in outcomes if isinstance(outcome, Conflict)]
    assert [refusal.message for refusal in refusals] == [f"The {weapon.name} is yours already."] * 5
    assert (placed(session), stock(session, weapon)) == (1, weapon.stock - 1)


def test_slayers_who_buy_different_weapons_in_opposite_order_do_not_block_each_other(
    database: Database, stocked: list[Weapon], session: Session
) -> None:
    one, two = (next(each for each in stocked if each.slug == slug) for slug in ("heron-spear", "drizzle-bow"))
    buyers = [recruit(database, f"buyer-{n}") for n in range(10)]
    calls = [
        lambda buyer=buyer, weapon=weapon: place(database, buyer, weapon.slug, weapon)
        for n, buyer in enumerate(buyers)
        for weapon in ((one, two) if n % 2 else (two, one))
    ]
    assert all(isinstance(outcome, Placed) for outcome in at_once(calls))
    assert (stock(session, one), stock(session, two)) == (one.stock - 10, two.stock - 10)


def test_a_weapon_on_loan_becomes_the_slayers_own(database: Database, slayer: Slayer, session: Session) -> None:
    (lent,) = catalog.owned(session, slayer.id)
    session.rollback()
    place(database, slayer.id, "order-1", lent)
    assert catalog.terms_of(session, slayer.id, lent.id) == "own"
    assert session.exec(select(func.count()).select_from(Holding)).one() == 1


@pytest.mark.parametrize(
    ("shelf", "price", "field", "says"),
    [
        ({"stock": 0}, None, "weapon_id", "sold out"),
        ({"stock": 0}, 2399, "weapon_id", "sold out"),
        ({"stock": 1}, 2399, "price", "costs 2400 coins now, not 2399"),
        ({"price": 2500}, 2400, "price", "costs 2500 coins now, not 2400"),
        ({"price": 2300}, 2400, "price", "costs 2300 coins now, not 2400"),
    ],
    ids=["sold out", "sold out, another price", "a price that never was", "dearer since", "cheaper since"],
)
def test_what_cannot_be_sold_is_refused_and_leaves_nothing(
    shelf: dict[str, int],
    price: int | None,
    field: str,
    says: str,
    database: Database,
    slayer: Slayer,
    sword: Weapon,
    session: Session,
) -> None:
    set_shelf(database, sword, **shelf)
    with pytest.raises(Conflict, match=says) as caught:
        place(database, slayer.id, "order-1", sword, price=price)
    assert caught.value.field == field
    assert (placed(session), stock(session, sword)) == (0, shelf.get("stock", 1))
    assert catalog.terms_of(session, slayer.id, sword.id) is None


def test_a_refused_order_leaves_its_key_free(database: Database, slayer: Slayer, sword: Weapon) -> None:
    with pytest.raises(Conflict):
        place(database, slayer.id, "order-1", sword, price=1)
    assert not place(database, slayer.id, "order-1", sword).replayed


@pytest.mark.parametrize(("pieces", "price"), [(5, None), (1, None), (5, 2399)], ids=["", "sold out", "another price"])
def test_a_weapon_owned_already_is_refused_as_such(
    pieces: int, price: int | None, database: Database, slayer: Slayer, sword: Weapon, session: Session
) -> None:
    set_shelf(database, sword, stock=pieces)
    place(database, slayer.id, "order-1", sword)
    with pytest.raises(Conflict, match="yours already") as caught:
        place(database, slayer.id, "order-2", sword, price=price)
    assert caught.value.field == "weapon_id"
    assert (placed(session), stock(session, sword)) == (1, pieces - 1)


def test_a_key_used_for_another_weapon_is_refused(
    database: Database, slayer: Slayer, sword: Weapon, stocked: list[Weapon], session: Session
) -> None:
    place(database, slayer.id, "order-1", sword)
    other = next(weapon for weapon in stocked if weapon.slug == "heron-spear")
    with pytest.raises(Conflict, match="another weapon") as caught:
        place(database, slayer.id, "order-1", other)
    assert caught.value.field == "order_key"
    assert stock(session, other) == other.stock


def test_two_slayers_may_use_the_same_key(database: Database, slayer: Slayer, stocked: list[Weapon]) -> None:
    weapon = next(each for each in stocked if each.slug == "heron-spear")
    other = recruit(database, "sabito")
    assert not place(database, slayer.id, "order-1", weapon).replayed
    assert not place(database, other, "order-1", weapon).replayed


def test_a_weapon_nobody_knows_cannot_be_ordered(database: Database, slayer: Slayer) -> None:
    with pytest.raises(NotFound) as caught, database.session(slayer.id) as session:
        orders.place(session, slayer.id, "order-1", uuid.uuid4(), None, now=NOW)
    assert caught.value.field == "weapon_id"


def test_orders_are_listed_page_by_page_the_latest_first(
    database: Database, slayer: Slayer, stocked: list[Weapon]
) -> None:
    for n, weapon in enumerate(stocked[:5]):
        place(database, slayer.id, f"order-{n}", weapon, now=NOW + timedelta(minutes=n // 2))  # some at one moment
    with database.session(slayer.id) as session:
        whole = orders.list_orders(session, slayer.id, before=None, limit=50)
        pages, before = [], None
        while page := orders.list_orders(session, slayer.id, before=before, limit=2):
            pages += page
            before = page[-1].order.id
    assert [done.order.id for done in pages] == [done.order.id for done in whole]
    assert len(whole) == 5
    assert [done.order.ordered_at for done in whole] == sorted((done.order.ordered_at for done in whole), reverse=True)


def test_a_page_cannot_follow_another_slayers_order(database: Database, slayer: Slayer, sword: Weapon) -> None:
    theirs = place(database, recruit(database, "sabito"), "order-1", sword).order
    with database.session(slayer.id) as session:
        with pytest.raises(NotFound):
            orders.list_orders(session, slayer.id, before=theirs.id, limit=2)
        with pytest.raises(NotFound):
            orders.get(session, slayer.id, theirs.id)

"""Finding weapons, and who holds which."""

from __future__ import annotations

import uuid
from typing import Any, get_args

import pytest
from sqlmodel import Session

from hashiramart import accounts, catalog, seed
from hashiramart.accounts import Registration
from hashiramart.catalog import Sort, WeaponFilter
from hashiramart.db import Database
from hashiramart.errors import NotFound
from hashiramart.models import Holding, Slayer, Weapon


def names(session: Session, **wanted: Any) -> set[str]:
    found, total = catalog.find(session, WeaponFilter(**wanted), page_size=1000)
    assert len(found) == total
    return {weapon.name for weapon in found}


def shelve(session: Session, name: str, **fields: Any) -> Weapon:
    weapon = Weapon(
        **{
            "slug": seed.slugify(name) or uuid.uuid4().hex,
            "name": name,
            "weapon_type": "katana",
            "weight": 1,
            "sharpness": 50,
            "price": 100,
            "rarity": "common",
            "stock": 1,
            "styles": ["Water"],
            **fields,
        }
    )
    session.add(weapon)
    session.flush()
    return weapon


def test_the_shelves_are_stocked_once(database: Database) -> None:
    with database.service() as session:
        assert catalog.stock_shelves(session) == len(seed.weapons())
    with database.service() as session:
        assert catalog.stock_shelves(session) == 0
        assert {weapon.id for weapon in catalog.all_weapons(session)} == {weapon.id for weapon in seed.weapons()}


def test_stocking_again_leaves_a_changed_price_alone_and_fills_a_gap(session: Session, stocked: list[Weapon]) -> None:
    kept, gone = catalog.all_weapons(session)[:2]
    kept.price = 7
    session.add(kept)
    session.delete(gone)
    session.flush()
    assert catalog.stock_shelves(session) == 1
    session.expire_all()
    assert catalog.get(session, kept.id).price == 7


@pytest.mark.parametrize(
    ("wanted", "suits"),
    [
        ({}, lambda w: True),
        ({"q": "KATANA"}, lambda w: "katana" in (w.name + w.type).lower()),
        ({"q": "fan"}, lambda w: "fan" in (w.name + "|" + w.type).lower()),
        ({"weapon_type": "spear"}, lambda w: w.type == "spear"),
        ({"weapon_type": "spea"}, lambda w: False),
        ({"style": "Water"}, lambda w: "Water" in w.styles),
        ({"style": "water"}, lambda w: False),
        ({"rarity": "legendary"}, lambda w: w.rarity == "legendary"),
        ({"min_price": 300}, lambda w: w.price >= 300),
        ({"max_price": 120}, lambda w: w.price <= 120),
        ({"max_price": 0}, lambda w: False),
        ({"min_weight": 3}, lambda w: w.weight >= 3),
        ({"max_weight": 0.65}, lambda w: w.weight <= 0.65),
        ({"min_weight": 1, "max_weight": 1.3}, lambda w: 1 <= w.weight <= 1.3),
        ({"min_price": 120, "max_price": 380}, lambda w: 120 <= w.price <= 380),
        ({"min_price": 10**12}, lambda w: False),
        (
            {"style": "Water", "weapon_type": "katana", "max_price": 400},
            lambda w: "Water" in w.styles and w.type == "katana" and w.price <= 400,
        ),
    ],
    ids=lambda value: str(value) if isinstance(value, dict) else "",  # a lambda's address differs between workers
)
def test_a_filter_finds_what_matches_and_nothing_else(
    wanted: dict[str, Any], suits: Any, session: Session, stocked: list[Weapon]
) -> None:
    assert names(session, **wanted) == {weapon.name for weapon in seed.weapons() if suits(weapon)}


@pytest.mark.parametrize("q", ["%", "_", "\\", "50%", "a_b", "\\d", "%_\\", "'; DROP TABLE weapons; --"])
def test_a_wildcard_in_a_search_is_an_ordinary_letter(q: str, session: Session, stocked: list[Weapon]) -> None:
    assert names(session, q=q) == set()
    shelve(session, f"Odd {q} blade")
    assert names(session, q=q) == {f"Odd {q} blade"}


@pytest.mark.parametrize(
    ("sort", "key"),
    [
        ("price", lambda w: (w.price, w.slug)),
        ("-price", lambda w: (-w.price, w.slug)),
        ("sharpness", lambda w: (-w.sharpness, w.slug)),
    ],
)
def test_sorting_puts_equals_in_the_order_of_their_slugs(
    sort: Sort, key: Any, session: Session, stocked: list[Weapon]
) -> None:
    found, _ = catalog.find(session, WeaponFilter(), sort=sort, page_size=1000)
    assert [weapon.slug for weapon in found] == [weapon.slug for weapon in sorted(seed.weapons(), key=key)]


@pytest.mark.parametrize("sort", get_args(Sort))
def test_pages_hold_every_weapon_once_and_in_order(sort: Sort, session: Session, stocked: list[Weapon]) -> None:
    whole, total = catalog.find(session, WeaponFilter(), sort=sort, page_size=1000)
    paged: list[Weapon] = []
    for page in range(1, total // 7 + 2):
        rows, counted = catalog.find(session, WeaponFilter(), sort=sort, page=page, page_size=7)
        assert counted == total
        assert len(rows) == min(7, total - 7 * (page - 1))
        paged += rows
    assert [weapon.slug for weapon in paged] == [weapon.slug for weapon in whole]


@pytest.mark.parametrize("page", [4, 10**6, 10**30])
def test_a_page_behind_the_last_is_empty_and_the_total_stays(
    page: int, session: Session, stocked: list[Weapon]
) -> None:
    rows, total = catalog.find(session, WeaponFilter(), page=page, page_size=24)
    assert rows == []
    assert total == len(seed.weapons())


def test_a_weapon_is_got_by_key_and_by_slug(session: Session, stocked: list[Weapon]) -> None:
    weapon = stocked[0]
    assert catalog.get(session, weapon.id).slug == weapon.slug
    found = catalog.by_slug(session, weapon.slug)
    assert found is not None
    assert found.id == weapon.id
    assert catalog.by_slug(session, "no-such-weapon") is None


def test_an_unknown_weapon_is_not_found_under_the_name_of_the_callers_field(session: Session) -> None:
    with pytest.raises(NotFound) as caught:
        catalog.get(session, uuid.uuid4(), field="blade")
    assert caught.value.field == "blade"


@pytest.mark.parametrize("style", seed.style_names())
def test_a_new_slayer_is_lent_the_cheapest_weapon_of_their_style(
    style: str, session: Session, stocked: list[Weapon]
) -> None:
    profile = Registration(handle="newcomer", password="12345678", name="New", breathing_style=style)
    made = accounts.register(session, profile)
    lent = catalog.owned(session, made.id)
    cheapest = min((w for w in seed.weapons() if style in w.styles), key=lambda w: (w.price, w.slug))
    assert [weapon.slug for weapon in lent] == [cheapest.slug]
    assert session.get_one(Holding, (made.id, lent[0].id)).terms == "loan"


def test_a_slayer_whose_style_has_no_weapon_is_lent_the_cheapest(session: Session) -> None:
    shelve(session, "Dear", price=500)
    cheap = shelve(session, "Cheap", price=50)
    profile = Registration(handle="newcomer", password="12345678", name="New", breathing_style="Moon")
    made = accounts.register(session, profile)
    assert catalog.owned(session, made.id) == [cheap]


def test_with_empty_shelves_a_slayer_can_still_register(session: Session) -> None:
    profile = Registration(handle="newcomer", password="12345678", name="New", breathing_style="Moon")
    assert catalog.owned(session, accounts.register(session, profile).id) == []


def test_what_a_slayer_holds_is_theirs_and_listed_longest_held_first(session: Session, slayer: Slayer) -> None:
    first = catalog.owned(session, slayer.id)
    bought = catalog.find(session, WeaponFilter(weapon_type="naginata"))[0][0]
    session.add(Holding(slayer_id=slayer.id, weapon_id=bought.id, terms="bought"))
    session.flush()
    assert catalog.owned(session, slayer.id) == [*first, bought]
    assert catalog.owned(session, uuid.uuid4()) == []

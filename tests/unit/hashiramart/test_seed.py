"""The opening catalogue is what the shop promises."""

from __future__ import annotations

import re
import uuid

import pytest

from hashiramart import seed


def test_there_is_a_shop_full_of_weapons() -> None:
    assert len(seed.weapons()) >= 48
    assert len(seed.weapon_types()) >= 10
    assert len(seed.styles()) >= 12


def test_every_name_slug_and_key_is_given_once() -> None:
    for values in (
        [weapon.name for weapon in seed.weapons()],
        [weapon.slug for weapon in seed.weapons()],
        [weapon.id for weapon in seed.weapons()],
        list(seed.style_names()),
        [style.color for style in seed.styles()],
        [style.emblem for style in seed.styles()],
    ):
        assert len(set(values)) == len(values)


def test_keys_are_the_same_in_every_installation() -> None:
    keys = {weapon.slug: weapon.id for weapon in seed.weapons()}
    assert keys["tidebreaker-katana"] == uuid.UUID("e25907dc-3d7b-5751-96a6-cda67ea9c8c5")
    assert keys["recruits-katana"] == uuid.UUID("05dd5a22-c9ee-5f61-9e3a-f43e35aa7bfe")


@pytest.mark.parametrize("weapon", seed.weapons(), ids=lambda weapon: weapon.slug)
def test_a_weapon_is_within_the_bounds_of_its_columns(weapon: seed.SeedWeapon) -> None:
    assert 0 < weapon.weight < 30
    assert 0 <= weapon.sharpness <= 100
    assert weapon.price > 0
    assert weapon.stock >= 0
    assert weapon.rarity in seed.RARITIES
    assert weapon.styles
    assert len(set(weapon.styles)) == len(weapon.styles)
    assert set(weapon.styles) <= set(seed.style_names())
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", weapon.slug)


def test_every_style_and_every_rarity_has_weapons() -> None:
    assert {style for weapon in seed.weapons() for style in weapon.styles} == set(seed.style_names())
    assert {weapon.rarity for weapon in seed.weapons()} == set(seed.RARITIES)


def test_every_style_has_a_weapon_a_beginner_can_pay() -> None:
    for style in seed.style_names():
        assert min(weapon.price for weapon in seed.weapons() if style in weapon.styles) <= 400


@pytest.mark.parametrize("style", seed.styles(), ids=lambda style: style.name)
def test_a_style_can_be_drawn(style: seed.Style) -> None:
    assert re.fullmatch(r"#[0-9a-f]{6}", style.color)
    assert style.emblem
    assert style.temper
    assert style.name == style.name.capitalize()


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Recruit's Katana", "recruits-katana"),
        ("  Boar  Tusk -- Twin Blades! ", "boar-tusk-twin-blades"),
        ("Æther Bow No. 2", "ther-bow-no-2"),
        ("'", ""),
    ],
)
def test_slugify(name: str, slug: str) -> None:
    assert seed.slugify(name) == slug

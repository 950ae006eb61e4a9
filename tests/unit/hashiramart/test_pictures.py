"""Weapons' pictures: distinct, deterministic, well formed, and harmless."""

from __future__ import annotations

import itertools
import re
from xml.etree import ElementTree as ET

import pytest

from hashiramart import seed
from hashiramart.pictures import HEIGHT, WIDTH, weapon_picture
from hashiramart.silhouettes import SILHOUETTES, silhouette_for

SVG = "{http://www.w3.org/2000/svg}"
ALLOWED = {
    "svg", "defs", "linearGradient", "radialGradient", "stop", "filter", "feDropShadow", "g", "rect", "circle", "ellipse",
    "path", "polygon", "polyline", "line",
}  # fmt: skip
EVERY_KIND = list(itertools.product(seed.weapon_types(), seed.RARITIES))


def _outline(picture: str) -> str:
    """The weapon itself, without ground and frame."""
    return picture.split("<g filter", 1)[1].rsplit("</g></g>", 1)[0]


def test_every_catalogue_type_has_an_outline_of_its_own() -> None:
    assert set(seed.weapon_types()) <= set(SILHOUETTES)
    assert len({_outline(weapon_picture(kind, "common", "same")) for kind in SILHOUETTES}) == len(SILHOUETTES)


def test_no_two_weapons_of_the_catalogue_look_the_same() -> None:
    pictures = {weapon_picture(weapon.type, weapon.rarity, weapon.slug) for weapon in seed.weapons()}
    assert len(pictures) == len(seed.weapons())


def test_rarity_shows_in_the_frame() -> None:
    pictures = [weapon_picture("katana", rarity, "same") for rarity in seed.RARITIES]
    assert len({picture.rsplit("</g></g>", 1)[1] for picture in pictures}) == len(seed.RARITIES)
    marks = [picture.count("rotate(45)") for picture in pictures]
    assert marks == sorted(marks)
    assert marks[0] < marks[-1]


def test_two_of_a_kind_differ_by_slug() -> None:
    assert weapon_picture("bow", "rare", "kestrel-bow") != weapon_picture("bow", "rare", "drizzle-bow")


def test_a_weapon_always_looks_the_same() -> None:
    first = [weapon_picture(kind, rarity, "pilgrim") for kind, rarity in EVERY_KIND]
    again = [weapon_picture(kind, rarity, "pilgrim") for kind, rarity in EVERY_KIND]
    assert first == again


@pytest.mark.parametrize(("kind", "rarity"), EVERY_KIND)
def test_picture_is_well_formed_and_only_draws(kind: str, rarity: str) -> None:
    picture = weapon_picture(kind, rarity, "any-slug")
    root = ET.fromstring(picture)
    assert root.tag == f"{SVG}svg"
    assert root.get("viewBox") == f"0 0 {WIDTH} {HEIGHT}"
    for element in root.iter():
        assert element.tag.removeprefix(SVG) in ALLOWED
        assert not [name for name in element.attrib if name.lower().startswith("on") or name.endswith("href")]
        for value in element.attrib.values():
            assert not re.search(r"url\((?!#)", value)
            assert "nan" not in value


def test_shapes_stay_within_reach_of_the_frame() -> None:
    for kind in SILHOUETTES:
        numbers = re.findall(r'points="([^"]+)"', _outline(weapon_picture(kind, "common", "x")))
        corners = [tuple(map(float, pair.split(","))) for points in numbers for pair in points.split()]
        assert corners
        assert max(abs(x) for x, _ in corners) <= 170
        assert max(abs(y) for _, y in corners) <= 110


@pytest.mark.parametrize("slug", ["", "<script>", "刀", 'a"b&c', "x" * 10_000])
def test_slug_never_reaches_the_markup(slug: str) -> None:
    ET.fromstring(weapon_picture("katana", "rare", slug))
    assert "<script" not in weapon_picture("katana", "rare", slug)


def test_type_without_an_outline_borrows_a_related_one() -> None:
    assert silhouette_for("Great Axe") == silhouette_for("axe")


def test_type_that_nobody_has_drawn_lies_in_a_cloth() -> None:
    unknown = weapon_picture("<b>moon cannon</b>", "mythic", "moon-cannon")
    ET.fromstring(unknown)
    assert "moon cannon" not in unknown
    assert _outline(unknown) not in {_outline(weapon_picture(kind, "common", "moon-cannon")) for kind in SILHOUETTES}

"""The renderer: the same picture for the same portrait, everything in its vocabularies drawn, and captions that say so."""

from __future__ import annotations

import itertools
from dataclasses import replace
from random import Random

import numpy as np
import pytest

from hashiramart.seed import style_names, weapons
from ml.artist.render import words
from ml.artist.render.caption import canonical, caption
from ml.artist.render.draw import FRAME, rasterise, render, skeleton, svg
from ml.artist.render.ink import Sheet, group
from ml.artist.render.palette import PAINTS
from ml.artist.render.portrait import (
    BUILDS,
    CUTS,
    HAIR,
    HAORI,
    PATTERNS,
    POSES,
    SCENES,
    STYLES,
    WEAPONS,
    Portrait,
    at_night,
    sample,
)
from ml.artist.render.sheet import contact, main, portraits
from ml.artist.render.weapons.craft import Craft
from ml.artist.render.weapons.table import WEAPONS as ARMOURY

VOCABULARIES = {
    "weapon": WEAPONS,
    "style": STYLES,
    "scene": SCENES,
    "pose": POSES,
    "build": BUILDS,
    "hair": HAIR,
    "cut": CUTS,
    "haori": HAORI,
    "pattern": PATTERNS,
}


def _with(portrait: Portrait, field: str, value: str) -> Portrait:
    return replace(portrait, **{field: value})  # type: ignore[arg-type]


def test_the_vocabularies_are_the_shops() -> None:
    assert sorted(WEAPONS) == sorted({weapon.type for weapon in weapons()})
    assert sorted(STYLES) == sorted(style_names())


def test_a_portrait_is_drawn_the_same_every_time() -> None:
    for seed in range(5):
        assert svg(sample(seed)) == svg(sample(seed))
        assert np.array_equal(render(sample(seed), 64), render(sample(seed), 64))


def test_seeds_differ() -> None:
    portrait = sample(1)
    assert len({svg(replace(portrait, seed=seed)) for seed in range(10)}) == 10


def test_a_picture_has_the_size_asked_for() -> None:
    picture = render(sample(3))
    assert picture.shape == (256, 256, 3)
    assert picture.dtype == np.uint8
    assert render(sample(3), 96).shape == (96, 96, 3)


@pytest.mark.parametrize("field", VOCABULARIES)
def test_every_word_is_drawn_and_each_in_its_own_way(field: str) -> None:
    portrait = replace(sample(11), cut="long", pattern="checks", haori="blue")
    pictures = [render(_with(portrait, field, value), 64) for value in VOCABULARIES[field]]
    for a, b in itertools.combinations(pictures, 2):
        assert not np.array_equal(a, b)


def test_samples_reach_the_whole_of_every_vocabulary() -> None:
    drawn = [sample(seed) for seed in range(600)]
    for field, values in VOCABULARIES.items():
        assert {getattr(portrait, field) for portrait in drawn} == set(values)


def test_silhouettes_of_weapons_differ() -> None:
    masks = {}
    for name, weapon in ARMOURY.items():
        sheet = Sheet()
        arm = weapon.draw(Craft(sheet, PAINTS["Water"].blade, Random(1)))
        document = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {FRAME} {FRAME}">{sheet.defs}'
            f'<rect width="{FRAME}" height="{FRAME}" fill="#00ff00"/>'
            f"{group(arm.picture, 'translate(200 256)')}</svg>"
        )
        picture = rasterise(document, 128).astype(int)
        masks[name] = np.abs(picture - np.array([0, 255, 0])).sum(axis=2) > 40
    for (one, a), (other, b) in itertools.combinations(masks.items(), 2):
        overlap = (a & b).sum() / (a | b).sum()
        assert overlap < 0.8, f"{one} looks like {other}: {overlap:.2f}"


def test_a_katanas_blade_is_at_least_five_pixels_wide() -> None:
    sheet = Sheet()
    arm = ARMOURY["katana"].draw(Craft(sheet, PAINTS["Water"].blade, Random(1)))
    document = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {FRAME} {FRAME}">{sheet.defs}'
        f"{group(arm.picture, 'translate(200 256) scale(0.8)')}</svg>"
    )
    column = rasterise(document, 256)[:, (200 + 80) // 2].sum(axis=1)  # the middle of the blade; nothing else is there
    assert (column > 0).sum() >= 5


def test_the_skeleton_stands_where_the_slayer_does() -> None:
    for seed in range(6):
        bones = skeleton(sample(seed), 64).sum(axis=2) > 90
        rows = np.flatnonzero(bones.any(axis=1))
        assert 0.3 < (rows[-1] - rows[0]) / 64 < 0.95


def test_nights_are_darker() -> None:
    portrait = replace(sample(2), scene="snow", style="Flower")
    night = [seed for seed in range(40) if at_night(replace(portrait, seed=seed))]
    day = [seed for seed in range(40) if seed not in night]
    mean = [np.mean([render(replace(portrait, seed=seed), 32).mean() for seed in seeds[:4]]) for seeds in (night, day)]
    assert mean[0] < mean[1] - 20
    assert at_night(replace(portrait, scene="full moon"))
    assert not at_night(replace(portrait, scene="sunset"))


def test_captions_are_short_and_vary() -> None:
    for seed in range(200):
        texts = {caption(sample(seed), k) for k in range(6)}
        assert len(texts) > 2
        for text in texts:
            assert len(text.split()) <= 60
            assert "\n" not in text
            assert ", ," not in text


def test_captions_name_the_weapon_always_and_the_style_nearly_always() -> None:
    styled = 0
    for seed in range(300):
        portrait = sample(seed)
        text = caption(portrait, 0).lower()
        assert any(choice in text for choice in words.WEAPON_WORDS[portrait.weapon])
        names = (portrait.style.lower(), *words.STYLE_WORDS[portrait.style])
        styled += any(name in text for name in names)
    assert styled > 0.9 * 300


def test_captions_say_nothing_that_is_not_drawn() -> None:
    for seed in range(300):
        portrait = sample(seed)
        text = caption(portrait, 1)
        for field in ("hair", "haori"):
            for value in VOCABULARIES[field]:
                said = f" {value} hair" if field == "hair" else f" {value} haori"
                assert said not in text or value == getattr(portrait, field)
        for weapon in set(WEAPONS) - {portrait.weapon}:
            assert f"wielding a {weapon}," not in text


def test_the_canonical_caption_is_the_products() -> None:
    portrait = Portrait(
        "axe", "Stone", "sunset", "guard", "sturdy", "black", "short", "green", "plain", 5
    )  # fmt: skip
    assert canonical(portrait) == (
        "a demon slayer, Stone Breathing, wielding an axe, anime style, cinematic, at sunset, in a guard stance, "
        "short black hair, a plain green haori, sturdy build"
    )


def test_the_contact_sheet_shows_every_weapon_in_four_styles(tmp_path, capsys) -> None:  # type: ignore[no-untyped-def]
    chosen, columns = portraits("weapons")
    for weapon in WEAPONS:
        assert len({portrait.style for portrait in chosen if portrait.weapon == weapon}) == 4
    assert contact(chosen[:3], 2, 32).shape == (64, 64, 3)
    assert columns == 8
    assert main([str(tmp_path / "poses.png"), "builds"]) == 0
    assert (tmp_path / "poses.png").stat().st_size > 10_000
    assert main([]) == 2
    assert "python -m ml.artist.render.sheet" in capsys.readouterr().err

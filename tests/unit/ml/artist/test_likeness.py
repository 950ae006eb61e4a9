"""Distances that tell a copy from a likeness, and what a picture could be copied from."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

import numpy as np
import pytest

from ml.artist import likeness
from ml.artist.orders import How, asked, every_pair, spread
from ml.artist.render.draw import render
from ml.artist.render.portrait import STYLES, WEAPONS, sample


def test_a_picture_is_its_own_copy_and_its_mirror_image_is_too() -> None:
    picture = render(sample(3), 96)
    assert likeness.distance(picture, picture) == 0
    assert likeness.distance(picture, np.ascontiguousarray(picture[:, ::-1])) == pytest.approx(0, abs=1e-6)


def test_a_copy_is_found_among_the_renders_even_when_it_is_blurred() -> None:
    portrait = sample(5)
    kin = [*likeness.kin_of(portrait, range(300)), portrait]
    picture = render(portrait, 256)
    soft = (picture.astype(np.uint16) + np.roll(picture, 2, axis=1)) // 2
    found, far = likeness.nearest(soft.astype(np.uint8), kin)
    assert found == portrait
    others = likeness.nearest(picture, [one for one in kin if one.seed != portrait.seed])[1]
    assert far < 0.5 * others


def test_kin_share_the_style_and_the_weapon_or_the_scene() -> None:
    portrait = sample(1)
    kin = likeness.kin_of(portrait, range(2000))
    assert kin
    assert all(one.style == portrait.style for one in kin)
    assert all(one.weapon == portrait.weapon or one.scene == portrait.scene for one in kin)


def test_pictures_of_the_same_words_lie_apart_unless_they_are_the_same() -> None:
    one = sample(8)
    family = [render(each, 96) for each in islice(likeness.same_words(one, 100), 3)]
    assert likeness.mean_apart(family) > 0.05
    assert likeness.mean_apart([family[0]] * 3) == 0


def test_every_pair_is_asked_for_once_in_the_shops_words() -> None:
    portraits = list(every_pair(0))
    assert {(one.weapon, one.style) for one in portraits} == {(w, s) for w in WEAPONS for s in STYLES}
    assert len(portraits) == len(WEAPONS) * len(STYLES)
    request = asked(replace(portraits[0], pose="thrust"), 9, How((256, 256), 18, 4.0, own=True))
    assert "wielding a katana" in request.prompt
    assert "Water Breathing" in request.prompt
    assert (request.seed, request.steps, request.pose, request.width) == (9, 18, "thrust", 256)


def test_a_few_are_spread_over_all() -> None:
    assert spread(range(100), 4) == [0, 25, 50, 75]
    assert spread([1, 2], 5) == [1, 2]

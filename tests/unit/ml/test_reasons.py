from __future__ import annotations

import numpy as np
import pytest

from ml.features import FEATURES, SlayerProfile
from ml.reasons import Reason, reasons_of_one

SLAYER = SlayerProfile(level=7, strength=20, dexterity=40, stamina=35, breathing_style="Water")


def _reasons(
    contributions: dict[str, float], *, suited: bool = True, weight: float = 1.5, limit: int = 3
) -> list[Reason]:
    row = np.array([contributions.get(name, 0.0) for name in FEATURES])
    return reasons_of_one(SLAYER, row, 0.6, weight=weight, sharpness=74, suited=suited, limit=limit)


def test_the_strongest_reason_comes_first_in_plain_words() -> None:
    found = _reasons({"match_style": 1.0, "weight": -0.1, "level_weight_diff": -0.2, "sharpness": 0.2})
    assert [reason.text for reason in found] == [
        "Matches your Water Breathing",
        "A little heavy for level 7 (1.5 kg)",
        "Sharpness 74 of 100 helps",
    ]
    assert found[0].percent > 0 > found[1].percent
    assert str(found[0]) == "Matches your Water Breathing (+24% success)"
    assert str(found[1]).endswith("(−7% success)")


@pytest.mark.parametrize("suited", [True, False])
@pytest.mark.parametrize("effect", [0.8, -0.8])
@pytest.mark.parametrize("weight", [0.6, 1.3, 5.0])
def test_words_and_numbers_agree_in_sign(suited: bool, effect: float, weight: float) -> None:
    good = ("Matches", "easy", "fine", "helps")
    bad = ("Not made", "eavy", "lighter than", "holds", "early days")
    for name in FEATURES:
        for reason in _reasons({name: effect}, suited=suited, weight=weight):
            assert (reason.percent > 0) == (effect > 0)
            assert any(word in reason.text for word in (good if effect > 0 else bad)), reason
            assert not any(word in reason.text for word in (bad if effect > 0 else good)), reason


def test_nothing_is_said_that_is_not_true_of_the_weapon() -> None:
    assert _reasons({"match_style": 0.5}, suited=False) == []
    assert _reasons({"match_style": -0.5}, suited=True) == []


def test_what_makes_no_difference_is_not_said() -> None:
    assert _reasons({"match_style": 0.001, "sharpness": -0.001}) == []


def test_the_slayer_is_mentioned_only_when_the_weapon_says_too_little() -> None:
    rich = _reasons({"match_style": 1.0, "sharpness": 0.3, "strength": -2.0})
    assert not any("strength" in reason.text for reason in rich)
    poor = _reasons({"match_style": 1.0, "strength": -0.5, "stamina": -0.2})
    assert [reason.text for reason in poor] == [
        "Matches your Water Breathing",
        "Your strength (20) holds you back here",
    ]
    assert len(_reasons({"match_style": 1.0, "sharpness": 0.3, "weight": 0.2}, limit=1)) == 1


def test_no_reason_can_be_taken_for_nichirin_points() -> None:
    for effect in (0.05, -0.05, 1.0):
        for reason in _reasons(dict.fromkeys(FEATURES, effect)):
            assert "point" not in str(reason)
            assert str(reason).endswith("% success)")

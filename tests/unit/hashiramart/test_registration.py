"""What a new slayer may say about themselves."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from hashiramart import seed
from hashiramart.accounts import Registration

GOOD: dict[str, Any] = {"handle": "giyu", "password": "still-as-water", "name": "Giyu", "breathing_style": "Water"}


def test_a_registration_has_modest_defaults() -> None:
    made = Registration(**GOOD)
    assert (made.level, made.strength, made.dexterity, made.stamina, made.timezone) == (1, 50, 50, 50, "UTC")


@pytest.mark.parametrize(
    "written", ["Water", "water", "WATER", " water breathing ", "Water Breathing", "WATER  BREATHING"]
)
def test_a_style_may_be_written_either_way(written: str) -> None:
    assert Registration(**{**GOOD, "breathing_style": written}).breathing_style == "Water"


@pytest.mark.parametrize("style", seed.style_names())
def test_every_style_of_the_shop_can_be_chosen(style: str) -> None:
    assert Registration(**{**GOOD, "breathing_style": f"{style} Breathing"}).breathing_style == style


def test_a_handle_is_kept_in_lower_case() -> None:
    assert Registration(**{**GOOD, "handle": " Giyu.Tomioka_2 "}).handle == "giyu.tomioka_2"


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo", "America/New_York", "Australia/Lord_Howe", "Etc/GMT+12"])
def test_a_zone_of_the_iana_list_passes(zone: str) -> None:
    assert Registration(**{**GOOD, "timezone": zone}).timezone == zone


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("handle", "ab"),
        ("handle", "x" * 33),
        ("handle", "-giyu"),
        ("handle", "gi yu"),
        ("handle", "giyü"),
        ("handle", "\u212aaede"),
        ("handle", "gi\nyu"),
        ("password", "seven77"),
        ("password", "x" * 129),
        ("password", "eight\ud8008888"),
        ("name", ""),
        ("name", " \t "),
        ("name", "Gi\0yu"),
        ("name", "x" * 81),
        ("breathing_style", "Breathing"),
        ("breathing_style", "Lava"),
        ("breathing_style", ""),
        ("level", 0),
        ("level", 101),
        ("level", 1.5),
        ("strength", -0.1),
        ("strength", 100.1),
        ("dexterity", float("nan")),
        ("stamina", float("inf")),
        ("timezone", "Mars/Olympus"),
        ("timezone", "localtime"),
        ("timezone", "Factory"),
        ("timezone", "../etc/passwd"),
        ("timezone", ""),
        ("points", 500),
    ],
)
def test_a_wrong_value_is_refused_and_the_field_named(field: str, value: Any) -> None:
    with pytest.raises(ValidationError) as caught:
        Registration(**{**GOOD, field: value})
    assert [error["loc"] for error in caught.value.errors()] == [(field,)]

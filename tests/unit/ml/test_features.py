from __future__ import annotations

import uuid

import numpy as np
import pytest

from hashiramart.errors import InvalidInput
from ml.features import FEATURES, SlayerProfile, WeaponTable, assemble, feature_matrix, schema

SLAYER = SlayerProfile(level=10, strength=30, dexterity=40, stamina=50, breathing_style="Water")


def _table(styles: list[list[str]] | None = None) -> WeaponTable:
    return WeaponTable.build(
        ids=[uuid.UUID(int=i) for i in range(3)],
        slugs=["reed", "axe", "bow"],
        weight=[0.65, 2.4, 0.85],
        sharpness=[74, 61, 65],
        styles=[["Water", "Mist"], ["Stone"], ["Wind", "Water"]] if styles is None else styles,
    )


def test_a_row_holds_the_features_in_their_documented_order() -> None:
    matrix = feature_matrix(SLAYER, _table())
    assert matrix.dtype == np.float32
    assert matrix.shape == (3, len(FEATURES)) == (3, 8)
    by_name = dict(zip(FEATURES, matrix[1], strict=True))
    assert by_name == pytest.approx(
        {
            "level": 10,
            "strength": 30,
            "dexterity": 40,
            "stamina": 50,
            "weight": 2.4,
            "sharpness": 61,
            "match_style": 0,
            "level_weight_diff": 0.9 + 0.45 - 2.4,
        }
    )
    assert matrix[:, FEATURES.index("match_style")].tolist() == [1, 0, 1]


def test_price_and_name_are_no_features() -> None:
    assert not {"price", "name", "rarity", "stock"} & set(FEATURES)


def test_training_pairs_and_serving_rows_are_the_same_numbers() -> None:
    table, rows = _table(), np.array([2, 0, 1, 2])
    styles = ["Water", "Stone", "Stone", "Unheard Of"]
    levels = np.array([1, 50, 100, 7], np.int16)
    pairs = assemble(
        levels,
        np.full(4, 30),
        np.full(4, 40),
        np.full(4, 50),
        table.weight[rows],
        table.sharpness[rows],
        table.match_pairs(styles, rows),
    )
    for i, row in enumerate(rows):
        served = feature_matrix(SlayerProfile(int(levels[i]), 30, 40, 50, styles[i]), table)[row]
        np.testing.assert_array_equal(pairs[i], served)


def test_a_style_that_no_weapon_suits_matches_nothing() -> None:
    assert not _table().match("Unheard Of").any()
    bare = _table([[], [], []])
    assert not bare.match("Water").any()
    assert not bare.match_pairs(["Water"], np.array([1])).any()


def test_an_empty_catalogue_gives_an_empty_matrix() -> None:
    table = WeaponTable.build(ids=[], slugs=[], weight=[], sharpness=[], styles=[])
    assert feature_matrix(SLAYER, table).shape == (0, 8)


@pytest.mark.parametrize(
    ("column", "values"),
    [
        ("weight", [1.0, 2.0]),
        ("weight", [1.0, float("nan"), 2.0]),
        ("sharpness", [1, 2, float("inf")]),
        ("slugs", ["a"]),
    ],
)
def test_a_bad_column_is_named(column: str, values: list[object]) -> None:
    good: dict[str, object] = {
        "ids": ["a", "b", "c"],
        "slugs": ["a", "b", "c"],
        "weight": [1.0, 2.0, 3.0],
        "sharpness": [1, 2, 3],
        "styles": [[], [], []],
    }
    with pytest.raises(InvalidInput) as caught:
        WeaponTable.build(**{**good, column: values})  # type: ignore[arg-type]
    assert caught.value.field == column


def test_the_schema_records_order_and_ranges_of_the_training_data() -> None:
    described = schema(feature_matrix(SLAYER, _table()))
    assert tuple(feature["name"] for feature in described["features"]) == FEATURES
    weight = described["features"][FEATURES.index("weight")]
    assert weight["range"] == [0.65, 2.4]
    assert {f["name"] for f in described["features"] if f["monotone"]} == {"strength", "sharpness", "match_style"}

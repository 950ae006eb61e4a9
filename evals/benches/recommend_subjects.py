"""What ``hashira bench recommend`` compares: the model, the catalogues, the slayers, and the specification's own way."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from hashiramart import seed
from ml.features import CARRY_BASE_KG, CARRY_KG_PER_LEVEL, FEATURES, SlayerProfile, WeaponTable
from ml.params import load_params
from tools.shelves import Shelf

if TYPE_CHECKING:
    import lightgbm as lgb

_BATTLES = 120_000
_MOST_STYLES = 4


class Row(NamedTuple):
    """A weapon's columns as they are in the database."""

    id: uuid.UUID
    slug: str
    weapon_type: str
    weight: float
    sharpness: float
    price: int
    stock: int
    styles: list[str]


@dataclass(frozen=True)
class Catalogue:
    """The same weapons as dicts and as a shelf."""

    weapons: list[dict[str, Any]]
    shelf: Shelf


def train() -> lgb.Booster:
    """A model from synthetic battles and the pipeline's own parameters, so that no figure depends on what was last promoted."""
    from ml.generate_data import make_interactions, make_slayers, make_weapons
    from ml.tables import battle_matrix
    from ml.train_recommender import fit

    params = load_params()
    p = params.generate_data.model_copy(update={"interactions": _BATTLES})
    rng = np.random.default_rng(p.seed)
    weapons, slayers = make_weapons(p, rng), make_slayers(p, rng)
    battles = make_interactions(p, slayers, weapons, rng)
    return fit(params.train_recommender, battle_matrix(battles, weapons), battles["success"].to_numpy(np.int8))


def catalogue(size: int) -> Catalogue:
    """Weapons as a shop might have: weights of 10 g, whole sharpness, one to four styles, one in twenty sold out."""
    rng = np.random.default_rng(size)
    # As float32, which is what the model is trained with: both ways are given the same numbers.
    weight = np.round(np.clip(rng.lognormal(np.log(1.7), 0.65, size), 0.3, 8.0), 2).astype(np.float32).tolist()
    sharpness = np.round(rng.uniform(2, 100, size)).tolist()
    price = np.round(80 * np.exp(rng.normal(0, 0.4, size) + np.array(sharpness) / 45)).astype(int).tolist()
    stock = (rng.random(size) > 0.05).astype(int).tolist()
    types = np.asarray(seed.weapon_types())[rng.integers(0, len(seed.weapon_types()), size)].tolist()
    names = seed.style_names()
    suited = rng.random((size, len(names))).argsort(axis=1)[:, :_MOST_STYLES].tolist()
    count = rng.integers(1, _MOST_STYLES + 1, size).tolist()
    rows = [
        Row(uuid.UUID(int=i), f"w{i}", types[i], weight[i], sharpness[i], price[i], stock[i], styles)
        for i, styles in enumerate([names[k] for k in some[:n]] for some, n in zip(suited, count, strict=True))
    ]
    table = WeaponTable.build(
        ids=range(size), slugs=[row.slug for row in rows], weight=weight, sharpness=sharpness,
        styles=[row.styles for row in rows],
    )  # fmt: skip
    plain: list[Any] = list(rows)
    weapons = [{**row._asdict(), "id": place} for place, row in enumerate(rows)]
    return Catalogue(weapons, Shelf((size, 0), plain, table))


def slayers(count: int) -> list[SlayerProfile]:
    """Slayers of all styles and levels."""
    rng, styles = np.random.default_rng(0), seed.style_names()
    numbers = rng.integers(1, 101, (count, 4)).tolist()
    return [
        SlayerProfile(level, strength, dexterity, stamina, styles[i % len(styles)])
        for i, (level, strength, dexterity, stamina) in enumerate(numbers)
    ]


class Classifier:
    """The model as the specification calls it. Without scikit-learn's checks, which would only add to its time."""

    def __init__(self, booster: lgb.Booster, threads: int) -> None:
        self.booster = booster
        self.threads = threads

    def predict_proba(self, features: Any) -> NDArray[np.float64]:
        """Probabilities of losing and winning, (n, 2)."""
        won = np.asarray(self.booster.predict(features, num_threads=self.threads))
        return np.column_stack([1 - won, won])


def specified(
    model: Classifier, slayer: SlayerProfile, weapons: list[dict[str, Any]], top_k: int
) -> list[tuple[dict[str, Any], float]]:
    """The specification's snippet (section 6), word for word where it has words."""
    features = featurize(slayer, weapons)
    preds = model.predict_proba(features)[:, 1]
    return sorted(zip(weapons, preds, strict=True), key=lambda x: x[1], reverse=True)[:top_k]


def featurize(slayer: SlayerProfile, weapons: list[dict[str, Any]]) -> Any:
    """The specification's ``featurize``: one dict a weapon, made into a DataFrame, (n, 8)."""
    import pandas as pd

    carried = CARRY_BASE_KG + CARRY_KG_PER_LEVEL * slayer.level
    rows = [
        {
            "level": slayer.level,
            "strength": slayer.strength,
            "dexterity": slayer.dexterity,
            "stamina": slayer.stamina,
            "weight": weapon["weight"],
            "sharpness": weapon["sharpness"],
            "match_style": 1 if slayer.breathing_style in weapon["styles"] else 0,
            "level_weight_diff": carried - weapon["weight"],
        }
        for weapon in weapons
    ]
    return pd.DataFrame(rows, columns=list(FEATURES)).astype(np.float32)

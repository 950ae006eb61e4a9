"""A small shop whose truth is known: lists that a policy drew, and what came of them, in the format of the snapshot.

Everything is drawn as whole arrays; the weapons are those of the catalogue and the truth is ``ml.truth``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ml.features import Float32, assemble
from ml.generate_data import make_slayers, make_weapons
from ml.params import load_params
from ml.shortlist import propensities
from ml.tables import style_match, weapon_table
from ml.truth import success_probability

Float = NDArray[np.float64]

UPSETS = 0.06
EXAMINED = np.array([0.5, 0.3, 0.15])
"""How likely each place of a list leads to a battle."""


@dataclass(frozen=True, eq=False)
class Shop:
    """Slayers and what is true of them with every weapon, (slayers, weapons)."""

    weapons: pd.DataFrame
    slayers: pd.DataFrame
    matrix: Float32
    truth: Float

    @classmethod
    def open(cls, slayers: int, seed: int = 0, synthetic: int = 0) -> Shop:
        p = load_params().generate_data.model_copy(
            update={"slayers": slayers, "synthetic_weapons": synthetic, "new_weapons": 0}
        )
        rng = np.random.default_rng(seed)
        weapons, people = make_weapons(p, rng), make_slayers(p, rng)
        table, n = weapon_table(weapons), len(weapons)
        code, styles = pd.factorize(people["breathing_style"])
        rows = np.tile(np.arange(n), slayers)
        level, strength, dexterity, stamina = (
            np.repeat(people[name].to_numpy(np.float64), n) for name in ("level", "strength", "dexterity", "stamina")
        )
        match = style_match(table, styles, np.repeat(code, n), rows)
        matrix = assemble(level, strength, dexterity, stamina, table.weight[rows], table.sharpness[rows], match)
        return cls(weapons, people, matrix, success_probability(matrix, UPSETS).reshape(slayers, n))


def draw(
    shop: Shop,
    believed: Float,
    rng: np.random.Generator,
    *,
    lists: int,
    beside: int = 7,
    share: float = 0.3,
    examined: Float = EXAMINED,
    start: str = "2026-05-01",
    days: int = 10,
    taste: float = 0.0,
) -> pd.DataFrame:
    """Let a policy that believes in some success rates show lists, and slayers fight with what they see; the impressions.

    Args:
        shop: who and what there is.
        believed: what the policy ranks by, (slayers, weapons).
        rng: all chance.
        lists: how many.
        beside: candidates beside each list; the last is three times as likely to be drawn.
        share: of exploration.
        examined: how likely each place leads to a battle.
        start: of the days.
        days: over which lists are shown.
        taste: how much the chance of a battle grows with the weapon's true success, against the assumption.
    """
    places, count = len(examined), len(examined) + beside
    slayer = rng.integers(0, len(shop.slayers), lists)
    candidates = np.argsort(-believed[slayer], axis=1, kind="stable")[:, :count]
    weights = [1.0] * (beside - 1) + [3.0] if beside else []
    chance = propensities(places, weights, share)

    shown = np.tile(np.arange(places), (lists, 1))
    if beside:
        explores = rng.random(lists) < share
        of_beside = places + rng.choice(beside, lists, p=np.array(weights) / np.sum(weights))
        shown[explores, rng.integers(0, places, lists)[explores]] = of_beside[explores]
    weapon = np.take_along_axis(candidates, shown, axis=1)
    truth = shop.truth[slayer[:, None], weapon]
    fought = rng.random(shown.shape) < examined * np.exp(taste * (truth - 0.6))
    battles = np.where(fought, 1 + (rng.random(shown.shape) < 0.2), 0)
    won = rng.binomial(battles, truth)

    flat = np.repeat(np.arange(lists), places)
    of = slayer[flat]
    ids = shop.weapons["weapon_id"].to_numpy(object)
    moments = pd.Timestamp(start, tz="UTC") + pd.to_timedelta(np.sort(rng.random(lists)) * days * 86_400_000, unit="ms")
    each = ids[candidates]
    return pd.DataFrame(
        {
            "list_id": np.char.add("list-", flat.astype(str)).astype(object),
            "slayer_id": shop.slayers["slayer_id"].to_numpy(object)[of],
            "position": np.tile(np.arange(1, places + 1), lists).astype(np.int16),
            "places": np.int16(places),
            "weapon_id": ids[weapon.ravel()],
            "score": believed[of, weapon.ravel()],
            "propensity": chance[shown, np.arange(places)].ravel(),
            "explored": (shown >= places).ravel(),
            "model_version": "v1-abcdef01",
            "prefer": "power",
            "breathing_style": shop.slayers["breathing_style"].to_numpy(object)[of],
            **{
                name: shop.slayers[name].to_numpy(np.float64)[of]
                for name in ("level", "strength", "dexterity", "stamina")
            },
            "share": share,
            "candidates": [each[i] for i in flat],
            "weights": [weights] * len(flat),
            "shown_at": moments[flat].astype("datetime64[ms, UTC]"),
            "outcome": np.divide(won, battles, out=np.full(won.shape, np.nan), where=battles > 0).ravel(),
            "battles": battles.ravel().astype(np.int32),
        }
    )


def value(
    shop: Shop, logged: Float, believed: Float, share: float, *, beside: int = 7, examined: Float = EXAMINED
) -> float:
    """The true success rate of battles had a policy with other beliefs ranked the candidates of the log: exact."""
    places, count = len(examined), len(examined) + beside
    candidates = np.argsort(-logged, axis=1, kind="stable")[:, :count]
    mine, true = (np.take_along_axis(each, candidates, axis=1) for each in (believed, shop.truth))
    weight = np.ones(count)
    weight[-1] = 3.0
    total = 0.0
    for ranks, rates in zip(np.argsort(-mine, axis=1, kind="stable"), true, strict=True):
        of_beside = [weight[each] if each >= places else 1.0 for each in ranks[places:]]
        total += float(rates[ranks] @ propensities(places, of_beside, share) @ examined)
    return total / len(true) / float(examined.sum())

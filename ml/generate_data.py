"""Stage ``generate_data``: a synthetic world of slayers, weapons and battles whose truth is known (``ml.truth``).

Slayers differ by style, grow over the recorded months, and mostly fight with what is popular and suits them: the record is
biased as a shop's record is. A slice of battles is fought with a uniformly drawn weapon (``exploration``), and every battle
carries the probability with which its weapon was chosen (``propensity``). The last weapons come late, so that a model can be
judged on what it has never seen. No model chose these weapons: ``model_version`` is null.

All draws come from one seeded generator, as whole arrays; nothing reads the clock.
"""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from hashiramart import seed
from hashiramart.config import Settings
from ml.features import WeaponTable, assemble
from ml.layout import Layout, Progress, silent
from ml.params import GenerateData, Params
from ml.tables import style_match, weapon_table
from ml.truth import success_probability

if TYPE_CHECKING:
    import pandas as pd

_SYNTHETIC = uuid.UUID("2a5fd1c6-61a5-5d3b-8d5f-4f3c0a8f5b11")
_ATTRIBUTES = ("strength", "dexterity", "stamina")
Float = NDArray[np.float64]


def run(root: Path, params: Params, _settings: Settings, on_progress: Progress = silent) -> None:
    """Write ``data/raw/{slayers,weapons,interactions}.parquet`` under ``root``."""
    layout, p = Layout(root), params.generate_data
    rng = np.random.default_rng(p.seed)
    on_progress(0.0, "weapons and slayers")
    weapons = make_weapons(p, rng)
    slayers = make_slayers(p, rng)
    on_progress(0.2, f"{p.interactions:,} battles")
    interactions = make_interactions(p, slayers, weapons, rng)
    on_progress(0.8, "writing")
    layout.raw.mkdir(parents=True, exist_ok=True)
    slayers.to_parquet(layout.slayers, index=False)
    weapons.to_parquet(layout.weapons, index=False)
    interactions.to_parquet(layout.interactions, index=False)
    on_progress(1.0, "done")


def make_weapons(p: GenerateData, rng: np.random.Generator) -> pd.DataFrame:
    """The real catalogue, then synthetic weapons over the whole range of weight and sharpness (``source`` tells them apart)."""
    import pandas as pd

    real = [
        {
            "weapon_id": str(weapon.id),
            "slug": weapon.slug,
            "weapon_type": weapon.type,
            "weight": weapon.weight,
            "sharpness": weapon.sharpness,
            "price": weapon.price,
            "styles": list(weapon.styles),
            "source": "catalogue",
        }
        for weapon in seed.weapons()
    ]
    n, styles = p.synthetic_weapons, seed.style_names()
    weight = np.round(np.clip(rng.lognormal(np.log(1.7), 0.65, n), 0.3, 8.0), 2)
    sharpness = np.round(rng.uniform(2, 100, n))
    price = np.round(80 * np.exp(rng.normal(0, 0.4, n) + sharpness / 45))
    suited = rng.random((n, len(styles))).argsort(axis=1)
    count = rng.integers(1, 5, n)
    types = np.asarray(seed.weapon_types())[rng.integers(0, len(seed.weapon_types()), n)]
    synthetic = [
        {
            "weapon_id": str(uuid.uuid5(_SYNTHETIC, str(i))),
            "slug": f"synthetic-{i + 1:03d}",
            "weapon_type": str(types[i]),
            "weight": float(weight[i]),
            "sharpness": float(sharpness[i]),
            "price": int(price[i]),
            "styles": [styles[k] for k in sorted(suited[i, : count[i]])],
            "source": "synthetic",
        }
        for i in range(n)
    ]
    return pd.DataFrame(real + synthetic)


def make_slayers(p: GenerateData, rng: np.random.Generator) -> pd.DataFrame:
    """Slayers as they were on the first and on the last day.

    Most have attributes that follow their level and the temper of their style (who fights with heavy arms is strong, with
    light arms nimble); a sixth have any attributes at all, so that the model has seen every corner.
    """
    import pandas as pd

    n, styles = p.slayers, seed.style_names()
    mean_weight = np.array([np.mean([w.weight for w in seed.weapons() if style in w.styles]) for style in styles])
    heavy = (mean_weight - mean_weight.mean()) / mean_weight.std()
    popularity = rng.dirichlet(np.full(len(styles), 8.0))
    style = rng.choice(len(styles), n, p=popularity)

    level = np.clip(np.round(1 + 99 * rng.beta(1.1, 2.0, n)), 1, 100)
    trained = 22 + 0.5 * level
    lean = heavy[style]
    means = {"strength": trained + 7 * lean, "dexterity": trained - 7 * lean, "stamina": trained}
    odd = rng.random(n) < 1 / 6
    frame: dict[str, Any] = {"slayer_id": _uuids(rng, n), "breathing_style": np.asarray(styles)[style], "level": level}
    for name in _ATTRIBUTES:
        usual = rng.normal(means[name], 14)
        frame[name] = np.clip(np.round(np.where(odd, rng.uniform(0, 100, n), usual)), 0, 100)
    growth = rng.gamma(2.0, 4.0, n) * (p.days / 180)
    frame["final_level"] = np.clip(np.round(level + growth), 1, 100)
    for name in _ATTRIBUTES:
        frame[f"final_{name}"] = np.clip(np.round(frame[name] + growth * rng.uniform(0.1, 0.7, n)), 0, 100)
    whole = {name: "int16" for name in frame if name not in {"slayer_id", "breathing_style"}}
    return pd.DataFrame(frame).astype(whole)


def make_interactions(
    p: GenerateData, slayers: pd.DataFrame, weapons: pd.DataFrame, rng: np.random.Generator
) -> pd.DataFrame:
    """Battles in the order of time, each with the slayer as they were on that day.

    ``p_true`` is the probability that the outcome was drawn with. It is no feature: nothing but evaluation reads it.
    """
    import pandas as pd

    n, table = p.interactions, weapon_table(weapons)
    when = np.sort(rng.random(n))
    activity = rng.lognormal(0, 0.6, len(slayers))
    fighter = rng.choice(len(slayers), n, p=activity / activity.sum())

    explored = rng.random(n) < p.exploration
    weapon, propensity = _choices(p, _habits(slayers, weapons, table, rng), fighter, when, explored, rng)

    at_battle = {}
    for name in ("level", *_ATTRIBUTES):
        first = slayers[name].to_numpy(np.float64)[fighter]
        last = slayers[f"final_{name}"].to_numpy(np.float64)[fighter]
        at_battle[name] = np.round(first + when * (last - first)).astype(np.int16)
    code, known = pd.factorize(slayers["breathing_style"])
    matrix = assemble(
        at_battle["level"],
        at_battle["strength"],
        at_battle["dexterity"],
        at_battle["stamina"],
        table.weight[weapon],
        table.sharpness[weapon],
        style_match(table, known, code[fighter], weapon),
    )
    p_true = success_probability(matrix, p.upset_rate)
    start = np.datetime64(p.start, "ms")
    return pd.DataFrame(
        {
            "interaction_id": _uuids(rng, n),
            "slayer_id": _taken(slayers["slayer_id"], fighter),
            "weapon_id": _taken(weapons["weapon_id"], weapon),
            "breathing_style": _taken(slayers["breathing_style"], fighter),
            **at_battle,
            "success": (rng.random(n) < p_true).astype(np.int8),
            "exploration": explored,
            "propensity": propensity.astype(np.float32),
            "model_version": pd.Series(None, range(n), dtype="str"),
            "occurred_at": pd.to_datetime(start + (when * p.days * 86_400_000).astype("timedelta64[ms]"), utc=True),
            "p_true": p_true.astype(np.float32),
        }
    )


def _choices(
    p: GenerateData,
    chance: Float,
    fighter: NDArray[np.intp],
    when: Float,
    explored: NDArray[np.bool_],
    rng: np.random.Generator,
) -> tuple[NDArray[np.intp], Float]:
    """The weapon of each battle and how likely that choice was, both (n,), among the weapons that were there by then."""
    weapon = np.empty(len(fighter), np.intp)
    propensity = np.empty(len(fighter))
    everything = chance.shape[1]
    for battles, there in ((when < p.launch, everything - p.new_weapons), (when >= p.launch, everything)):
        rows = np.flatnonzero(battles)
        habit = chance[:, :there] / chance[:, :there].sum(axis=1, keepdims=True)
        chosen = np.where(explored[rows], rng.integers(0, there, len(rows)), _draw(habit, fighter[rows], rng))
        weapon[rows] = chosen
        propensity[rows] = p.exploration / there + (1 - p.exploration) * habit[fighter[rows], chosen]
    return weapon, propensity


def _habits(slayers: pd.DataFrame, weapons: pd.DataFrame, table: WeaponTable, rng: np.random.Generator) -> Float:
    """How likely each slayer picks each weapon when not exploring, (slayers, weapons), rows sum to 1.

    Fashion (a long tail), the own style, cheap over dear, and some sense of what is too heavy.
    """
    import pandas as pd

    fame = rng.normal(0, 1.0, len(table)) - 0.5 * np.log(weapons["price"].to_numpy(np.float64) / 300)
    code, known = pd.factorize(slayers["breathing_style"])
    of_style = np.stack([table.match(style) for style in known])[code]
    middle = (slayers["level"].to_numpy(np.float64) + slayers["final_level"].to_numpy(np.float64)) / 2
    too_heavy = np.maximum(table.weight[None, :] - (1.2 + 0.045 * middle)[:, None], 0)
    liking = fame[None, :] + 1.4 * of_style - 0.7 * too_heavy
    liking -= liking.max(axis=1, keepdims=True)
    weights = np.exp(liking)
    return np.asarray(weights / weights.sum(axis=1, keepdims=True))


def _draw(chance: Float, fighter: NDArray[np.intp], rng: np.random.Generator) -> NDArray[np.intp]:
    """One weapon per battle by its fighter's chances, without a loop: every row's cumulative sum, laid end to end."""
    slayers, weapons = chance.shape
    ladder = (np.cumsum(chance, axis=1) / chance.sum(axis=1, keepdims=True) + np.arange(slayers)[:, None]).ravel()
    place = np.searchsorted(ladder, fighter + rng.random(len(fighter)), side="right")
    return np.asarray(np.clip(place - fighter * weapons, 0, weapons - 1))


def _taken(values: pd.Series, rows: NDArray[np.intp]) -> pd.Series:
    """``values[rows]`` for text, (n,): Arrow copies bytes where pandas would make a Python string of each."""
    import pandas as pd
    import pyarrow as pa

    return pd.Series(pa.array(values.tolist(), pa.large_string()).take(pa.array(rows)), dtype="str")


def _uuids(rng: np.random.Generator, n: int) -> pd.Series:
    """``n`` random UUIDs (version 4) as text, (n,)."""
    import pandas as pd
    import pyarrow as pa

    raw = np.frombuffer(rng.bytes(16 * n), np.uint8).reshape(n, 16).copy()
    raw[:, 6] = (raw[:, 6] & 0x0F) | 0x40
    raw[:, 8] = (raw[:, 8] & 0x3F) | 0x80
    text = np.full((n, 36), ord("-"), np.uint8)
    places = np.r_[0:8, 9:13, 14:18, 19:23, 24:36]
    text[:, places] = np.frombuffer(raw.tobytes().hex().encode(), np.uint8).reshape(n, 32)
    ends = pa.py_buffer(np.arange(n + 1, dtype=np.int64) * 36)
    return pd.Series(pa.LargeStringArray.from_buffers(n, ends, pa.py_buffer(text)), dtype="str")


if __name__ == "__main__":
    from ml.stage import main

    main(run)

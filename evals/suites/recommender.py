"""``hashira eval recommender``: the Recommender against a world whose truth is known.

Worlds of two sizes are generated, split and learned from exactly as the pipeline does it, in memory, with several seeds; what is
reported is the worst seed. The size counts all battles: training sees about three quarters of them. Then the model must behave,
whatever its figures: never predict less for more strength, a sharper edge or a matching style; not care for prices, names and the
order of the shelves; and know that too heavy is bad and that experience carries weight.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from rich.table import Table

from evals.report import Report
from hashiramart.config import Settings
from ml import exam as examination
from ml.exam import Exam, Model
from ml.features import FEATURES, Float32, SlayerProfile, feature_matrix
from ml.generate_data import make_interactions, make_slayers, make_weapons
from ml.params import Params, load_params
from ml.split import divide
from ml.tables import battle_matrix, weapon_table
from ml.train_recommender import fit

if TYPE_CHECKING:
    import pandas as pd

NAME = "recommender"
REGRET = {100_000: 0.010, 400_000: 0.005}
QUICK_SIZES = (100_000,)
SEEDS, QUICK_SEEDS = 3, 1
AUC_GAP = 0.005
DIRECTION = 0.95
Bounds = dict[str, tuple[str, float]]
_K = 10
_PROBES, _QUICK_PROBES = 300, 100
_AT = {name: column for column, name in enumerate(FEATURES)}
_WORSE = {
    "auc": -1,
    "per_slayer_auc": -1,
    f"ndcg_at_{_K}": -1,
    f"regret_at_{_K}": 1,
}  # which way a baseline must differ


class World(NamedTuple):
    """One world: what is learned from, and what is judged by."""

    weapons: pd.DataFrame
    train: pd.DataFrame
    test: pd.DataFrame
    exam: Exam


class Learned(NamedTuple):
    """A model of one world, and how good it and the baselines are."""

    weapons: pd.DataFrame
    model: Model
    figures: dict[str, float]
    baselines: dict[str, dict[str, float]]


def run(settings: Settings, quick: bool, tell: Callable[[str, float], None]) -> Report:
    """Generate, learn and judge; needs no shop."""
    del settings
    params = load_params()
    sizes = QUICK_SIZES if quick else tuple(REGRET)
    seeds = QUICK_SEEDS if quick else SEEDS
    figures: dict[str, float] = {}
    bounds: Bounds = {}
    details = []
    probed: Learned | None = None
    for number, size in enumerate(sizes):
        learned = []
        for seed in range(seeds):
            tell(f"learning from {size:,} battles", (number + seed / seeds) / (len(sizes) + 1))
            asked = _of_size(params, size, seed)
            world = make(asked)
            learned.append(examined(world, taught(world, asked)))
        found, limits = judged(size, learned)
        figures, bounds = figures | found, bounds | limits
        details.append(_ranking_table(size, learned))
        probed = learned[-1]
    if probed is not None:
        tell("probing the model", len(sizes) / (len(sizes) + 1))
        found, limits = behaviour(probed.model, probed.weapons, probes=_QUICK_PROBES if quick else _PROBES)
        figures, bounds = figures | found, bounds | limits
    return Report(
        name=NAME, figures=figures, bounds=bounds, details=details, about=(__doc__ or "").partition("\n\n")[2]
    )


def judged(size: int, learned: list[Learned]) -> tuple[dict[str, float], Bounds]:
    """The worst of several worlds of one size, and the bounds for it."""
    name = f"{size // 1000}k"
    rivals = [
        sign * (rival[key] - one.figures[key]) > 0
        for one in learned
        for rival in one.baselines.values()
        for key, sign in _WORSE.items()
    ]
    figures = {
        f"regret_at_{_K}_{name}": max(one.figures[f"regret_at_{_K}"] for one in learned),
        f"auc_gap_{name}": max(one.figures["auc_gap"] for one in learned),
        f"ndcg_at_{_K}_{name}": min(one.figures[f"ndcg_at_{_K}"] for one in learned),
        f"best_baseline_regret_at_{_K}_{name}": min(
            rival[f"regret_at_{_K}"] for one in learned for rival in one.baselines.values()
        ),
        f"baselines_worse_{name}": sum(rivals) / len(rivals),
    }
    return figures, {
        f"regret_at_{_K}_{name}": ("<=", REGRET[size]),
        f"auc_gap_{name}": ("<=", AUC_GAP),
        f"baselines_worse_{name}": (">=", 1.0),
    }


def make(params: Params) -> World:
    """One world, from its generator to the exam."""
    rng = np.random.default_rng(params.generate_data.seed)
    weapons = make_weapons(params.generate_data, rng)
    slayers = make_slayers(params.generate_data, rng)
    _, parts = divide(make_interactions(params.generate_data, slayers, weapons, rng), params.split)
    exam = examination.set_exam(
        parts.test,
        weapons,
        examination.seen_in(parts.train, weapons),
        slayers=params.evaluate.slayers,
        upset_rate=params.generate_data.upset_rate,
    )
    return World(weapons, parts.train, parts.test, exam)


def taught(world: World, params: Params) -> Model:
    """The model that the pipeline's training makes of a world."""
    p = params.train_recommender
    booster = fit(p, battle_matrix(world.train, world.weapons), world.train["success"].to_numpy())
    return lambda matrix, _weapon: np.asarray(booster.predict(matrix, num_threads=p.num_threads))


def examined(world: World, model: Model) -> Learned:
    """Let a model sit the exam of a world, and the baselines with it."""
    from ml.evaluate import oracle

    exam = world.exam
    rivals = examination.baselines(world.train, world.weapons)
    return Learned(
        world.weapons,
        model,
        {**examination.judge(model, exam, _K), **oracle(world.test, exam, model(exam.matrix, exam.weapon))},
        {name: examination.judge(rival, exam, _K) for name, rival in rivals},
    )


def behaviour(model: Model, weapons: pd.DataFrame, *, probes: int) -> tuple[dict[str, float], Bounds]:
    """What must hold for any slayer, and the bounds: violations are counted, directions are shares of the slayers.

    Args:
        model: the model.
        weapons: the catalogue that it is probed with.
        probes: how many random slayers probe it.
    """
    rng = np.random.default_rng(1)
    table, none = weapon_table(weapons), np.empty(0, np.intp)
    people = [
        SlayerProfile(
            int(rng.integers(1, 101)),
            float(rng.integers(0, 101)),
            float(rng.integers(0, 101)),
            float(rng.integers(0, 101)),
            str(rng.choice(table.styles)),
        )
        for _ in range(probes)
    ]
    before = np.concatenate([feature_matrix(one, table) for one in people])

    falls = 0
    for name, steps in (
        ("strength", np.linspace(0, 100, 9)),
        ("sharpness", np.linspace(0, 100, 9)),
        ("match_style", [0, 1]),
    ):
        scores = []
        for step in steps:
            changed = before.copy()
            changed[:, _AT[name]] = step
            scores.append(model(changed, none))
        falls += int((np.diff(np.stack(scores), axis=0) < 0).sum())

    order = rng.permutation(len(weapons))
    other = weapons.iloc[order].assign(price=weapons["price"].to_numpy() * 10, slug=[f"renamed-{i}" for i in order])
    again = np.stack([model(feature_matrix(one, weapon_table(other)), none) for one in people])
    score = model(before, none).reshape(len(people), len(table))
    figures = {
        "monotone_violations": float(falls),
        "invariance_changes": float((again != score[:, order]).sum()),
        "direction_match": _share(model, _copies(people, match=0.0), _copies(people, match=1.0)),
        "direction_too_heavy": _share(model, _copies(people, over=2.5), _copies(people, over=-0.3)),
        "direction_level": _share(model, _copies(people, level=5, weight=3.0), _copies(people, level=45, weight=3.0)),
    }
    return figures, {name: (">=", DIRECTION) if name.startswith("direction_") else ("<=", 0.0) for name in figures}


def _share(model: Model, worse: Float32, better: Float32) -> float:
    """For how many slayers the better of two situations is predicted better."""
    none = np.empty(0, np.intp)
    return float((model(better, none) > model(worse, none)).mean())


def _copies(
    people: list[SlayerProfile],
    *,
    match: float = 1.0,
    over: float | None = None,
    weight: float = 1.5,
    level: int | None = None,
) -> Float32:
    """Every slayer with one weapon of sharpness 60: of ``weight`` kg, or ``over`` kg above what they carry well."""
    from ml.features import CARRY_BASE_KG, CARRY_KG_PER_LEVEL, assemble

    levels = np.array([one.level if level is None else level for one in people], float)
    kg = np.full(len(people), weight) if over is None else CARRY_BASE_KG + CARRY_KG_PER_LEVEL * levels + over
    return assemble(
        levels,
        [one.strength for one in people],
        [one.dexterity for one in people],
        [one.stamina for one in people],
        kg.astype(np.float32),
        np.full(len(people), 60, np.float32),
        np.full(len(people), match, np.float32),
    )


def _of_size(params: Params, size: int, seed: int) -> Params:
    data = params.generate_data.model_copy(update={"interactions": size, "seed": params.generate_data.seed + seed})
    return params.model_copy(update={"generate_data": data})


def _ranking_table(size: int, learned: list[Learned]) -> Table:
    table = Table(title=f"{size:,} battles, mean over {len(learned)} worlds", title_justify="left")
    for column in ("ranker", "AUC", "per-slayer AUC", f"NDCG@{_K}", f"regret@{_K}"):
        table.add_column(column, justify="left" if column == "ranker" else "right")
    rows = {"model": [one.figures for one in learned]}
    rows |= {name: [one.baselines[name] for one in learned] for name in learned[0].baselines}
    for name, found in rows.items():
        cells = [f"{np.mean([one[key] for one in found]):.4f}" for key in _WORSE]
        table.add_row(name.replace("_", " "), *cells)
    best = [np.mean([one.figures[key] for one in learned]) for key in ("oracle_auc", "oracle_per_slayer_auc")]
    table.add_row("the truth itself", *(f"{value:.4f}" for value in best), "1.0000", "0.0000")
    return table

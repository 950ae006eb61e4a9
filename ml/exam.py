"""What a ranker is examined on: battles with their outcomes, and catalogues of which the best ranking is known.

``evaluate`` and ``gate`` examine on different battles, in the same way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from hashiramart.errors import Unavailable
from ml import metrics
from ml.features import FEATURES, Float32, SlayerProfile, WeaponTable, assemble
from ml.tables import battle_matrix, row_numbers, weapon_table
from ml.truth import success_probability

if TYPE_CHECKING:
    import pandas as pd

Float = NDArray[np.float64]
Model = Callable[[Float32, NDArray[np.intp]], Float]
"""Scores rows of features (n, 8), given also which weapon each row is about (n,)."""

NEW_WEAPONS = "new weapons"
SHOP = "battles of the shop"
_PROFILE = ("level", "strength", "dexterity", "stamina", "breathing_style")


@dataclass(frozen=True, slots=True, eq=False)
class Choices:
    """A catalogue as some slayers meet it.

    Attributes:
        matrix: features of every weapon for each slayer, (s * w, 8).
        weapon: weapon of each of those rows, (s * w,).
        truth: true probability of those rows, (s, w).
    """

    matrix: Float32
    weapon: NDArray[np.intp]
    truth: Float

    def scores(self, model: Model) -> Float:
        """What a model makes of them, (s, w)."""
        return model(self.matrix, self.weapon).reshape(self.truth.shape)


@dataclass(frozen=True, slots=True, eq=False)
class Exam:
    """Battles and choices as arrays.

    Attributes:
        matrix: features of the battles, (n, 8).
        weapon: weapon of each battle, as a row of the weapons' table, (n,).
        slayer: slayer of each battle, as small integers, (n,).
        outcome: 0 or 1, (n,).
        slices: which battles belong to a style, a tenth of the levels, the weapons that training never saw, or the shop itself
            where the others are synthetic, bool (n,) each.
        choices: the whole catalogue for some of the slayers.
        choosers: those slayers, numbered as in ``slayer``, (s,).
        chooser_slices: which of them belong to a style or a tenth of the levels, bool (s,) each.
        shop: which weapons are in the real catalogue, bool (w,).
    """

    matrix: Float32
    weapon: NDArray[np.intp]
    slayer: NDArray[np.intp]
    outcome: NDArray[np.int8]
    slices: dict[str, NDArray[np.bool_]]
    choices: Choices
    choosers: NDArray[np.intp]
    chooser_slices: dict[str, NDArray[np.bool_]]
    shop: NDArray[np.bool_]


def set_exam(
    battles: pd.DataFrame, weapons: pd.DataFrame, trained_on: NDArray[np.bool_], *, slayers: int, upset_rate: float
) -> Exam:
    """Prepare an exam.

    Args:
        battles: to be judged by.
        weapons: all of them, (w,).
        trained_on: whether a weapon is in the training battles, (w,).
        slayers: at most so many, the latest, rank the catalogue, each as at their last exploring battle.
        upset_rate: of the synthetic world; only its slayers can rank, for of nobody else is the best ranking known.

    Raises:
        Unavailable: no synthetic slayer explores in these battles.
    """
    import pandas as pd

    table = weapon_table(weapons)
    weapon = row_numbers(battles["weapon_id"], weapons["weapon_id"])
    slayer, known = pd.factorize(battles["slayer_id"])
    explored = battles[battles["exploration"].to_numpy(bool) & battles["p_true"].notna().to_numpy()]
    last = explored.drop_duplicates("slayer_id", keep="last").tail(slayers)
    if last.empty:
        raise Unavailable("No battle of the holdout explores; raise generate_data.exploration or the shares of split.")
    edges = np.quantile(battles["level"].to_numpy(float), np.linspace(0, 1, 11)[1:-1])

    def sliced(of: pd.DataFrame) -> dict[str, NDArray[np.bool_]]:
        code, styles = pd.factorize(of["breathing_style"], sort=True)
        tenth = np.searchsorted(edges, of["level"].to_numpy(float), side="right")
        found = {f"style {style}": code == i for i, style in enumerate(styles)}
        return found | {f"level tenth {i + 1}": tenth == i for i in range(10) if (tenth == i).any()}

    slices = sliced(battles)
    unseen = ~trained_on[weapon]
    if unseen.any():
        slices[NEW_WEAPONS] = unseen
    real = battles["p_true"].isna().to_numpy()
    if real.any():
        slices[SHOP] = real
    return Exam(
        matrix=battle_matrix(battles, weapons),
        weapon=weapon,
        slayer=slayer,
        outcome=battles["success"].to_numpy(np.int8),
        slices=slices,
        choices=offer(last, table, upset_rate),
        choosers=pd.Index(known).get_indexer(pd.Index(last["slayer_id"])),
        chooser_slices=sliced(last),
        shop=(weapons["source"] == "catalogue").to_numpy(),
    )


def offer(slayers: pd.DataFrame, table: WeaponTable, upset_rate: float) -> Choices:
    """A catalogue for some slayers: one row of ``level`` … ``breathing_style`` each."""
    people = [SlayerProfile(*row) for row in slayers[list(_PROFILE)].itertuples(index=False, name=None)]
    n = len(table)

    def each(values: list[float]) -> NDArray[np.float64]:
        return np.repeat(np.asarray(values, np.float64), n)

    matrix = assemble(
        each([one.level for one in people]),
        each([one.strength for one in people]),
        each([one.dexterity for one in people]),
        each([one.stamina for one in people]),
        np.tile(table.weight, len(people)),
        np.tile(table.sharpness, len(people)),
        np.concatenate([table.match(one.breathing_style) for one in people]),
    )
    truth = success_probability(matrix, upset_rate).reshape(len(people), n)
    return Choices(matrix, np.tile(np.arange(n), len(people)), truth)


def judge(model: Model, exam: Exam, k: int) -> dict[str, float]:
    """The figures by which any ranker can be compared; ``shop`` ranks the real catalogue alone."""
    score, ranking = model(exam.matrix, exam.weapon), exam.choices.scores(model)
    truth = exam.choices.truth
    return {
        "auc": metrics.auc(exam.outcome, score),
        "per_slayer_auc": metrics.per_group_auc(exam.slayer, exam.outcome, score),
        f"ndcg_at_{k}": metrics.ndcg_at_k(truth, ranking, k),
        f"regret_at_{k}": metrics.regret_at_k(truth, ranking, k),
        f"shop_regret_at_{k}": metrics.regret_at_k(truth[:, exam.shop], ranking[:, exam.shop], k),
    }


def booster_model(path: Path, threads: int) -> Model:
    """A model file as a ``Model``.

    Raises:
        Unavailable: the file is missing or is no model.
    """
    import lightgbm as lgb

    try:
        booster = lgb.Booster(model_str=path.read_text(encoding="utf-8"))
    except (OSError, ValueError, lgb.basic.LightGBMError) as error:
        raise Unavailable(f"The model {path} is missing or damaged.") from error
    return lambda matrix, _weapon: np.asarray(booster.predict(matrix, num_threads=threads))


def baselines(train: pd.DataFrame, weapons: pd.DataFrame) -> Iterator[tuple[str, Model]]:
    """What a model must beat: the weapon most fought with, the style alone, and a logistic regression on the same features."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    rows = row_numbers(train["weapon_id"], weapons["weapon_id"])
    fame = np.bincount(rows, minlength=len(weapons)).astype(np.float64)
    yield "popularity", lambda _matrix, weapon: fame[weapon]

    match = FEATURES.index("match_style")
    yield "match_style", lambda matrix, _weapon: matrix[:, match].astype(np.float64)

    regression = make_pipeline(StandardScaler(), LogisticRegression())
    regression.fit(battle_matrix(train, weapons), train["success"].to_numpy())
    yield "logistic_regression", lambda matrix, _weapon: np.asarray(regression.predict_proba(matrix)[:, 1])


def seen_in(train: pd.DataFrame, weapons: pd.DataFrame) -> NDArray[np.bool_]:
    """Whether each weapon is in the training battles, (w,)."""
    return weapons["weapon_id"].isin(train["weapon_id"].unique()).to_numpy(bool)

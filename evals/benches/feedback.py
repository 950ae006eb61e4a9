"""``hashira bench feedback``: does the shop learn from what really happens?

Five nights of a young shop, through its real API and the real ``hashira retrain``. It opens with a model from few synthetic
battles. Every day new slayers come, ask for weapons, buy what is shown, fight and report; their chances are those of
``ml.truth``, which nobody looks at to choose. Every night the model is retrained, gated and, when it may, promoted, and the API
takes it up while it runs. After each night the champion ranks the shop's catalogue for slayers who were never there, and its
regret against the best possible list is measured. All of it twice: with exploration, and without.

Without exploration the regret falls as well: slayers differ, so their lists of nine out of 53 weapons do, and the model learns
features and not names. What exploration buys is safety: weapons that no list shows are tried, and the estimates of other policies
in the nightly report rest on it.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx
import numpy as np
import yaml
from rich.table import Table
from sqlalchemy import update

from evals.load import nights, pictures
from evals.load.nights import Day, World
from evals.load.shop import LoadShop, load_shop
from evals.report import Report
from hashiramart import catalog
from hashiramart.config import Settings
from hashiramart.errors import HashiraError
from hashiramart.models import Weapon
from ml import metrics
from ml.features import SlayerProfile, WeaponTable, feature_matrix
from ml.params import Params, load_params
from ml.truth import success_probability

Tell = Callable[[str, float], None]

NIGHTS, QUICK_NIGHTS = 5, 1
VISITORS, QUICK_VISITORS = 300, 60
EXPLORATION = 0.3
FALL = 0.8
"""What is left of the first regret, at most, after all nights with exploration."""

_TOP_K, _BATTLES = 9, 2  # twice 9 battles: 20 an hour are allowed
_K = 10
_JUDGES = 600
_PIECES = 1_000_000  # of each weapon: nothing is ever sold out
# Nearly all synthetic battles explore and are frozen: the gate can tell small differences, and the first model knows little.
_SYNTHETIC = {"interactions": 40_000, "slayers": 1_500, "exploration": 0.88}
_SPLIT = {"frozen": 0.9, "half_life": 10**9}  # here the synthetic world is the real one: it need not make room
_SWAP_S = 60.0


@dataclass(frozen=True)
class Night:
    """What a day and its night brought. ``regret`` is the champion's on the shop's catalogue, after the night."""

    day: Day | None
    status: str
    reason: str
    seconds: float
    regret: float


def run(_settings: Settings, quick: bool, tell: Tell) -> Report:
    """Run the simulation in shops of its own; the configured one is not touched.

    Raises:
        HashiraError: a shop does not start, or a retraining fails.
    """
    count, visitors = (QUICK_NIGHTS, QUICK_VISITORS) if quick else (NIGHTS, VISITORS)
    arms = {"on": EXPLORATION} if quick else {"on": EXPLORATION, "off": 0.0}
    lived: dict[str, list[Night]] = {}
    for arm, share in arms.items():
        with load_shop() as shop:
            lived[arm] = _live(shop, share, count, visitors, lambda what, done, arm=arm: tell(f"{arm}: {what}", done))  # type: ignore[misc]
    figures: dict[str, float] = {"nights": count, "exploration": EXPLORATION}
    for arm, story in lived.items():
        figures |= {f"regret_{arm}_night_{number}": night.regret for number, night in enumerate(story)}
        figures |= {
            f"left_{arm}": story[-1].regret / story[0].regret,
            f"promoted_{arm}": sum(night.status == "promoted" for night in story[1:]),
            f"battles_{arm}": sum(night.day.battles for night in story if night.day),
            f"explored_{arm}": sum(night.day.explored for night in story if night.day),
            f"slowest_retrain_{arm}_s": max(night.seconds for night in story[1:]),
        }
    bounds: dict[str, tuple[str, float]] = {"explored_on": (">=", 1)}
    if not quick:  # a single night of few slayers may well be held
        bounds |= {"promoted_on": (">=", 1), "left_on": ("<=", FALL), "explored_off": ("<=", 0)}
    curves = {f"exploration {arm}": [night.regret for night in story] for arm, story in lived.items()}
    return Report(
        name="feedback",
        figures=figures,
        bounds=bounds,
        details=[_table(arm, story) for arm, story in lived.items()],
        about=__doc__ or "",
        surroundings={"form": "quick" if quick else "full"},
        pictures={"regret": lambda: pictures.regret_by_night(curves, _K)},
    )


def _live(shop: LoadShop, share: float, count: int, visitors: int, tell: Tell) -> list[Night]:
    """The first training and ``count`` days and nights."""
    params = _params(shop.home / "params.yaml")
    own = {
        "HASHIRA_PARAMS": str(shop.home / "params.yaml"),
        "HASHIRA_EXPLORATION": str(share),
        "HASHIRA_CHAMPION_POLL_S": "0.5",
    }
    with shop.database.service() as session:
        session.execute(update(Weapon).values(stock=_PIECES))
        weapons = catalog.all_weapons(session)
    world = World(WeaponTable.of(weapons), params.generate_data.upset_rate, _TOP_K, _BATTLES)
    judges = nights.profiles(params.generate_data, _JUDGES, seed=77)
    settings = Settings(home=shop.home)

    def night(number: int, day: Day | None) -> Night:
        tell(f"night {number}", 0)
        started = time.perf_counter()
        told = json.loads(shop.hashira("retrain", "--json", **own))
        seconds = time.perf_counter() - started
        return Night(day, told["status"], told["reason"], seconds, _regret(settings, world, judges))

    story = [night(0, None)]
    shop.start_api(**own)
    for number in range(1, count + 1):
        people = nights.enrol(shop.database, nights.profiles(params.generate_data, visitors, seed=1000 + number))
        what = f"day {number}"
        day = nights.live(world, people, shop.port, number, lambda done, what=what: tell(what, done))  # type: ignore[misc]
        story.append(night(number, day))
        if story[-1].status == "promoted":
            _await_champion(shop, people[0].token, settings)
    return story


def _params(path: Path) -> Params:
    """Write the simulation's parameters: the shop's own, with a small synthetic world."""
    params = load_params()
    params = params.model_copy(
        update={
            "generate_data": params.generate_data.model_copy(update=_SYNTHETIC),
            "split": params.split.model_copy(update=_SPLIT),
        }
    )
    path.write_text(yaml.safe_dump(params.model_dump(mode="json", by_alias=True)), encoding="utf-8")
    return load_params(path)


def _regret(settings: Settings, world: World, judges: Sequence[SlayerProfile]) -> float:
    """The champion's regret@k on the shop's catalogue, mean over slayers who were never in the shop."""
    from ml.champion import fetch_champion
    from ml.scorer import Scorer

    scorer = Scorer.load(fetch_champion(settings))
    truth = [success_probability(feature_matrix(one, world.table), world.upset_rate) for one in judges]
    score = [scorer.score(one, world.table) for one in judges]
    return metrics.regret_at_k(np.stack(truth), np.stack(score), _K)


def _await_champion(shop: LoadShop, token: str, settings: Settings) -> None:
    """Wait until the running API serves the champion.

    Raises:
        HashiraError: it does not in a minute.
    """
    from ml.registry import champion

    found = champion(settings)
    wanted = f"v{found.version}-" if found else ""
    deadline = time.monotonic() + _SWAP_S
    with httpx.Client(base_url=f"http://127.0.0.1:{shop.port}", headers={"Authorization": f"Bearer {token}"}) as client:
        while time.monotonic() < deadline:
            served = client.post("/recommend", json={"top_k": 1}).json().get("model_version", "")
            if wanted and served.startswith(wanted):
                return
            time.sleep(0.1)
    raise HashiraError(f"The API did not take up {wanted.rstrip('-')} within {_SWAP_S:.0f} s.")


def _table(arm: str, story: Sequence[Night]) -> Table:
    table = Table(title=f"Exploration {arm}", title_justify="left")
    for column in ("night", "lists", "trials", "battles", f"regret@{_K}", "retrain", "why"):
        table.add_column(column, justify="left" if column in {"retrain", "why"} else "right")
    for number, night in enumerate(story):
        day = night.day
        cells = ["", "", ""] if day is None else [str(day.lists), str(day.explored), str(day.battles)]
        table.add_row(str(number), *cells, f"{night.regret:.4f}", night.status, night.reason)
    return table

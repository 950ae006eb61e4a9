"""Two models for a load's shop, what each of them alone says of every weapon, and four releases that must never serve."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import numpy as np

from evals.load.asking import Answer
from evals.load.nights import Visitor
from evals.load.releases import World, small_world, spoil_golden, train, write_release
from evals.load.shop import LoadShop
from hashiramart import catalog
from hashiramart.config import Settings
from ml import registry, tracking
from ml.features import WeaponTable, feature_matrix
from ml.release import MANIFEST_FILE, MODEL_FILE, verify

if TYPE_CHECKING:
    import lightgbm as lgb

Bad = Literal["corrupt file", "another release's files", "failing golden rows", "held back by the gate"]
BAD: tuple[Bad, ...] = ("corrupt file", "another release's files", "failing golden rows", "held back by the gate")

_BATTLES, _SLAYERS = 20_000, 500
_EXACT = 1e-9


@dataclass(frozen=True)
class Candidate:
    """A registered model: its version in the registry, and the name that answers call it by."""

    version: str
    name: str
    booster: lgb.Booster


class Stable:
    """The models of one load, registered in its shop; none is champion yet."""

    def __init__(self, shop: LoadShop, settings: Settings) -> None:
        self._settings = settings
        self._folder = shop.home / "releases"
        self._world: World = small_world(_BATTLES, _SLAYERS)
        self.good = (self._register("one", 40), self._register("two", 60))

    def make_bad(self, bad: Bad) -> Candidate:
        """Register a model that must not serve, in one of the ways in which that happens."""
        folder = self._folder / bad.split()[0]
        rounds = 50 + BAD.index(bad)
        self._write(folder, rounds, "hold" if bad == "held back by the gate" else "release")
        if bad == "failing golden rows":
            spoil_golden(folder)
        candidate = self._candidate(folder, rounds)
        with tracking.open_client(self._settings) as client:
            source = str(client.get_model_version(tracking.NAME, candidate.version).source)
        kept = Path(source.removeprefix("file://"))
        if bad == "corrupt file":
            content = bytearray((kept / MODEL_FILE).read_bytes())
            content[len(content) // 2] ^= 1
            (kept / MODEL_FILE).write_bytes(content)
        if bad == "another release's files":
            for name in (MODEL_FILE, MANIFEST_FILE):
                (kept / name).write_bytes((self._folder / "one" / name).read_bytes())
        return candidate

    def crown(self, candidate: Candidate) -> None:
        """Move the alias as anybody can in MLflow's own page: whether it may serve is not asked."""
        with tracking.open_client(self._settings) as client:
            client.set_registered_model_alias(tracking.NAME, "champion", candidate.version)

    def _register(self, name: str, rounds: int) -> Candidate:
        self._write(self._folder / name, rounds, "release")
        return self._candidate(self._folder / name, rounds)

    def _write(self, folder: Path, rounds: int, decision: Literal["release", "hold"]) -> None:
        write_release(folder, train(self._world, rounds), self._world.matrix, decision=decision)

    def _candidate(self, folder: Path, rounds: int) -> Candidate:
        version = registry.register(self._settings, folder)
        name = f"v{version}-{verify(folder).files[MODEL_FILE][:8]}"
        return Candidate(version, name, train(self._world, rounds))


class Judge:
    """Knows what LightGBM alone, without any of the shop's serving, says for each client of each weapon."""

    def __init__(self, shop: LoadShop, people: Sequence[Visitor], candidates: Sequence[Candidate]) -> None:
        with shop.database.session(None) as session:
            weapons = catalog.all_weapons(session)
        table = WeaponTable.of(weapons)
        self._says: dict[tuple[str, int], dict[str, float]] = {}
        for client, person in enumerate(people):
            matrix = feature_matrix(person.profile, table)
            for candidate in candidates:
                scores = np.asarray(candidate.booster.predict(matrix, num_threads=1))
                self._says[candidate.name, client] = dict(zip(table.slugs, scores.tolist(), strict=True))

    def is_whole(self, answer: Answer) -> bool:
        """Whether every card is of the answer's own model and says what that model says."""
        says = self._says.get((answer.version, answer.client), {})
        cards = answer.body["recommendations"]
        return bool(cards) and all(
            card["model_version"] == answer.version and abs(card["score"] - says.get(card["slug"], np.inf)) <= _EXACT
            for card in cards
        )

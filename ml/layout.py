"""Where the pipeline keeps its files under a root folder, and what its stages have in common."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

Progress = Callable[[float, str], None]
"""Called with the share of a stage that is done (0 to 1) and a few words on what comes next."""

STAGES = ("generate_data", "validate", "split", "train_recommender", "evaluate", "gate", "deploy")


def silent(_done: float, _text: str) -> None:
    """The progress listener of nobody."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The files of one pipeline folder: the repository's root under DVC, a folder of the state when run in-process."""

    root: Path

    @property
    def raw(self) -> Path:
        """Folder of the synthetic data: slayers, weapons and interactions as Parquet."""
        return self.root / "data" / "raw"

    @property
    def slayers(self) -> Path:
        """One row per synthetic slayer."""
        return self.raw / "slayers.parquet"

    @property
    def weapons(self) -> Path:
        """One row per weapon of the synthetic world, the real catalogue first."""
        return self.raw / "weapons.parquet"

    @property
    def interactions(self) -> Path:
        """One row per synthetic battle, in the order in which they were fought."""
        return self.raw / "interactions.parquet"

    @property
    def snapshot(self) -> Path:
        """Folder of the real data, as they were taken out of the database; see ``ml.sources``."""
        return self.root / "data" / "snapshot"

    @property
    def split(self) -> Path:
        """Folder of what ``split`` made: training, test and frozen battles, the weapons, and a note."""
        return self.root / "data" / "split"

    @property
    def champion(self) -> Path:
        """Folder where the release that is served now lies while a challenger is judged; empty before the first."""
        return self.root / "data" / "champion"

    @property
    def model(self) -> Path:
        """Folder of the release: model, schema, training record, manifest."""
        return self.root / "model"

    def report(self, stage: str) -> Path:
        """Folder of what a stage has to tell people."""
        return self.root / "reports" / stage

    @property
    def metrics(self) -> Path:
        """What ``evaluate`` found, as JSON."""
        return self.report("evaluate") / "metrics.json"

    @property
    def calibration_plot(self) -> Path:
        """Predicted against observed success."""
        return self.report("evaluate") / "calibration.png"

    @property
    def importance_plot(self) -> Path:
        """What the model listens to."""
        return self.report("evaluate") / "importance.png"

    @property
    def regret_plot(self) -> Path:
        """Regret against the size of the catalogue."""
        return self.report("evaluate") / "regret.png"

    @property
    def verdict(self) -> Path:
        """What ``gate`` decided and why, as JSON."""
        return self.report("gate") / "gate.json"

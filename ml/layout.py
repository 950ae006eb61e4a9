"""Where the pipeline keeps its files under a root folder, and what its stages have in common."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

Progress = Callable[[float, str], None]
"""Called with the share of a stage that is done (0 to 1) and a few words on what comes next."""

STAGES = ("generate_data", "train_recommender", "evaluate", "deploy")


def silent(_done: float, _text: str) -> None:
    """The progress listener of nobody."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The files of one pipeline folder: the repository's root under DVC, a folder of the state when run in-process."""

    root: Path

    @property
    def raw(self) -> Path:
        """Folder of the raw data: slayers, weapons and interactions as Parquet."""
        return self.root / "data" / "raw"

    @property
    def slayers(self) -> Path:
        """One row per slayer."""
        return self.raw / "slayers.parquet"

    @property
    def weapons(self) -> Path:
        """One row per weapon."""
        return self.raw / "weapons.parquet"

    @property
    def interactions(self) -> Path:
        """One row per battle, in the order in which they were fought."""
        return self.raw / "interactions.parquet"

    @property
    def model(self) -> Path:
        """Folder of the release: model, schema, training record, manifest."""
        return self.root / "model"

    @property
    def reports(self) -> Path:
        """Folder of what ``evaluate`` found."""
        return self.root / "reports" / "evaluate"

    @property
    def metrics(self) -> Path:
        """The metrics as JSON."""
        return self.reports / "metrics.json"

    @property
    def calibration_plot(self) -> Path:
        """Predicted against observed success."""
        return self.reports / "calibration.png"

    @property
    def importance_plot(self) -> Path:
        """What the model listens to."""
        return self.reports / "importance.png"

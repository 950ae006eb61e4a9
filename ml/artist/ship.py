"""``python -m ml.artist.ship RUN``: put what a training run left in the place that ships with the project."""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

from hashiramart.errors import SetupError
from ml.artist.advice import read_advice
from ml.artist.choose import own_checkpoint
from ml.artist.loading import native_size

MOST_BYTES = 48_000_000
"""What the checkpoint may weigh in all, so that it can lie in the repository."""

_REPORT = {"figures.json": "metrics.json", "curves.png": "curves.png"}


def ship(run: Path, package: Path, reports: Path) -> None:
    """Copy a run's checkpoint and judge into the package, and its figures to the reports.

    Args:
        run: the folder of ``ml.artist.train``.
        package: the folder ``ml/artist``; what lies there before is replaced, whole or not at all.
        reports: folder for the figures.

    Raises:
        SetupError: the run has not ended, or its checkpoint is too heavy.
    """
    model, judge = run / "model", run / "judge"
    if not (model / "README.md").is_file() or not (judge / "judge.safetensors").is_file():
        raise SetupError(f"{run} holds no finished run: there is no model card, or no judge.")
    weight = sum(path.stat().st_size for path in model.rglob("*") if path.is_file())
    if weight > MOST_BYTES:
        raise SetupError(f"The checkpoint of {run} weighs {weight / 1e6:.1f} MB; {MOST_BYTES / 1e6:.0f} are allowed.")
    native_size(model)  # raises where it is no checkpoint
    if read_advice(model).words != "renderer":
        raise SetupError(f"{model} does not say how it is painted: run python -m ml.artist.train.advise {model}.")
    for source, place in ((model, package / "checkpoint"), (judge, package / "judge")):
        part = place.with_name(f"{place.name}.part")
        shutil.rmtree(part, ignore_errors=True)
        shutil.copytree(source, part)
        shutil.rmtree(place, ignore_errors=True)
        part.rename(place)
    reports.mkdir(parents=True, exist_ok=True)
    for name, new in _REPORT.items():
        if (run / "report" / name).is_file():
            shutil.copyfile(run / "report" / name, reports / new)


def main() -> int:
    """Ship a run."""
    parser = argparse.ArgumentParser(prog="python -m ml.artist.ship", description="Ship what a training run left.")
    parser.add_argument("run", type=Path, help="the run's folder")
    asked = parser.parse_args()
    try:
        ship(asked.run, own_checkpoint().parent, Path("reports/train_artist"))
    except SetupError as error:
        print(error.message, file=sys.stderr)  # noqa: T201
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

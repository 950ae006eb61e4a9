"""One stage of the pipeline as a command, the way DVC runs it: ``python -m ml.train_recommender`` in the pipeline's root."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable
from pathlib import Path

from hashiramart.config import Settings, quiet_libraries
from hashiramart.errors import HashiraError
from ml.layout import Progress
from ml.params import Params, load_params

Stage = Callable[[Path, Params, Settings, Progress], None]

_log = logging.getLogger("ml.stage")


def main(stage: Stage) -> None:
    """Run a stage in the working folder with its ``params.yaml``; a known error is one sentence and exit code 1."""
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
    settings, started = Settings(), time.perf_counter()
    said: set[str] = set()

    def tell(done: float, text: str) -> None:
        if text not in said:  # one line per step, not one per tree
            said.add(text)
            _log.info("%3.0f%%  %s", 100 * done, text)

    quiet_libraries(settings)
    root = Path.cwd()
    try:
        stage(root, load_params(root / "params.yaml"), settings, tell)
    except HashiraError as error:
        _log.error("%s", error)
        sys.exit(1)
    _log.info("done in %.1f s", time.perf_counter() - started)

"""All stages in one process, for a shop that opens without a champion. DVC runs the same functions one by one."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from hashiramart.config import Settings
from ml.layout import STAGES, Layout
from ml.params import Params

OnStage = Callable[[str, float, str], None]
"""Called with the stage's name, the share of the whole pipeline that is done (0 to 1), and a few words."""


def run(root: Path, params: Params, settings: Settings, on_stage: OnStage | None = None) -> Path:
    """Generate, train, evaluate and decide below ``root``.

    Returns:
        The release folder, ready for ``ml.registry.promote``.

    Raises:
        HashiraError: a stage failed; see the stages.
    """
    for place, name in enumerate(STAGES):

        def tell(done: float, text: str, place: int = place, name: str = name) -> None:
            if on_stage is not None:
                on_stage(name, (place + done) / len(STAGES), text)

        import_module(f"ml.{name}").run(root, params, settings, tell)
    return Layout(root).model

"""Show the report of the latest retrain."""

from __future__ import annotations

from pathlib import Path

from cli.console import err, out, print_json
from hashiramart.config import Settings
from hashiramart.errors import Unavailable


def run(settings: Settings, root: Path | None, *, as_json: bool) -> None:
    """``hashira report``."""
    from ml import latest_night
    from ml.layout import Layout
    from ml.nightly import FOLDER
    from ml.workspace import default_root

    where = root or default_root(settings)
    night = latest_night.read(where)
    if night is None:
        raise Unavailable(
            f"There is no nightly report in {Layout(where).report(FOLDER)} yet; 'hashira retrain' writes it."
        )
    if as_json:
        found = {"offpolicy": night.off_policy, "drift": night.drift}
        print_json({name: part.model_dump(mode="json") for name, part in found.items()} | {"folder": str(night.folder)})
        return
    console = out()
    if console.is_terminal:
        from rich.markdown import Markdown

        console.print(Markdown(night.report))
    else:
        console.out(night.report, end="", highlight=False)
    err().print(f"with its pictures: {night.folder}", highlight=False)

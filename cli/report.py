"""Show the report of the latest retrain."""

from __future__ import annotations

import json
from pathlib import Path

from cli.console import err, out, print_json
from hashiramart.config import Settings
from hashiramart.errors import Unavailable


def run(settings: Settings, root: Path | None, *, as_json: bool) -> None:
    """``hashira report``."""
    from ml.layout import Layout
    from ml.nightly import DRIFT_FILE, FOLDER, OFFPOLICY_FILE, REPORT_FILE
    from ml.workspace import default_root

    folder = Layout(root or default_root(settings)).report(FOLDER)
    try:
        report = (folder / REPORT_FILE).read_text(encoding="utf-8")
        found = {name: json.loads((folder / name).read_bytes()) for name in (OFFPOLICY_FILE, DRIFT_FILE)}
    except FileNotFoundError as error:
        raise Unavailable(f"There is no nightly report in {folder} yet; 'hashira retrain' writes it.") from error
    except (OSError, ValueError) as error:
        raise Unavailable(
            f"The nightly report in {folder} cannot be read; 'hashira retrain --force' writes it anew."
        ) from error
    if as_json:
        print_json({name.removesuffix(".json"): content for name, content in found.items()} | {"folder": str(folder)})
        return
    console = out()
    if console.is_terminal:
        from rich.markdown import Markdown

        console.print(Markdown(report))
    else:
        console.out(report, end="", highlight=False)
    err().print(f"with its pictures: {folder}", highlight=False)

"""A report as a file: Markdown for people, with the machine that the figures were found on, and its pictures beside it."""

from __future__ import annotations

import io
import os
import platform
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import psutil  # type: ignore[import-untyped]
from rich.console import Console, RenderableType

from evals.report import Report

_WIDTH = 110


def write(report: Report, folder: Path, *, now: datetime) -> Path:
    """Write ``<name>.md`` and ``<name>-<picture>.svg`` into a folder, which is made; an earlier report is replaced.

    Args:
        report: what was found.
        folder: where to.
        now: the time of the report, with its zone.

    Returns:
        the Markdown file.
    """
    folder.mkdir(parents=True, exist_ok=True)
    parts = [f"# {report.name}", report.about.strip()]
    facts = {"Date": f"{now:%Y-%m-%d %H:%M %Z}", **machine(), **report.surroundings}
    parts.append(_table(("", ""), facts.items()))
    verdict = f"Missed: {', '.join(report.missed)}." if report.missed else "Every bound is kept."
    parts += ["## Figures", verdict, _table(("figure", "value", "bound", ""), report.rows())]
    for name, draw in report.pictures.items():
        file = folder / f"{report.name}-{name}.svg"
        file.write_bytes(draw())
        parts.append(f"![{name}]({file.name})")
    if report.details:
        parts += ["## Details", *(f"```text\n{_plain(detail)}\n```" for detail in report.details)]
    path = folder / f"{report.name}.md"
    path.write_text("\n\n".join(parts) + "\n", encoding="utf-8")
    return path


def machine() -> dict[str, str]:
    """The machine, as far as speed depends on it."""
    memory = psutil.virtual_memory().total / 2**30
    return {
        "Machine": f"{os.cpu_count()} cores ({_processor()}), {memory:.0f} GiB of memory, {platform.system()}",
        "Python": platform.python_version(),
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:  # not a Linux
        lines = []
    named = (line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.processor() or platform.machine())


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _plain(detail: RenderableType) -> str:
    console = Console(file=io.StringIO(), record=True, width=_WIDTH, color_system=None)
    console.print(detail)
    return "\n".join(line.rstrip() for line in console.export_text().rstrip().splitlines())

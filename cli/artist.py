"""The Artist from the terminal: paint, lay out a contact sheet, and have the painter examined."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from cli.console import err, fail, out, print_json, sigterm_is_ctrl_c
from hashiramart.config import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ml.artist.choose import Description
    from ml.artist.orders import How

INTERRUPTED = 130


@contextmanager
def _stoppable() -> Iterator[None]:
    """Ctrl-C and SIGTERM end a long painting with a sentence: nothing half done is left behind."""
    sigterm_is_ctrl_c()
    try:
        yield
    except KeyboardInterrupt:
        fail("Stopped; nothing was written.", code=INTERRUPTED)


def paint(
    settings: Settings,
    words: str,
    file: Path,
    *,
    seed: int,
    steps: int | None,
    guidance: float | None,
    pose: str | None,
    as_json: bool,
) -> None:
    """``hashira artist paint``."""
    from cli.prepare import Progress as Bar
    from ml.artist import deny
    from ml.artist.choose import describe, load_painter
    from ml.artist.painter import PaintRequest, Progress
    from ml.artist.png import save_png
    from ml.artist.prompt import NEGATIVE_PROMPT

    deny.check(words, "words")
    painter_is = describe(settings)
    width, height = painter_is.size
    request = PaintRequest(
        prompt=words,
        negative_prompt=NEGATIVE_PROMPT,
        seed=seed,
        steps=steps or painter_is.steps,
        guidance=painter_is.guidance if guidance is None else guidance,
        width=width,
        height=height,
        pose=pose,
    )
    request.check()
    with _stoppable(), Bar() as bar:
        bar.tell("Loading the painter", 0)
        painter = load_painter(settings)

        def on_progress(progress: Progress) -> None:
            bar.tell(f"Painting with {painter.name}", progress.done / progress.total)

        save_png(painter.paint(request, on_progress), file)
    if as_json:
        print_json({"file": str(file), "seed": seed, "model": painter.name, "checkpoint": painter.fingerprint})
    else:
        out().print(f"{file}", highlight=False)


def sheet(settings: Settings, file: Path, *, styles: Sequence[str], seed: int, tile: int, as_json: bool) -> None:
    """``hashira artist sheet``."""
    from cli.prepare import Progress as Bar
    from ml.artist.choose import describe, load_painter
    from ml.artist.render.portrait import WEAPONS
    from ml.artist.sheet import SHOWN, check_name, check_styles, paint_sheet, write_sheet

    shown = tuple(styles) or SHOWN
    check_name(file)
    check_styles(shown)
    painter_is = describe(settings)
    with _stoppable(), Bar() as bar:
        bar.tell("Loading the painter", 0)
        painter = load_painter(settings)
        whole = paint_sheet(painter, _how(painter_is), styles=shown, seed=seed, tile=tile, tell=bar.tell)
        write_sheet(whole, file)
    if as_json:
        print_json({"file": str(file), "pictures": len(WEAPONS) * len(shown), "styles": shown, "seed": seed})
    else:
        out().print(f"{file}", highlight=False)


def judge(
    settings: Settings, *, pictures: int | None, seeds: int, neighbours: int, report_folder: Path | None, as_json: bool
) -> None:
    """``hashira artist judge``."""
    from cli.measure import judge as bounds_kept
    from cli.measure import show
    from cli.prepare import Progress as Bar
    from evals import artist_report
    from hashiramart.models import utc_now
    from ml.artist import exam
    from ml.artist.choose import describe, learnt_from, load_painter

    usual = exam.Size()
    size = exam.Size(pictures or usual.pictures, usual.words, seeds, neighbours)
    painter_is = describe(settings)
    with _stoppable(), Bar() as bar:
        bar.tell("Loading the painter", 0)
        painter = load_painter(settings)
        findings = exam.examine(painter, _how(painter_is), learnt_from(settings), size, bar.tell)
    surroundings = {
        "Painter": painter_is.name,
        "Checkpoint": painter.fingerprint,
        "Picture": f"{painter_is.size[0]} × {painter_is.size[1]}, {painter_is.steps} steps, guidance {painter_is.guidance:g}",
    }
    found = artist_report.report(findings, exam.__doc__ or "", surroundings)
    if as_json:
        sys.stdout.write(json.dumps(artist_report.document(found, findings)) + "\n")
    else:
        show([found], as_json=False)
    if report_folder is not None:
        for path in artist_report.write(found, findings, report_folder, now=utc_now()):
            err().print(f"written to {path}", highlight=False)
    bounds_kept([found])


def _how(painter_is: Description) -> How:
    from ml.artist.orders import How

    return How(painter_is.size, painter_is.steps, painter_is.guidance, painter_is.own)

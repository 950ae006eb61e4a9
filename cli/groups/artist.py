"""``hashira artist …``: painting, and how good it is."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli.console import explained
from cli.options import AsJson, settings_of_process

artist = typer.Typer(help="Paint with the Artist's model, and look at how good it is.", no_args_is_help=True)


@artist.command("paint")
def paint_picture(
    words: Annotated[str, typer.Argument(help='What to paint, such as "a demon slayer with a katana in the snow".')],
    file: Annotated[Path, typer.Option("--out", help="The PNG file to write.")] = Path("picture.png"),
    seed: Annotated[int, typer.Option(min=0, help="Another number is another picture.")] = 1,
    steps: Annotated[int | None, typer.Option(min=1, max=150, help="By default what the checkpoint wants.")] = None,
    guidance: Annotated[float | None, typer.Option(min=0, max=30, help="Likewise.")] = None,
    pose: Annotated[str | None, typer.Option(help="A pose to keep exactly, where there is a ControlNet.")] = None,
    as_json: AsJson = False,
) -> None:
    """Paint one picture."""
    from cli.artist import paint as run

    with explained():
        run(settings_of_process(), words, file, seed=seed, steps=steps, guidance=guidance, pose=pose, as_json=as_json)


@artist.command()
def sheet(
    file: Annotated[Path, typer.Option("--out", help="The picture to write: .png, .jpg or .webp.")] = Path("sheet.png"),
    style: Annotated[list[str] | None, typer.Option(help="Only these styles; by default four.")] = None,
    seed: Annotated[int, typer.Option(min=0, help="Of the first picture; the others count on from it.")] = 20_000,
    tile: Annotated[int, typer.Option(min=64, max=512, help="Width of a picture on the sheet, in pixels.")] = 192,
    as_json: AsJson = False,
) -> None:
    """Paint a contact sheet: every weapon type in four styles."""
    from cli.artist import sheet as run

    with explained():
        run(settings_of_process(), file, styles=style or [], seed=seed, tile=tile, as_json=as_json)


@artist.command("judge")
def judge_painter(
    pictures: Annotated[
        int | None, typer.Option(min=4, help="How many; by default every weapon type in every style.")
    ] = None,
    seeds: Annotated[int, typer.Option(min=2, max=16, help="Seeds of the same words, for diversity.")] = 4,
    neighbours: Annotated[int, typer.Option(min=0, help="How many pictures to hold against training.")] = 8,
    report: Annotated[Path | None, typer.Option(help="Write Markdown, JSON and PNG into this folder too.")] = None,
    as_json: AsJson = False,
) -> None:
    """Have a judge that knows only renders look at painted pictures. Exit code 1 when a bound is missed."""
    from cli.artist import judge as run

    with explained():
        run(
            settings_of_process(),
            pictures=pictures,
            seeds=seeds,
            neighbours=neighbours,
            report_folder=report,
            as_json=as_json,
        )

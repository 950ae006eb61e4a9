"""What several commands have in common: their options, and the settings of the process."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from hashiramart.config import Settings

AsJson = Annotated[bool, typer.Option("--json", help="One JSON document on standard output, for programs.")]
Url = Annotated[str | None, typer.Option(help="Address of the shop; by default the configured host and port.")]
Host = Annotated[str | None, typer.Option(help="Address to listen on (HASHIRA_HOST).")]
Port = Annotated[int | None, typer.Option(min=1, max=65535, help="Port to listen on (HASHIRA_PORT).")]
Prefer = Literal["power", "balance", "value"]  # as ml.shortlist has it, which loads slowly
Root = Annotated[
    Path | None,
    typer.Option(help="Folder of the pipeline: by default 'pipeline' in the state folder; '.' in a checkout."),
]
Quick = Annotated[bool, typer.Option("--quick", help="The short form, within 60 seconds.")]
Collection = Annotated[str, typer.Option(help="The library's name; libraries of different names are wholly apart.")]
Report = Annotated[Path | None, typer.Option(help="Write the report as Markdown into this folder too.")]


def settings_of_process(host: str | None = None, port: int | None = None) -> Settings:
    """The settings of this process, with libraries quieted before any of them loads."""
    from pydantic import ValidationError

    from cli.console import EXIT_USAGE, fail
    from hashiramart.config import Settings, quiet_libraries

    try:
        settings = Settings()
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors())
        fail(f"The configuration is wrong: {wrong}", code=EXIT_USAGE)
    settings.host = host or settings.host
    settings.port = port or settings.port
    quiet_libraries(settings)
    return settings

"""The ``hashira`` command. Each sub-command imports what it needs when it runs, so that ``--help`` is instant."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli.console import explained
from cli.groups import artist, evaluations, feedback, knowledge, ledger, staff
from cli.options import AsJson, Collection, Host, Port, Prefer, Quick, Report, Root, Url, settings_of_process

app = typer.Typer(
    name="hashira",
    help="HashiraMart: a shop for demon slayers that you talk to. 'hashira up' opens it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.command()
def up(host: Host = None, port: Port = None) -> None:
    """Open the whole shop on this machine: database, manuals, model, worker, API and page. Ctrl-C closes it."""
    from cli.up import run

    with explained():
        run(settings_of_process(host, port))


@app.command()
def prepare() -> None:
    """Make a fresh installation ready to serve: schema, catalogue, manuals, a trained champion. Safe to repeat."""
    from cli.prepare import run

    with explained():
        run(settings_of_process())


@app.command()
def serve(host: Host = None, port: Port = None) -> None:
    """Serve the API and the page only (after 'hashira prepare')."""
    from cli.serve import run

    with explained():
        run(settings_of_process(host, port))


@app.command()
def worker(
    queue: Annotated[
        list[str] | None,
        typer.Option(
            "--queue", "-q", help="Work off this queue only: default, pictures, plans or long; may be repeated."
        ),
    ] = None,
    parent: Annotated[int | None, typer.Option(hidden=True)] = None,
) -> None:
    """Work off background jobs: pictures, plans, the nightly sweep and retrain. Start as many as you like.

    '--queue pictures' on a machine with a GPU makes it paint and do nothing else.
    """
    from cli.worker import run
    from hashiramart.jobs import QUEUES

    if unknown := [name for name in queue or () if name not in QUEUES]:
        raise typer.BadParameter(
            f"there is no queue {unknown[0]!r}; there is: {', '.join(QUEUES)}", param_hint="--queue"
        )
    with explained():
        run(settings_of_process(), queues=queue or QUEUES, parent=parent)


@app.command()
def ingest(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Files, folders and globs; by default the shop's own manuals."),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be done.")] = False,
    watch: Annotated[bool, typer.Option("--watch", help="Go on, and ingest what changes, until Ctrl-C.")] = False,
    prune: Annotated[bool, typer.Option("--prune", help="Forget documents that the folders no longer hold.")] = False,
    collection: Collection = "manuals",
    as_json: AsJson = False,
) -> None:
    """Bring manuals into the library: Markdown, HTML, plain text, PDF, DOCX. What is unchanged is skipped.

    A running shop answers from the new generation within seconds. Exit code 1 when a file was refused.
    """
    from cli.ingest import run

    with explained():
        run(
            settings_of_process(),
            paths or [],
            dry_run=dry_run,
            watch=watch,
            prune=prune,
            collection=collection,
            as_json=as_json,
        )


@app.command()
def promote(
    release: Annotated[
        Path | None, typer.Argument(help="The release folder that 'dvc repro' wrote; by default 'model'.")
    ] = None,
    version: Annotated[
        int | None, typer.Option(min=1, help="A version that is on record, instead of a folder.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Make a model the champion: a trained release, which is put on record in MLflow, or a version that is there."""
    from cli.promote import run

    with explained():
        run(settings_of_process(), release, version=version, as_json=as_json)


@app.command()
def rollback(as_json: AsJson = False) -> None:
    """Take the last promotion back: champion and previous change places."""
    from cli.rollback import run

    with explained():
        run(settings_of_process(), as_json=as_json)


@app.command()
def models(as_json: AsJson = False) -> None:
    """List the models that are on record, the newest first."""
    from cli.models import run

    with explained():
        run(settings_of_process(), as_json=as_json)


@app.command()
def snapshot(root: Root = None, as_json: AsJson = False) -> None:
    """Take battles and impressions out of the database into the pipeline's folder, for DVC."""
    from cli.snapshot import run

    with explained():
        run(settings_of_process(), root=root, as_json=as_json)


@app.command()
def retrain(
    force: Annotated[bool, typer.Option("--force", help="Also when no battle is new.")] = False,
    root: Root = None,
    as_json: AsJson = False,
) -> None:
    """Learn from what has happened: snapshot, training, gate; a challenger that the gate releases becomes the champion."""
    from cli.retrain import run

    with explained():
        run(settings_of_process(), root=root, force=force, as_json=as_json)


@app.command()
def report(root: Root = None, as_json: AsJson = False) -> None:
    """Show the report of the latest retrain: the gate's verdict, what its lists would have been worth, and drift."""
    from cli.report import run

    with explained():
        run(settings_of_process(), root, as_json=as_json)


@app.command()
def recommend(
    top_k: Annotated[int, typer.Option("--top-k", "-k", min=1, max=50, help="How many weapons.")] = 3,
    budget: Annotated[int | None, typer.Option(min=0, help="Highest price in coins.")] = None,
    weapon_type: Annotated[list[str] | None, typer.Option("--type", help="Only this type; may be repeated.")] = None,
    exclude: Annotated[list[str] | None, typer.Option(help="Not this type; may be repeated.")] = None,
    prefer: Annotated[Prefer, typer.Option(help="Whether the price counts: not, somewhat, or much.")] = "power",
    handle: Annotated[str | None, typer.Option(help="Sign in with this handle; by default the demo slayer.")] = None,
    url: Url = None,
    as_json: AsJson = False,
) -> None:
    """Rank weapons for you, through the API of a running shop."""
    from cli.recommend import run

    body = {
        "top_k": top_k,
        "budget": budget,
        "weapon_types": weapon_type,
        "exclude_types": exclude,
        "prefer": prefer,
    }
    with explained():
        run(settings_of_process(), body, handle=handle, url=url, as_json=as_json)


@app.command()
def score(
    out: Annotated[
        Path | None, typer.Option(help="The folder to write; by default 'scores' in the state folder.")
    ] = None,
    slayers: Annotated[
        Path | None, typer.Option(help="A Parquet file of slayers; by default all slayers of the shop.")
    ] = None,
    top_k: Annotated[int, typer.Option("--top-k", "-k", min=1, max=1000, help="How many weapons for each.")] = 10,
    workers: Annotated[
        int | None, typer.Option(min=1, max=256, help="Processes, where HASHIRA_DASK_SCHEDULER names no cluster.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Rank the whole catalogue for every slayer with the champion, on Dask workers, into Parquet files."""
    from cli.score import run

    with explained():
        run(settings_of_process(), out, slayers=slayers, top_k=top_k, workers=workers, as_json=as_json)


@app.command()
def chat(
    message: Annotated[str | None, typer.Argument(help="One message; without it, a conversation.")] = None,
    thread: Annotated[str | None, typer.Option(help="Go on with this thread.")] = None,
    handle: Annotated[str | None, typer.Option(help="Sign in with this handle; by default the demo slayer.")] = None,
    url: Url = None,
    as_json: AsJson = False,
) -> None:
    """Talk to the dojo in the terminal, through the API of a running shop."""
    from cli.chat import run

    with explained():
        run(settings_of_process(), message, thread=thread, handle=handle, url=url, as_json=as_json)


@app.command()
def doctor(as_json: AsJson = False) -> None:
    """Tell what is configured, what is missing, and what to do about it. Exit code 1 when something is broken."""
    from cli.doctor import run

    with explained():
        run(settings_of_process(), as_json=as_json)


@app.command()
def llm(
    model: Annotated[
        Path | None,
        typer.Option(help="A GGUF file, or a folder with one; by default SmolLM2-135M of the extra local-llm."),
    ] = None,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 8001,
    context: Annotated[int, typer.Option(min=512, help="Tokens that the model sees at once.")] = 8192,
) -> None:
    """Run a language model on this machine as an OpenAI-compatible endpoint. Nothing is downloaded."""
    from cli.llm import run

    with explained():
        settings_of_process()  # quiets the libraries
        run(model, host=host, port=port, context=context)


@app.command()
def bench(
    name: Annotated[str | None, typer.Argument(help="Which benchmark; without it, the list.")] = None,
    quick: Quick = False,
    report: Report = None,
    as_json: AsJson = False,
) -> None:
    """Measure speed against the bare way, in one run. Exit code 1 when a bound is missed."""
    from cli.measure import run

    with explained():
        run(settings_of_process(), name, quick=quick, as_json=as_json, report_folder=report)


app.add_typer(knowledge.knowledge, name="knowledge")
app.add_typer(staff.staff, name="staff")
app.add_typer(ledger.ledger, name="ledger")
app.add_typer(feedback.feedback, name="feedback")
app.add_typer(artist.artist, name="artist")
app.add_typer(evaluations.evaluations, name="eval")


def main() -> None:
    """The entry point."""
    app()


if __name__ == "__main__":
    main()

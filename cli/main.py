"""The ``hashira`` command. Each sub-command imports what it needs when it runs, so that ``--help`` is instant."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer
from typer.core import TyperGroup

from cli.console import explained

if TYPE_CHECKING:
    from hashiramart.config import Settings

app = typer.Typer(
    name="hashira",
    help="HashiraMart: a shop for demon slayers that you talk to. 'hashira up' opens it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

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


def _settings(host: str | None = None, port: int | None = None) -> Settings:
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


@app.command()
def up(host: Host = None, port: Port = None) -> None:
    """Open the whole shop on this machine: database, manuals, model, worker, API and page. Ctrl-C closes it."""
    from cli.up import run

    with explained():
        run(_settings(host, port))


@app.command()
def prepare() -> None:
    """Make a fresh installation ready to serve: schema, catalogue, manuals, a trained champion. Safe to repeat."""
    from cli.prepare import run

    with explained():
        run(_settings())


@app.command()
def serve(host: Host = None, port: Port = None) -> None:
    """Serve the API and the page only (after 'hashira prepare')."""
    from cli.serve import run

    with explained():
        run(_settings(host, port))


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
        run(_settings(), queues=queue or QUEUES, parent=parent)


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
            _settings(),
            paths or [],
            dry_run=dry_run,
            watch=watch,
            prune=prune,
            collection=collection,
            as_json=as_json,
        )


knowledge = typer.Typer(help="Look into the library: what it holds, and what it finds.", no_args_is_help=True)
app.add_typer(knowledge, name="knowledge")


@knowledge.command("list")
def list_documents(collection: Collection = "manuals", as_json: AsJson = False) -> None:
    """List the documents of the library."""
    from cli.knowledge import list_documents as run

    with explained():
        run(_settings(), collection, as_json=as_json)


@knowledge.command()
def show(
    source: Annotated[str, typer.Argument(help="A document, as 'hashira knowledge list' names it.")],
    collection: Collection = "manuals",
    as_json: AsJson = False,
) -> None:
    """Show a document's passages as the Coach reads them."""
    from cli.knowledge import show as run

    with explained():
        run(_settings(), collection, source, as_json=as_json)


@knowledge.command()
def search(
    query: Annotated[str | None, typer.Argument(help="A question or a few words.")] = None,
    k: Annotated[int, typer.Option("--k", "-k", min=1, max=100, help="How many passages at most.")] = 5,
    weapon: Annotated[str | None, typer.Option(help="Only this weapon's manual (its slug).")] = None,
    queries: Annotated[
        Path | None,
        typer.Option(help='A file of JSON lines {"id", "text"}; answers are JSON lines {"id", "hits"}, in order.'),
    ] = None,
    collection: Collection = "manuals",
    as_json: AsJson = False,
) -> None:
    """Find passages by meaning and by words, as the Coach does."""
    from cli.knowledge import search as run

    with explained():
        run(_settings(), collection, query, queries, k=k, weapon=weapon, as_json=as_json)


@knowledge.command()
def forget(
    sources: Annotated[list[str], typer.Argument(help="Documents, as 'hashira knowledge list' names them.")],
    collection: Collection = "manuals",
) -> None:
    """Take documents out of the library."""
    from cli.knowledge import forget as run

    with explained():
        run(_settings(), collection, sources)


@knowledge.command()
def stats(collection: Collection = "manuals", as_json: AsJson = False) -> None:
    """Count what the library holds."""
    from cli.knowledge import stats as run

    with explained():
        run(_settings(), collection, as_json=as_json)


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
        run(_settings(), release, version=version, as_json=as_json)


@app.command()
def rollback(as_json: AsJson = False) -> None:
    """Take the last promotion back: champion and previous change places."""
    from cli.rollback import run

    with explained():
        run(_settings(), as_json=as_json)


@app.command()
def models(as_json: AsJson = False) -> None:
    """List the models that are on record, the newest first."""
    from cli.models import run

    with explained():
        run(_settings(), as_json=as_json)


@app.command()
def snapshot(root: Root = None, as_json: AsJson = False) -> None:
    """Take battles and impressions out of the database into the pipeline's folder, for DVC."""
    from cli.snapshot import run

    with explained():
        run(_settings(), root=root, as_json=as_json)


@app.command()
def retrain(
    force: Annotated[bool, typer.Option("--force", help="Also when no battle is new.")] = False,
    root: Root = None,
    as_json: AsJson = False,
) -> None:
    """Learn from what has happened: snapshot, training, gate; a challenger that the gate releases becomes the champion."""
    from cli.retrain import run

    with explained():
        run(_settings(), root=root, force=force, as_json=as_json)


@app.command()
def report(root: Root = None, as_json: AsJson = False) -> None:
    """Show the report of the latest retrain: the gate's verdict, what its lists would have been worth, and drift."""
    from cli.report import run

    with explained():
        run(_settings(), root, as_json=as_json)


ledger = typer.Typer(help="Check the points ledger, or set right what is derived from it.", no_args_is_help=True)
app.add_typer(ledger, name="ledger")


@ledger.command()
def verify(as_json: AsJson = False) -> None:
    """Prove that points, ranks, streaks and counts are what ledger and events add up to. Exit code 1 when they are not."""
    from cli.ledger import run

    with explained():
        run(_settings(), mend=False, as_json=as_json)


@ledger.command()
def rebuild(as_json: AsJson = False) -> None:
    """Derive every slayer's totals anew from ledger and events, and write those that differ."""
    from cli.ledger import run

    with explained():
        run(_settings(), mend=True, as_json=as_json)


feedback = typer.Typer(
    help="See what slayers think of answers, or take it out for training and evaluation.", no_args_is_help=True
)
app.add_typer(feedback, name="feedback")


@feedback.command("list")
def list_feedback(
    down: Annotated[bool, typer.Option("--down", help="Only thumbs down.")] = False,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, max=1000, help="How many.")] = 20,
    as_json: AsJson = False,
) -> None:
    """Show the latest ratings, without who gave them."""
    from cli.feedback import run_list

    with explained():
        run_list(_settings(), limit=limit, only_down=down, as_json=as_json)


@feedback.command("export")
def export_feedback(
    out: Annotated[Path, typer.Option(help="The folder to write into; files of an earlier export are replaced.")],
    since: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Only from this day (UTC) on.")] = None,
    with_comments: Annotated[bool, typer.Option("--with-comments", help="The slayers' comments too.")] = False,
    as_json: AsJson = False,
) -> None:
    """Write rated answers, preference pairs and hard questions ('hashira eval coach --data') as JSON lines, without names."""
    from cli.feedback import run_export

    with explained():
        run_export(_settings(), out, since=since, with_comments=with_comments, as_json=as_json)


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
        run(_settings(), body, handle=handle, url=url, as_json=as_json)


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
        run(_settings(), out, slayers=slayers, top_k=top_k, workers=workers, as_json=as_json)


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
        run(_settings(), message, thread=thread, handle=handle, url=url, as_json=as_json)


@app.command()
def doctor(as_json: AsJson = False) -> None:
    """Tell what is configured, what is missing, and what to do about it. Exit code 1 when something is broken."""
    from cli.doctor import run

    with explained():
        run(_settings(), as_json=as_json)


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
        _settings()  # quiets the libraries
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
        run(_settings(), name, quick=quick, as_json=as_json, report_folder=report)


artist = typer.Typer(help="Paint with the Artist's model, and look at how good it is.", no_args_is_help=True)
app.add_typer(artist, name="artist")


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
        run(_settings(), words, file, seed=seed, steps=steps, guidance=guidance, pose=pose, as_json=as_json)


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
        run(_settings(), file, styles=style or [], seed=seed, tile=tile, as_json=as_json)


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
            _settings(),
            pictures=pictures,
            seeds=seeds,
            neighbours=neighbours,
            report_folder=report,
            as_json=as_json,
        )


class _Evaluations(TyperGroup):
    """``hashira eval routing`` means ``hashira eval run routing``: a first word that is no command is a suite."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put ``run`` in front where neither a command nor help is asked for."""
        if not args or (args[0] not in self.commands and args[0] != "--help"):
            args = ["run", *args]
        return super().parse_args(ctx, args)


evaluations = typer.Typer(
    cls=_Evaluations,
    help="Score the agents on suites of cases: 'hashira eval SUITE…' or 'hashira eval all' ('run' may be left out).",
    invoke_without_command=False,
)
app.add_typer(evaluations, name="eval")


@evaluations.command("run")
def evaluate(
    suites: Annotated[list[str] | None, typer.Argument(help="Which suites, or 'all'; without any, the list.")] = None,
    quick: Quick = False,
    planner: Annotated[
        Literal["embedded", "llm"],
        typer.Option(help="Who plans: the trained router, or the configured language model."),
    ] = "embedded",
    repeats: Annotated[
        int, typer.Option("--repeats", "-k", min=1, max=100, help="Try each case so many times: pass^k.")
    ] = 1,
    only: Annotated[list[str] | None, typer.Option(help="Only this slice or case; may be repeated.")] = None,
    data: Annotated[
        Path | None, typer.Option(help="Score these cases in place of the suite's own; no bounds are judged.")
    ] = None,
    report: Report = None,
    html: Annotated[
        Path | None, typer.Option(help="Write one HTML page: a file that ends in .html, or a folder for it.")
    ] = None,
    log: Annotated[bool, typer.Option("--log/--no-log", help="Keep the runs in MLflow, for 'compare'.")] = True,
    as_json: AsJson = False,
) -> None:
    """Score the agents on suites of cases. Exit code 1 when a bound is missed."""
    from cli.evaluate import run
    from evals.registry import Asked

    with explained():
        run(
            _settings(),
            suites or [],
            Asked(planner=planner, repeats=repeats, data=data, only=tuple(only or ())),
            quick=quick,
            as_json=as_json,
            log=log,
            report_folder=report,
            html=html,
        )


@evaluations.command()
def compare(
    before: Annotated[
        str, typer.Argument(help="A run's id or its first letters; or SUITE, SUITE~1, … for the latest.")
    ],
    after: Annotated[str, typer.Argument(help="The run to hold against it.")],
    as_json: AsJson = False,
) -> None:
    """Hold two runs of a suite against each other: figures side by side, and the cases that changed."""
    from cli.evaluate import compare as run

    with explained():
        run(_settings(), before, after, as_json=as_json)


@evaluations.command()
def mutate(
    names: Annotated[list[str] | None, typer.Argument(help="Which mutations; without any, all.")] = None,
    quick: Annotated[bool, typer.Option("--quick", help="Three of them, within a minute.")] = False,
    list_only: Annotated[bool, typer.Option("--list", help="Only list them.")] = False,
    report: Report = None,
    as_json: AsJson = False,
) -> None:
    """Break the product on purpose, one way after the other, and show which figure notices. Exit code 1 when none does."""
    from cli.evaluate import mutate as run

    with explained():
        run(_settings(), names or [], quick=quick, list_only=list_only, as_json=as_json, report_folder=report)


def main() -> None:
    """The entry point."""
    app()


if __name__ == "__main__":
    main()

"""What is configured, what is missing, what to do."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict, dataclass
from typing import Literal

import typer

from api.page import BUILT
from cli.console import EXIT_FAILED, out, print_json
from hashiramart.config import Settings
from hashiramart.errors import HashiraError

State = Literal["ok", "note", "broken"]


@dataclass(frozen=True)
class Finding:
    """One part's state. ``note``: works, but something could be added. ``broken``: see ``todo``."""

    part: str
    state: State
    detail: str
    todo: str = ""


def run(settings: Settings, *, as_json: bool) -> None:
    """``hashira doctor``."""
    checks = (_production, _database, _knowledge, _champion, _language_model, _images, _page)
    findings = [_safely(check, settings) for check in checks]
    if as_json:
        print_json({"ok": all(f.state != "broken" for f in findings), "findings": [asdict(f) for f in findings]})
    else:
        _table(findings)
    if any(finding.state == "broken" for finding in findings):
        raise typer.Exit(EXIT_FAILED)


def _safely(check: Callable[[Settings], Finding], settings: Settings) -> Finding:
    try:
        return check(settings)
    except HashiraError as error:
        return Finding(check.__name__.strip("_").replace("_", " "), "broken", error.message, "Run: hashira prepare")


def _table(findings: list[Finding]) -> None:
    from rich.table import Table

    marks = {"ok": "[green]✓[/]", "note": "[yellow]·[/]", "broken": "[red]✗[/]"}
    table = Table(title="HashiraMart", show_header=False)
    for finding in findings:
        todo = f"\n[dim]→ {finding.todo}[/]" if finding.todo else ""
        table.add_row(marks[finding.state], f"[bold]{finding.part}[/]", f"{finding.detail}{todo}")
    out().print(table)


def _production(settings: Settings) -> Finding:
    settings.check_production()
    return Finding("mode", "ok", f"{settings.env}; state folder {settings.home}")


def _database(settings: Settings) -> Finding:
    from hashiramart import catalog
    from hashiramart.db import open_database

    with open_database(settings) as database, database.session(None) as session:
        count = len(catalog.all_weapons(session))
    where = "embedded PostgreSQL" if settings.embedded_database else "PostgreSQL of DATABASE_URL"
    if count == 0:
        return Finding("database", "broken", f"{where}, but the shelves are empty", "Run: hashira prepare")
    return Finding("database", "ok", f"{where}, {count} weapons on the shelves")


def _knowledge(settings: Settings) -> Finding:
    from knowledge.embed import load_embedder
    from knowledge.store import open_library

    embedder = load_embedder(settings)
    library = open_library(settings, embedder)
    try:
        count = len(library.documents())
    finally:
        library.close()
    if count == 0:
        return Finding("knowledge", "broken", "the library is empty", "Run: hashira ingest")
    return Finding("knowledge", "ok", f"{count} documents, embedded with {embedder.name}")


def _champion(settings: Settings) -> Finding:
    from ml import registry
    from ml.champion import last_good

    where, kept = _hidden(settings.tracking_uri), last_good(settings)
    try:
        found = registry.champion(settings)
    except HashiraError as error:
        if kept is None:
            raise
        todo = "Running shops go on with it; promotions wait until the registry is back"
        return Finding("recommender", "note", f"{error.message} Version {kept.name} is on this disk", todo)
    if found is None:
        return Finding("recommender", "broken", "no champion in MLflow", "Run: hashira prepare")
    behind = f"; version {kept.name} is what was served here last" if kept and kept.name != found.version else ""
    return Finding("recommender", "ok", f"champion is version {found.version} at {where}{behind}")


def _language_model(settings: Settings) -> Finding:
    if not settings.llm_configured:
        return Finding(
            "language model",
            "note",
            "none configured; the embedded planner and composer answer",
            "Optional: OPENAI_API_KEY, or OPENAI_BASE_URL with HASHIRA_LLM_MODEL",
        )
    from agents.models import LanguageModel, ModelUnavailable

    try:
        with closing(LanguageModel(settings)) as model:
            "".join(model.stream([("human", "Answer with the word ready.")], max_tokens=16))
    except ModelUnavailable:
        where = settings.openai_base_url or "the OpenAI endpoint"
        return Finding(
            "language model",
            "broken",
            f"{settings.llm_model} at {where} does not answer; the embedded path answers instead",
            "Check OPENAI_BASE_URL, OPENAI_API_KEY and HASHIRA_LLM_MODEL",
        )
    return Finding("language model", "ok", f"{settings.llm_model} answers")


def _images(settings: Settings) -> Finding:
    if not settings.paints:
        return Finding(
            "image model",
            "note",
            "switched off; the Artist says so",
            "Optional: leave HASHIRA_IMAGE_MODEL unset for the project's own",
        )
    from ml.artist.choose import describe

    try:
        found = describe(settings)
    except HashiraError as error:
        return Finding("image model", "broken", error.message, "Check the HASHIRA_IMAGE_… settings")
    width, height = found.size
    if settings.image_base_url:
        return Finding("image model", "ok", f"{found.name} at {_hidden(settings.image_base_url)}, {width} × {height}")
    poses = ", with a ControlNet for poses" if found.poses else ""
    detail = f"{found.name}, {width} × {height}, {found.steps} steps, checkpoint {found.fingerprint[:12]}{poses}"
    return Finding("image model", "ok", detail)


def _page(_settings: Settings) -> Finding:
    if not (BUILT / "index.html").is_file():
        return Finding("page", "broken", "not built", "Run: make run, or npm ci && npm run build in frontend/")
    return Finding("page", "ok", "built")


def _hidden(uri: str) -> str:
    """An address without its password."""
    from sqlalchemy.engine import make_url

    return make_url(uri).render_as_string(hide_password=True) if "@" in uri else uri

"""``hashira retrain``: snapshot, pipeline, gate, promotion, as one piece of work that leaves nothing half done.

One retrain runs at a time on all machines of a shop. Battles that arrive meanwhile are in the next one: what is trained on is the
snapshot taken at its start. The champion changes in the very last step and only for a challenger that the gate released; one that
it held back is registered, with the reason, and never served. Whatever ends a retrain early, a fault, Ctrl-C or a killed process,
the champion is the one it was, and the next retrain starts where this one did.
"""

from __future__ import annotations

import logging
import re
import shutil
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import psycopg
from psycopg.rows import TupleRow
from pydantic import BaseModel, ConfigDict

from hashiramart import locks
from hashiramart.config import Settings
from hashiramart.db import Database
from hashiramart.errors import Conflict, HashiraError, Unavailable
from ml import registry, snapshot
from ml.champion import fetch_champion, last_good
from ml.layout import STAGES, Layout
from ml.lineage import sha256_file
from ml.params import load_params
from ml.pipeline import OnStage
from ml.release import MANIFEST_FILE, MODEL_FILE, Release, read_model, verify, write_json
from ml.repro import Cancelled, Stopped, never
from ml.sources import SnapshotManifest
from ml.workspace import Workspace, default_root, open_workspace

_LOG_FILE = "log.txt"
_NOTE_FILE = "last.json"

_STARTED = re.compile(r"Running stage '(\w+)'")
_SKIPPED = re.compile(r"Stage '(\w+)' (?:didn't change|is cached)")
_STEP = re.compile(r"\s*(\d+)%  (.+)")
_FAILED = re.compile(r"ERROR: failed to reproduce '(\w+)'")
_DVC_TALK = re.compile(r"$|> |WARNING: |Updating lock|Generating lock|Use `dvc|'.+' didn't change|Traceback|\s+at 0x")

Status = Literal["promoted", "held", "nothing new"]

_NOTHING_NEW: tuple[Status, str | None, str] = ("nothing new", None, "No battle was reported since the last retrain.")

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RetrainResult:
    """How a retrain ended.

    Attributes:
        status: whether the challenger was promoted or held, or there was nothing to learn.
        version: of the registered model; None where nothing was trained.
        reason: in words; the gate's where there was one.
        watermark: the battle with the highest number in the snapshot; None without battles.
        battles: in the snapshot.
        seconds: how long it took.
        reports: folder with what every stage has to tell.
    """

    status: Status
    version: str | None
    reason: str
    watermark: str | None
    battles: int
    seconds: float
    reports: Path


class _Note(BaseModel):
    """The last retrain that ran to its end, by what it learned from."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    watermark: str | None
    battles_sha256: str
    params_sha256: str
    status: str
    version: str | None


def retrain(
    settings: Settings,
    database: Database,
    *,
    root: Path | None = None,
    on_stage: OnStage | None = None,
    force: bool = False,
    cancelled: Cancelled = never,
) -> RetrainResult:
    """Learn from what has happened since the last retrain.

    Args:
        settings: where models, experiments and the pipeline's folder are.
        database: the shop's.
        root: of the pipeline; by default ``pipeline`` in the state folder.
        on_stage: told of the progress, as by ``ml.pipeline``.
        force: also when nothing is new.
        cancelled: asked every now and then whether to stop.

    Raises:
        Conflict: another retrain is running, or somebody changed the champion meanwhile.
        Unavailable: database, registry or a stage failed, or it was cancelled. The champion is the one it was.
        SetupError: the pipeline's folder or its parameters are wrong.
    """
    started = time.perf_counter()

    def tell(stage: str, done: float, text: str) -> None:
        if on_stage is not None:
            on_stage(stage, done, text)

    with alone(database) as held:
        tell("snapshot", 0.0, "")
        workspace = open_workspace(settings, root or default_root(settings))
        layout = Layout(workspace.root)
        taken = snapshot.take(database, workspace.root, lambda _done, text: tell("snapshot", 0.0, text))
        note, last = _note(workspace, taken), _read_note(layout)
        if not force and not _is_new(settings, note, last):
            status, version, reason = _NOTHING_NEW
        else:
            release = _challenge(workspace, tell, cancelled)
            held.execute("SELECT 1")  # the lock went with its connection, should the database have been restarted
            status, version, reason = _conclude(settings, layout, release)
            note = note.model_copy(update={"status": status, "version": version})
            write_json(layout.report("retrain") / _NOTE_FILE, note)
            tell("report", 1.0, "")
            _report(settings, workspace)
            workspace.tidy()
    result = RetrainResult(
        status=status,
        version=version,
        reason=reason,
        watermark=taken.watermark,
        battles=taken.rows,
        seconds=time.perf_counter() - started,
        reports=layout.root / "reports",
    )
    _log.info("retrain: %s, version %s, %s, in %.1f s. %s", status, version, taken.watermark, result.seconds, reason)
    return result


@contextmanager
def alone(database: Database, *, wait: bool = False) -> Iterator[psycopg.Connection[TupleRow]]:
    """Be the only one who trains for this shop, on all machines; yields the connection that holds the lock.

    Raises:
        Conflict: somebody else trains now, and ``wait`` is not set.
        Unavailable: the database cannot be reached.
    """
    with locks.lock(database, locks.RETRAIN, wait=wait) as held:
        if held is None:
            raise Conflict("retrain", "Another retrain is running.")
        yield held


def last_finished(root: Path) -> datetime | None:
    """When the last retrain below a root ran to its end; None before the first."""
    note = Layout(root).report("retrain") / _NOTE_FILE
    with suppress(OSError):
        return datetime.fromtimestamp(note.stat().st_mtime, UTC)
    return None


def _note(workspace: Workspace, taken: SnapshotManifest) -> _Note:
    return _Note(
        watermark=taken.watermark,
        battles_sha256=taken.battles_sha256(),
        params_sha256=sha256_file(workspace.root / "params.yaml"),
        status="",
        version=None,
    )


def _read_note(layout: Layout) -> _Note | None:
    with suppress(Unavailable):
        return read_model(layout.report("retrain") / _NOTE_FILE, _Note)
    return None


def _is_new(settings: Settings, note: _Note, last: _Note | None) -> bool:
    """Whether a retrain could learn anything: from other battles (a slayer's leaving counts), or by other parameters."""
    if last is not None:
        return (note.battles_sha256, note.params_sha256) != (last.battles_sha256, last.params_sha256)
    # The first champion of a shop learned all there is without battles.
    return note.watermark is not None or (last_good(settings) is None and registry.champion(settings) is None)


def _challenge(workspace: Workspace, tell: OnStage, cancelled: Cancelled) -> Release:
    """Train a challenger on the snapshot and let the gate decide on it."""
    layout = Layout(workspace.root)
    load_params(workspace.root / "params.yaml")
    _bring_champion(workspace.settings, layout)
    workspace.unlock()
    log = layout.report("retrain") / _LOG_FILE
    log.parent.mkdir(parents=True, exist_ok=True)
    listener = _Listener(tell)
    try:
        workspace.track()
        with log.open("w", encoding="utf-8") as file:

            def hear(line: str) -> None:
                file.write(f"{line}\n")
                listener.hear(line)

            workspace.dvc("repro", on_line=hear, cancelled=cancelled)
    except Stopped as error:
        raise Unavailable("The retrain was stopped before its end; the champion is the one it was.") from error
    except Unavailable as error:
        if listener.failed is None:
            raise
        raise Unavailable(f"The stage {listener.failed} failed: {listener.words}. See {log}.") from error
    return verify(layout.model)


def _bring_champion(settings: Settings, layout: Layout) -> None:
    """Lay the reigning champion where ``gate`` finds its rival; nothing before the first."""
    layout.champion.mkdir(parents=True, exist_ok=True)
    for path in layout.champion.iterdir():
        if path.name != ".gitignore":
            path.unlink()
    if registry.champion(settings) is not None:
        reigning = fetch_champion(settings)
        for name in (*verify(reigning).files, MANIFEST_FILE):
            shutil.copyfile(reigning / name, layout.champion / name)


def _conclude(settings: Settings, layout: Layout, release: Release) -> tuple[Status, str | None, str]:
    rival = layout.champion / MANIFEST_FILE
    judged_against = sha256_file(rival) if rival.is_file() else None
    reigning = registry.champion(settings)
    if (reigning.release_sha256 if reigning else None) != judged_against:
        raise Conflict("champion", "The champion changed while its challenger was trained; nothing was promoted.")
    if rival.is_file() and verify(layout.champion).files[MODEL_FILE] == release.files[MODEL_FILE]:
        return "nothing new", None, "The same model as the champion came out."
    if release.decision == "release":
        return "promoted", registry.promote(settings, layout.model), release.reason
    return "held", registry.register(settings, layout.model), release.reason


def _report(settings: Settings, workspace: Workspace) -> None:
    """Off-policy estimates and drift, for people. They decide nothing, so what keeps them from being written undoes nothing."""
    from ml import nightly

    try:
        nightly.write(workspace.root, load_params(workspace.root / "params.yaml"), settings)
    except HashiraError as error:
        _log.warning("The nightly report was not written: %s", error)


class _Listener:
    """Progress, and the last words of a stage, out of what DVC and its stages say."""

    def __init__(self, tell: OnStage) -> None:
        self._tell = tell
        self._stage = 0
        self._said: deque[str] = deque(maxlen=1)
        self.failed: str | None = None

    @property
    def words(self) -> str:
        """What the stage said last before it failed."""
        return self._said[0].removesuffix(".") if self._said else "it said nothing"

    def hear(self, line: str) -> None:
        """One line of output."""
        if found := _FAILED.match(line):
            self.failed = found[1]
        elif found := _STARTED.match(line) or _SKIPPED.match(line):
            name = found[1]
            self._stage = STAGES.index(name) if name in STAGES else self._stage
            self._said.clear()
            self._tell(name, self._stage / len(STAGES), "")
        elif found := _STEP.match(line):
            self._tell(STAGES[self._stage], (self._stage + int(found[1]) / 100) / len(STAGES), found[2])
        elif self.failed is None and not _DVC_TALK.match(line):
            self._said.append(line.strip())

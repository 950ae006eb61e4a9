"""``hashira bench generations``: manuals are ingested under chats, and no answer is made of two generations.

A real API process in a temporary folder of its own, with 20 clients that ask about one weapon without a pause. Meanwhile
``hashira ingest`` brings in one edition of that weapon's manual after the other; every passage of it names its edition, so that
an answer that names two was mixed. Then the command is killed (kill -9) while it builds a generation: the old one must go on
answering, and the next ingestion must clear the wreck. An edition is picked up when the first chat is answered from it, counted
from the end of the command (below zero: before the command had ended).
"""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from rich.console import RenderableType
from rich.markup import escape
from rich.table import Table

from evals.benches.made_up import Maker, corpus
from evals.load.chats import Chats, Heard, chatting, write_manual
from evals.load.nights import enrol, profiles
from evals.load.shop import LoadShop, load_shop
from evals.report import Report
from hashiramart.config import Settings
from hashiramart.errors import HashiraError, SetupError
from ml.params import load_params

Tell = Callable[[str, float], None]

PICK_UP_S = 5.0

_WAIT_S = 60.0
_LOOK_S = 0.02
_MADE_UP = 170  # passages that a killed ingestion embeds: long enough to be killed in the middle of


@dataclass(frozen=True)
class Size:
    """How much of everything: clients, editions ingested, ingestions killed, documents of the corpus beside the manual."""

    clients: int
    editions: int
    kills: int
    documents: int | None


FULL = Size(clients=20, editions=20, kills=5, documents=None)
QUICK = Size(clients=20, editions=1, kills=1, documents=2)


@dataclass
class Course:
    """What was done and what came of it, times in Unix seconds.

    ``editions`` has for each edition when its command ended and when it was first answered from (None: never);
    ``killed`` for each kill the time, and when the chats after it had been heard.
    """

    editions: dict[int, tuple[float, float | None]] = field(default_factory=dict)
    ingest_s: list[float] = field(default_factory=list)
    killed: list[tuple[float, float, int]] = field(default_factory=list)
    wrecks: set[str] = field(default_factory=set)
    wrecks_left: set[str] = field(default_factory=set)


def run(_settings: Settings, quick: bool, tell: Tell) -> Report:
    """Run the benchmark in a temporary shop; the configured one is not touched.

    Raises:
        HashiraError: the temporary shop does not start, or ``hashira ingest`` fails.
    """
    size, course = QUICK if quick else FULL, Course()
    with load_shop() as shop:
        tell("Opening a shop of its own", 0)
        manuals = shop.home / "manuals"
        manuals.mkdir()
        for document in corpus()[: size.documents]:
            if document.weapon != "heron-spear":
                (manuals / Path(document.source).name).write_text(document.text, encoding="utf-8")
        write_manual(manuals, 0)
        shop.hashira("ingest", str(manuals))
        people = enrol(shop.database, profiles(load_params().generate_data, size.clients, seed=11))
        shop.start_api()
        tell("Opening a shop of its own", 1)
        with chatting(shop.port, [person.token for person in people]) as chats:
            if chats.wait_for(0, _WAIT_S) is None:
                raise SetupError(f"The shop of the load does not answer from its manual: {chats.heard[-1:]}")
            for edition in range(1, size.editions + 1):
                tell("Ingesting under chats", edition / (size.editions + 1))
                _ingest(shop, manuals, edition, chats, course)
            for kill in range(size.kills):
                tell("Killing ingestions", kill / size.kills)
                _kill(shop, manuals, chats, course)
                _ingest(shop, manuals, len(course.editions) + 1, chats, course)
                course.wrecks_left |= course.wrecks & _generations(shop)
        heard = chats.heard
    return Report(
        name="generations",
        figures=_figures(course, heard),
        bounds=_bounds(course),
        details=_details(course, heard),
        about=__doc__ or "",
        surroundings={"form": "quick" if quick else "full", "Clients": str(size.clients)},
    )


def _ingest(shop: LoadShop, manuals: Path, edition: int, chats: Chats, course: Course) -> None:
    write_manual(manuals, edition)
    started = time.time()
    shop.hashira("ingest", str(manuals))
    ended = time.time()
    course.ingest_s.append(ended - started)
    course.editions[edition] = ended, chats.wait_for(edition, _WAIT_S)
    chats.wait_rounds(1, _WAIT_S)


def _kill(shop: LoadShop, manuals: Path, chats: Chats, course: Course) -> None:
    """Start an ingestion of another edition and much more, and kill it while the new generation is being built."""
    before = _generations(shop)
    write_manual(manuals, len(course.editions) + 1)
    more = manuals / "more"
    Maker(seed=len(course.killed)).write(more, _MADE_UP)
    process = subprocess.Popen(
        [sys.executable, "-m", "cli.main", "ingest", str(manuals)],
        env=shop.environment(),
        cwd=shop.home,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        deadline = time.monotonic() + _WAIT_S
        while not _generations(shop) - before:
            if process.poll() is not None or time.monotonic() > deadline:
                raise HashiraError("The ingestion that was to be killed has made no generation.")
            time.sleep(_LOOK_S)
        time.sleep(random.uniform(0, 0.5))  # anywhere in the building of it
        if process.poll() is not None:
            raise HashiraError("The ingestion that was to be killed was quicker.")
    finally:
        process.kill()
        process.wait()
    at = time.time()
    course.wrecks |= _generations(shop) - before
    shutil.rmtree(more)
    chats.wait_rounds(2, _WAIT_S)
    course.killed.append((at, time.time(), len(course.editions)))


def _generations(shop: LoadShop) -> set[str]:
    """The generations on the shop's disk, whole or not."""
    (folder,) = (shop.home / "chroma").iterdir()
    return {each.name for each in folder.iterdir() if each.is_dir()}


def _figures(course: Course, heard: Sequence[Heard]) -> dict[str, float]:
    waits = [answered - ended for ended, answered in course.editions.values() if answered is not None]
    good = [each for each in heard if each.status == 200]
    times = sorted(each.ms for each in good) or [0.0]
    after = [each for start, end, _ in course.killed for each in heard if start <= each.started and each.ended <= end]
    return {
        "chats": len(heard),
        "failed": len(heard) - len(good),
        "without_the_manual": sum(not each.editions for each in good),
        "mixed": sum(len(each.editions) > 1 for each in good),
        "stale": _stale(course, good),
        "editions": len(course.editions),
        "editions_answered": len(waits),
        "median_pick_up_s": median(waits) if waits else _WAIT_S,
        "slowest_pick_up_s": max(waits, default=_WAIT_S),
        "median_ingest_s": median(course.ingest_s),
        "chat_p50_ms": times[len(times) // 2],
        "chat_p99_ms": times[round(0.99 * (len(times) - 1))],
        "kills": len(course.killed),
        "wrecks_made": len(course.wrecks),
        "wrecks_left": len(course.wrecks_left),
        "chats_after_kills": len(after),
        "chats_after_kills_from_another_edition": sum(
            each.editions != {edition}
            for start, end, edition in course.killed
            for each in heard
            if start <= each.started and each.ended <= end
        ),
    }


def _bounds(course: Course) -> dict[str, tuple[str, float]]:
    never = ("failed", "without_the_manual", "mixed", "stale", "wrecks_left", "chats_after_kills_from_another_edition")
    return {
        **dict.fromkeys(never, ("<=", 0.0)),
        "editions_answered": (">=", len(course.editions)),
        "slowest_pick_up_s": ("<=", PICK_UP_S),
        "wrecks_made": (">=", len(course.killed)),
        "chats_after_kills": (">=", 1),
    }


def _stale(course: Course, good: Sequence[Heard]) -> int:
    """Chats that began after an edition's first answer had come, and were still answered from an older one."""
    return sum(
        answered is not None and answered <= each.started and bool(each.editions) and max(each.editions) < edition
        for edition, (_, answered) in course.editions.items()
        for each in good
    )


def _details(course: Course, heard: Sequence[Heard]) -> list[RenderableType]:
    table = Table("edition", "command's end to first answer (s)", title="Picked up", title_justify="left")
    for edition, (ended, answered) in course.editions.items():
        table.add_row(str(edition), "never" if answered is None else f"{answered - ended:.2f}")
    troubles = Counter(f"{each.status}: {each.trouble[:160]}" for each in heard if each.trouble)
    mixed = [
        f"mixed: client {each.client}, editions {sorted(each.editions)}" for each in heard if len(each.editions) > 1
    ]
    return [table, *(escape(f"{times} × {trouble}") for trouble, times in troubles.most_common(5)), *mixed[:5]]

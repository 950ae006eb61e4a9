"""``hashira bench kills``: whatever is killed in the middle of a chat, the chat goes on, and nothing is written twice.

A real API, a real worker and a real PostgreSQL in a temporary folder of their own. Slayers chat, some to read, some to log
several things with one message, some to buy, where the yes is a turn of its own. At a random moment, again and again, the API
gets SIGKILL, or PostgreSQL does, or the API stays dead and then the worker gets it that goes on in its place. What was killed is
started again, until so many turns have been broken off. Then each must have ended, with an answer or with one clear error; each
message must have left behind exactly what it leaves in peace; and each thread must answer once more.
"""

from __future__ import annotations

import random
import signal
import time
import uuid
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from statistics import median
from threading import Thread
from typing import Literal

from rich.console import RenderableType
from rich.markup import escape
from rich.table import Table

from evals.load.chats import write_manual
from evals.load.cut_off import (
    AGAIN,
    BUY,
    MESSAGES,
    Heard,
    Left,
    Talker,
    agreeing,
    come_in,
    left_by,
    pieces_sold,
    stock_up,
    talk,
    turns_of,
    under_way,
)
from evals.load.shop import LoadShop, load_shop
from evals.report import Report
from hashiramart import audit
from hashiramart.config import Settings
from hashiramart.errors import HashiraError, Unavailable
from hashiramart.models import Turn

Tell = Callable[[str, float], None]
Victim = Literal["API", "PostgreSQL", "worker"]

_LOOK_S = 0.5
_POLL_S = 0.01
_SETTLE_S = 90.0
_WORKER_S = 90.0
_SETTINGS = {"HASHIRA_TURN_LOOK_S": str(_LOOK_S), "HASHIRA_RETRAIN": "false"}


@dataclass(frozen=True)
class Size:
    """How many turns are to be broken off, how many talk at once, what is killed in turn, and the most rounds of it."""

    turns: int
    talkers: int
    victims: tuple[Victim, ...]
    rounds: int


FULL = Size(turns=100, talkers=10, victims=("API", "PostgreSQL", "API", "worker", "PostgreSQL"), rounds=60)
QUICK = Size(turns=3, talkers=5, victims=("PostgreSQL", "API"), rounds=6)


@dataclass
class Course:
    """What happened. ``seconds`` are from each kill until no turn ran any more; ``took_over`` counts rounds of the worker's."""

    talkers: list[Talker] = field(default_factory=list)
    heard: list[Heard] = field(default_factory=list)
    kills: Counter[Victim] = field(default_factory=Counter)
    hit: Counter[Victim] = field(default_factory=Counter)
    seconds: defaultdict[Victim, list[float]] = field(default_factory=lambda: defaultdict(list))
    took_over: int = 0
    stuck: set[uuid.UUID] = field(default_factory=set)


def run(_settings: Settings, quick: bool, tell: Tell) -> Report:
    """Run the benchmark in a temporary shop; the configured one is not touched.

    Raises:
        HashiraError: the temporary shop does not start.
    """
    size, course, dice = QUICK if quick else FULL, Course(), random.Random(7)
    with load_shop() as shop:
        tell("Opening a shop of its own", 0)
        manuals = shop.home / "manuals"
        manuals.mkdir()
        write_manual(manuals, 0)
        shop.hashira("ingest", str(manuals))
        stock_up(shop.database)
        shop.start_api(**_SETTINGS)
        tell("Opening a shop of its own", 0.7)
        peace, usual_s = _in_peace(shop)
        for number in range(size.rounds):
            done = sum(course.hit.values())
            if done >= size.turns:
                break
            tell("Killing", done / size.turns)
            _round(shop, size, size.victims[number % len(size.victims)], usual_s, course, dice)
        tell("Asking every thread once more", 0)
        speechless = _speechless(shop, course)
        tell("Checking the books", 0)
        recorded = turns_of(shop.database, course.talkers)
        wrong = _wrong(shop, course, recorded, peace)
        faults = audit.verify(shop.database, lambda done: tell("Checking the books", done))
        sold = pieces_sold(shop.database) - peace[BUY].orders
        bought = sum(left_by(shop.database, each).orders for each in course.talkers)
    figures = {
        **{f"kills_{victim.lower()}": course.kills[victim] for victim in dict.fromkeys(FULL.victims)},
        "turns_broken_off": sum(course.hit.values()),
        "turns": len(recorded),
        "resumed": sum(turn.status == "done" and turn.attempts > 1 for turn in recorded),
        "ended_with_an_error": sum(turn.status in {"failed", "cancelled"} for turn in recorded),
        "without_a_word": sum(not (turn.reply or turn.error) for turn in recorded),
        "still_running": sum(turn.status == "running" for turn in recorded),
        "stuck_threads": len(course.stuck | speechless),
        "wrong_writes": len(wrong),
        "orders": bought,
        "pieces_missing": abs(sold - bought),
        "audit_faults": len(faults),
        "worker_took_over": course.took_over,
        "settled_max_s": max(max(each) for each in course.seconds.values()),
    }
    never = ("without_a_word", "still_running", "stuck_threads", "wrong_writes", "pieces_missing", "audit_faults")
    bounds: dict[str, tuple[str, float]] = dict.fromkeys(never, ("<=", 0))
    bounds["turns_broken_off"] = (">=", size.turns)
    if "worker" in size.victims:
        bounds["worker_took_over"] = (">=", 1)
    return Report(
        name="kills",
        figures=figures,
        bounds=bounds,
        details=_details(course, recorded, wrong),
        about=__doc__ or "",
        surroundings={"form": "quick" if quick else "full", "Talkers at once": str(size.talkers)},
    )


def _in_peace(shop: LoadShop) -> tuple[dict[str, Left], float]:
    """What each message leaves behind when nothing breaks, the yes to the offer included; and the seconds that all at once take.

    Raises:
        HashiraError: one of them is not answered.
    """
    for _ in range(2):  # the first time is slower
        talkers = come_in(shop.database, MESSAGES)
        started = time.monotonic()
        heard = talk(shop.port, talkers)
        seconds = time.monotonic() - started
    heard += talk(shop.port, agreeing(shop.database, talkers))
    if bad := [each for each in heard if not each.answered]:
        raise HashiraError(f"The shop of the bench does not answer in peace: {bad[0].status} {bad[0].told}")
    left = {each.message: left_by(shop.database, each) for each in talkers}
    if not left[BUY].orders or not any(each.events for each in left.values()):
        raise HashiraError(f"The shop of the bench does not understand what it is told: {left}")
    return left, seconds


def _round(shop: LoadShop, size: Size, victim: Victim, usual_s: float, course: Course, dice: random.Random) -> None:
    """Let talkers speak, kill something in the middle, start it again, and wait until all is settled."""
    ready = agreeing(shop.database, [each for each in course.talkers if each.message == BUY])[: size.talkers // 2]
    new = come_in(shop.database, [dice.choice(MESSAGES) for _ in range(size.talkers - len(ready))])
    course.talkers += new
    heard: list[Heard] = []
    speaking = Thread(target=lambda: heard.extend(talk(shop.port, [*ready, *new])), daemon=True)
    if victim == "worker":
        shop.start_worker(**_SETTINGS)
    speaking.start()
    while speaking.is_alive() and not under_way(shop.database):
        time.sleep(_POLL_S)
    time.sleep(dice.uniform(0, 0.8) * usual_s * size.talkers / len(MESSAGES))
    before = _attempts(shop, course)
    if victim == "PostgreSQL":
        shop.crash_postgres(signal.SIGKILL)
        killed = time.monotonic()
        shop.restart_postgres()
    else:
        shop.kill_api()
        killed = time.monotonic()
        if victim == "worker":
            course.took_over += _kill_worker(shop, dice)
        shop.start_api(**_SETTINGS)
    speaking.join()
    course.stuck |= _settle(shop)
    course.seconds[victim].append(time.monotonic() - killed)
    course.kills[victim] += 1
    course.heard += heard
    after = _attempts(shop, course)
    course.hit[victim] += sum(after[turn] > before.get(turn, 1) for turn in after)


def _attempts(shop: LoadShop, course: Course) -> dict[uuid.UUID, int]:
    """How often each turn was taken up; one that ended with an error counts as once more."""
    recorded = turns_of(shop.database, course.talkers)
    return {turn.id: turn.attempts + (turn.status in {"failed", "cancelled"}) for turn in recorded}


def _kill_worker(shop: LoadShop, dice: random.Random) -> bool:
    """Kill the worker in the middle of the turns that it goes on with, when there are some; whether it went on with one."""
    before = under_way(shop.database)
    took_over = False
    deadline = time.monotonic() + _WORKER_S
    while before and not took_over and time.monotonic() < deadline:
        now = under_way(shop.database)
        took_over = any(now.get(turn, 0) != attempts for turn, attempts in before.items())
        time.sleep(dice.uniform(0, 0.1) if took_over else _POLL_S)
    shop.kill_worker()
    return took_over


def _settle(shop: LoadShop) -> set[uuid.UUID]:
    """Wait until no turn runs any more; those that still do when the time is over."""
    deadline = time.monotonic() + _SETTLE_S
    left: set[uuid.UUID] = set()
    while time.monotonic() < deadline:
        with suppress(Unavailable):
            left = set(under_way(shop.database))
            if not left:
                break
        time.sleep(_POLL_S)
    return left


def _speechless(shop: LoadShop, course: Course) -> set[uuid.UUID]:
    """The threads that do not answer once more."""
    threads = {turn.thread_id: turn for turn in turns_of(shop.database, course.talkers)}
    tokens = {each.slayer_id: each.token for each in course.talkers}
    again = [Talker(turn.slayer_id, tokens[turn.slayer_id], AGAIN, thread) for thread, turn in threads.items()]
    silent: set[uuid.UUID] = set()
    for start in range(0, len(again), 10):
        heard = talk(shop.port, again[start : start + 10])
        silent |= {each.talker.thread_id for each in heard if each.talker.thread_id and not each.answered}
    return silent


def _wrong(shop: LoadShop, course: Course, recorded: Sequence[Turn], peace: dict[str, Left]) -> list[str]:
    """The talkers who left behind something else than in peace: less only where an error says so, more never."""
    wrong = []
    for talker in course.talkers:
        own = [turn for turn in recorded if turn.slayer_id == talker.slayer_id and turn.message != AGAIN]
        left, due = left_by(shop.database, talker), peace[talker.message]
        agreed = sum(turn.approved is True for turn in own)
        if talker.message == BUY and not agreed:
            due = Left(due.events, due.movements, 0)
        if not own:
            due = Left(0, 0, 0)  # it was killed before it was on record: its client knows
        short = any(turn.status != "done" for turn in own)
        counts = list(zip(left.counts, due.counts, strict=True))
        if any(has > owed or (has < owed and not short) for has, owed in counts):
            wrong.append(f"{talker.message!r}: {left} instead of {due}; {[turn.status for turn in own]}")
    return wrong


def _details(course: Course, recorded: Sequence[Turn], wrong: Sequence[str]) -> list[RenderableType]:
    table = Table("killed", "how often", "turns broken off", "all ended after", title="Kills", title_justify="left")
    for victim, times in course.kills.items():
        spans = course.seconds[victim]
        table.add_row(victim, str(times), str(course.hit[victim]), f"{median(spans):.1f} s, {max(spans):.1f} s at most")
    heard = Table("what the client was told", "how many", title="Clients", title_justify="left")
    for what, times in Counter(map(_told, course.heard)).most_common():
        heard.add_row(what, str(times))
    details: list[RenderableType] = [table, heard]
    errors = Counter(turn.error for turn in recorded if turn.error)
    details += [escape(f"{times} × {error}") for error, times in errors.items()]
    details += [escape(line) for line in wrong[:20]]
    return details


def _told(heard: Heard) -> str:
    if heard.status == 0:
        return f"nothing: {heard.told}"
    return str(heard.status) if heard.answered or heard.status != 200 else "200, and an error in the stream"

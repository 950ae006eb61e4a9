"""``hashira bench images``: the queue of pictures under a rush and under kills.

A real API, real workers and a real PostgreSQL in a temporary folder of their own. First the queue gets ten times as many orders
as it may hold: what exceeds it must be refused within 100 ms with a word on when to come back, while the API's memory stays as
it was; an order that was taken on before is answered with its picture even then. Then workers paint what is queued, with a
scripted images API in place of a checkpoint, so that a process is at work soon after its start; every five seconds one of them
gets SIGKILL and another is started. Each picture must be done, or say in one sentence why not; the database itself notes each
ending, and none may end twice. In the full form the project's own checkpoint then paints some, and its worker gets SIGKILL in
the middle of one, again and again.
"""

from __future__ import annotations

import time
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field

from rich.console import RenderableType
from rich.markup import escape
from rich.table import Table

from evals.load import patrons as pictures
from evals.load.patrons import Answered, Patron
from evals.load.shop import LoadShop, Started, load_shop
from evals.load.studio import studio
from evals.quantile import quantile
from evals.report import Report
from hashiramart.config import Settings
from hashiramart.jobs import PICTURE_QUEUE
from hashiramart.models import Image

Tell = Callable[[str, float], None]

_TIMES = 10
_MOST_MS, _MOST_MS_BESIDE_TESTS = 100, 500
_MOST_MB = 16
_LOOK_S = 0.02
_CLIENTS = 4
_PATRONS = 8
_OWN_STEPS = "6"


@dataclass(frozen=True)
class Size:
    """What is done.

    Attributes:
        jobs: pictures that are queued.
        picture_s: seconds that one takes.
        workers: that paint at once.
        every_s: seconds between two kills.
        kills: that there must be at least.
        limit_s: seconds after which it is given up.
        own_jobs: pictures for the project's own checkpoint.
        own_kills: kills of its worker.
    """

    jobs: int
    picture_s: float
    workers: int
    every_s: float
    kills: int
    limit_s: float
    own_jobs: int
    own_kills: int


FULL = Size(jobs=200, picture_s=0.5, workers=3, every_s=5, kills=10, limit_s=1200, own_jobs=4, own_kills=3)
QUICK = Size(jobs=12, picture_s=0.5, workers=2, every_s=3, kills=2, limit_s=180, own_jobs=0, own_kills=0)


@dataclass
class Course:
    """What happened."""

    taken: list[Answered] = field(default_factory=list)
    refused: list[Answered] = field(default_factory=list)
    again: list[Answered] = field(default_factory=list)
    grown_mb: float = 0.0
    kills: int = 0
    seconds: float = 0.0
    own_kills: int = 0


def run(_settings: Settings, quick: bool, tell: Tell) -> Report:
    """Run the benchmark in a temporary shop; the configured one is not touched.

    Raises:
        HashiraError: the temporary shop does not start.
    """
    size, course = QUICK if quick else FULL, Course()
    with studio(size.picture_s) as painter, load_shop() as shop:
        tell("Opening a shop of its own", 0)
        pictures.count_endings(shop.database)
        patrons = pictures.come_in(shop.database, _PATRONS)
        bounds = {"HASHIRA_IMAGE_QUEUE_LIMIT": str(size.jobs), "HASHIRA_IMAGE_DAILY_QUOTA": "100000"}
        hosted = {**bounds, "HASHIRA_IMAGE_BASE_URL": painter.base_url}
        shop.start_api(**hosted)
        tell("Ordering ten times as much as the queue holds", 0)
        _rush(shop, size, patrons, course)
        tell("Painting, and killing the painters", 0)
        _paint_and_kill(shop, size, hosted, course, tell)
        if size.own_jobs:
            tell("The project's own checkpoint", 0)
            shop.kill_api()
            shop.start_api(HASHIRA_IMAGE_STEPS=_OWN_STEPS, **bounds)
            _own(shop, size, patrons, {"HASHIRA_IMAGE_STEPS": _OWN_STEPS, **bounds}, course)
        return _report(shop, size, course, asked=sum(painter.asked.values()), quick=quick)


def _rush(shop: LoadShop, size: Size, patrons: list[Patron], course: Course) -> None:
    """Fill the queue, and go on asking."""
    orders = pictures.wishes(shop.database, patrons, size.jobs * _TIMES)
    course.taken = pictures.send(shop.port, orders[: size.jobs], clients=_CLIENTS)
    some = size.jobs + max(len(orders) // 10, 50)
    course.refused = pictures.send(shop.port, orders[size.jobs : some], clients=_CLIENTS)
    before = shop.api_mb  # caches and pools have what they need by now
    course.refused += pictures.send(shop.port, orders[some:], clients=_CLIENTS)
    course.grown_mb = shop.api_mb - before
    course.again = pictures.send(shop.port, orders[: size.jobs : max(1, size.jobs // 20)], clients=_CLIENTS)


def _paint_and_kill(shop: LoadShop, size: Size, settings: dict[str, str], course: Course, tell: Tell) -> None:
    """Have all painted by workers, the oldest of which is killed now and then."""

    def another() -> Started:
        return shop.start("worker", "--queue", PICTURE_QUEUE, **settings)

    workers = deque(another() for _ in range(size.workers))
    started = time.monotonic()
    due, before = started + size.every_s, size.jobs
    while (left := pictures.unfinished(shop.database)) and time.monotonic() - started < size.limit_s:
        # On a machine with much else to do it may take longer until there is something to cut off: the next kill waits for a
        # picture that was finished since the last, so that none is killed for want of a processor alone.
        if time.monotonic() >= due and left < before and pictures.at_work(shop.database):
            workers.popleft().kill()
            course.kills += 1
            workers.append(another())
            due, before = time.monotonic() + size.every_s, left
            tell("Painting, and killing the painters", 1 - left / size.jobs)
        time.sleep(_LOOK_S)
    course.seconds = time.monotonic() - started
    for worker in workers:
        worker.kill()


def _own(shop: LoadShop, size: Size, patrons: list[Patron], settings: dict[str, str], course: Course) -> None:
    """Have some painted by the project's own checkpoint, whose worker is killed in the middle of a picture."""
    orders = pictures.wishes(shop.database, patrons, size.own_jobs, first_seed=size.jobs * _TIMES)
    course.taken += pictures.send(shop.port, orders, clients=1)
    worker = shop.start("worker", "--queue", PICTURE_QUEUE, **settings)
    deadline = time.monotonic() + size.limit_s
    while pictures.unfinished(shop.database) and time.monotonic() < deadline:
        if course.own_kills < size.own_kills and pictures.at_work(shop.database, step=1):
            worker.kill()
            course.own_kills += 1
            worker = shop.start("worker", "--queue", PICTURE_QUEUE, **settings)
            _until_taken_up(shop, deadline)
        time.sleep(_LOOK_S)
    worker.kill()


def _until_taken_up(shop: LoadShop, deadline: float) -> None:
    """Wait until what was being painted is begun anew, or another picture is."""
    before = sum(image.attempts for image in pictures.ordered(shop.database))
    while time.monotonic() < deadline and sum(image.attempts for image in pictures.ordered(shop.database)) == before:
        time.sleep(_LOOK_S)


def _report(shop: LoadShop, size: Size, course: Course, *, asked: int, quick: bool) -> Report:
    rows = pictures.ordered(shop.database)
    endings = pictures.endings(shop.database)
    done = [image for image in rows if image.status == "done"]
    failed = [image for image in rows if image.status == "failed"]
    known = {answer.image_id for answer in course.taken}
    milliseconds = [1000 * answer.seconds for answer in course.refused]
    figures = {
        "orders": len(course.taken) + len(course.refused),
        "taken_on": sum(answer.status == 202 for answer in course.taken),
        "taken_on_over_the_bound": sum(answer.status != 429 for answer in course.refused),
        "refused_without_a_word_on_when": sum(not (answer.retry_after or "").isdigit() for answer in course.refused),
        "refused_p50_ms": quantile(milliseconds, 0.5),
        "refused_p95_ms": quantile(milliseconds, 0.95),
        "memory_grown_mb": course.grown_mb,
        "asked_again_and_refused": sum(answer.image_id not in known for answer in course.again),
        "kills": course.kills,
        "taken_up_again": sum(image.attempts > 1 for image in rows),
        "done": len(done),
        "failed_with_a_sentence": sum(bool(image.error) for image in failed),
        "failed_without": sum(not image.error for image in failed),
        "unfinished": len(rows) - len(done) - len(failed),
        "done_twice": sum(times > 1 for times in endings.values()),
        "broken_files": sum(not pictures.is_whole(shop.database, image) for image in done),
        "painted_in_vain": asked - sum(image.status == "done" for image in rows[: size.jobs]),
        "seconds": course.seconds,
    }
    bounds: dict[str, tuple[str, float]] = {
        "taken_on": (">=", size.jobs + size.own_jobs),
        "taken_on_over_the_bound": ("<=", 0),
        "refused_without_a_word_on_when": ("<=", 0),
        "refused_p95_ms": ("<=", _MOST_MS_BESIDE_TESTS if quick else _MOST_MS),
        "memory_grown_mb": ("<=", _MOST_MB),
        "asked_again_and_refused": ("<=", 0),
        "kills": (">=", size.kills),
        "taken_up_again": (">=", 1),
        "failed_without": ("<=", 0),
        "unfinished": ("<=", 0),
        "done_twice": ("<=", 0),
        "broken_files": ("<=", 0),
    }
    if size.own_jobs:
        figures["own_checkpoint_kills"] = course.own_kills
        bounds["own_checkpoint_kills"] = (">=", size.own_kills)
    surroundings = {
        "form": "quick" if quick else "full",
        "workers at once": str(size.workers),
        "killed every": f"{size.every_s:g} s",
        "a picture takes": f"{size.picture_s:g} s",
    }
    return Report("images", figures, bounds, _details(rows), __doc__ or "", surroundings)


def _details(rows: list[Image]) -> list[RenderableType]:
    table = Table("begun", "pictures", title="How often a picture was begun", title_justify="left")
    for attempts, times in sorted(Counter(image.attempts for image in rows).items()):
        table.add_row(str(attempts), str(times))
    told = Counter(image.error for image in rows if image.error)
    return [table, *(escape(f"{times} × {error}") for error, times in told.items())]

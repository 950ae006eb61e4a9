"""``hashira bench artist``: what a picture takes, and what the chat feels of it.

The project's own checkpoint paints at its own size and steps with two threads: through the Artist's engine, with a preview after
every step as the worker asks for it, and by turns through diffusers' bare pipeline with the same settings. The pixels must be the
same; the ratio of the medians is what the engine costs.

Then a slayer chats with a shop of its own over HTTP, one message after the other: while nothing is painted, while a worker paints
one picture after the other, and once more in quiet. Other processes on the machine disturb all three alike.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from rich.console import RenderableType

from evals.load import patrons
from evals.load.company import Held, hold
from evals.load.shop import LoadShop, load_shop
from evals.quantile import quantile
from evals.report import Report
from hashiramart.config import Settings
from hashiramart.errors import HashiraError
from hashiramart.jobs import PICTURE_QUEUE
from ml.artist.bare import bare_pipeline
from ml.artist.choose import own_checkpoint
from ml.artist.orders import How, asked, every_pair, spread
from ml.artist.painter import Progress

Tell = Callable[[str, float], None]

THREADS = 2
OVERHEAD = 1.1
PICTURE_S = 8
CHAT = 2.0
_SEED = 40_000_000
_LOOK_S = 0.05
_BEGIN_S = 240.0
_COPIED = ("chroma", "mlflow", "models")


@dataclass(frozen=True)
class Size:
    """Pictures painted each way, steps of one (0 for the checkpoint's own), messages of each part, pictures ordered meanwhile."""

    pictures: int
    steps: int
    messages: int
    orders: int


FULL = Size(pictures=8, steps=0, messages=140, orders=20)
QUICK = Size(pictures=1, steps=2, messages=7, orders=4)


@dataclass
class Taken:
    """Seconds of each picture, by the clock and of the processor, how many came out alike, and what was painted with."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: {"engine": [], "bare": []})
    cpu: dict[str, list[float]] = field(default_factory=lambda: {"engine": [], "bare": []})
    alike: int = 0
    previews: int = 0
    surroundings: dict[str, str] = field(default_factory=dict)


def run(settings: Settings, quick: bool, tell: Tell) -> Report:
    """Run the benchmark with the project's own checkpoint, and in a temporary shop; the configured one is only read.

    Raises:
        HashiraError: the temporary shop does not start, or its worker does not paint.
    """
    size = QUICK if quick else FULL
    taken = _paint(size, tell)
    parts, painted = _chat(settings, size, tell)
    quiet = [*parts["before"].seconds, *parts["after"].seconds]
    busy = parts["meanwhile"].seconds
    figures = {
        "pictures": size.pictures,
        "same_pixels": taken.alike / size.pictures,
        "previews": taken.previews,
        "seconds_per_picture": quantile(taken.seconds["engine"], 0.5),
        "bare_seconds_per_picture": quantile(taken.seconds["bare"], 0.5),
        "ratio_p50": quantile(taken.seconds["engine"], 0.5) / quantile(taken.seconds["bare"], 0.5),
        "cpu_ratio_p50": quantile(taken.cpu["engine"], 0.5) / quantile(taken.cpu["bare"], 0.5),
        "chat_messages": len(busy),
        "chat_errors": sum(part.errors for part in parts.values()),
        "chat_quiet_p50_ms": quantile(quiet, 0.5) * 1000,
        "chat_quiet_p95_ms": quantile(quiet, 0.95) * 1000,
        "chat_while_painting_p50_ms": quantile(busy, 0.5) * 1000,
        "chat_while_painting_p95_ms": quantile(busy, 0.95) * 1000,
        "chat_p95_ratio": quantile(busy, 0.95) / quantile(quiet, 0.95),
        "still_painting_at_the_end": float(painted),
    }
    bounds: dict[str, tuple[str, float]] = {
        "same_pixels": (">=", 1),
        "chat_errors": ("<=", 0),
        "still_painting_at_the_end": (">=", 1),
    }
    if not quick:  # one picture and a few messages in a test run: what they take says nothing
        bounds |= {
            "seconds_per_picture": ("<=", PICTURE_S),
            "ratio_p50": ("<=", OVERHEAD),
            "chat_p95_ratio": ("<=", CHAT),
        }
    surroundings = {
        "form": "quick" if quick else "full",
        **taken.surroundings,
        "Load of the machine": f"{os.getloadavg()[0]:.1f}",
    }
    return Report("artist", figures, bounds, _details(parts), __doc__ or "", surroundings)


def _paint(size: Size, tell: Tell) -> Taken:
    """Paint the same pictures both ways, by turns; the first of each way is not counted."""
    import torch

    from ml.artist.engine import Engine

    before, taken = torch.get_num_threads(), Taken()
    tell("Loading the checkpoint twice", 0)
    try:
        bare = bare_pipeline(own_checkpoint(), THREADS)
        engine = Engine.load(own_checkpoint(), device="cpu", threads=THREADS)
        how = How(engine.size, size.steps or engine.steps, engine.guidance, own=True)
        taken.surroundings = {
            "Checkpoint": f"{engine.name}, {engine.fingerprint}",
            "Picture": f"{how.size[0]} × {how.size[1]}, {how.steps} steps, guidance {how.guidance:g}, {THREADS} threads",
        }
        portraits = spread(list(every_pair(_SEED)), size.pictures + 1)

        def look(progress: Progress) -> None:
            if progress.preview is not None:
                progress.preview()
                taken.previews += 1

        for number, portrait in enumerate(portraits):
            tell("Painting both ways", number / len(portraits))
            request = asked(portrait, portrait.seed, how)
            pictures = []
            ways = [
                ("engine", lambda request=request: engine.paint(request, look)),
                ("bare", lambda request=request: bare(request)),
            ]
            for way, paint in ways if number % 2 else reversed(ways):
                cpu, started = time.process_time(), time.perf_counter()
                pictures.append(paint().tobytes())
                if number:
                    taken.seconds[way].append(time.perf_counter() - started)
                    taken.cpu[way].append(time.process_time() - cpu)
            taken.alike += bool(number) and pictures[0] == pictures[1]
    finally:
        torch.set_num_threads(before)
    return taken


def _chat(settings: Settings, size: Size, tell: Tell) -> tuple[dict[str, Held], bool]:
    """The chat before, meanwhile and after; and whether a picture was still unfinished when the middle part ended."""
    parts: dict[str, Held] = {}
    with load_shop() as shop:
        tell("Opening a shop of its own", 0)
        for name in _COPIED:
            if (settings.home / name).exists():
                shutil.copytree(settings.home / name, shop.home / name, dirs_exist_ok=True)
        talker, *others = patrons.come_in(shop.database, 4)
        bounds = {"HASHIRA_IMAGE_QUEUE_LIMIT": "1000", "HASHIRA_IMAGE_DAILY_QUOTA": "1000"}
        shop.start_api(**bounds)

        def part(name: str, messages: int) -> Held:
            return hold(shop.port, [talker.token], messages, lambda: shop.api_mb, lambda done: tell(name, done))

        part("Warming up", 7)
        parts["before"] = part("Chatting in quiet", size.messages)
        tell("Waiting for the first step of a picture", 0)
        wanted = patrons.wishes(shop.database, others, size.orders)
        refused = [each.status for each in patrons.send(shop.port, wanted, clients=1) if each.status != 202]
        if refused:
            raise HashiraError(f"The shop does not take on pictures: {refused[0]}.")
        worker = shop.start("worker", "--queue", PICTURE_QUEUE, **bounds)
        _until_painting(shop, lambda: worker.process.poll() is None)
        parts["meanwhile"] = part("Chatting while a worker paints", size.messages)
        painted = patrons.unfinished(shop.database) > 0
        worker.kill()
        parts["after"] = part("Chatting in quiet again", size.messages)
    return parts, painted


def _until_painting(shop: LoadShop, lives: Callable[[], bool]) -> None:
    deadline = time.monotonic() + _BEGIN_S
    while not patrons.at_work(shop.database):
        if time.monotonic() > deadline or not lives():
            raise HashiraError("The worker of the load does not paint.")
        time.sleep(_LOOK_S)


def _details(parts: dict[str, Held]) -> list[RenderableType]:
    return [
        f"{name}: {times} × {kind}: {held.samples[kind]}"
        for name, held in parts.items()
        for kind, times in held.troubles.items()
    ]

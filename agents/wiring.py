"""Open everything that a chat turn needs, in one place, and close it in order."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, closing, nullcontext

from agents.checkpoints import Checkpointer, checkpoint_pool
from agents.graph import build_graph, passing
from agents.leases import Leases
from agents.models import LanguageModel
from agents.outbox import Outbox
from agents.planner.embedded import EmbeddedPlanner
from agents.planner.vocabulary import Vocabulary, WeaponName
from agents.resume import Watch
from agents.running import Agents
from hashiramart import catalog, seed
from hashiramart.config import Settings
from hashiramart.db import Database
from hashiramart.errors import Unavailable
from hashiramart.jobs import queue
from knowledge.embed import load_embedder
from knowledge.store import open_library
from ml.scorer import Scorer
from ml.turn_traces import TurnTraces
from tools.champion import Champion, rehearse
from tools.deps import Shop
from tools.shelves import Shelves

_WAITING = 64


@asynccontextmanager
async def open_agents(settings: Settings, database: Database, *, watch: bool = True) -> AsyncIterator[Agents]:
    """The wired agents of one process.

    Args:
        settings: the settings.
        database: an open, migrated database; it stays the caller's to close.
        watch: whether they look for turns that broke off, and go on with them.

    Raises:
        SetupError: the embedding model or the vector store cannot be opened.
    """
    embedder = load_embedder(settings)
    library = await asyncio.to_thread(open_library, settings, embedder)
    shelves = Shelves()
    champion = Champion(settings, _rehearsal(database, shelves))
    planner = await asyncio.to_thread(_planner, database)
    # A server without a champion still chats, logs and coaches; /health/ready and /recommend say what is missing.
    await asyncio.to_thread(champion.open)
    with (
        closing(LanguageModel(settings)) as model,
        closing(library),
        library.follow(),
        champion.followed(),
        queue(database).open() as jobs,
    ):
        if settings.llm_configured:
            _make_room_to_wait()
            await asyncio.to_thread(model.warm_up)
        shop = Shop(
            settings=settings, database=database, library=library, champion=champion, queue=jobs, shelves=shelves
        )
        async with checkpoint_pool(database) as pool:
            checkpointer = Checkpointer(pool, passing)
            await checkpointer.setup()
            leases = Leases(
                database, on_return=pool.check
            )  # or the next turn would get a connection of the dead server
            agents = Agents(
                shop=shop,
                graph=build_graph(checkpointer),
                planner=planner,
                model=model,
                leases=leases,
                outbox=Outbox(TurnTraces(settings)) if settings.traced else None,
            )
            try:
                async with _watched(agents) if watch else nullcontext():
                    yield agents
            finally:
                await agents.finish()
                await leases.close()
                if agents.outbox is not None:
                    await asyncio.to_thread(agents.outbox.close)


def _make_room_to_wait() -> None:
    """Let many turns wait for the language model at once: waiting costs nothing, but each holds a thread.

    asyncio's own pool has six on two cores; six turns that wait for an endpoint that hangs would hold up every other.
    """
    room = ThreadPoolExecutor(_WAITING, thread_name_prefix="turn")
    asyncio.get_running_loop().set_default_executor(room)


@asynccontextmanager
async def _watched(agents: Agents) -> AsyncIterator[None]:
    watch = Watch(agents, agents.shop.settings.turn_look_s)
    agents.wake = watch.wake
    standing = asyncio.create_task(watch.stand())
    try:
        yield
    finally:
        standing.cancel()
        await asyncio.gather(standing, return_exceptions=True)


def _planner(database: Database) -> EmbeddedPlanner:
    with database.session(None) as session:
        names = [WeaponName(weapon.slug, weapon.name, weapon.weapon_type) for weapon in catalog.all_weapons(session)]
    planner = EmbeddedPlanner(Vocabulary(names, seed.style_names()))
    planner.warm_up()
    return planner


def _rehearsal(database: Database, shelves: Shelves) -> Callable[[Scorer], None]:
    def on_the_shelf(scorer: Scorer) -> None:
        try:
            with database.session(None) as session:
                shelf = shelves.read(session)
        except Unavailable:
            return  # the database is away, which is not the model's fault; and nobody is answered until it is back
        rehearse(scorer, shelf)

    return on_the_shelf

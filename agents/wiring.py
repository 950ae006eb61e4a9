"""Open everything that a chat turn needs, in one place, and close it in order."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing

from langgraph.checkpoint.postgres.aio import AsyncPostgresSaver
from psycopg import AsyncConnection
from psycopg.rows import DictRow, dict_row
from psycopg_pool import AsyncConnectionPool

from agents.graph import build_graph
from agents.models import LanguageModel
from agents.planner.embedded import EmbeddedPlanner
from agents.planner.vocabulary import Vocabulary, WeaponName
from agents.turn import Agents
from hashiramart import catalog, seed
from hashiramart.config import Settings
from hashiramart.db import Database
from hashiramart.errors import Unavailable
from hashiramart.jobs import queue
from knowledge.embed import Embedder, load_embedder
from knowledge.store import open_library
from ml.scorer import Scorer
from tools.champion import Champion, rehearse
from tools.deps import Shop
from tools.shelves import Shelves


@asynccontextmanager
async def open_agents(settings: Settings, database: Database) -> AsyncIterator[Agents]:
    """The wired agents of one process.

    Args:
        settings: the settings.
        database: an open, migrated database; it stays the caller's to close.

    Raises:
        SetupError: the embedding model or the vector store cannot be opened.
    """
    embedder = load_embedder(settings)
    library = await asyncio.to_thread(open_library, settings, embedder)
    shelves = Shelves()
    champion = Champion(settings, _rehearsal(database, shelves))
    planner = await asyncio.to_thread(_planner, embedder, database)
    # A server without a champion still chats, logs and coaches; /health/ready and /recommend say what is missing.
    await asyncio.to_thread(champion.open)
    with closing(library), library.follow(), champion.followed(), queue(database).open() as jobs:
        shop = Shop(
            settings=settings, database=database, library=library, champion=champion, queue=jobs, shelves=shelves
        )
        async with _checkpoints(database) as checkpointer:
            agents = Agents(shop=shop, graph=build_graph(checkpointer), planner=planner, model=LanguageModel(settings))
            try:
                yield agents
            finally:
                await agents.finish()


def _planner(embedder: Embedder, database: Database) -> EmbeddedPlanner:
    with database.session(None) as session:
        names = [WeaponName(weapon.slug, weapon.name, weapon.weapon_type) for weapon in catalog.all_weapons(session)]
    planner = EmbeddedPlanner(embedder, Vocabulary(names, seed.style_names()))
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


@asynccontextmanager
async def _checkpoints(database: Database) -> AsyncIterator[AsyncPostgresSaver]:
    pool: AsyncConnectionPool[AsyncConnection[DictRow]] = AsyncConnectionPool(
        database.conninfo_for("langgraph"),
        min_size=1,
        max_size=10,
        open=False,
        kwargs={"autocommit": True, "prepare_threshold": 0, "row_factory": dict_row},
    )
    async with pool:
        saver = AsyncPostgresSaver(pool)
        await saver.setup()
        yield saver

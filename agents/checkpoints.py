"""The checkpoints: LangGraph's memory of each thread, in our own PostgreSQL.

Of each thread only the latest is kept, which is all that the next message or a yes or no needs. LangGraph would keep one for
every step of every turn, for time travel, which no chat of ours does. So one is one row, written whole by one statement that
deletes what came before it; LangGraph's way, each value a row of its own, saves room only where many are kept.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import (
    WRITES_IDX_MAP,
    ChannelVersions,
    Checkpoint,
    CheckpointMetadata,
    CheckpointTuple,
    get_checkpoint_id,
    get_serializable_checkpoint_metadata,
)
from langgraph.checkpoint.postgres.aio import AsyncPostgresSaver
from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer
from psycopg import AsyncConnection
from psycopg.rows import DictRow, dict_row
from psycopg.types.json import Jsonb
from psycopg_pool import AsyncConnectionPool

from hashiramart.db import Database

_PUT = """
WITH older AS (
    DELETE FROM checkpoints WHERE thread_id = %(thread)s AND checkpoint_ns = %(ns)s AND checkpoint_id < %(id)s
), answered AS (
    DELETE FROM checkpoint_writes WHERE thread_id = %(thread)s AND checkpoint_ns = %(ns)s AND checkpoint_id < %(id)s
), before_they_were_rows AS (
    DELETE FROM checkpoint_blobs WHERE thread_id = %(thread)s AND checkpoint_ns = %(ns)s
)
INSERT INTO checkpoints (thread_id, checkpoint_ns, checkpoint_id, parent_checkpoint_id, checkpoint, metadata)
VALUES (%(thread)s, %(ns)s, %(id)s, %(parent)s, %(checkpoint)s, %(metadata)s)
ON CONFLICT (thread_id, checkpoint_ns, checkpoint_id)
DO UPDATE SET checkpoint = EXCLUDED.checkpoint, metadata = EXCLUDED.metadata
"""

_LATEST = " WHERE thread_id = %s AND checkpoint_ns = %s ORDER BY checkpoint_id DESC LIMIT 1"
_LEADS_TO = "branch:to:"  # what LangGraph calls the channel through which a node is entered, before the node's name

Pool = AsyncConnectionPool[AsyncConnection[DictRow]]
Passing = Callable[[str, Mapping[str, Any]], bool]


def _nowhere(_node: str, _state: Mapping[str, Any]) -> bool:
    return False


def serializer() -> JsonPlusSerializer:
    """Reads plain values and nothing else, whatever stands in the database.

    The same as ``LANGGRAPH_STRICT_MSGPACK``, which counts only where it is set before LangGraph is imported for the first time.
    """
    return JsonPlusSerializer(allowed_msgpack_modules=None)


@asynccontextmanager
async def checkpoint_pool(database: Database) -> AsyncIterator[Pool]:
    """Connections for checkpoints; closed afterwards."""
    pool: Pool = AsyncConnectionPool(
        database.conninfo_for("langgraph"),
        min_size=1,
        max_size=10,
        open=False,
        kwargs={"autocommit": True, "prepare_threshold": 0, "row_factory": dict_row},
    )
    async with pool:
        yield pool


class Checkpointer(AsyncPostgresSaver):
    """LangGraph's own checkpointer, without what a graph of one step at a time does not need.

    Args:
        pool: connections.
        passing: given a node that is about to run and the state, whether nothing needs to be kept at that place: never before
            a node that asks the slayer something.
    """

    def __init__(self, pool: Pool, passing: Passing = _nowhere) -> None:
        super().__init__(pool, serde=serializer())
        self._pool = pool
        self._passing = passing

    def _passes(self, checkpoint: Checkpoint) -> bool:
        entered = [
            name.removeprefix(_LEADS_TO) for name in checkpoint["updated_channels"] or () if name.startswith(_LEADS_TO)
        ]
        return len(entered) == 1 and self._passing(entered[0], checkpoint["channel_values"])

    async def aget_tuple(self, config: RunnableConfig) -> CheckpointTuple | None:
        """Where a thread stands. Threads do not wait for each other here, as they would for LangGraph's one lock."""
        if get_checkpoint_id(config):  # a certain one, of which LangGraph asks within a run only
            return await super().aget_tuple(config)
        own = config["configurable"]
        async with self._pool.connection() as connection, connection.cursor(binary=True) as cursor:
            await cursor.execute(self.SELECT_SQL + _LATEST, [own["thread_id"], own.get("checkpoint_ns", "")])
            row = await cursor.fetchone()
        return None if row is None else await self._load_checkpoint_tuple(row)

    async def aput(
        self,
        config: RunnableConfig,
        checkpoint: Checkpoint,
        metadata: CheckpointMetadata,
        new_versions: ChannelVersions,  # noqa: ARG002 - all values are written
    ) -> RunnableConfig:
        """Keep where a thread stands, in JSON, and nothing older. What only enters the graph stands in the turn's row already."""
        own = config["configurable"]
        kept: RunnableConfig = {
            "configurable": {
                "thread_id": own["thread_id"],
                "checkpoint_ns": own["checkpoint_ns"],
                "checkpoint_id": checkpoint["id"],
            }
        }
        if metadata["source"] == "input" or self._passes(checkpoint):
            return kept
        row = {
            "thread": own["thread_id"],
            "ns": own["checkpoint_ns"],
            "id": checkpoint["id"],
            "parent": own.get("checkpoint_id"),
            "checkpoint": Jsonb(checkpoint),
            "metadata": Jsonb(get_serializable_checkpoint_metadata(config, metadata)),
        }
        async with self._pool.connection() as connection:
            await connection.execute(_PUT, row)
        return kept

    async def aput_writes(
        self, config: RunnableConfig, writes: Sequence[tuple[str, Any]], task_id: str, task_path: str = ""
    ) -> None:
        """Keep what waits for the slayer and their answer to it. What a step brings stands in the checkpoint that follows.

        LangGraph keeps it here as well, for the time until other steps that run beside it are done; there are none. A process
        that dies in between runs the step again, under the same key.
        """
        if all(channel in WRITES_IDX_MAP for channel, _ in writes):
            await super().aput_writes(config, writes, task_id, task_path)

"""The snapshot: what really happened, out of PostgreSQL into ``data/snapshot``. No stage of the pipeline, so no cache skips it.

It is a full picture every time, taken in one transaction that sees one moment. Reading on from the last row instead would miss
battles: numbers are given out when a row is written, not when it is committed, so a lower number may appear after a higher one.
In a full picture every committed battle stands exactly once, whatever the order, and one that comes a moment too late stands
in the next. And a slayer who has left is in none that is taken later.

The watermark is the battle with the highest number in the picture. Nothing in it depends on when it was taken: the same
rows make the same bytes, file by file, so a day that is over costs neither DVC's cache nor its stages anything.

The picture is made beside its place and put there whole. A process that is killed on the way leaves the old one.
"""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from psycopg import IsolationLevel

from hashiramart.db import Database
from hashiramart.errors import Unavailable
from hashiramart.locks import service_connection
from ml import extract
from ml.layout import Layout, Progress, silent
from ml.lineage import sha256_file
from ml.release import write_json
from ml.sources import SNAPSHOT_FILE, SnapshotFile, SnapshotManifest, manifest

if TYPE_CHECKING:
    import psycopg
    import pyarrow as pa

# Battles and impressions of a slayer and weapon on one line of time: the running maximum of the impressions' numbers is, at a
# battle, the latest impression before it. Sorting is linear where a join of all pairs of a busy slayer would be quadratic.
# A battle more than 14 days after the recommendation is no outcome of it.
_JOINED = """
WITH shown AS MATERIALIZED (
  SELECT row_number() OVER (ORDER BY i.slayer_id, i.weapon_id, l.shown_at, i.list_id) AS n,
    i.list_id, i.position, i.slayer_id, i.weapon_id, i.score, i.propensity, i.explored, l.model_version, l.shown_at
  FROM impressions i JOIN shown_lists l ON l.id = i.list_id
),
line AS (
  SELECT battle, moment, max(n) OVER (PARTITION BY slayer_id, weapon_id ORDER BY moment, n ROWS UNBOUNDED PRECEDING) AS n
  FROM (
    SELECT slayer_id, weapon_id, shown_at AS moment, n, NULL::bigint AS battle FROM shown
    UNION ALL
    SELECT slayer_id, weapon_id, occurred_at, NULL, id FROM interactions
  ) both_kinds
),
joined AS (
  SELECT line.battle, shown.n FROM line JOIN shown ON shown.n = line.n
  WHERE line.battle IS NOT NULL AND shown.shown_at >= line.moment - interval '14 days'
)
"""

_INTERACTIONS = """
SELECT 'interaction ' || b.id AS interaction_id, b.slayer_id, b.weapon_id, b.breathing_style, b.level, b.strength, b.dexterity,
  b.stamina, b.success::int AS success, coalesce(s.explored, false) AS exploration, s.propensity, s.model_version,
  floor(extract(epoch FROM b.occurred_at) * 1000)::bigint AS occurred_at, NULL AS p_true
FROM interactions b LEFT JOIN joined ON joined.battle = b.id LEFT JOIN shown s ON s.n = joined.n
ORDER BY b.occurred_at, b.id
"""

_IMPRESSIONS = """,
outcomes AS (
  SELECT joined.n, avg(b.success::int) AS outcome, count(*) AS battles
  FROM joined JOIN interactions b ON b.id = joined.battle GROUP BY joined.n
),
lengths AS (SELECT list_id, count(*) AS places FROM impressions GROUP BY list_id)
SELECT s.list_id, s.slayer_id, s.position, lengths.places, s.weapon_id, s.score, s.propensity, s.explored, s.model_version,
  l.prefer, l.breathing_style, l.level, l.strength, l.dexterity, l.stamina, l.share,
  nullif(array_to_string(l.candidates, chr(31)), '') AS candidates, nullif(array_to_string(l.weights, chr(31)), '') AS weights,
  floor(extract(epoch FROM s.shown_at) * 1000)::bigint AS shown_at, o.outcome, coalesce(o.battles, 0) AS battles
FROM shown s JOIN shown_lists l ON l.id = s.list_id JOIN lengths ON lengths.list_id = s.list_id
  LEFT JOIN outcomes o ON o.n = s.n
ORDER BY s.shown_at, s.list_id, s.position
"""

_SLAYERS = "SELECT id AS slayer_id, breathing_style, level, strength, dexterity, stamina FROM slayers ORDER BY id"

_WEAPONS = """
SELECT id AS weapon_id, slug, weapon_type, weight, sharpness, price,
  nullif(array_to_string(styles, chr(31)), '') AS styles, 'catalogue' AS source
FROM weapons ORDER BY slug
"""


def take(database: Database, root: Path, on_progress: Progress = silent) -> SnapshotManifest:
    """Take a snapshot into ``data/snapshot`` below ``root``; nothing there is touched when nothing has changed.

    Raises:
        Unavailable: the database cannot be reached, or the folder cannot be written.
    """
    layout = Layout(root)
    fresh, old = (layout.snapshot.with_name(f".snapshot-{name}") for name in ("new", "old"))
    try:
        if old.exists() and not layout.snapshot.exists():
            old.rename(layout.snapshot)  # somebody died between the two renames below
        for left_over in (fresh, old):
            shutil.rmtree(left_over, ignore_errors=True)
        fresh.mkdir(parents=True)
        with service_connection(database) as connection:
            connection.isolation_level = IsolationLevel.REPEATABLE_READ
            connection.read_only = True
            with connection.transaction():
                made = _write(connection, fresh, on_progress)
        if not _stands(layout, made):
            if layout.snapshot.exists():
                layout.snapshot.rename(old)
            fresh.rename(layout.snapshot)
    except OSError as error:
        raise Unavailable(f"The snapshot cannot be written to {layout.snapshot}: {error.strerror}.") from error
    finally:
        for left_over in (fresh, old):
            shutil.rmtree(left_over, ignore_errors=True)
    on_progress(1.0, f"{made.rows:,} battles")
    return made


def _write(connection: psycopg.Connection[Any], folder: Path, on_progress: Progress) -> SnapshotManifest:
    # Sorting in memory of the usual 4 MB would make many small runs on the server's disk.
    connection.execute("SET LOCAL work_mem = '64MB'")
    highest = connection.execute("SELECT max(id) FROM interactions").fetchone()
    rows: dict[str, int] = {}
    for part, (name, query) in enumerate((("slayers", _SLAYERS), ("weapons", _WEAPONS))):
        on_progress(0.05 * part, name)
        schema, file = _schema(name), f"{name}.parquet"
        rows[file] = extract.write(extract.stream(connection, query, schema), folder / file, schema)
    for part, (name, query, moment) in enumerate(
        (("interactions", _JOINED + _INTERACTIONS, "occurred_at"), ("impressions", _JOINED + _IMPRESSIONS, "shown_at"))
    ):
        on_progress(0.1 + 0.45 * part, name)
        schema = _schema(name)
        days = extract.write_days(extract.stream(connection, query, schema), folder / name, schema, moment)
        rows |= {f"{name}/{file}": count for file, count in days.items()}
    made = SnapshotManifest(
        watermark=f"interaction {highest[0]}" if highest and highest[0] is not None else None,
        rows=_in_folder(rows, "interactions"),
        impressions=_in_folder(rows, "impressions"),
        files={
            name: SnapshotFile(rows=count, sha256=sha256_file(folder / name)) for name, count in sorted(rows.items())
        },
    )
    write_json(folder / SNAPSHOT_FILE, made)
    return made


def _in_folder(rows: dict[str, int], folder: str) -> int:
    return sum(count for name, count in rows.items() if name.startswith(f"{folder}/"))


def _stands(layout: Layout, made: SnapshotManifest) -> bool:
    """Whether the very same picture lies there already, whole."""
    with suppress(Unavailable, OSError):
        return manifest(layout) == made and all(
            sha256_file(layout.snapshot / name) == file.sha256 for name, file in made.files.items()
        )
    return False


def _schema(table: str) -> pa.Schema:
    import pyarrow as pa

    text, number = pa.string(), pa.float64()
    slayer = [("breathing_style", text), ("level", pa.int16())]
    slayer += [(name, number) for name in ("strength", "dexterity", "stamina")]
    moment = pa.timestamp("ms", "UTC")
    return pa.schema(
        {
            "slayers": [("slayer_id", text), *slayer],
            "weapons": [
                *((name, text) for name in ("weapon_id", "slug", "weapon_type")),
                *(("weight", number), ("sharpness", number), ("price", pa.int64())),
                *(("styles", pa.list_(text)), ("source", text)),
            ],
            "interactions": [
                *((name, text) for name in ("interaction_id", "slayer_id", "weapon_id")),
                *slayer,
                *(("success", pa.int8()), ("exploration", pa.bool_()), ("propensity", number), ("model_version", text)),
                *(("occurred_at", moment), ("p_true", number)),
            ],
            "impressions": [
                *(("list_id", text), ("slayer_id", text), ("position", pa.int16()), ("places", pa.int16())),
                *(("weapon_id", text), ("score", number), ("propensity", number), ("explored", pa.bool_())),
                *(("model_version", text), ("prefer", text)),
                *slayer,
                *(("share", number), ("candidates", pa.list_(text)), ("weights", pa.list_(number))),
                *(("shown_at", moment), ("outcome", number), ("battles", pa.int32())),
            ],
        }[table]
    )

"""Locks that hold on all machines of a shop: advisory locks of its PostgreSQL, on connections of their own.

A lock goes when the process that holds it ends, however it ends.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg.rows import TupleRow

from hashiramart import roles
from hashiramart.db import Database
from hashiramart.errors import DatabaseAway

RETRAIN = 7_461_002
"""Held by whoever reads training data out of the database, trains, or decides which model serves next."""

SUCCESSION = 7_461_004
"""Held while somebody of the staff decides which model serves next. A retrain goes on beside it, and finds out in the end."""


@contextmanager
def service_connection(database: Database) -> Iterator[psycopg.Connection[TupleRow]]:
    """A psycopg connection of the service role, in autocommit mode and shared with nobody; closed at the end.

    Raises:
        DatabaseAway: PostgreSQL cannot be reached, or went away meanwhile.
    """
    try:
        address = roles.sign_in_as(database.conninfo, "service")
        with psycopg.connect(address, autocommit=True, connect_timeout=5) as connection:
            yield connection
    except psycopg.OperationalError as error:
        raise DatabaseAway from error


@contextmanager
def lock(database: Database, key: int, *, wait: bool = False) -> Iterator[psycopg.Connection[TupleRow] | None]:
    """Hold a lock until the block ends.

    Args:
        database: whose lock it is.
        key: which one.
        wait: for whoever holds it now.

    Yields:
        the connection that holds it, of use to see whether it still does; None where somebody else holds it.

    Raises:
        DatabaseAway: PostgreSQL cannot be reached.
    """
    with service_connection(database) as connection:
        if wait:
            connection.execute("SELECT pg_advisory_lock(%s)", [key])
            yield connection
            return
        row = connection.execute("SELECT pg_try_advisory_lock(%s)", [key]).fetchone()
        yield connection if row and row[0] else None

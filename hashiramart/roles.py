"""Who may do what in the database: three roles, none of which can become another.

- the **owner**, as which ``DATABASE_URL`` signs in, owns the tables; it migrates them and does nothing else.
- the **application** acts for one slayer at a time (``act_for``). Row-level security shows and gives it that slayer's rows
  only, so that a query that forgot its ``WHERE`` leaks nothing.
- the **service** sees every slayer's rows: the worker, the nightly loop, and the commands of whoever runs the shop.

Neither of the last two can change or take back what stands in the ledger. Both are named after the database and sign in with
passwords derived from the owner's, so that one address configures all three.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import Literal

import psycopg
from psycopg import sql

Role = Literal["app", "service"]

ACT_FOR = "SELECT set_config('hashira.slayer', %s, true)"
"""Binds the transaction to a slayer ('' for nobody)."""


def role_name(database: str, role: Role) -> str:
    """The name of a role of a database; PostgreSQL cuts names at 63 bytes."""
    suffix = f"_{role}"
    return database.encode()[: 63 - len(suffix)].decode(errors="ignore") + suffix


def password_of(owner_password: str | None, role: str) -> str | None:
    """A role's password; None where the owner needs none either (a local server that trusts its users)."""
    if not owner_password:
        return None
    return hmac.new(owner_password.encode(), f"hashiramart:{role}".encode(), hashlib.sha256).hexdigest()


def sign_in_as(conninfo: str, role: Role) -> str:
    """The libpq address under which a role signs in, from the owner's."""
    known = psycopg.conninfo.conninfo_to_dict(conninfo)
    name = role_name(str(known.get("dbname") or known.get("user") or ""), role)
    password = known.get("password")
    return psycopg.conninfo.make_conninfo(
        conninfo, user=name, password=password_of(str(password) if password else None, name)
    )


def ensure_roles(owner: psycopg.Connection) -> None:
    """Create the two roles where they are missing, and set their passwords.

    Args:
        owner: the owner's connection in autocommit mode; it must be allowed to create roles.
    """
    for role in ("app", "service"):
        name = role_name(owner.info.dbname, role)
        found = owner.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone()
        change = sql.SQL("ALTER ROLE {}" if found else "CREATE ROLE {}").format(sql.Identifier(name))
        secret = password_of(owner.info.password or None, name)
        if secret is None:
            if not found:
                owner.execute(change + sql.SQL(" LOGIN NOINHERIT"))
            continue
        hashed = owner.pgconn.encrypt_password(secret.encode(), name.encode(), b"scram-sha-256").decode()
        owner.execute(change + sql.SQL(" LOGIN NOINHERIT PASSWORD {}").format(sql.Literal(hashed)))

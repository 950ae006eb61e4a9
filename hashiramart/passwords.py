"""Passwords: argon2 hashes. They take a tenth of a second on purpose, so no transaction waits while one is made."""

from __future__ import annotations

import secrets
from functools import cache

from pwdlib import PasswordHash


@cache
def _hasher() -> PasswordHash:
    return PasswordHash.recommended()


@cache
def _nobodys() -> str:
    """A hash of nothing anybody knows."""
    return hash_of(secrets.token_urlsafe(16))


def hash_of(password: str) -> str:
    """What is stored of a password."""
    return _hasher().hash(password)


def fits(password: str, stored: str | None) -> bool:
    """Whether a password is the one that was stored; where none is (None), it takes as long to say no."""
    good = _hasher().verify(password.encode("utf-8", "surrogatepass"), stored or _nobodys())
    return good and stored is not None

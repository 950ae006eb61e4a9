"""Alembic migrations of the shop's own tables."""

"""The trained classifier in the repository belongs to the training clauses beside it."""

from __future__ import annotations

from agents.planner.classifier import Router, data_hash, stored_path


def test_the_stored_router_was_trained_on_the_clauses_of_this_tree() -> None:
    stored = Router.from_bytes(stored_path().read_bytes())
    assert stored.data_sha256 == data_hash(), "run: python -m agents.planner.train"

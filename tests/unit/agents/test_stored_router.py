"""The trained router in the repository belongs to the clauses and to the encoder beside it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from agents.planner.classifier import Router, data_hash, features, load_router, stored_path
from agents.planner.encoder import TunedEncoder, base_folder, tuned_encoder, updates_path
from hashiramart.errors import SetupError
from ml.params import load_params
from tests.library import real_embedder


def test_the_stored_router_was_trained_on_the_clauses_of_this_tree() -> None:
    stored = Router.from_bytes(stored_path().read_bytes())
    assert stored.data_sha256 == data_hash(), "run: dvc repro evals/dvc.yaml"


def test_the_stored_router_was_trained_with_the_encoder_beside_it() -> None:
    tuned = tuned_encoder()
    assert tuned is not None
    assert Router.from_bytes(stored_path().read_bytes()).embedding_model == tuned.name


def test_the_stored_router_reads_what_its_encoder_makes() -> None:
    router, encoder = load_router()
    assert isinstance(encoder, TunedEncoder)
    assert router.weights.shape[1] == features(["how do I oil it"], encoder).shape[1]


def test_a_router_beside_another_encoder_is_not_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    other = replace(Router.from_bytes(stored_path().read_bytes()), embedding_model="another encoder")
    (tmp_path / "router.npz").write_bytes(other.to_bytes())
    monkeypatch.setattr("agents.planner.classifier.stored_path", lambda: tmp_path / "router.npz")
    with pytest.raises(SetupError, match="do not belong together"):
        load_router()


def test_the_views_are_of_length_one_and_see_things_differently() -> None:
    texts = ["how do I oil the katana?", "log 20 minutes"]
    views = np.split(
        TunedEncoder(base_folder(), updates_path()).encode(texts), load_params().train_router.views, axis=1
    )
    assert {view.shape for view in views} == {(2, 384)}
    installed = real_embedder().encode(texts)
    for view in views:
        assert np.allclose(np.linalg.norm(view, axis=1), 1, atol=1e-2)
        assert (view * installed).sum(axis=1).max() < 0.95
    assert (views[0] * views[1]).sum(axis=1).max() < 0.99


def test_what_stands_beside_it_does_not_change_an_embedding() -> None:
    encoder = TunedEncoder(base_folder(), updates_path())
    alone = encoder.encode(["how do I oil the katana?"])[0]
    among = encoder.encode(["how do I oil the katana?", "a far longer clause about many things " * 6])[0]
    assert np.allclose(alone, among, atol=5e-3)


def test_damaged_updates_are_named(tmp_path: Path) -> None:
    (tmp_path / "encoder.safetensors").write_bytes(b"nothing of the kind")
    with pytest.raises(SetupError, match=r"encoder\.safetensors cannot be read"):
        TunedEncoder(base_folder(), tmp_path / "encoder.safetensors").encode(["hello"])


def test_a_text_is_read_the_same_alone_beside_others_and_in_a_padded_batch() -> None:
    encoder = TunedEncoder(base_folder(), updates_path())
    texts = ["log it", "how do I oil a spear in the rain", "log it, and how do I oil a spear in the rain"]
    beside = encoder.encode(texts)
    alone = np.vstack([encoder.encode([text]) for text in texts])
    bulk = encoder.encode(texts * 20)[: len(texts)]
    assert np.allclose(beside, alone, atol=0.01)
    assert np.allclose(beside, bulk, atol=0.01)

"""The embedding model."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from hashiramart.config import Settings
from hashiramart.errors import SetupError
from knowledge.embed import Embedder, load_embedder


def test_vectors_are_float32_of_length_one(embedder: Embedder) -> None:
    vectors = embedder.encode(["oil the blade", "a", "breathe out " * 200])
    assert vectors.dtype == np.float32
    assert vectors.shape == (3, embedder.dimension) == (3, 384)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 1, 1], abs=1e-5)


def test_order_is_kept_and_meaning_is_near(embedder: Embedder) -> None:
    texts = ["how often should I oil my sword, and with what kind of oil?", "rice", "Put oil on the blade every week."]
    vectors = embedder.encode(texts)
    assert vectors[0] @ vectors[2] > 0.5 > vectors[0] @ vectors[1]
    assert embedder.encode([texts[2]])[0] == pytest.approx(vectors[2], abs=1e-4)


def test_nothing_to_encode_gives_an_empty_array(embedder: Embedder) -> None:
    assert embedder.encode([]).shape == (0, 384)
    assert embedder.recall([]).shape == (0, 384)


def test_recalled_vectors_are_those_of_encode_in_order_with_repeats(embedder: Embedder) -> None:
    texts = ["edge", "guard", "edge"]
    assert embedder.recall(texts) == pytest.approx(embedder.encode(texts), abs=1e-5)
    assert embedder.recall(["guard"]) == pytest.approx(embedder.encode(["guard"]), abs=1e-5)


def test_progress_ends_at_the_number_of_texts(embedder: Embedder) -> None:
    seen: list[tuple[int, int]] = []
    embedder.encode(
        [f"text {number}" for number in range(70)], on_progress=lambda done, total: seen.append((done, total))
    )
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    assert len(seen) > 1
    assert seen[-1] == (70, 70)


def test_threads_may_share_it(embedder: Embedder) -> None:
    texts = [f"the {number}th cut of the morning" for number in range(24)]
    alone = embedder.encode(texts)
    with ThreadPoolExecutor(6) as pool:
        together = list(pool.map(lambda text: embedder.encode([text])[0], texts))
    assert np.stack(together) == pytest.approx(alone, abs=1e-4)


def test_naming_a_model_loads_nothing_and_a_wrong_one_is_explained_on_use(tmp_path: Path) -> None:
    embedder = load_embedder(Settings(embedding_model=str(tmp_path / "nothing-here")))
    assert embedder.name.endswith("nothing-here")
    with pytest.raises(SetupError, match="HASHIRA_EMBEDDING_MODEL"):
        embedder.encode(["x"])

"""``hashira bench retrieve``: what finding passages costs beside the bare way, up to 100,000 passages.

Ours: ``retrieve``, which embeds the question, asks Chroma for what is near, ranks by BM25, fuses the two and removes duplicates.
The bare way: ``SentenceTransformer.encode`` of the same question and one Chroma query with documents and metadatas, for as many
passages from the same collection. They take turns, and no question comes twice, so that both really embed. Beside it, of ours
alone: a question about one weapon, and what a generation costs to load.

The smallest library is the corpus itself. The larger ones hold made-up passages besides: texts recombined from the corpus's
sentences, and vectors that are a corpus passage's plus noise (cosine 0.8 with it), of length 1, not the model's own of that text.
``nearest_found`` is the share of the truly nearest passages that Chroma's approximate index finds.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from numpy.typing import NDArray

from evals.benches.library_pictures import growth
from evals.benches.made_up import Maker, corpus, passages_of
from evals.quantile import quantile
from evals.report import Report
from hashiramart.config import Settings
from knowledge.corpus import Document
from knowledge.embed import load_embedder
from knowledge.on_disk import COLLECTION, OnDisk
from knowledge.retrieve import retrieve
from knowledge.split import Passage
from knowledge.store import Library

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.models.Collection import Collection

Tell = Callable[[str, float], None]

K = 6
TIMES_THE_BARE = 1.3
WEAPON = "tidebreaker-katana"

_WARM_UP = 5
_WRITTEN = 5_000  # passages at once


@dataclass(frozen=True)
class Size:
    """How much of everything: documents of the corpus, sizes of the larger libraries, questions at each."""

    documents: int | None
    passages: Mapping[str, int]
    questions: int


FULL = Size(documents=None, passages={"10k": 10_000, "100k": 100_000}, questions=300)
QUICK = Size(documents=24, passages={"5k": 5_000}, questions=60)


@dataclass
class Times:
    """Milliseconds of single questions at one size, and what they found."""

    passages: int
    ours: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)
    weapon: list[float] = field(default_factory=list)
    nearest_found: float = 0.0
    load_s: float = 0.0


def run(_settings: Settings, quick: bool, tell: Tell) -> Report:
    """Run the benchmark with the model that comes with the shop; it needs no shop."""
    size = QUICK if quick else FULL
    embedder = load_embedder(Settings(embedding_model=None))
    documents = sorted(corpus(), key=lambda document: document.weapon != WEAPON)[: size.documents]
    own = passages_of(documents)
    texts = [passage.embedded_text for passage in own]
    vectors = embedder.encode(texts, on_progress=lambda done, of: tell("Embedding the corpus", done / of))
    maker, times = Maker(seed=2), dict[str, Times]()
    questions = maker.questions((len(size.passages) + 1) * (size.questions + _WARM_UP))
    with tempfile.TemporaryDirectory(prefix="hm-") as folder:
        for number, (name, count) in enumerate({"corpus": len(own), **size.passages}.items()):
            what = f"Asking {count:,} passages"
            tell(what, 0)
            place = OnDisk(Path(folder) / name)
            library = Library(place, embedder)
            made = list(maker.documents(count - len(own)))
            passages = [*own, *passages_of(made)]
            every = np.concatenate([vectors, maker.vectors(vectors, len(passages) - len(own))])
            _store(library, [*documents, *made], passages, every)
            tell(what, 0.5)
            asked = questions[number :: len(size.passages) + 1]
            with _client(place) as client:
                collection = client.get_collection(COLLECTION, embedding_function=None)
                times[name] = _measure(library, collection, asked, passages, every)
            library.close()
    return Report(
        name="retrieve",
        figures=_figures(times),
        bounds={f"{name}_times_the_bare_p50": ("<=", TIMES_THE_BARE) for name in times},
        about=__doc__ or "",
        surroundings={
            "form": "quick" if quick else "full",
            "model": embedder.name,
            "Chroma": "on disk",
            "Passages asked for": str(K),
        },
        pictures={
            "growth": lambda: growth(
                {
                    "fused": {each.passages: quantile(each.ours, 0.5) for each in times.values()},
                    "bare": {each.passages: quantile(each.bare, 0.5) for each in times.values()},
                    "fused, one weapon": {each.passages: quantile(each.weapon, 0.5) for each in times.values()},
                },
                title="Finding passages for a question",
                axis="milliseconds (median)",
            )
        },
    )


def _client(place: OnDisk) -> Client:
    """Chroma itself in the current generation's folder; it shares the index that the shelf has loaded."""
    import chromadb
    from chromadb.config import Settings as ChromaSettings

    generation = place.current()
    assert generation is not None
    quiet = ChromaSettings(anonymized_telemetry=False)
    return cast("Client", chromadb.PersistentClient(place.folder / generation.id, settings=quiet))


def _store(library: Library, documents: Sequence[Document], passages: list[Passage], vectors: NDArray[Any]) -> None:
    """Publish a generation with vectors of our own."""
    with library.rewrite() as rewrite:
        by_source = {document.source: document for document in documents}
        rewrite.begin(by_source, without=set(by_source), version="bench", root="bench")
        for start in range(0, len(passages), _WRITTEN):
            rewrite.add(passages[start : start + _WRITTEN], vectors[start : start + _WRITTEN])
        rewrite.publish()


def _measure(
    library: Library, collection: Collection, questions: Sequence[str], passages: list[Passage], vectors: NDArray[Any]
) -> Times:
    times, embedder = Times(len(passages)), library.embedder
    started = time.perf_counter()
    shelf = library.shelf()
    times.load_s = time.perf_counter() - started

    def bare(question: str) -> None:
        vector = embedder.model.encode([question], show_progress_bar=False, normalize_embeddings=True)
        collection.query(query_embeddings=vector, n_results=K, include=["documents", "metadatas", "distances"])

    for number, question in enumerate(questions):
        ways: list[Callable[[], object]] = [partial(retrieve, shelf, question, k=K), partial(bare, question)]
        taken = [0.0, 0.0]
        for turn in (0, 1) if number % 2 else (1, 0):  # whoever comes second finds the machine warm
            taken[turn] = _ms(ways[turn])
        filtered = _ms(partial(retrieve, shelf, f"{question} and about its edge", k=K, weapon=WEAPON))
        if number >= _WARM_UP:
            times.ours.append(taken[0])
            times.bare.append(taken[1])
            times.weapon.append(filtered)
            vector = embedder.recall([question])[0]
            truly = np.argpartition(-(vectors @ vector), K)[:K]
            found = {passage.id for passage, _ in shelf.nearest(vector, K)}
            times.nearest_found += len(found & {passages[row].id for row in truly}) / K
    return times


def _figures(times: Mapping[str, Times]) -> dict[str, float]:
    figures: dict[str, float] = {}
    for name, each in times.items():
        figures |= {
            f"{name}_passages": each.passages,
            f"{name}_p50_ms": quantile(each.ours, 0.5),
            f"{name}_p95_ms": quantile(each.ours, 0.95),
            f"{name}_bare_p50_ms": quantile(each.bare, 0.5),
            f"{name}_bare_p95_ms": quantile(each.bare, 0.95),
            f"{name}_times_the_bare_p50": quantile(each.ours, 0.5) / quantile(each.bare, 0.5),
            f"{name}_times_the_bare_p95": quantile(each.ours, 0.95) / quantile(each.bare, 0.95),
            f"{name}_one_weapon_p50_ms": quantile(each.weapon, 0.5),
            f"{name}_nearest_found": each.nearest_found / len(each.ours),
            f"{name}_load_s": each.load_s,
        }
    return figures


def _ms(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000

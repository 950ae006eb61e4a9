"""``hashira bench ingest``: what an ingestion costs on top of the embedding model, and how its cost grows.

The whole of it (find, hash, parse in the watched process, split, embed, write a new generation to Chroma on disk, switch)
against the bare ``SentenceTransformer.encode`` of the same passages' texts, taking turns, in libraries of their own in a
temporary folder. The model is loaded before the first of either. Then growth: made-up documents, recombined from the corpus's
own sentences, from 100 passages on; and the largest of these libraries is ingested again with nothing changed.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.benches.library_pictures import growth
from evals.benches.made_up import Maker
from evals.report import Report
from hashiramart.config import Settings
from hashiramart.errors import HashiraError
from knowledge.corpus import corpus_paths, corpus_root
from knowledge.embed import Embedder, load_embedder
from knowledge.ingest import IngestReport, ingest
from knowledge.store import open_library

Tell = Callable[[str, float], None]

OF_THE_BARE = 0.8
AGAIN_FASTER = 50.0
GROWTH = 1.3  # what a passage may cost in the largest library against one in the smallest


@dataclass(frozen=True)
class Size:
    """How much of everything: files of the corpus, rounds over them, passages of the made-up libraries."""

    files: int | None
    rounds: int
    passages: tuple[int, ...]


FULL = Size(files=None, rounds=3, passages=(100, 300, 1_000, 3_000, 10_000))
QUICK = Size(files=20, rounds=2, passages=(100, 600))


def run(_settings: Settings, quick: bool, tell: Tell) -> Report:
    """Run the benchmark with the model that comes with the shop; it needs no shop.

    Raises:
        HashiraError: a file of the corpus was refused.
    """
    size = QUICK if quick else FULL
    embedder = load_embedder(Settings(embedding_model=None))
    embedder.encode(["so that the model is loaded"])
    with tempfile.TemporaryDirectory(prefix="hm-") as folder:
        files = [file for place in corpus_paths() for file in sorted(place.glob("*.md"))][: size.files]
        whole, bare, passages = _against_the_bare(files, embedder, Path(folder), size.rounds, tell)
        grown, again = _growth(size.passages, embedder, Path(folder), tell)
    of_one = {count: report.seconds / report.passages for count, report in grown.items()}
    largest = max(grown)
    figures = {
        "documents": len(files),
        "passages": passages,
        "documents_per_s": len(files) / whole,
        "passages_per_s": passages / whole,
        "bare_passages_per_s": passages / bare,
        "of_the_bare": bare / whole,
        **{f"{count}_passages_ms_each": seconds * 1000 for count, seconds in of_one.items()},
        "growth": of_one[largest] / of_one[min(grown)],
        f"{largest}_passages_s": grown[largest].seconds,
        "unchanged_s": again.seconds,
        "unchanged_times_faster": grown[largest].seconds / again.seconds,
    }
    return Report(
        name="ingest",
        figures=figures,
        bounds={
            "of_the_bare": (">=", OF_THE_BARE),
            "growth": ("<=", GROWTH),
            "unchanged_times_faster": (">=", AGAIN_FASTER),
        },
        about=__doc__ or "",
        surroundings={"form": "quick" if quick else "full", "model": embedder.name, "Chroma": "on disk"},
        pictures={
            "growth": lambda: growth(
                {"the whole ingestion": {count: seconds * 1000 for count, seconds in of_one.items()}},
                title="What a passage costs to ingest",
                axis="milliseconds a passage",
                level=("bare encode", bare / passages * 1000),
            )
        },
    )


def _against_the_bare(
    files: Sequence[Path], embedder: Embedder, folder: Path, rounds: int, tell: Tell
) -> tuple[float, float, int]:
    """Least seconds of the whole ingestion and of the bare encode in any round, and how many passages that were."""
    whole: list[float] = []
    bare: list[float] = []
    texts: list[str] = []
    for number in range(rounds):
        tell("Against the bare encode", number / rounds)
        library = open_library(Settings(home=folder / f"corpus-{number}", chroma_url=None), embedder)
        report = ingest(files, library, root=corpus_root())
        if report.refused:
            raise HashiraError(f"{report.refused[0].source} was refused: {report.refused[0].reason}")
        whole.append(report.seconds)
        texts = [passage.embedded_text for passage in library.shelf().passages]
        library.close()
        tell("Against the bare encode", (number + 0.5) / rounds)
        started = time.perf_counter()
        embedder.model.encode(texts, show_progress_bar=False, normalize_embeddings=True)
        bare.append(time.perf_counter() - started)
    return min(whole), min(bare), len(texts)


def _growth(
    sizes: Sequence[int], embedder: Embedder, folder: Path, tell: Tell
) -> tuple[dict[int, IngestReport], IngestReport]:
    """What each made-up library took, by its passages, and the largest of them once more."""
    grown: dict[int, IngestReport] = {}
    maker = Maker(seed=1)
    for count in sorted(sizes):
        what = f"Ingesting {count:,} passages"
        tell(what, 0)
        maker.write(folder / f"made-up-{count}", count)
        library = open_library(Settings(home=folder / f"home-{count}", chroma_url=None), embedder)
        grown[count] = ingest(
            [folder / f"made-up-{count}"],
            library,
            tell=lambda _what, share, what=what: tell(what, share),  # type: ignore[misc]
        )
        again = ingest([folder / f"made-up-{count}"], library)
        library.close()
    return grown, again

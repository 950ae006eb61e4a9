"""The whole corpus in a real Chroma under the real embedding model: made once, copied for each process that tests with it.

Embedding a thousand passages takes half a minute of two cores, so the finished folder is kept in pytest's cache, under a name
made from the code that makes it; ``ingest`` brings it up to date with the manuals, as it does for any library.
"""

from __future__ import annotations

import atexit
import hashlib
import shutil
import tempfile
from functools import cache
from pathlib import Path

import pytest
from filelock import FileLock

import knowledge
from hashiramart.config import Settings
from knowledge.corpus import corpus_paths
from knowledge.embed import Embedder, load_embedder
from knowledge.ingest import ingest
from knowledge.store import Library, open_library

_MAKERS = (
    "clean", "corpus", "embed", "generations", "ingest", "markup", "on_disk", "reading", "records", "split", "store",
)  # fmt: skip


@cache
def real_embedder() -> Embedder:
    """The embedding model of the shop, one a process."""
    return load_embedder(Settings())


@cache
def whole_library(kept: Path) -> Library:
    """The library over all manuals and guides. For reading only: every test of this process shares it.

    Args:
        kept: pytest's cache folder for it.
    """
    own = Path(tempfile.mkdtemp(prefix="hm-library-"))
    atexit.register(shutil.rmtree, own, ignore_errors=True)
    copy_library(kept, own)
    return open_library(Settings(home=own), real_embedder())


def copy_library(kept: Path, home: Path) -> None:
    """Put a copy of the finished library into a state folder, making the library first where it is not kept."""
    made = kept / f"made-{_version()}"
    with FileLock(kept / "lock"):
        for older in kept.glob("made-*"):
            if older != made:
                shutil.rmtree(older)
        library = open_library(Settings(home=made), real_embedder())
        ingest(corpus_paths(), library, prune=True)
        library.close()
        shutil.copytree(made, home, dirs_exist_ok=True)


def kept_folder(config: pytest.Config) -> Path:
    """Where the finished library is kept between runs (``pytest --cache-clear`` forgets it)."""
    cache_of_pytest = getattr(config, "cache", None)  # gone with -p no:cacheprovider
    return cache_of_pytest.mkdir("library") if cache_of_pytest else _passing_folder()


@cache
def _passing_folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="hm-kept-"))


def _version() -> str:
    assert knowledge.__file__
    folder = Path(knowledge.__file__).parent
    makers = [*(folder / f"{name}.py" for name in _MAKERS), *sorted((folder / "readers").glob("*.py"))]
    code = b"".join(maker.read_bytes() for maker in makers)
    return hashlib.sha256(code).hexdigest()[:16]

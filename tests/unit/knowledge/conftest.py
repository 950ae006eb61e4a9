"""The embedding model, the whole library, and an empty one in a folder of the test's own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hashiramart.config import Settings
from knowledge.embed import Embedder
from knowledge.store import Library, open_library
from tests.library import kept_folder, real_embedder, whole_library


@pytest.fixture(scope="session")
def embedder() -> Embedder:
    return real_embedder()


@pytest.fixture(scope="session")
def library(request: pytest.FixtureRequest) -> Library:
    return whole_library(kept_folder(request.config))


@pytest.fixture
def empty(tmp_path: Path, embedder: Embedder) -> Iterator[Library]:
    opened = open_library(Settings(home=tmp_path / "home"), embedder)
    yield opened
    opened.close()


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A folder with one short manual and one guide."""
    folder = tmp_path / "corpus"
    write(folder / "manuals" / "ash-spear.md", MANUAL)
    write(folder / "guides" / "sleep.md", GUIDE)
    return folder


@pytest.fixture
def reopen(tmp_path: Path, embedder: Embedder) -> Iterator[Callable[[], Library]]:
    """Open the library of ``empty`` a second time, as another part of the shop would."""
    opened: list[Library] = []

    def again() -> Library:
        opened.append(open_library(Settings(home=tmp_path / "home"), embedder))
        return opened[-1]

    yield again
    for library in opened:
        library.close()


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


MANUAL = """---
weapon: ash-spear
name: Ash Spear
type: spear
weight_kg: 1.60
styles: [Water]
---

# Ash Spear

## Overview
The Ash Spear is a light spear of 1.60 kg for Water Breathing.

## Drills
### Reed count
**Minutes:** 5 · **Focus:** point control · **Styles:** Water
1. Stand before a reed.
2. Touch it ten times with the point.

## Maintenance
### Intervals
- Weekly: Wipe the shaft with raw linseed oil.
### Steps
1. Dry the shaft.
2. Rub in linseed oil.
"""

GUIDE = """---
guide: sleep
title: Sleep
---

# Sleep

## Hours
Most adults need seven to nine hours of sleep.
"""

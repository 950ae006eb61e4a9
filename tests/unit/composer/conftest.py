"""The whole library, and questions put to the composer over it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from agents.composer.answer import compose
from agents.composer.models import CoachAnswer, CoachQuestion
from knowledge.store import Library
from tests.library import kept_folder, whole_library

Asking = Callable[..., CoachAnswer]


@pytest.fixture(scope="session")
def library(request: pytest.FixtureRequest) -> Library:
    return whole_library(kept_folder(request.config))


@pytest.fixture
def ask(library: Library) -> Asking:
    """``ask("how do I oil it?", weapon="heron-spear", level=8)``."""

    def asking(text: str, **known: Any) -> CoachAnswer:
        return compose(CoachQuestion(text, **known), library.shelf())

    return asking

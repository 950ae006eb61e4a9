"""What the last ingestion of a library did, kept beside the library for whoever looks after the shop."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

MOST_REFUSED = 50


class RefusedFile(BaseModel):
    """A file that did not go in, and why."""

    model_config = ConfigDict(frozen=True)

    source: str
    reason: str


class LastIngestion(BaseModel):
    """How the last ingestion ended, also one that found nothing to change. Of long lists of refused files the first are kept."""

    model_config = ConfigDict(frozen=True)

    ended_at: datetime
    seconds: float
    added: int
    changed: int
    unchanged: int
    removed: int
    passages_embedded: int
    refused: int
    refused_files: list[RefusedFile] = Field(max_length=MOST_REFUSED)

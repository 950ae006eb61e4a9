"""The renders that a run learns from: drawn by parallel processes into one array, used while more are drawn."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from pathlib import Path

import numpy as np
import torch

from ml.artist.train.drawing import FIELDS, Job, draw, step_back

_CHUNK = 64
_CAPTIONS = "captions.jsonl"


class Pictures:
    """Renders of consecutive seeds.

    Attributes:
        pixels: uint8 (rows, size, size, 3) on the device; rows from ``ready`` on are not there yet.
        ready: rows that ``sync`` found drawn.
        captions: a list of captions of each row, the full form first; complete after ``wait``.
        labels: numbers of the row's attributes in their vocabularies, (rows, FIELDS); complete after ``wait``.
    """

    def __init__(
        self, folder: Path, *, rows: int, first_seed: int, size: int, captions: int, device: torch.device
    ) -> None:
        self._folder = folder / f"pictures-{first_seed}-{rows}x{size}"
        self._folder.mkdir(parents=True, exist_ok=True)
        self._file = self._folder / "pixels.u8"
        self._rows = rows
        self._drawn = 0
        self.ready = 0
        self.captions: list[list[str]] = []
        self.labels = torch.zeros((rows, len(FIELDS)), dtype=torch.long)
        self._futures: list[Future[list[tuple[list[str], list[int]]]]] = []
        shape = (rows, size, size, 3)
        whole = (self._folder / _CAPTIONS).exists()
        array = np.memmap(self._file, np.uint8, "r+" if whole else "w+", shape=shape)
        self._host = torch.from_numpy(array)
        self.pixels = self._host if device.type == "cpu" else torch.empty(shape, dtype=torch.uint8, device=device)
        if whole:
            self._reload()
            return
        self._jobs = [
            Job(self._file, at, range(first_seed + at, first_seed + min(rows, at + _CHUNK)), size, captions, rows)
            for at in range(0, rows, _CHUNK)
        ]

    def draw(self, pool: ProcessPoolExecutor) -> None:
        """Start drawing, unless a run before this one has."""
        if self._drawn == self._rows:
            return
        self._futures = [pool.submit(draw, job) for job in self._jobs]
        threading.Thread(target=self._gather, daemon=True).start()

    def sync(self) -> int:
        """Take what is drawn by now to the device; returns how many rows that are."""
        drawn = self._drawn
        if drawn > self.ready:
            if self.pixels is not self._host:
                self.pixels[self.ready : drawn].copy_(self._host[self.ready : drawn])
            self.ready = drawn
        return self.ready

    def wait(self, rows: int | None = None) -> None:
        """Until so many rows (by default all) are drawn and on the device."""
        self.told(rows)
        self.sync()

    def told(self, rows: int | None = None) -> list[list[str]]:
        """The captions of so many rows (by default all), as soon as they are drawn; for another thread too."""
        wanted = self._rows if rows is None else min(rows, self._rows)
        for future in self._futures[: -(-wanted // _CHUNK)]:
            future.result()  # says what went wrong there
        while self._drawn < wanted:
            time.sleep(0.01)
        return self.captions[:wanted]

    @property
    def complete(self) -> bool:
        """Whether all are drawn."""
        return self._drawn == self._rows

    def __len__(self) -> int:
        return self._rows

    def _gather(self) -> None:
        for future in self._futures:
            for texts, numbers in future.result():
                self.labels[len(self.captions)] = torch.tensor(numbers)
                self.captions.append(texts)
            self._drawn = len(self.captions)
        lines = [
            json.dumps([texts, numbers]) for texts, numbers in zip(self.captions, self.labels.tolist(), strict=True)
        ]
        part = self._folder / f"{_CAPTIONS}.part"
        part.write_text("\n".join(lines), encoding="utf-8")
        part.replace(self._folder / _CAPTIONS)

    def _reload(self) -> None:
        for line in (self._folder / _CAPTIONS).read_text(encoding="utf-8").splitlines():
            texts, numbers = json.loads(line)
            self.labels[len(self.captions)] = torch.tensor(numbers)
            self.captions.append(texts)
        self._drawn = len(self.captions)
        self.sync()


def drawing_pool(processes: int | None = None) -> ProcessPoolExecutor:
    """Processes to draw with; by default one for each core."""
    count = processes or len(
        os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else range(os.cpu_count() or 1)
    )
    return ProcessPoolExecutor(count, mp_context=multiprocessing.get_context("spawn"), initializer=step_back)


def data_hash() -> str:
    """Of the renderer's source: the same source draws the same pictures."""
    import ml.artist.render

    digest = hashlib.sha256()
    for path in sorted(Path(ml.artist.render.__path__[0]).glob("*.py")):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def batches(rows: int, size: int) -> Iterator[slice]:
    """Slices of at most ``size`` over the rows."""
    for at in range(0, rows, size):
        yield slice(at, min(rows, at + size))

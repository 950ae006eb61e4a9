"""Reading: files of every kind that the library knows become ``Document``s, and hostile ones do no harm.

Nothing in a file is trusted. Its bytes are opened here (a regular file, not too long) and parsed in a watched process
(``knowledge.readers.sandbox``); what comes back is clean (``knowledge.clean``) and its front matter checked
(``knowledge.readers.front``). A file that is refused stops no other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from hashiramart.errors import InvalidInput
from knowledge.corpus import Document, make_document
from knowledge.readers.files import Refused, checked_place, find_files, fingerprint, kind_of, load, source_of
from knowledge.readers.sandbox import Sandbox

__all__ = ["READER_VERSION", "Refused", "find_files", "fingerprint", "read_files"]

READER_VERSION = "1"  # to be raised with any change in what a reader makes of the same bytes


def read_files(
    files: Sequence[Path], root: Path, *, on_progress: Callable[[int, int], None] | None = None
) -> Iterator[Document | Refused]:
    """Read files in order, each to a document or a refusal.

    Args:
        files: as ``find_files`` found them.
        root: the folder that sources are relative to; a file outside it keeps only its name.
        on_progress: called with (files done, files in all) after each one.
    """
    with Sandbox() as sandbox:
        for number, file in enumerate(files, start=1):
            yield _read(file, root, sandbox)
            if on_progress is not None:
                on_progress(number, len(files))


def _read(file: Path, root: Path, sandbox: Sandbox) -> Document | Refused:
    try:
        place = checked_place(file, root)
        raw = load(place)
        text, front = sandbox.parse(kind_of(place) or "", raw)
    except InvalidInput as error:
        return Refused(source_of(file, root), file, error.message)
    return make_document(place, root, raw, text, front)

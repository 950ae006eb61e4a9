"""From a file's bytes to clean Markdown: the one way through all readers, taken in the worker or, for Markdown, in place."""

from __future__ import annotations

import re
from importlib import import_module
from typing import Any

from hashiramart.errors import InvalidInput
from knowledge.clean import clean
from knowledge.readers.front import checked
from knowledge.readers.kinds import check_content
from knowledge.readers.labels import restore_labels

MAX_TEXT = 2_000_000  # characters
MAX_LINE = 50_000  # a longer line is no sentence, no row and no item
MAX_DEPTH = 60
MAX_HEADINGS = 2000  # each is a passage to embed

_DEEP = re.compile(rf"^(?:[ \t]*+[>*+-][ \t]*+){{{MAX_DEPTH}}}(?=.*\w)|^[ \t]{{{4 * MAX_DEPTH}}}", re.MULTILINE)


def parse(kind: str, raw: bytes) -> tuple[str, dict[str, Any]]:
    """Clean Markdown and checked front matter of a file of ``kind`` (a value of ``kinds.KINDS``).

    Raises:
        InvalidInput: why the file is not let in, as one sentence that begins with "The file" or "The front matter".
    """
    check_content(kind, raw)
    text, front = import_module(f"knowledge.readers.{kind}").read(raw)
    _check_size(text)
    if _DEEP.search(text):
        raise InvalidInput("paths", f"The file nests lists or quotations more than {MAX_DEPTH} levels deep.")
    if kind != "markdown":
        text = re.sub(r"\n\s*\n", "\n\n", restore_labels(text))
    text = clean(text).strip()
    _check_size(text)
    if len(re.findall(r"^#{1,6}[ \t]", text, re.MULTILINE)) > MAX_HEADINGS:
        raise InvalidInput("paths", f"The file has more than {MAX_HEADINGS:,} headings.")
    if not re.search(r"\w", text):
        raise InvalidInput("paths", "The file has no text.")
    return text + "\n", checked(front)


def _check_size(text: str) -> None:
    if len(text) > MAX_TEXT:
        raise InvalidInput("paths", f"The file has {len(text):,} characters of text; a document may have {MAX_TEXT:,}.")
    longest = max((len(line) for line in text.splitlines()), default=0)
    if longest > MAX_LINE:
        raise InvalidInput("paths", f"The file has a line of {longest:,} characters; a line may have {MAX_LINE:,}.")

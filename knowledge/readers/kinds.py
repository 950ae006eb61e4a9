"""The kinds of file that the library reads: their names, their sizes, and how a file shows what it is."""

from __future__ import annotations

import re

from hashiramart.errors import InvalidInput

KINDS = {
    ".md": "markdown", ".markdown": "markdown", ".html": "html", ".htm": "html", ".txt": "text", ".text": "text",
    ".pdf": "pdf", ".docx": "docx",
}  # fmt: skip
NAMES = {"markdown": "Markdown", "html": "HTML", "text": "plain text", "pdf": "a PDF", "docx": "a Word document"}
MAX_BYTES = {"markdown": 2_000_000, "html": 2_000_000, "text": 2_000_000, "pdf": 20_000_000, "docx": 20_000_000}

_MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a zip archive"),
    (b"PK\x05\x06", "a zip archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old or encrypted Office file"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "a media file"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"\xcf\xfa\xed\xfe", "a program"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"Rar!", "a RAR archive"),
    (b"SQLite format 3", "a database"),
    (b"{\\rtf", "an RTF document"),
)
_EXPECTED = {"pdf": "a PDF", "docx": "a zip archive"}
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_HTML_START = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html[\s>])", re.IGNORECASE)
_ANY_TAG = re.compile(r"<(?:!doctype|[a-z][a-z0-9]*)[\s/>]", re.IGNORECASE)


def check_content(kind: str, raw: bytes) -> None:
    """Compare what a file's bytes say with what its name says.

    Raises:
        InvalidInput: the file is empty, too long, or of another kind than ``kind``.
    """
    if not raw:
        raise InvalidInput("paths", "The file is empty: it has no text.")
    if len(raw) > MAX_BYTES[kind]:
        raise InvalidInput("paths", too_long(kind, len(raw)))
    start = raw.removeprefix(b"\xef\xbb\xbf")[:1024].lstrip()
    found = next((name for magic, name in _MAGIC if raw.startswith(magic) or start.startswith(magic)), None)
    if found is None and kind in ("markdown", "text") and _HTML_START.match(start):
        found = "HTML"
    if found != _EXPECTED.get(kind):
        is_it = f"it is {found}" if found else "its bytes are something else"
        raise InvalidInput("paths", f"The file is not what its name says: {is_it}, not {NAMES[kind]}.")


def too_long(kind: str, size: int) -> str:
    """The sentence that refuses a file of ``size`` bytes."""
    return f"The file has {size:,} bytes; a document of this kind may have {MAX_BYTES[kind]:,}."


def decode(raw: bytes) -> str:
    """The text of a Markdown, HTML or plain-text file: UTF-8, or UTF-16 with a byte order mark; lines end in a newline.

    Raises:
        InvalidInput: the bytes are neither, or are not text.
    """
    try:
        text = raw.decode("utf-16" if raw.startswith(_UTF16) else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidInput("paths", f"The file is not UTF-8 text (byte {error.start}).") from error
    if "\x00" in text:
        raise InvalidInput("paths", "The file is binary: there are zero bytes in it.")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def check_html(text: str) -> None:
    """Raise ``InvalidInput`` when there is no HTML in ``text``."""
    if not _ANY_TAG.search(text):
        raise InvalidInput("paths", "The file is not what its name says: there is no HTML in it.")

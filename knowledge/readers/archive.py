"""The zip archive that a Word document is, looked over before anything in it is unpacked."""

from __future__ import annotations

import io
import stat
import zipfile

from hashiramart.errors import InvalidInput

MAX_ENTRIES = 1000
MAX_UNPACKED = 40_000_000  # bytes, of all entries
MAX_XML = 10_000_000  # bytes, of one part that is parsed
MAX_RATIO = 100

_DECLARATIONS = tuple(
    mark.encode(code) for mark in ("<!DOCTYPE", "<!ENTITY") for code in ("utf-8", "utf-16-le", "utf-16-be")
)


def check_archive(raw: bytes) -> None:
    """Look over the archive of a Word document.

    Raises:
        InvalidInput: it is damaged or no Word document, is encrypted, unpacks to too much or from too little, has names that
            lead elsewhere, or declares XML entities.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            entries = archive.infolist()
            _check_entries(entries)
            for entry in entries:
                if entry.filename.endswith((".xml", ".rels")):
                    _check_xml(archive.read(entry))
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError, OSError) as error:
        raise InvalidInput("paths", "The file is a damaged zip archive.") from error


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    names = [entry.filename for entry in entries]
    unpacked, packed = sum(entry.file_size for entry in entries), sum(entry.compress_size for entry in entries)
    if len(entries) > MAX_ENTRIES:
        raise InvalidInput("paths", f"The file holds more than {MAX_ENTRIES:,} parts.")
    if unpacked > MAX_UNPACKED:
        raise InvalidInput("paths", f"The file unpacks to {unpacked:,} bytes; it may to {MAX_UNPACKED:,}.")
    if any(entry.file_size > MAX_XML and entry.filename.endswith((".xml", ".rels")) for entry in entries):
        raise InvalidInput("paths", f"The file has a part of more than {MAX_XML:,} bytes.")
    if unpacked > 1_000_000 and unpacked > MAX_RATIO * max(packed, 1):
        raise InvalidInput("paths", f"The file unpacks to over {MAX_RATIO} times its size.")
    if any(_leads_elsewhere(entry) for entry in entries):
        raise InvalidInput("paths", "The file holds a part whose name leads out of it.")
    if any(entry.flag_bits & 1 for entry in entries):
        raise InvalidInput("paths", "The file is encrypted.")
    if len(set(names)) < len(names):
        raise InvalidInput("paths", "The file holds two parts of one name.")
    if not {"[Content_Types].xml", "word/document.xml"} <= set(names):
        raise InvalidInput("paths", "The file is not what its name says: it is a zip archive, not a Word document.")


def _leads_elsewhere(entry: zipfile.ZipInfo) -> bool:
    name = entry.orig_filename.replace("\\", "/")
    return name.startswith("/") or ":" in name or ".." in name.split("/") or stat.S_ISLNK(entry.external_attr >> 16)


def _check_xml(part: bytes) -> None:
    if any(mark in part for mark in _DECLARATIONS):
        raise InvalidInput("paths", "The file declares XML entities, which are not let in.")

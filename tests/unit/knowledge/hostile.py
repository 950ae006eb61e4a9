"""Files that are made to do harm, each built by hand in a folder, and the words that their refusal must have."""

from __future__ import annotations

import io
import os
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

from knowledge.corpus import corpus_root
from tests.unit.knowledge.printed import as_docx, as_pdf, pdf_file, pdf_objects

GOOD = (
    "---\nweapon: ash-spear\nname: Ash Spear\ntype: spear\n---\n\n# Ash Spear\n\n## Overview\nA plain spear of ash.\n"
)
_MARKDOWN = "# Heading\n\n## Overview\nSome words of a manual.\n"
_PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
_ELF = b"\x7fELF\x02\x01\x01" + bytes(57)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def _file(name: str, content: bytes) -> Callable[[Path], None]:
    def build(folder: Path) -> None:
        (folder / name).write_bytes(content)

    return build


def _made(name: str, make: Callable[[], bytes]) -> Callable[[Path], None]:
    def build(folder: Path) -> None:
        (folder / name).write_bytes(make())

    return build


def _docx_with(parts: dict[str, bytes]) -> bytes:
    """A sound Word document with parts added or replaced."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(as_docx(_MARKDOWN))) as sound,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for name in sound.namelist():
            if name not in parts:
                archive.writestr(name, sound.read(name))
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def _docx_that_claims_four_gigabytes() -> bytes:
    raw = bytearray(_docx_with({"word/media/a.bin": bytes(1000)}))
    entry = raw.rindex(b"word/media/a.bin") - 46  # its record in the central directory
    raw[entry + 24 : entry + 28] = (2**32 - 2).to_bytes(4, "little")
    return bytes(raw)


def _docx_with_archives_in_it() -> bytes:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.bin", bytes(30_000_000))
    out = io.BytesIO(_docx_with({}))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        for number in range(1200):
            archive.writestr(f"word/embeddings/{number}.zip", inner.getvalue())
    return out.getvalue()


def _docx_with_laughs() -> bytes:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    document = (
        f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY l0 "ha">{entities}]><w:document><w:p>&l9;</w:p></w:document>'
    )
    return _docx_with({"word/document.xml": document.encode()})


def _docx_that_reads_a_file() -> bytes:
    document = '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><d>&x;</d>'
    return _docx_with({"word/document.xml": document.encode("utf-16")})


def _deep_docx() -> bytes:
    return _docx_with({"word/document.xml": b"<a>" * 200_000})


def _deflated(megabytes: int) -> bytes:
    packer = zlib.compressobj(1)
    return b"".join([*(packer.compress(b" " * 1_000_000) for _ in range(megabytes)), packer.flush()])


def _pdf_of_stream(packed: bytes, filters: bytes) -> bytes:
    return pdf_objects(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            (
                b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
                b" /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>"
            ),
            b"<< /Length %d /Filter %s >>\nstream\n%s\nendstream" % (len(packed), filters, packed),
        ]
    )


def _pdf_of_chained_filters() -> bytes:
    return _pdf_of_stream(zlib.compress(zlib.compress(_deflated(300))), b"[/FlateDecode /FlateDecode /FlateDecode]")


def _pdf_of_many_filters() -> bytes:
    packed = b"x"
    for _ in range(30):
        packed = zlib.compress(packed)
    return _pdf_of_stream(packed, b"[" + b"/FlateDecode " * 30 + b"]")


def _encrypted_pdf() -> bytes:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter()
    writer.append(PdfReader(io.BytesIO(as_pdf(_MARKDOWN))))
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _long_pdf(*, stated: bool) -> bytes:
    raw = pdf_file([b"BT /F1 11 Tf 60 700 Td (words) Tj ET"] * 10_000)
    return raw if stated else raw.replace(b"/Count 10000", b"/Count 1    ")


def _pdf_of_a_looped_tree() -> bytes:
    return pdf_objects(
        [b"<< /Type /Catalog /Pages 2 0 R >>"]
        + [b"<< /Type /Pages /Parent %d 0 R /Kids [%d 0 R %d 0 R] /Count 2 >>" % (5 - n, 5 - n, 5 - n) for n in (2, 3)]
    )


def _pdf_of_absurd_counts() -> bytes:
    return as_pdf(_MARKDOWN).replace(b"/Count 1 ", b"/Count 999999999999 ").replace(b"xref\n0 ", b"xref\n0 99999999")


def _pdf_of_absurd_cross_references() -> bytes:
    packed = zlib.compress(bytes(100))
    start = b"%PDF-1.7\n"
    stream = (
        b"1 0 obj\n<< /Type /XRef /Size 2000000000 /Index [0 2000000000] /W [1 2 1] /Root 1 0 R /Length %d"
        b" /Filter /FlateDecode >>\nstream\n%s\nendstream\nendobj\n" % (len(packed), packed)
    )
    return start + stream + b"startxref\n%d\n%%%%EOF\n" % len(start)


def _pdf_of_forms_in_forms() -> bytes:
    forms = [
        b"<< /Type /XObject /Subtype /Form /BBox [0 0 1 1] /Resources << /XObject << /X %d 0 R >> >> /Length 12 >>\n"
        b"stream\n/X Do /X Do \nendstream" % (5 + n)
        for n in range(60)
    ]
    return pdf_objects(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources << /XObject << /X 4 0 R >> >> >>",
            *forms,
            b"<< /Length 0 >>\nstream\n\nendstream",
        ]
    )


def _yaml_bomb() -> bytes:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    return ("---\n" + "\n".join(lines) + "\n---\n\n" + _MARKDOWN).encode()


def _sparse(folder: Path) -> None:
    with (folder / "sparse.md").open("wb") as file:
        file.truncate(3_000_000_000)


def _link_out(folder: Path) -> None:
    (folder / "link-out.md").symlink_to(corpus_root() / "guides" / "footwork.md")


def _linked_folder(folder: Path) -> None:
    (folder / "linked").symlink_to(corpus_root() / "guides", target_is_directory=True)


def _plain_zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "words")
    return out.getvalue()


# name of the case -> (what builds it in a folder, what the refusal says)
HOSTILE: dict[str, tuple[Callable[[Path], None], str]] = {
    "zip bomb": (_made("bomb.docx", lambda: _docx_with({"word/media/a.bin": bytes(39_000_000)})), "times its size"),
    "claims four gigabytes": (_made("claims.docx", _docx_that_claims_four_gigabytes), "unpacks to"),
    "large part": (_made("large.docx", lambda: _docx_with({"word/document.xml": bytes(11_000_000)})), "a part of more"),
    "archives within": (_made("nested.docx", _docx_with_archives_in_it), "parts"),
    "name that climbs": (_made("climbs.docx", lambda: _docx_with({"word/../../../etc/cron.d/x": b"x"})), "leads out"),
    "absolute name": (_made("absolute.docx", lambda: _docx_with({"/etc/x.xml": b"<a/>"})), "leads out"),
    "billion laughs": (_made("laughs.docx", _docx_with_laughs), "entities"),
    "entity of a file": (_made("entity.docx", _docx_that_reads_a_file), "entities"),
    "deep XML": (_made("deep.docx", _deep_docx), "damaged|cannot be read"),
    "1000:1 stream": (_made("inflates.pdf", lambda: _pdf_of_stream(_deflated(300), b"/FlateDecode")), "unfolds"),
    "chained filters": (_made("chained.pdf", _pdf_of_chained_filters), "unfolds"),
    "thirty filters": (_made("filters.pdf", _pdf_of_many_filters), "unfolds"),
    "encrypted": (_made("encrypted.pdf", _encrypted_pdf), "encrypted"),
    "10,000 pages": (_made("long.pdf", lambda: _long_pdf(stated=True)), "more than 500 pages"),
    "10,000 hidden pages": (_made("longer.pdf", lambda: _long_pdf(stated=False)), "more than"),
    "looped page tree": (_made("looped.pdf", _pdf_of_a_looped_tree), "unfolds|damaged|no text"),
    "truncated": (_made("truncated.pdf", lambda: as_pdf(_MARKDOWN)[:400]), "damaged"),
    "absurd counts": (_made("absurd.pdf", _pdf_of_absurd_counts), "more than 500 pages|damaged|unfolds"),
    "absurd cross references": (_made("xref.pdf", _pdf_of_absurd_cross_references), "damaged|unfolds"),
    "forms in forms": (_made("forms.pdf", _pdf_of_forms_in_forms), "unfolds|no text"),
    "image named Markdown": (_file("image.md", _PNG), "it is a PNG image, not Markdown"),
    "program named Markdown": (_file("program.md", _ELF), "it is a program"),
    "archive named text": (_made("archive.txt", lambda: as_docx(_MARKDOWN)), "it is a zip archive"),
    "web page named PDF": (_file("page.pdf", b"<!DOCTYPE html><html><body>x</body></html>"), "not a PDF"),
    "web page named Markdown": (_file("page.md", b"<!DOCTYPE html><html><body>x</body></html>"), "it is HTML"),
    "text named HTML": (_file("text.html", b"Only words, no tags at all."), "no HTML"),
    "old Word file": (_file("old.docx", _OLE), "old or encrypted Office file"),
    "archive named Word": (_made("plain.docx", _plain_zip), "not a Word document"),
    "binary": (_file("binary.md", bytes(range(256)) * 40), "not UTF-8|binary"),
    "zero bytes": (_file("zeros.txt", b"words\x00words"), "binary"),
    "empty": (_file("empty.md", b""), "empty"),
    "sparse 3 GB": (_sparse, "3,000,000,000 bytes"),
    "pipe": (lambda folder: os.mkfifo(folder / "pipe.md"), "no regular file"),
    "link out": (_link_out, "leads out"),
    "folder behind a link": (_linked_folder, "leads out"),
    "link in a circle": (lambda folder: (folder / "circle.md").symlink_to(folder / "circle.md"), "leads"),
    "link to a device": (lambda folder: (folder / "zero.md").symlink_to("/dev/zero"), "leads out"),
    "broken name": (_file("two\nlines.md", _MARKDOWN.encode()), "control characters"),
    "turned name": (_file("safe\u202edm.md", _MARKDOWN.encode()), "control characters"),
    "YAML bomb": (_made("yaml.md", _yaml_bomb), "aliases"),
    "deep YAML": (_file("deepyaml.md", b"---\na: " + b"[" * 15_000 + b"\n---\nwords\n"), "nested|not YAML"),
    "weapon that is no slug": (_file("slug.md", b"---\nweapon: ../../etc\n---\n\nWords.\n"), "weapon must be a slug"),
    "styles that are no list": (_file("styles.md", b"---\nstyles: 5\n---\n\nWords.\n"), "styles must be a list"),
    "one line of 2 MB": (_file("line.md", b"[x](<" * 399_999), "a line of"),
    "headings without end": (_file("headings.md", b"# a\nb\n" * 100_000), "more than 2,000 headings"),
    "deep quotations": (_file("quotes.md", b">" * 40_000 + b" words\n"), "levels deep"),
    "deep lists": (_file("lists.md", b"\n".join(b"  " * n + b"- item" for n in range(900))), "levels deep"),
    "deep HTML": (_file("deep.html", b"<div>" * 90_000 + b"words"), "tags deep|more than"),
    "HTML of 10 MB": (_file("large.html", b"<p>words</p>" * 900_000), "a document of this kind may have"),
    "half a million tags": (_file("tags.html", b"<b>" * 600_000), "tags"),
}

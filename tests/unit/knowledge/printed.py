"""Manuals in other formats: our Markdown as a web page, a Word document, a PDF and plain text, made the way a writer would."""

from __future__ import annotations

import io
import re
import textwrap
import zlib

_SIZES = {1: 22, 2: 16, 3: 13}
_BODY = 11
_BOLD = re.compile(r"(\*\*.+?\*\*)")


def as_html(markdown: str, head: str = "") -> bytes:
    """A web page with navigation, a script and a footer around the text."""
    from markdown_it import MarkdownIt

    body = MarkdownIt().enable("table").render(markdown)
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'>{head}<style>p {{color: red}}</style></head>"
        f"<body><script>alert('x')</script><main>{body}</main></body></html>"
    ).encode()


def as_text(markdown: str) -> bytes:
    """Plain text: headings in capitals, underlined or numbered by level, wrapped at 78 columns, no bold."""
    lines = []
    for line in markdown.replace("**", "").splitlines():
        level = len(line) - len(line.lstrip("#"))
        words = line[level:].strip()
        if level == 1:
            lines += [words, "=" * len(words)]
        elif level == 2:
            lines += ["", words, "-" * len(words)]
        elif level == 3:
            lines += ["", words, "~" * len(words)]
        else:
            lines += textwrap.wrap(line, 78, subsequent_indent="  " if re.match(r"- |\d+\. ", line) else "") or [""]
    return "\n".join(lines).encode()


def as_docx(markdown: str, **properties: str) -> bytes:
    """A Word document with heading, list and table styles, and bold runs."""
    from docx import Document

    document = Document()
    for name, value in properties.items():
        setattr(document.core_properties, name, value)
    for line in markdown.splitlines():
        level = len(line) - len(line.lstrip("#"))
        if level:
            document.add_heading(line[level:].strip(), 0 if level == 1 else level - 1)
            continue
        if not line.strip():
            continue
        style = "List Bullet" if line.startswith("- ") else "List Number" if re.match(r"\d+\. ", line) else None
        paragraph = document.add_paragraph(style=style)
        for piece in _BOLD.split(re.sub(r"^(?:- |\d+\. )", "", line)):
            paragraph.add_run(piece.strip("*")).bold = piece.startswith("**")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def as_pdf(markdown: str, **info: str) -> bytes:
    """A PDF with larger and bold headings, wrapped lines, bullets as characters and space between paragraphs."""
    pages: list[list[str]] = [[]]
    y = 780.0

    def write(text: str, size: int, x: float, *, bold: bool = False) -> None:
        nonlocal y
        if y < 60:
            pages.append([])
            y = 780.0
        pages[-1].append(f"BT {x} {y:.1f} Td")
        for piece in _BOLD.split(text):
            font = "F2" if bold or piece.startswith("**") else "F1"
            pages[-1].append(
                f"/{font} {size} Tf ({_escaped(piece.strip('*') if piece.startswith('**') else piece)}) Tj"
            )
        pages[-1].append("ET")
        y -= size * 1.25

    for line in markdown.splitlines():
        level = len(line) - len(line.lstrip("#"))
        if level:
            y -= 8
            write(line[level:].strip(), _SIZES[level], 60, bold=True)
            y -= 4
        elif not line.strip():
            y -= 8
        else:
            item = re.match(r"(- |\d+\. )(.*)", line)
            marker, words = (("\u2022 " if item[1] == "- " else item[1]), item[2]) if item else ("", line)
            for number, part in enumerate(textwrap.wrap(words, 88, break_on_hyphens=False)):
                write(marker + part if number == 0 else part, _BODY, 75 if item and number else 60)
    return pdf_file(["\n".join(page).encode("cp1252") for page in pages], info)


def pdf_file(contents: list[bytes], info: dict[str, str] | None = None) -> bytes:
    """A PDF whose pages have these content streams, with Helvetica as F1 and its bold as F2."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>"
        % (b" ".join(b"%d 0 R" % (6 + 2 * n) for n in range(len(contents))), len(contents)),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
        b"<< "
        + b" ".join(b"/%s (%s)" % (k.encode(), _escaped(v).encode("cp1252")) for k, v in (info or {}).items())
        + b" >>",
    ]
    for number, content in enumerate(contents):
        packed = zlib.compress(content)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>" % (7 + 2 * number)
        )
        objects.append(b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed))
    return pdf_objects(objects, b"/Info 5 0 R")


def pdf_objects(objects: list[bytes], trailer: bytes = b"") -> bytes:
    """A PDF of these objects, numbered from 1; the first is the catalogue."""
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start)
    return bytes(out)


def _escaped(text: str) -> str:
    return re.sub(r"([()\\])", r"\\\1", text)

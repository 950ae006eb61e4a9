"""Every format of a manual says the same: sections, lists, drills, tables and what it is about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from knowledge import parts
from knowledge.corpus import corpus_root, read_document
from knowledge.readers.hidden import hidden_style
from knowledge.readers.parse import parse
from knowledge.split import split
from tests.unit.knowledge.printed import as_docx, as_html, as_pdf, as_text, pdf_file

FORMATS: dict[str, Callable[[str], bytes]] = {"html": as_html, "docx": as_docx, "pdf": as_pdf, "text": as_text}
MANUALS = ["manuals/heron-spear.md", "manuals/eclipse-nodachi.md", "guides/breathing-warmups.md", "guides/quotes.md"]


@pytest.mark.parametrize("source", MANUALS)
@pytest.mark.parametrize("kind", FORMATS)
def test_a_manual_in_another_format_splits_into_the_same_passages(kind: str, source: str) -> None:
    document = read_document(corpus_root() / source, corpus_root())
    text, _ = parse(kind, FORMATS[kind](document.text))

    def passages(text: str) -> list[tuple[str, str, str]]:
        split_up = split(replace(document, text=text))
        return [(passage.section, passage.heading, " ".join(passage.text.split())) for passage in split_up]

    assert passages(text) == passages(document.text)


@pytest.mark.parametrize("kind", FORMATS)
def test_drills_problems_intervals_and_accessories_can_be_read_from_every_format(kind: str) -> None:
    document = read_document(corpus_root() / "manuals" / "heron-spear.md", corpus_root())
    text, _ = parse(kind, FORMATS[kind](document.text))

    def found(text: str) -> list[object]:
        passages = split(replace(document, text=text))
        readers = (parts.drill, parts.problem, parts.intervals, parts.accessories)
        return [read(passage) for passage in passages for read in readers]

    assert found(text) == found(document.text)


def test_properties_say_what_a_file_is_about() -> None:
    said = {"weapon": "ash-spear", "type": "spear"}
    head = '<meta name="weapon" content="ash-spear"><meta name="type" content="spear"><title>Shop</title>'
    assert parse("html", as_html("# T\n\nWords.", head))[1] == said
    assert parse("pdf", as_pdf("# T\n\nWords.", Keywords="weapon: ash-spear; type: spear", Title="x.doc"))[1] == said
    assert parse("docx", as_docx("# T\n\nWords.", keywords="old, weapon=ash-spear", subject="type: spear"))[1] == said


@pytest.mark.parametrize("kind", FORMATS)
def test_lines_at_the_top_say_what_a_file_is_about_and_are_no_part_of_its_text(kind: str) -> None:
    said = "weapon: ash-spear\n\ntype: spear\n\nstyles: Water, Insect\n\nweight_kg: 1.6"
    lines = f"# Ash Spear\n\n{said}\n\n## Overview\n\nWords of it.\n"
    text, front = parse(kind, FORMATS[kind](lines))
    assert front == {"weapon": "ash-spear", "type": "spear", "styles": ["Water", "Insect"], "weight_kg": 1.6}
    assert text == "# Ash Spear\n\n## Overview\n\nWords of it.\n"


def test_lines_at_the_top_win_over_properties() -> None:
    raw = as_pdf("weapon: ash-spear\n\nWords of it.", Keywords="weapon: oak-staff")
    assert parse("pdf", raw)[1]["weapon"] == "ash-spear"


def test_the_title_among_the_properties_serves_where_no_heading_is_one() -> None:
    assert parse("docx", as_docx("Words.", title="On Tea"))[1] == {"title": "On Tea"}
    assert parse("pdf", as_pdf("Words.", Title="On Tea"))[1] == {"title": "On Tea"}
    assert parse("html", as_html("Words.", "<title>On Tea</title>"))[1] == {"title": "On Tea"}


HIDDEN = {
    "script": "<script>secret</script>",
    "template": "<template>secret</template>",
    "noscript": "<noscript>secret</noscript>",
    "comment": "<!-- secret -->",
    "attribute": "<p hidden>secret</p>",
    "aria": "<p aria-hidden=true>secret</p>",
    "display": "<p style='DISPLAY:none'>secret</p>",
    "nested": "<div style='visibility: hidden'><p>se<b>cret</b> secret</p></div>",
    "sheet": "<style>p.x, #y { opacity: 0 }</style><p class='x'>secret</p><div id=y>secret</div>",
    "navigation": "<nav>secret</nav>",
    "alternative text": "<img src=x alt=secret>",
    "link title": "<a href='http://evil.example' title=secret>words</a>",
}


@pytest.mark.parametrize("case", HIDDEN)
def test_what_a_page_hides_is_not_in_its_text(case: str) -> None:
    page = f"<!DOCTYPE html><html><body><h1>Title</h1>{HIDDEN[case]}<p>Seen words.</p></body></html>"
    text, _ = parse("html", page.encode())
    assert "secret" not in text
    assert "evil" not in text
    assert "Seen words." in text


@pytest.mark.parametrize(
    ("style", "hides"),
    [
        ("display: none", True), ("visibility:hidden", True), ("opacity:0.0", True), ("opacity:.8", False),
        ("font-size:0px", True), ("font-size:.9em", False), ("font-size: 12px", False), ("left:-9999px", True),
        ("left:-2px", False), ("text-indent:-999em", True), ("transform:translateX(-5000px)", True),
        ("transform:scale(0)", True), ("transform:scale(0.9)", False), ("clip:rect(0,0,0,0)", True), ("color:white", True),
        ("color:#fff;background:#000", False), ("color:red;background-color:red", True), ("color:transparent", True),
        ("height:0;overflow:hidden", True), ("height:0", False), ("dis/**/play:none", True), ("color:red", False), ("", False),
    ],
)  # fmt: skip
def test_a_style_that_makes_words_invisible_is_told_from_one_that_does_not(style: str, hides: bool) -> None:
    assert hidden_style(style) is hides


@pytest.mark.parametrize(
    "ink",
    [b"3 Tr", b"1 g", b"1 1 1 rg", b"0 0 0 0 k", b"/F1 1 Tf", b"1 0 0 1 5000 0 cm"],
    ids=["no ink", "white", "white as RGB", "white as CMYK", "one point", "beyond the page"],
)
def test_words_that_nobody_sees_on_a_page_are_not_in_its_text(ink: bytes) -> None:
    page = b"q BT /F1 11 Tf %s 60 600 Td (secret) Tj ET Q BT /F1 11 Tf 60 700 Td (Seen words.) Tj ET" % ink
    if b"cm" in ink:
        page = b"q %s BT /F1 11 Tf 60 600 Td (secret) Tj ET Q BT /F1 11 Tf 60 700 Td (Seen words.) Tj ET" % ink
    assert parse("pdf", pdf_file([page]))[0] == "Seen words.\n"


def test_page_numbers_and_running_heads_are_left_out() -> None:
    def page(number: int) -> bytes:
        lines = [
            (f"Guild of Smiths, part {number}", 800),
            (f"Words number {number}.", 700),
            (f"Page {number} of 4", 30),
        ]
        return b"".join(b"BT /F1 11 Tf 60 %d Td (%s) Tj ET " % (y, words.encode()) for words, y in lines)

    text, _ = parse("pdf", pdf_file([page(number) for number in range(1, 5)]))
    assert text.split() == [
        "Words",
        "number",
        "1.",
        "Words",
        "number",
        "2.",
        "Words",
        "number",
        "3.",
        "Words",
        "number",
        "4.",
    ]


def test_hidden_and_deleted_words_of_a_word_document_are_left_out_and_inserted_ones_kept() -> None:
    import io

    from docx import Document
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls
    from docx.shared import RGBColor

    document = Document()
    document.add_paragraph("Seen words.")
    document.add_paragraph().add_run("secret").font.hidden = True
    document.add_paragraph().add_run("secret").font.color.rgb = RGBColor(255, 255, 255)
    paragraph = document.add_paragraph("More ")
    for tag, words in (("del", "<w:delText>secret</w:delText>"), ("ins", "<w:t>words.</w:t>")):
        paragraph._p.append(parse_xml(f"<w:{tag} {nsdecls('w')} w:id='1' w:author='a'><w:r>{words}</w:r></w:{tag}>"))
    out = io.BytesIO()
    document.save(out)
    assert parse("docx", out.getvalue())[0] == "Seen words.\n\nMore words.\n"


def test_tables_become_tables() -> None:
    import io

    from docx import Document

    document = Document()
    table = document.add_table(2, 2)
    for cell, words in zip(
        [*table.rows[0].cells, *table.rows[1].cells], ["Part", "Oil", "Blade", "Camellia|clove"], strict=True
    ):
        cell.text = words
    out = io.BytesIO()
    document.save(out)
    page = "<table><tr><th>Part</th><th>Oil</th></tr><tr><td>Blade</td><td>Camellia/clove</td></tr></table>"
    expected = "| Part | Oil |\n| --- | --- |\n| Blade | Camellia/clove |\n"
    assert parse("docx", out.getvalue())[0] == expected
    assert parse("html", f"<html><body>{page}</body></html>".encode())[0] == expected


def test_lists_of_a_word_document_count_from_one_again() -> None:
    text, _ = parse("docx", as_docx("## A\n\n1. one\n2. two\n\n## B\n\n1. three\n- four\n"))
    assert text == "## A\n\n1. one\n2. two\n\n## B\n\n1. three\n- four\n"


@pytest.mark.parametrize(
    ("written", "left"),
    [
        ("ASH SPEAR\n\nMAINTENANCE\n\nOil it.", "# Ash spear\n\n## Maintenance\n\nOil it.\n"),
        (
            "1. Overview\n\nA spear.\n\n2. Care\n\n2.1 Oil\n\nA drop.",
            "## Overview\n\nA spear.\n\n## Care\n\n### Oil\n\nA drop.\n",
        ),
        ("1. Stand.\n2. Breathe.", "1. Stand.\n2. Breathe.\n"),
        ("Only words.\nAnd more of them.", "Only words.\nAnd more of them.\n"),
        ("\u2022 one\n\u2022 two", "- one\n- two\n"),
        ("Cause: dry wood.\nFix: oil it.", "**Cause:** dry wood.\n**Fix:** oil it.\n"),
        ("Fix the cord and go on.", "Fix the cord and go on.\n"),
    ],
)
def test_headings_and_lists_of_plain_text_are_found_where_they_are_clear(written: str, left: str) -> None:
    text, _ = parse("text", written.encode())
    assert text == left


def test_what_leaves_a_reader_is_clean_whatever_the_format() -> None:
    for kind, make in FORMATS.items():
        text, _ = parse(
            kind, make("# T\n\nSee [here](http://evil.example/x) and <b>there</b> ![x](http://evil.example/y).")
        )
        assert "evil" not in text, kind
        assert "<b>" not in text, kind


def test_readers_open_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_: object, **__: object) -> None:
        raise AssertionError("a reader opened a file")

    raw = {kind: make("# T\n\nWords.") for kind, make in FORMATS.items()}
    for kind in FORMATS:
        parse(kind, raw[kind])  # templates and modules are loaded once
    monkeypatch.setattr(Path, "open", forbidden)
    for kind in FORMATS:
        assert parse(kind, raw[kind])[0].endswith("Words.\n")

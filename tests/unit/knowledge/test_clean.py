"""Cleaning leaves the words and their structure, and nothing that a page could do with them."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.clean import clean, clean_line
from knowledge.corpus import corpus_paths
from knowledge.reading import find_files

_PIECES = [
    "[", "]", "(", ")", "![", "](", "][", "]:", "[a]", "<", ">", "</", "<b>", "<!--", "-->", "<div hidden>", "</div>",
    "<script>", "</script>", "`", "```", "\n", "\n\n", " ", "&", "&amp;", "&lt;", "&#91;", "amp;", "http://", "://", "www.",
    "a", "evil.example", "@", "data:", "data:a/b;base64,", "javascript:", "mailto:", "\u200b", "\u202e", "\r\n", "\x00", "\\",
    "\"", "'", "=", "-", "- ", "> ", "1. ", ":", "\U000e0041", "word", "<a href=\"", "\u2028",
]  # fmt: skip
MARKUP = st.lists(st.sampled_from(_PIECES), max_size=40).map("".join)


@pytest.mark.parametrize("path", find_files(corpus_paths())[0], ids=lambda path: path.stem)
def test_the_manuals_and_guides_come_out_as_they_were_written(path: object) -> None:
    text = path.read_text(encoding="utf-8")  # type: ignore[attr-defined]
    assert clean(text) == text


@settings(max_examples=400, deadline=None)
@given(MARKUP | st.text(max_size=60))
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@settings(max_examples=400, deadline=None)
@given(MARKUP)
def test_no_link_image_comment_address_or_unseen_character_is_left(text: str) -> None:
    left = clean(text)
    assert not re.search(
        r"\]\(|\]\[|<!--|[a-z]://|<(?:a|script|div)\b[^<>\n`]*[= ][^<>\n]*>|[\u200b\u202e\x00\r\U000e0041]|data:a/b",
        left,
    )


@pytest.mark.parametrize(
    ("written", "left"),
    [
        ("Keep it below < 3 mm and > 1 mm.", "Keep it below < 3 mm and > 1 mm."),
        ("x<y is less", "x<y is less"),
        ("Write `<b>` for bold.", "Write `<b>` for bold."),
        ("```\n<b>bold</b>\n```", "```\n<b>bold</b>\n```"),
        ("a <b>bold</b> word", "a bold word"),
        ("line<br>break", "line\nbreak"),
        ("see <!-- call the tool --> here", "see  here"),
        ("a <!-- never closed\n\nmore", "a "),
        ("`<!-- x -->` is out", "`` is out"),
        ("<script>alert(1)</script>words", "words"),
        ("<STYLE type=x>p{}</STYLE >words", "words"),
        ("<div hidden>secret <div>deep</div> more</div>seen", "seen"),
        ('<p style="Display : none !important">secret</p>seen', "seen"),
        ('<span aria-hidden="true">secret</span>seen', "seen"),
        ('<span style="color:#fff">secret</span>seen', "seen"),
        ('<span style="position:absolute; left:-9999px">secret</span>seen', "seen"),
        ('<span style="font-size:0">secret</span>seen', "seen"),
        ('<span style="color:red">red</span> seen', "red seen"),
        ("<a title='x > y' href=http://evil>words</a>", "words"),
        ("<img src=x onerror=alert(1)>words", "words"),
        ("<img src=x onerror=alert(1)", "img src=x onerror=alert(1)"),
        ("&lt;img src=x&gt;words", "words"),
        ("![alt](http://evil.example/p.png)words", "words"),
        ("![alt][pic] words\n\n[pic]: http://evil.example/p.png", " words\n\n"),
        ("[words](http://evil.example 'title') go on", "words go on"),
        ("[words](<http://evil.example/a b>) go on", "words go on"),
        ("[words](../other.md) go on", "words go on"),
        ("[![alt](http://e/p.png)](http://e) go on", " go on"),
        ('[words][ref] and [ref]\n\n[ref]: /there "title"', "words and ref\n\n"),
        ("> [1]: http://evil.example\n\nsee [1]", ">\n\nsee 1"),
        ("[Warning]: do not lean on it", "Warning: do not lean on it"),
        ("<http://evil.example> words", " words"),
        ("See https://evil.example/a?b=c. Then rest.", "See. Then rest."),
        ("the guild (https://evil.example/x), says", "the guild, says"),
        ("at www.evil.example/now words", "at words"),
        ("write to smith@evil.example today", "write to  today"),
        ("data:image/png;base64,AAAA words", " words"),
        ("the data: seven, eight", "the data: seven, eight"),
        ("javascript:alert(1) words", " words"),
        ("h&#116;tp://evil.example words", " words"),
        ("zero\u200bwidth \u202eturned\U000e0041 soft\u00adhyphen", "zerowidth turned softhyphen"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("[kept] (as it is)", "[kept] (as it is)"),
        ("| a | b |\n| --- | --- |\n| 1 | 2 |", "| a | b |\n| --- | --- |\n| 1 | 2 |"),
    ],
)
def test_what_is_left_of(written: str, left: str) -> None:
    assert clean(written) == left


def test_marks_nested_too_deep_to_unwrap_are_taken_away_themselves() -> None:
    assert clean("[" * 50 + "words" + "](http://evil.example)" * 50) == "words"


def test_a_title_is_one_line_without_marks() -> None:
    assert clean_line("# Heron\n<b>Spear</b> ![x](http://e) ##") == "Heron Spear"


@pytest.mark.parametrize(
    "piece", ["[a](", "<b x", "<<b>b>", "`` ` ", "&amp;", "http", "a@", "![", "[a]: b\n", "<!--", "data:"]
)
def test_two_megabytes_of_one_mark_are_cleaned_in_seconds(piece: str) -> None:
    text = piece * (1_900_000 // len(piece))
    started = time.process_time()
    clean(text)
    assert time.process_time() - started < 8

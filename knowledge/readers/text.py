"""Plain text: headings where they are clear (underlined, in capitals, numbered), lists by their marks, wrapped lines joined."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from knowledge.readers.front import leading_lines, split_front
from knowledge.readers.kinds import decode

_UNDERLINE = re.compile(r"[ \t]*(?:=|-|~|\^|\"|\+|\*){3,}[ \t]*")
_LEVELS = {"=": 1, "-": 2}  # any other sign: 3
_NUMBERED = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,3})\.?[ \t]+([A-Z][^.:;]{0,78}[^.:;,\s])")
_BULLET = re.compile(r"^(\s*)[\u2022\u2023\u25e6\u25aa\u25cf\u25cb*+\u2013][ \t]+")
_STARTS_ANEW = re.compile(r"\s*(?:[-*+]\s|\d+[.)]\s|[#|>]|```|~~~|[A-Z]\w{1,20}:\s)")
_WRAPPED = 55  # characters: a line this long, and with more below it, was broken by the margin
_LONGEST = 60  # lines of one paragraph


def read(raw: bytes) -> tuple[str, dict[str, Any]]:
    """Markdown and front matter of a text file. Without clear headings the whole of it is one section.

    Raises:
        InvalidInput: it is not text.
    """
    front, body = split_front(decode(raw))
    lines = [line.expandtabs(4).rstrip() for line in body.replace("\f", "\n").splitlines()]
    text = "\n".join(_unwrapped(list(_with_headings(lines))))
    if not front:
        front, text = leading_lines(text)
    return text, front


def _with_headings(lines: Sequence[str]) -> Iterator[str]:
    numbered = _numbered_headings(lines)
    seen, skip = False, False
    for number, line in enumerate(lines):
        if skip:
            skip = False
            continue
        alone = _is_blank(lines, number - 1)
        below = lines[number + 1] if number + 1 < len(lines) else ""
        level = _underlined(line, below) if alone else 0
        if level:
            skip = True
        elif number in numbered:
            level = numbered[number]
        elif alone and _is_capitals(line):
            level = 1 if not seen else 2
        if level:
            yield from ("", f"{'#' * level} {_words(line, plain=number in numbered)}", "")
        else:
            yield _BULLET.sub(r"\1- ", line)
        seen = seen or bool(line)


def _underlined(line: str, below: str) -> int:
    words = line.strip()
    fits = words and len(words) <= 120 and abs(len(below.strip()) - len(words)) <= 3
    if not fits or not _UNDERLINE.fullmatch(below) or len(set(below.strip())) > 1 or not re.search(r"\w", words):
        return 0
    return _LEVELS.get(below.strip()[0], 3)


def _is_capitals(line: str) -> bool:
    letters = [character for character in line if character.isalpha()]
    return (
        len(letters) >= 4
        and len(line) <= 80
        and all(letter.isupper() for letter in letters)
        and not line.rstrip().endswith((".", ",", ";", ":", "!", "?"))
        and not _STARTS_ANEW.match(line)
    )


def _numbered_headings(lines: Sequence[str]) -> dict[int, int]:
    """Line number -> level of the lines "2.1 Light hold" that stand alone, if they count up from 1 and text follows each."""
    found: list[tuple[int, tuple[int, ...]]] = []
    for number, line in enumerate(lines):
        match = _NUMBERED.fullmatch(line)
        if match and _is_blank(lines, number - 1) and _is_blank(lines, number + 1):
            found.append((number, tuple(int(part) for part in match.group(1).split("."))))
    places = [place for _, place in found]
    tops = [place[0] for place in places if len(place) == 1]
    text_follows = all(other[0] - one[0] > 2 or len(other[1]) > len(one[1]) for one, other in pairwise(found))
    if len(tops) < 2 or tops != list(range(1, len(tops) + 1)) or places != sorted(set(places)) or not text_follows:
        return {}
    return {number: min(6, len(place) + 1) for number, place in found}


def _words(line: str, *, plain: bool) -> str:
    words = line.strip()
    if plain and (match := _NUMBERED.fullmatch(line)):
        words = match.group(2)
    return words.capitalize() if words.isupper() else words


def _unwrapped(lines: Sequence[str]) -> Iterator[str]:
    """Lines with those joined that only the margin parted; short lines stay, they may be verse or an address."""
    held: list[str] = []
    for line in lines:
        wrapped = bool(held) and len(held[-1]) >= _WRAPPED and len(held) < _LONGEST and not held[-1].startswith("#")
        if not (wrapped and line.strip()) or _STARTS_ANEW.match(line):
            if held:
                yield _rejoined(held)
            held = []
        held.append(line.strip() if held else line)
    if held:
        yield _rejoined(held)


def _rejoined(lines: Sequence[str]) -> str:
    return re.sub(r"(?<=\w-)\n", "", "\n".join(lines)).replace("\n", " ")


def _is_blank(lines: Sequence[str], number: int) -> bool:
    return not 0 <= number < len(lines) or not lines[number].strip()

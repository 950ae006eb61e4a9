"""Examples: questions whose answers are known, looked up in the library, for the models of the verdict to learn from."""

from __future__ import annotations

import itertools
import json
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np

from agents.composer.candidates import Candidate, name_of, named, said_in
from agents.composer.evidence import look
from agents.composer.known import GUIDES, Flags, Known, embedder_for, make_known, nothing, prints_of
from agents.composer.matter import Matter, find_matter
from agents.composer.models import CoachQuestion
from agents.composer.subject import find_subject
from agents.composer.trace import Trail
from agents.composer.verdict import Setting, read_measures, sentence_measures
from knowledge import embed
from knowledge.parts import drill
from knowledge.shelf import Entry, Shelf
from knowledge.words import words

# Weight of a question in the figures: a contrast is harder than what slayers ask; the suite's dev questions are like it.
CONTRAST, OWN, DEV = 0.1, 1.0, 2.0
_REMEMBERED = 200_000  # texts whose vectors are kept while examples are made: all that are asked for again
_CONTRASTS = tuple("ijklmnop")  # authors who wrote contrasts (data/README.md)


@dataclass(frozen=True, slots=True)
class Example:
    """A question that was looked up.

    Args:
        id: of the question.
        text: as it was asked.
        weapon: slug of the weapon that it is about.
        group: the same for all questions of a manual.
        weight: ``CONTRAST``, ``OWN`` or ``DEV``.
        matter: what it asks.
        candidates: the sentences that may answer.
        setting: what else is known.
        right: the sentences that answer it; none where there is none.
        answerable: whether there is one.
        poorer: the measures of known questions where less is known: of nothing of its manual, and nothing at all.
    """

    id: str
    text: str
    weapon: str | None
    group: int
    weight: float
    matter: Matter
    candidates: list[Candidate]
    setting: Setting
    right: frozenset[str]
    answerable: bool
    poorer: tuple[Mapping[str, float], ...] = field(default=())

    def first(self, one: Candidate) -> dict[str, float]:
        """What is seen of a candidate before it is read."""
        return sentence_measures(self.matter, one, self.setting.of_weapon)

    def read(self, one: Candidate) -> dict[str, float]:
        """What is seen of it afterwards."""
        return read_measures(self.matter, one, self.setting.of_weapon)


@dataclass(frozen=True, slots=True)
class Questions:
    """Our own questions as known ones, and who wrote each: an author asks the same thing twice in words too much alike."""

    known: Known
    ids: tuple[str, ...]
    authors: tuple[str, ...]

    def by(self, author: str) -> Flags:
        """Which of them an author wrote."""
        return np.array([one == author for one in self.authors])


def author_of(name: str) -> str:
    """Who wrote a question, by its id: "w1-034" and "c085" are those of ``w1`` and ``c``."""
    return name.partition("-")[0] if "-" in name else name[0]


def read_questions(dev: Path) -> list[dict[str, Any]]:
    """Our own questions and those of the suite's dev split, as one form: text, weapon, patterns of the answer, its places."""
    own = (files(__package__) / "data" / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    found = []
    for row in map(json.loads, own):
        answer = [row["answer"]] if row["answer"] else []
        weight = CONTRAST if row["id"].split("-")[0] in _CONTRASTS else OWN
        found.append({**row, "answer": answer, "answerable": bool(answer), "passages": [], "weight": weight})
    suite = map(json.loads, dev.read_text(encoding="utf-8").splitlines())
    found += [{**row, "answerable": row["kind"] == "fact", "weight": DEV} for row in suite if row["split"] == "dev"]
    return found


def remember_all(questions: Sequence[dict[str, Any]], shelf: Shelf) -> None:
    """Embed in large batches what ``look_up`` will ask for one by one, which takes ten times as long."""
    embed.REMEMBERED = max(embed.REMEMBERED, _REMEMBERED)
    texts: set[str] = set()
    for row in questions:
        matter = find_matter(row["text"], _entry(row, shelf), shelf)
        texts |= {row["text"], matter.text, *matter.words}
    for passage in itertools.chain.from_iterable(shelf.by_source.values()):
        said = said_in(passage)
        texts |= {named(passage, text) for text in said} | {name_of(passage) or passage.section}
        texts |= {word for text in said for word in words(named(passage, text))}
    shelf.embedder.recall(sorted(texts))


def look_up(questions: Iterable[dict[str, Any]], shelf: Shelf) -> Iterator[Example]:
    """Examples of the questions; an answerable one whose answer is not among its candidates teaches nothing and is left out."""
    for row in questions:
        entry = _entry(row, shelf)
        matter, candidates, setting = look(row["text"], entry, shelf, Trail())
        right = _right(row, candidates) if row["answerable"] else frozenset()
        if candidates and (right or not row["answerable"]):
            group = zlib.crc32((row["weapon"] or row["text"]).encode())
            asked = (row["id"], row["text"], entry.weapon if entry else None, group, row["weight"])
            yield Example(*asked, matter, candidates, setting, right, row["answerable"])


def known_questions(questions: Iterable[dict[str, Any]], shelf: Shelf) -> Questions:
    """Our own questions as known ones. Those of the suite are none of them: what is said of dev shall hold for any question."""
    embed.REMEMBERED = max(embed.REMEMBERED, _REMEMBERED)
    own = [row for row in questions if row["weight"] != DEV]
    entries = [_entry(row, shelf) for row in own]
    texts = [find_matter(row["text"], entry, shelf).text for row, entry in zip(own, entries, strict=True)]
    known = make_known(
        embedder_for(shelf).recall(texts),
        [row["answerable"] for row in own],
        [entry.weapon if entry else None for entry in entries],
        prints_of(shelf.entries),
    )
    return Questions(known, tuple(row["id"] for row in own), tuple(author_of(row["id"]) for row in own))


def with_known(
    examples: Iterable[Example], questions: Questions, held: Iterable[str], shelf: Shelf
) -> Iterator[Example]:
    """The examples with what is known of questions like theirs.

    Args:
        examples: questions, whoever wrote them.
        questions: our own. Those of an example's author are left out: a slayer is another author.
        held: ids of those that are to be left out for all.
        shelf: the library.
    """
    out = np.isin(np.array(questions.ids), np.array(sorted(held)))
    by = {author: out | questions.by(author) for author in {author_of(one.id) for one in examples}}
    prints = prints_of(shelf.entries)
    embedder = embedder_for(shelf)
    for one in examples:
        embedding, without = embedder.recall([one.matter.text])[0], by[author_of(one.id)]
        known = questions.known.measures(embedding, one.weapon, prints, without)
        elsewhere = {name: value for name, value in prints.items() if name != (one.weapon or GUIDES)}
        new = questions.known.measures(embedding, one.weapon, elsewhere, without)
        yield replace(one, setting=replace(one.setting, known=known), poorer=(new, nothing()))


def scores_of(paired: Path, scored: Path) -> dict[str, dict[str, float]]:
    """What the reader made of the sentences of the questions that were held back from it, by question."""
    texts = {row["id"]: row["texts"] for row in map(json.loads, paired.read_text(encoding="utf-8").splitlines())}
    rows = map(json.loads, scored.read_text(encoding="utf-8").splitlines())
    return {row["id"]: dict(zip(texts[row["id"]], row["scores"], strict=True)) for row in rows}


def with_scores(examples: Sequence[Example], read: Mapping[str, Mapping[str, float]]) -> Iterator[Example]:
    """The examples with what the reader made of their candidates; those that it was not given read as the worst."""
    for one in examples:
        known = read[one.id]
        worst = min(known.values())
        candidates = [replace(each, read=known.get(each.in_place, worst)) for each in one.candidates]
        yield replace(one, candidates=candidates)


def _entry(row: Mapping[str, Any], shelf: Shelf) -> Entry | None:
    subject = find_subject(CoachQuestion(row["text"], weapon=row["weapon"]), shelf)
    return subject.entry if subject else None


def _right(row: dict[str, Any], candidates: Sequence[Candidate]) -> frozenset[str]:
    """The sentences that a pattern fits; where it fits none, those under a heading that it fits."""
    places = {(place["source"], place["section"]) for place in row["passages"]}
    near = [one for one in candidates if not places or (one.passage.source, one.passage.heading) in places]
    if not row["answer"]:
        return frozenset(one.in_place for one in near)
    patterns = [re.compile(pattern, re.IGNORECASE) for pattern in row["answer"]]
    for text_of in (lambda one: one.text, _as_written, lambda one: one.passage.heading):
        if found := frozenset(one.in_place for one in near if any(each.search(text_of(one)) for each in patterns)):
            return found
    return frozenset()


def _as_written(one: Candidate) -> str:
    """The line under a drill's heading as the manual has it; authors copied their patterns from there."""
    parsed = drill(one.passage) if one.text.startswith("Minutes:") else None
    if parsed is None:
        return one.text
    return f"**Minutes:** {parsed.minutes} · **Focus:** {parsed.focus} · **Styles:** {', '.join(parsed.styles)}"

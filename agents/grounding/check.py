"""Whether a sentence of a language model is borne out by the passages that it cites.

Words are compared, not meanings: figures with their units, intervals, materials, names, quotations and what is forbidden must
be in the passages, and most of the words too. What fails is not shown, so a doubt counts against a sentence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from agents.grounding.figures import Amounts, Figure, amounts
from agents.grounding.harmless import is_harmless
from agents.grounding.pieces import Piece
from agents.grounding.things import materials, names, negated, opposes, quoted, telling, weight
from hashiramart.blocks import Citation
from knowledge.words import sentences, stem, words

Ruling = Literal["supported", "harmless", "unsupported"]

_COVERED = 0.5  # share of a sentence's telling words that its passages must hold
_COVERED_UNMARKED = 0.6  # the same where the sentence names no passage
_SAME = 0.75  # share from which a sentence of a passage is held to say the same
_NEAREST = 4  # passages that a sentence without a marker is compared with
_MOST_SENTENCES = 4  # of a passage, that one sentence of an answer may draw together
_MARKER = re.compile(r" ?\[(\d{1,4}(?:\s*[,;\u2013-]\s*\d{1,4})*)\]")
_NUMBERED = re.compile(r"^\s*(\d{1,3})[.)]\s", re.MULTILINE)
_ALWAYS_KNOWN = frozenset(stem(word) for word in words("Breathing Hashira Coach Slayer Nichirin HashiraMart Slayers"))


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of a piece: ``text`` with the markers it should have (from 1), the passages it cites, and why not."""

    ruling: Ruling
    text: str
    cites: tuple[int, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class _Said:
    """A sentence of a passage."""

    text: str
    stems: frozenset[str]
    amounts: Amounts


@dataclass(frozen=True, slots=True)
class _Source:
    """A passage as it is compared with."""

    said: tuple[_Said, ...]
    stems: frozenset[str]
    words: str
    weapon: str | None


@dataclass
class Checker:
    """The passages of one answer, and who asks what.

    Args:
        evidence: the passages, numbered from 1.
        titles: the weapons' names by slug.
        known: words that may be said without a source: the question, the slayer's name, style and weapons.
        facts: what is known about the slayer, a sentence each; such a sentence needs no marker.
        drills: minutes of each drill of the routine that was set, by name; empty where none was.
        own_weapons: slugs that may be named whatever is cited: those asked about and those of the slayer.
    """

    evidence: Sequence[Citation]
    titles: dict[str, str] = field(default_factory=dict)
    known: str = ""
    facts: Sequence[str] = ()
    drills: dict[str, int] = field(default_factory=dict)
    own_weapons: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        self._sources = {citation.n: self._source(citation) for citation in self.evidence}
        self._facts = _source([*self.facts], None, "")
        self._known = telling(self.known) | {stem(word) for word in words(self.known)}
        self._known_names = self._known | _ALWAYS_KNOWN

    def check(self, piece: Piece, first: int = 1, *, leads: bool = False) -> Verdict:
        """Judge a piece.

        Args:
            piece: a sentence, list item, table row or heading.
            first: the number by which the piece calls the first passage.
            leads: whether it leads over to what follows: a heading, the head of a table, a sentence with a colon at its end.
        """
        text, cites = _markers(piece.text, first, len(self.evidence))
        bare = _MARKER.sub("", text)
        if piece.kind == "rule":
            return Verdict("harmless", text)
        if cites:
            why = self._why_not(bare, cites, _COVERED)
            return Verdict("unsupported", text, why=why) if why else Verdict("supported", text, cites)
        if self._claims_nothing(bare, leads):
            return Verdict("harmless", text)
        found, reason = self._holder(bare)
        if found is None:
            return Verdict("unsupported", text, why=reason)
        return Verdict("supported", marked(bare, found), (found,))

    def _claims_nothing(self, bare: str, leads: bool) -> bool:
        """Whether a sentence is a greeting or lead-in, or tells the slayer what they know of themselves."""
        empty = is_harmless(bare, self._known, leads=leads) and not self._invented(bare, [self._facts], self._known)
        return empty or not self._why_not_of(bare, [self._facts], _COVERED_UNMARKED)

    def _holder(self, bare: str) -> tuple[int | None, str]:
        """The passage that bears out a sentence which cites none, or why not even the nearest does."""
        stems = telling(bare)
        reasons = []
        for n in sorted(self._sources, key=lambda n: -weight(stems & self._sources[n].stems))[:_NEAREST]:
            why = self._why_not(bare, (n,), _COVERED_UNMARKED)
            if not why:
                return n, ""
            reasons.append(why)
        return None, next(iter(reasons), "there is no passage")

    def _why_not(self, bare: str, cites: Iterable[int], covered: float) -> str:
        return self._why_not_of(bare, [self._sources[n] for n in cites], covered)

    def _why_not_of(self, bare: str, sources: Sequence[_Source], covered: float) -> str:
        """Why these passages do not bear a sentence out; empty where they do."""
        stems = telling(bare)
        held = frozenset[str]().union(*(source.stems for source in sources))
        own = stems - self._known or stems
        if own and len(own & held) < max(covered * len(own), 2 if covered == _COVERED_UNMARKED else 0):
            return "its words are not in the passage"
        if not stems and not amounts(bare).intervals and not amounts(bare).figures:
            return "it says nothing that a passage could hold"
        pool = _pool(stems, sources)
        return (
            self._invented(bare, sources)
            or self._amounts(bare, pool, sources)
            or self._drill_minutes(bare)
            or _turned_round(bare, stems, pool)
        )

    def _invented(self, bare: str, sources: Sequence[_Source], also: Iterable[str] = ()) -> str:
        """What a sentence names that its sources do not; ``also`` may be named besides."""
        held = {one for source in sources for one in source.stems} | _split_words(sources) | {*also}
        missing = materials(bare, held)
        if missing:
            return f"no passage that it cites names {_listed(missing)}"
        strangers = names(bare) - held - self._known_names
        if strangers:
            return f"no passage that it cites names {_listed(strangers)}"
        about = {source.weapon for source in sources} | self.own_weapons
        lower = bare.lower()
        for slug, title in self.titles.items():
            if title.lower() in lower and slug not in about and not any(title.lower() in s.words for s in sources):
                return f"it cites no passage about the {title}"
        spoken = [" ".join(words(source.words)) for source in sources]
        if any(not any(said in text for text in spoken) for said in quoted(bare)):
            return "its quotation is not in the passage"
        return ""

    def _amounts(self, bare: str, pool: Sequence[_Said], sources: Sequence[_Source]) -> str:
        claimed = amounts(bare)
        given: Counter[Figure] = Counter()
        for said in pool:
            given.update(said.amounts.figures)
        given.update(
            {one: n for said in self._facts.said for one, n in said.amounts.figures.items() if one.dimension == "level"}
        )
        for figure, times in claimed.figures.items():
            if figure.dimension == "step" and any(figure.number in _numbers(source) for source in sources):
                continue
            if sum(count for one, count in given.items() if figure.meets(one)) < times:
                return f"the passage does not say {figure.number} there"
        for interval in claimed.intervals:
            if not any(interval.meets(one) for said in pool for one in said.amounts.intervals):
                return "the passage does not say how often"
        return ""

    def _drill_minutes(self, bare: str) -> str:
        """A drill of the routine has the minutes that were set for it."""
        named = [name for name in self.drills if name.lower() in bare.lower()]
        if len(named) != 1:
            return ""
        spans = [one for one in amounts(bare).figures if one.dimension == "time"]
        if spans and not any(one.size == 60.0 * self.drills[named[0]] for one in spans):
            return f"{named[0]} was set for {self.drills[named[0]]} minutes"
        return ""

    def _source(self, citation: Citation) -> _Source:
        heading = citation.section.split(" > ")[-1]
        lines = [*sentences(citation.text)]
        if lines:
            lines[0] = f"{heading}: {lines[0]}"
        lines += [f"{name}: {minutes} minutes" for name, minutes in self.drills.items() if name in citation.section]
        title = self.titles.get(citation.weapon or "", "")
        return _source(lines, citation.weapon, f"{citation.text}\n{citation.section} {title}")


def marked(text: str, number: int) -> str:
    """``text`` with a marker before its full stop, or in the last cell of a row."""
    end = re.search(r"[ ]*\|?[ ]*$|[.!?:\u2026]*[\"'\u201d\u2019)*_]*$", text) if text.endswith("|") else None
    if end is None:
        end = re.search(r"[.!?:\u2026]*[\"'\u201d\u2019)*_]*$", text)
    at = end.start() if end else len(text)
    return f"{text[:at].rstrip()} [{number}]{text[at:]}"


def _markers(text: str, first: int, count: int) -> tuple[str, tuple[int, ...]]:
    """The text with its markers from 1, without those that point at no passage, and the passages that are left."""
    cites: list[int] = []

    def known(match: re.Match[str]) -> str:
        parts = [int(part) - first + 1 for part in re.findall(r"\d+", match[1])]
        if len(parts) == 2 and re.search(r"[\u2013-]", match[1]) and 0 < parts[1] - parts[0] < count:
            parts = list(range(parts[0], parts[1] + 1))
        valid = [n for n in parts if 1 <= n <= count]
        cites.extend(n for n in valid if n not in cites)
        return "".join(f" [{n}]" if not place else f"[{n}]" for place, n in enumerate(valid))

    return _MARKER.sub(known, text), tuple(cites)


def _source(lines: Sequence[str], weapon: str | None, whole: str) -> _Source:
    said = tuple(_Said(line, frozenset(telling(line)), amounts(line)) for line in lines)
    text = whole or "\n".join(lines)
    return _Source(said, frozenset(telling(text)), text.lower(), weapon)


def _pool(stems: set[str], sources: Sequence[_Source]) -> list[_Said]:
    """The sentences that a claim draws on: the one that shares most with it, then those that share what is left."""
    every = [said for source in sources for said in source.said]
    if not stems:
        return every
    left = set(stems)
    pool: list[_Said] = []
    while len(pool) < _MOST_SENTENCES:
        best = max((weight(left & said.stems) for said in every), default=0.0)
        if best == 0.0 or (pool and best < 2.0 and best < weight(frozenset(left))):
            break
        chosen = [said for said in every if weight(left & said.stems) == best and said not in pool]
        closest = min((len(said.stems - stems) for said in chosen), default=0)
        chosen = [said for said in chosen if len(said.stems - stems) == closest]
        if not chosen:
            break
        pool += chosen
        for said in chosen:
            left -= said.stems
    return pool


def _turned_round(bare: str, stems: set[str], pool: Sequence[_Said]) -> str:
    """Whether the passage says the opposite: forbids what the sentence tells to do, or the other way round."""
    reached, heads = negated(bare)
    for said in pool:
        shared = stems & said.stems
        if not shared or weight(frozenset(shared)) < 0.5 * weight(frozenset(stems)):
            continue
        forbidden, first = negated(said.text)
        told = said.stems - forbidden
        if any(one in said.stems and one not in forbidden for one in heads):
            return "the passage does not forbid it"
        if any(one in stems and one not in reached for one in first) and not any(one in told for one in first):
            return "the passage forbids it"
    best = pool[0] if pool else None
    if best and stems and len(stems & best.stems) >= _SAME * len(stems) and opposes(bare, best.text):
        return "the passage says the opposite"
    return ""


def _split_words(sources: Sequence[_Source]) -> set[str]:
    return {stem(word) for source in sources for word in words(source.words)}


def _numbers(source: _Source) -> set[str]:
    return set(_NUMBERED.findall(source.words))


def _listed(stems: Iterable[str]) -> str:
    return ", ".join(sorted(stems))

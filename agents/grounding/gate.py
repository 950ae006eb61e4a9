"""The gate: a language model's answer goes through it sentence by sentence, and what it claims without support stays behind."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from agents.composer.models import CoachAnswer
from agents.grounding.check import Checker, Verdict
from agents.grounding.pieces import Piece, Splitter
from agents.grounding.things import telling
from agents.plain import plain

LONGEST = 8000  # characters of one answer; what a model says beyond is not read

_SAME_POINT = 0.5  # share of a dropped sentence's words from which the composer's is on the same point
_TOLD = 0.7  # share of the composer's sentence that was said already
_MARKER = re.compile(r"\[(\d{1,4})\]")
_COUNTED = re.compile(r"(\d{1,3})([.)]\s+)$")
_DRILL = re.compile(r"\*\*\d{1,2}\. ")


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A harmless piece that waits for what it leads to, and how much had been dropped before it."""

    piece: Piece
    verdict: Verdict
    dropped: int


class Gate:
    """Judges the stream of a model's answer and says what holds.

    A greeting or lead-in waits until a supported sentence follows: an answer of which nothing holds has then shown nothing, and
    the composer's takes its place whole.

    Args:
        checker: the passages and what else is known.
        draft: the composer's answer to the same question.
        first: the number by which the model was told the first passage.
        say: takes words whose markers count from 1.
    """

    def __init__(self, checker: Checker, draft: CoachAnswer, first: int, say: Callable[[str], None]) -> None:
        self.dropped: list[str] = []
        self.used: set[int] = set()
        self.replaced = 0
        self._checker = checker
        self._draft = draft
        self._first = first
        self._say = say
        self._splitter = Splitter()
        self._waiting: list[_Waiting] = []
        self._supported = 0
        self._said: list[str] = []
        self._gap = ""
        self._read = 0
        self._in_table = False
        self._number = 0
        self._own = _own_sentences(draft)

    @property
    def spoke(self) -> bool:
        """Whether anything of the model was shown."""
        return self._supported > 0

    @property
    def enough(self) -> bool:
        """Whether what the model said holds in at least half of what it claims."""
        return self._supported > 0 and self._supported >= len(self.dropped)

    @property
    def full(self) -> bool:
        """Whether the model has said all that one answer may hold."""
        return self._read > LONGEST

    def hear(self, delta: str) -> None:
        """Take more words of the model; sentences that are complete are judged and said."""
        self._read += len(delta)
        for piece in self._splitter.feed(delta):
            self._judge(piece)

    def finish(self) -> None:
        """The model has ended: judge what is left, and say what waited."""
        for piece in self._splitter.finish():
            self._judge(piece)
        if self.enough:
            self._let_go("end")
            self._complete_routine()

    def _judge(self, piece: Piece) -> None:
        words = plain(piece.text).strip()
        leads = piece.kind == "heading" or words.endswith(":") or (piece.kind == "row" and not self._in_table)
        self._in_table = piece.kind in ("row", "rule")
        if not words or words in self._said:
            self._widen(piece.lead)
            return
        verdict = self._checker.check(Piece(piece.kind, piece.lead, words), self._first, leads=leads)
        if verdict.ruling == "harmless":
            self._waiting.append(_Waiting(piece, verdict, len(self.dropped)))
        elif verdict.ruling == "supported":
            self._let_go(piece.kind)
            self._supported += 1
            self._show(piece.lead, verdict.text)
        else:
            self.dropped.append(f"{words} ({verdict.why})")
            if self._replace(piece, words):
                return
            self._widen(piece.lead)

    def _let_go(self, kind: str) -> None:
        """Say what waited before a piece of this kind, or before the end; but no lead-in to things that were dropped."""
        for one in self._waiting:
            lead = one.piece.kind in ("heading", "row", "rule") or one.verdict.text.endswith(":")
            if lead and (kind == "end" or (len(self.dropped) > one.dropped and kind not in ("item", "row"))):
                self._widen(one.piece.lead)
            else:
                self._show(one.piece.lead, one.verdict.text)
        self._waiting = []

    def _replace(self, piece: Piece, words: str) -> bool:
        """Say the composer's own sentence on the point of one that was dropped, where it has one that was not said yet."""
        stems = telling(words)
        if piece.kind not in ("prose", "item") or not stems:
            return False
        told = [telling(said) for said in self._said]
        best: tuple[float, str] = (0.0, "")
        for text in self._own:
            own = telling(text)
            shared = len(own & stems)
            if (
                shared < 2
                or shared < _SAME_POINT * len(stems)
                or any(len(own & one) >= _TOLD * len(own) for one in told)
            ):
                continue
            best = max(best, (shared / len(stems | own), text))
        if not best[1]:
            return False
        self._let_go(piece.kind)
        self.replaced += 1
        self._show(piece.lead, best[1])
        return True

    def _show(self, lead: str, text: str) -> None:
        self._widen(lead)
        gap, self._gap = self._gap, ""
        self._said.append(text)
        self.used.update(int(n) for n in _MARKER.findall(text))
        self._say(f"{gap if len(self._said) > 1 else ''}{self._counted(lead.lstrip())}{text}")

    def _counted(self, mark: str) -> str:
        """The mark of a list item; items are counted anew, as some may have been dropped."""
        numbered = _COUNTED.match(mark)
        if numbered is None:
            return mark
        self._number = 1 if numbered[1] == "1" else self._number + 1
        return f"{self._number}{numbered[2]}"

    def _widen(self, lead: str) -> None:
        """Keep the widest gap since the last words: that before a piece which is not said counts too."""
        gap = lead[: len(lead) - len(lead.lstrip())]
        self._gap = max(self._gap, gap, key=lambda one: (one.count("\n"), len(one)))

    def _complete_routine(self) -> None:
        """Add the composer's lines for the drills of its routine that the model left out, so that the minutes add up."""
        said = " ".join(self._said).lower()
        missing = [name for name in self._checker.drills if name.lower() not in said]
        if not missing or len(missing) == len(self._checker.drills):
            return
        self.replaced += 1
        self._say("\n\nAlso part of this session:\n\n")
        for name in missing:
            for part in _drill_parts(self._draft, name):
                self.used.update(int(n) for n in _MARKER.findall(part))
                self._say(part)


def _own_sentences(draft: CoachAnswer) -> list[str]:
    """The cited sentences and list items of the composer's answer."""
    splitter = Splitter()
    pieces = [*splitter.feed(draft.reply), *splitter.finish()]
    return [piece.text for piece in pieces if piece.kind in ("prose", "item") and _MARKER.search(piece.text)]


def _drill_parts(draft: CoachAnswer, name: str) -> Sequence[str]:
    """The pieces of the composer's routine on one drill: its line and its steps."""
    start = next((n for n, part in enumerate(draft.parts) if _DRILL.match(part) and name in part), None)
    if start is None:
        return ()
    end = next((n for n in range(start + 1, len(draft.parts)) if _DRILL.match(draft.parts[n])), len(draft.parts))
    return draft.parts[start:end]

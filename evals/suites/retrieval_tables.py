"""What the retrieval suite shows to people: methods, kinds, sections, and the worst cases."""

from __future__ import annotations

from collections.abc import Sequence

from rich.markup import escape
from rich.table import Table
from rich.text import Text

from evals.questions import Split
from evals.ranking import MEASURES
from evals.suites.retrieval_cases import FORMS, Answered, Means, Ranked, mean

_SHOWN = 40
_GUIDES = "(guides)"


def methods(split: Split, found: Means) -> Table:
    """The three methods in one table, the best of each column and form in bold."""
    table = _table(f"{split}: rankings by method", "ranked over", "method", *MEASURES.values())
    for form, by_method in found.items():
        best = {measure: max(values[measure] for values in by_method.values()) for measure in MEASURES}
        for method, values in by_method.items():
            cells = [
                f"[bold]{value:.3f}[/]" if value == best[measure] else f"{value:.3f}"
                for measure, value in values.items()
            ]
            table.add_row(FORMS[form] if method == next(iter(by_method)) else "", method, *cells)
    return table


def kinds(answered: Sequence[Answered]) -> Table:
    """What the Coach made of each kind of question."""
    table = _table("answers by kind", "split", "kind", "questions", "answered", "wrong", "with the fact", "right place")
    for split in ("test", "dev"):
        for kind in ("fact", "absent_fact", "off_corpus"):
            cases = [case for case in answered if (case.question.split, case.question.kind) == (split, kind)]
            shares = [mean(case.answer.found for case in cases), mean(case.wrong for case in cases)]
            if kind == "fact":
                shares += [mean(case.with_fact for case in cases), mean(case.cites_the_place for case in cases)]
            table.add_row(split, kind.replace("_", " "), str(len(cases)), *(f"{share:.3f}" for share in shares))
    return table


def sections(ranked: Sequence[Ranked], answered: Sequence[Answered]) -> Table:
    """By the section that answers (the first of several): found among the first five, and answered."""
    table = _table(
        "test: by the section that answers", "section", "questions", "hit@5", "hit@5 in manual", "false alarms", "fact"
    )
    facts = [case for case in answered if case.question.kind == "fact"]
    for section in sorted({_section(case) for case in facts}):
        found = [case.found for case in ranked if _section(case) == section]
        here = [case for case in facts if _section(case) == section]
        shares = [mean(each[form]["fused"]["hit5"] for each in found) for form in FORMS]
        shares += [mean(case.wrong for case in here), mean(case.with_fact for case in here)]
        table.add_row(section, str(len(here)), *(f"{share:.3f}" for share in shares))
    return table


def worst(ranked: Sequence[Ranked], answered: Sequence[Answered]) -> list[Table]:
    """Cases with their words: for the split that the product may be tuned on."""
    rows = [(case.question.id, "not among the first five", case.question.text) for case in ranked if case.buried]
    rows += [(case.question.id, _fault(case), case.question.text) for case in answered if _fault(case)]
    if not rows:
        return []
    table = _table(f"dev: worst cases ({len(rows)})", "question", "what is wrong", "text")
    for row in rows[:_SHOWN]:
        table.add_row(*(escape(cell) for cell in row))
    return [table]


def numbers(ranked: Sequence[Ranked], answered: Sequence[Answered]) -> Text:
    """Cases by number only: for the split that the product must not be tuned on."""
    lines = {"not among the first five": [case.question.id for case in ranked if case.buried]}
    for case in answered:
        if _fault(case):
            lines.setdefault(_fault(case), []).append(case.question.id)
    return Text("test: worst cases\n" + "\n".join(f"{what}: {', '.join(ids) or 'none'}" for what, ids in lines.items()))


def _fault(case: Answered) -> str:
    if case.wrong:
        return "false alarm" if case.question.kind == "fact" else "miss"
    return "" if case.question.kind != "fact" or case.with_fact else "without the fact"


def _section(case: Ranked | Answered) -> str:
    first = case.question.passages[0]
    if first.source.startswith("guides/"):
        return _GUIDES
    parts = first.section.split(" > ")
    return first.section if parts[0] == "Maintenance" else parts[0]


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left")
    for column in columns:
        table.add_column(column, justify="left" if column in _WORDS else "right", overflow="fold")
    return table


_WORDS = frozenset({"ranked over", "method", "split", "kind", "section", "question", "what is wrong", "text"})

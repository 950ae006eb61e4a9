"""Stage ``validate``: nothing is trained on a table that is not what it claims to be.

Every source (``ml.sources``) is held against the schema of its three tables, and then against what no single column can say:
battles name known weapons and slayers, an id counts once over all sources, an exploring battle has its propensity, and the
share of won battles is plausible. All faults of all tables are found in one go and written to ``reports/validate``; if there is
any, the pipeline stops here and the message names table, column and rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from hashiramart.config import Settings
from hashiramart.errors import InvalidInput
from ml import sources
from ml.layout import Layout, Progress, silent
from ml.params import Params, Validate
from ml.release import write_json
from ml.sources import Source

if TYPE_CHECKING:
    import pandas as pd

_ROWS_NAMED = 5


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong in one column. ``rows`` are the first of them, counted from 0; none where the whole column is at fault."""

    table: str
    column: str
    check: str
    count: int
    rows: tuple[int, ...] = ()
    example: str = ""

    def __str__(self) -> str:
        where = ""
        if self.rows:
            more = ", …" if self.count > len(self.rows) else ""
            where = f" in {self.count:,} row{'s' if self.count > 1 else ''} ({', '.join(map(str, self.rows))}{more})"
        return f"{self.table}: column {self.column}: {self.check}{where}" + (
            f", e.g. {self.example}" if self.example else ""
        )


def run(root: Path, params: Params, _settings: Settings, on_progress: Progress = silent) -> None:
    """Check all tables; write ``reports/validate/{report.json,report.md}``.

    Raises:
        InvalidInput: a table has faults; ``field`` is the first faulty column.
        Unavailable: the data are missing.
    """
    layout = Layout(root)
    on_progress(0.0, "reading tables")
    found = sources.read(layout)
    on_progress(0.3, "checking tables")
    faults = find_faults(found, params.validation)
    facts = {source.name: describe(source) for source in found}
    folder = layout.report("validate")
    content = {"ok": not faults, "sources": facts, "faults": [asdict(fault) for fault in faults]}
    write_json(folder / "report.json", content)
    (folder / "report.md").write_text(_markdown(facts, faults), encoding="utf-8")
    if faults:
        rest = f" And {len(faults) - 1} more in {folder / 'report.md'}." if len(faults) > 1 else ""
        raise InvalidInput(faults[0].column, f"{faults[0]}.{rest}")
    rows = sum(len(source.interactions) for source in found)
    on_progress(1.0, f"{rows:,} battles are sound")


def find_faults(found: Sequence[Source], p: Validate) -> list[Fault]:
    """Every fault of every table, in the order of sources and tables."""
    faults: list[Fault] = []
    for source in found:
        for name, table in (
            ("slayers", source.slayers),
            ("weapons", source.weapons),
            ("interactions", source.interactions),
        ):
            faults += _against_schema(f"{source.name} {name}", name, table)
        faults += _between_columns(source, p)
    return faults + list(_between_sources(found))


def describe(source: Source) -> dict[str, Any]:
    """What a reader wants to know of a source, as JSON-ready data; columns that are missing are left out."""
    battles = source.interactions
    facts: dict[str, Any] = {
        "slayers": len(source.slayers),
        "weapons": len(source.weapons),
        "battles": len(battles),
    }
    for column, of in (("success", "won"), ("exploration", "exploring")):
        if column in battles:
            facts[f"share_{of}"] = _share(battles[column])
    if "propensity" in battles:
        facts["share_without_propensity"] = _share(battles["propensity"].isna())
    if "occurred_at" in battles and len(battles):
        facts["first"], facts["last"] = str(battles["occurred_at"].min()), str(battles["occurred_at"].max())
    return facts


@cache
def _schemas() -> dict[str, Any]:
    """The schema of each table. Whole numbers may come as floats (a database's numeric), so ranges are checked, not widths."""
    import pandas as pd
    import pandera.pandas as pa

    def number(low: float, high: float, *, above: bool = False, **more: Any) -> pa.Column:
        kind = pa.Check(pd.api.types.is_numeric_dtype, error="must be a number")
        limits = f"must be {'above ' if above else ''}{low:g} to {high:g}"
        return pa.Column(None, [kind, pa.Check.in_range(low, high, include_min=not above, error=limits)], **more)

    def text(**more: Any) -> pa.Column:
        return pa.Column(str, pa.Check.str_length(min_value=1, error="must not be empty"), **more)

    attributes = {name: number(0, 100) for name in ("strength", "dexterity", "stamina")}
    final = {
        f"final_{name}": number(0 if name != "level" else 1, 100, required=False) for name in ("level", *attributes)
    }
    styles = pa.Check(lambda cells: cells.map(_is_list), error="must be a list")
    return {
        "slayers": pa.DataFrameSchema(
            {
                "slayer_id": text(unique=True),
                "breathing_style": text(),
                "level": number(1, 100),
                **attributes,
                **final,
            }
        ),
        "weapons": pa.DataFrameSchema(
            {
                "weapon_id": text(unique=True),
                "slug": text(),
                "weapon_type": text(),
                "weight": number(0, 50, above=True),
                "sharpness": number(0, 100),
                "price": number(0, 1e9),
                "styles": pa.Column(None, styles),
                "source": text(),
            }
        ),
        "interactions": pa.DataFrameSchema(
            {
                "interaction_id": text(unique=True),
                "slayer_id": text(),
                "weapon_id": text(),
                "breathing_style": text(),
                "level": number(1, 100),
                **attributes,
                "success": pa.Column(None, pa.Check.isin([0, 1], error="must be 0 or 1")),
                "exploration": pa.Column(bool),
                "propensity": number(0, 1, above=True, nullable=True),
                "model_version": pa.Column(None, nullable=True),
                "occurred_at": pa.Column(pd.DatetimeTZDtype("ms", "UTC")),
                "p_true": number(0, 1, nullable=True),
            },
            strict=True,  # a column nobody knows is a change that somebody forgot to tell
        ),
    }


def _is_list(cell: object) -> bool:
    return not isinstance(cell, str) and bool(np.iterable(cell))


def _against_schema(title: str, kind: str, table: pd.DataFrame) -> list[Fault]:
    from pandera.errors import SchemaErrors

    try:
        _schemas()[kind].validate(table.reset_index(drop=True), lazy=True)
    except SchemaErrors as error:
        cases = error.failure_cases
        column = cases["column"].where(cases["column"].notna(), cases["failure_case"]).astype(str)
        return [
            _fault(title, name, _plain(check), of_one)
            for (name, check), of_one in cases.groupby([column, "check"], sort=False)
        ]
    return []


def _fault(title: str, column: str, check: str, cases: pd.DataFrame) -> Fault:
    rows = sorted(int(row) for row in cases["index"].dropna())
    example = str(cases["failure_case"].iloc[0]) if rows else ""
    return Fault(title, column, check, max(len(rows), 1), tuple(rows[:_ROWS_NAMED]), example)


def _plain(check: str) -> str:
    """A built-in check of pandera in words; our own bring theirs."""
    words = {
        "field_uniqueness": "must be unique",
        "not_nullable": "must not be null",
        "column_in_dataframe": "is missing",
        "column_in_schema": "is unknown",
    }
    if check.startswith("dtype("):
        return f"must be of type {check.removeprefix('dtype(').removesuffix(')').strip(chr(39))}"
    return words.get(check, check)


def _between_columns(source: Source, p: Validate) -> Iterator[Fault]:
    battles, title = source.interactions.reset_index(drop=True), f"{source.name} interactions"
    for key, owner in (("weapon_id", source.weapons), ("slayer_id", source.slayers)):
        if key in battles and key in owner:
            yield from _rows(
                title, key, "is not in its table", battles, battles[key].notna() & ~battles[key].isin(owner[key])
            )
    if {"exploration", "propensity"} <= set(battles):
        bare = battles["exploration"].astype(bool) & battles["propensity"].isna()
        yield from _rows(title, "propensity", "must be known for an exploring battle", battles, bare)
    if "success" in battles and len(battles) >= p.judged_from:
        rate = _share(battles["success"])
        if not p.min_win_rate <= rate <= p.max_win_rate:
            limits = f"{p.min_win_rate:g} to {p.max_win_rate:g}"
            yield Fault(title, "success", f"the share of won battles is {rate:.3f} and must be {limits}", 1)


def _between_sources(found: Sequence[Source]) -> Iterator[Fault]:
    seen: set[str] = set()
    for source in found:
        if "interaction_id" not in source.interactions:
            continue
        ids = source.interactions["interaction_id"].reset_index(drop=True)
        if seen:
            table = ids.to_frame()
            yield from _rows(
                f"{source.name} interactions", "interaction_id", "is in another source too", table, ids.isin(seen)
            )
        if source is not found[-1]:
            seen |= set(ids)


def _rows(title: str, column: str, check: str, table: pd.DataFrame, wrong: pd.Series) -> Iterator[Fault]:
    rows = np.flatnonzero(wrong.to_numpy())
    if len(rows):
        named = tuple(int(row) for row in rows[:_ROWS_NAMED])
        yield Fault(title, column, check, len(rows), named, str(table[column].iloc[named[0]]))


def _share(values: pd.Series) -> float:
    return round(float(values.astype(float).mean()), 4) if len(values) else 0.0


def _markdown(facts: dict[str, dict[str, Any]], faults: Sequence[Fault]) -> str:
    lines = ["# Are the tables sound?", "", "No:" if faults else "Yes: every table keeps to its schema.", ""]
    lines += [f"- {fault}" for fault in faults] + ([""] if faults else [])
    for name, of_source in facts.items():
        lines += [f"## {name}", "", "| | |", "|---|---|"]
        for key, value in of_source.items():
            shown = value if isinstance(value, str) else f"{value:,}"
            lines.append(f"| {key.replace('_', ' ')} | {shown} |")
        lines.append("")
    return "\n".join(lines)


if __name__ == "__main__":
    from ml.stage import main

    main(run)

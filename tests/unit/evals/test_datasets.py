"""Files of cases: read whole or refused with file, line and field; their schemas lie beside them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, ConfigDict

from evals.datasets import Dataset, chosen, datasets, schema_text
from hashiramart.errors import InvalidInput

SCHEMAS = Path(__file__).parents[3] / "evals" / "data" / "schema"


class Case(BaseModel):
    model_config = ConfigDict(extra="forbid")

    id: str
    slice: str = "plain"
    turns: list[int] = []


CASES = Dataset("cases.jsonl", Case)


def written(folder: Path, *lines: str) -> Path:
    path = folder / "cases.jsonl"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_a_case_is_a_line_and_blank_lines_are_none(tmp_path: Path) -> None:
    cases = CASES.load(written(tmp_path, '{"id": "a"}', "", '{"id": "b", "turns": [1]}'))
    assert [case.id for case in cases] == ["a", "b"]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('{"id": "b", "turns": [1, "x"]}', "turns.1"),
        ('{"id": "b", "tuns": []}', "tuns"),
        ('{"slice": "b"}', "id"),
        ("{", "the line"),
    ],
)
def test_a_wrong_line_is_told_with_file_line_and_field(tmp_path: Path, line: str, told: str) -> None:
    path = written(tmp_path, '{"id": "a"}', "", line)
    with pytest.raises(InvalidInput) as refused:
        CASES.load(path)
    assert refused.value.message.startswith(f"{path}:3 is no case: {told}: ")


def test_an_id_that_is_given_twice_is_told(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="a is given twice"):
        CASES.load(written(tmp_path, '{"id": "a"}', '{"id": "a"}'))


def test_a_line_separator_within_a_text_ends_no_line(tmp_path: Path) -> None:
    assert CASES.load(written(tmp_path, '{"id": "a\u2028b"}'))[0].id == "a\u2028b"


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00"])
def test_a_file_that_cannot_be_read_is_told(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "own.jsonl"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InvalidInput, match=r"own\.jsonl cannot be read"):
        CASES.load(path)


def test_some_cases_are_chosen_by_slice_or_id() -> None:
    cases = [Case(id="a"), Case(id="b", slice="rare"), Case(id="c")]
    assert [case.id for case in chosen(cases, ())] == ["a", "b", "c"]
    assert [case.id for case in chosen(cases, ("rare", "c"))] == ["b", "c"]
    with pytest.raises(InvalidInput, match="'d'"):
        chosen(cases, ("a", "d"))


@pytest.mark.parametrize("dataset", datasets(), ids=lambda dataset: dataset.name)
def test_every_dataset_follows_its_schema_and_the_schema_is_on_file(dataset: Dataset[Any]) -> None:
    assert dataset.load()
    kept = (SCHEMAS / dataset.schema_name).read_text(encoding="utf-8")
    assert kept == schema_text(dataset), "run: python -m evals.datasets"

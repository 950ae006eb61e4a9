"""Files of cases under ``data/``: JSON lines, checked against their model when they are read. Adding a case is adding a line.

Beside each file lies its JSON schema (``data/schema/``), for editors and for other programs that write cases. It is made
of the model: ``python -m evals.datasets`` writes all of them anew.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from hashiramart.errors import InvalidInput

Case = TypeVar("Case", bound=BaseModel)

DATASETS = (
    "evals.cases:ROUTING",
    "evals.cases:ROUTING_TRAIN",
    "evals.coach_cases:COACH",
    "evals.questions:RETRIEVAL",
    "evals.slot_cases:SLOTS",
    "evals.scenes.cases:SCENES",
    "evals.scenes.attacks:ATTACKS",
)
"""Where the datasets are: module and name. A suite's dataset is listed here, so that its schema is written and tested."""

_PACKAGE = "evals"


class Dataset(Generic[Case]):
    """A file of cases in one schema. Nothing is read before ``load``.

    Args:
        name: of the file below ``data/``: ``coach.jsonl``.
        model: what a line is; forbids extra fields.
        called: what a line is called in a complaint: "case of the Coach".
    """

    def __init__(self, name: str, model: type[Case], called: str = "case") -> None:
        self.name = name
        self.model = model
        self.called = called

    def load(self, data: Path | None = None) -> list[Case]:
        """All cases, in the order of the file.

        Args:
            data: another file in the same schema; by default the one under ``data/``.

        Raises:
            InvalidInput: there is no such file, a line does not follow the schema (the message names file, line and field), or
                two lines have the same id.
        """
        where = str(data) if data is not None else self.name
        cases = [self._case(line, f"{where}:{number}") for number, line in self._lines(data)]
        ids = Counter(name for case in cases if (name := getattr(case, "id", None)) is not None)
        twice = [name for name, count in ids.items() if count > 1]
        if twice:
            raise InvalidInput("data", f"{where}: id: {twice[0]} is given twice.")
        return cases

    def schema(self) -> dict[str, Any]:
        """The JSON schema of a line."""
        return {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": f"A line of {self.name}",
            **{key: value for key, value in self.model.model_json_schema().items() if key != "title"},
        }

    @property
    def schema_name(self) -> str:
        """The schema's file below ``data/schema/``."""
        return f"{Path(self.name).stem}.schema.json"

    def _lines(self, data: Path | None) -> Iterator[tuple[int, str]]:
        origin = files(_PACKAGE).joinpath("data", self.name) if data is None else data
        try:
            text = origin.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "it is no UTF-8 text"
            raise InvalidInput("data", f"{data or self.name} cannot be read: {reason}.") from error
        # not splitlines(): a case may hold U+2028 and the like, which end a line for Python but not for JSON
        return ((number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip())

    def _case(self, line: str, where: str) -> Case:
        try:
            return self.model.model_validate_json(line)
        except ValidationError as error:
            first = error.errors()[0]
            field = ".".join(str(part) for part in first["loc"]) or "the line"
            more = f" ({error.error_count()} faults in all)" if error.error_count() > 1 else ""
            message = f"{where} is no {self.called}: {field}: {first['msg']}{more}."
            raise InvalidInput("data", message) from error


def chosen(cases: Sequence[Case], only: Collection[str]) -> list[Case]:
    """The cases that are to be tried.

    Args:
        cases: all, with a ``slice``, an ``id`` or both.
        only: slices or ids; empty is all.

    Raises:
        InvalidInput: there is no such slice or case.
    """
    if not only:
        return list(cases)
    named = [{getattr(case, "slice", None), getattr(case, "id", None)} - {None} for case in cases]
    unknown = sorted(set(only) - set().union(*named))
    if unknown:
        raise InvalidInput("only", f"There is no slice and no case called {unknown[0]!r}.")
    return [case for case, names in zip(cases, named, strict=True) if names & set(only)]


def datasets() -> list[Dataset[Any]]:
    """All datasets of the house."""
    found: list[Dataset[Any]] = []
    for place in DATASETS:
        module, _, name = place.partition(":")
        found.append(getattr(import_module(module), name))
    return found


def schema_text(dataset: Dataset[Any]) -> str:
    """A dataset's schema as its file has it."""
    return json.dumps(dataset.schema(), indent=2, ensure_ascii=False) + "\n"


def main() -> None:
    """Write all schemas."""
    folder = Path(__file__).with_name("data") / "schema"
    folder.mkdir(exist_ok=True)
    for dataset in datasets():
        (folder / dataset.schema_name).write_text(schema_text(dataset), encoding="utf-8")
        sys.stdout.write(f"{folder / dataset.schema_name}\n")


if __name__ == "__main__":
    main()

"""The error tree: one root, plain sentences, and the field where one is to blame."""

from __future__ import annotations

import inspect

import pytest

from hashiramart import errors
from hashiramart.errors import Conflict, HashiraError, InvalidInput, NotFound


def _tree() -> list[type[HashiraError]]:
    return [kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, HashiraError)]


def test_every_error_has_the_root_and_stands_in_the_drawing() -> None:
    drawing = errors.__doc__ or ""
    assert len(_tree()) >= 9
    assert all(kind.__name__ in drawing for kind in _tree())


@pytest.mark.parametrize("kind", [InvalidInput, NotFound, Conflict])
def test_an_error_about_a_value_names_its_field(kind: type[InvalidInput | NotFound | Conflict]) -> None:
    error = kind("minutes", "A day has 1440.")
    assert (error.field, error.message, str(error)) == ("minutes", "A day has 1440.", "A day has 1440.")


def test_other_errors_are_one_sentence() -> None:
    error = errors.ToolError("The shelf is empty.")
    assert error.message == str(error) == "The shelf is empty."

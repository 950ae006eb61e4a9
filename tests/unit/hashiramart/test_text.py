"""Strings from outside: what passes, what is trimmed, what is refused."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from hashiramart.text import Key, Line, Prose

LINE: TypeAdapter[str] = TypeAdapter(Line)
PROSE: TypeAdapter[str] = TypeAdapter(Prose)
KEY: TypeAdapter[str] = TypeAdapter(Key)


@pytest.mark.parametrize("adapter", [LINE, PROSE])
@pytest.mark.parametrize("value", ["a\0b", "a\x1bb", "a\x7fb", "a\x85b", "a\ud800b", "\udfff", "", "  \n ", None, 7])
def test_what_a_database_or_terminal_cannot_hold_is_refused(adapter: TypeAdapter[str], value: Any) -> None:
    with pytest.raises(ValidationError):
        adapter.validate_python(value)


@pytest.mark.parametrize("value", ["a\nb", "a\rb", "a\tb", "a\u2028b", "a\u2029b", "x" * 81])
def test_a_line_is_one_line_of_80_characters_at_most(value: str) -> None:
    with pytest.raises(ValidationError):
        LINE.validate_python(value)


def test_a_line_is_trimmed_and_may_hold_any_script() -> None:
    assert LINE.validate_python("  竈門 炭治郎 🗡️ ") == "竈門 炭治郎 🗡️"
    assert LINE.validate_python("x" * 80 + " ") == "x" * 80


def test_prose_keeps_its_line_breaks_and_tabs() -> None:
    assert PROSE.validate_python(" one\n\ttwo\r\n") == "one\n\ttwo"


def test_prose_ends_at_4000_characters() -> None:
    assert len(PROSE.validate_python("x" * 4000)) == 4000
    with pytest.raises(ValidationError):
        PROSE.validate_python("x" * 4001)


@pytest.mark.parametrize("value", ["evt-1", "A.b_c:d", "x" * 128, "01890a5d-ac96-774b-bcce-b302099a8057"])
def test_a_key_of_plain_characters_passes_unchanged(value: str) -> None:
    assert KEY.validate_python(value) == value


@pytest.mark.parametrize("value", ["", "x" * 129, "a b", " a", "a\n", "ä", "a/b", "a\0", "a\ud800"])
def test_a_key_of_other_characters_is_refused(value: str) -> None:
    with pytest.raises(ValidationError):
        KEY.validate_python(value)


@given(st.text(alphabet=st.characters(), max_size=120))
def test_whatever_passes_can_be_stored_and_stays_as_it_is(value: str) -> None:
    for adapter in (LINE, PROSE):
        try:
            passed = adapter.validate_python(value)
        except ValidationError:
            continue
        assert "\0" not in passed
        assert passed.encode("utf-8").decode("utf-8") == passed
        assert adapter.validate_python(passed) == passed

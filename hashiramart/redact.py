"""What a text that is kept elsewhere may not hold: keys, tokens, passwords, e-mail addresses.

People paste such things into chats, and a key may stand in an endpoint's error. Better one harmless word too many is replaced
than one secret kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import unquote, urlsplit

from pydantic import BaseModel

from hashiramart.config import Settings

SECRET, EMAIL = "[secret]", "[e-mail]"

_SHORTEST_OWN = 6  # a configured secret shorter than this would be found in innocent words
_KEY = r"api[ _-]?key|access[ _-]?key|secret[ _-]?key|private[ _-]?key|auth[ _-]?token|access[ _-]?token"
_PASSWORD = r"pass(?:word|wort|phrase|code)?|pwd|pin"  # noqa: S105
_VALUE = r"[\"'`]?[^\s\"'`,;]{3,200}"
_FIELD = re.compile(r"(?:.*[_-])?(?:password|secret|token|api_?key|authorization|cookie)", re.IGNORECASE)

_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(r"-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----.{0,10000}?(?:-----END [A-Z ]{0,40}-----|\Z)", re.DOTALL),
        SECRET,
    ),
    (re.compile(r"(?<=://)[^\s/@:]{1,200}:[^\s/@]{1,200}(?=@)"), SECRET),
    (re.compile(r"\b(Bearer|Basic)\s+[\w.~+/=-]{8,}", re.IGNORECASE), rf"\1 {SECRET}"),
    (re.compile(r"\beyJ[\w-]{8,}\.[\w-]{4,}(?:\.[\w-]*)?"), SECRET),
    (
        re.compile(r"\b(?:sk|pk|rk|ghp|gho|ghu|ghs|ghr|glpat|hf|npm|pypi|dop|xox[abeprs]|github_pat)[-_][\w-]{8,}"),
        SECRET,
    ),
    (re.compile(r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|\bAIza[\w-]{30,}"), SECRET),
    (
        re.compile(
            rf"\b({_KEY}|{_PASSWORD}|token)(\s*(?:[:=]|\bis\b:?|\bwas\b:?|\bist\b:?)\s*){_VALUE}", re.IGNORECASE
        ),
        rf"\1\2{SECRET}",
    ),
    (re.compile(rf"\b(secret|credentials?)(\s*[:=]\s*){_VALUE}", re.IGNORECASE), rf"\1\2{SECRET}"),
    (re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}"), EMAIL),
    # Long and mixed, as no word of any language is; names in lower case and UUIDs are not.
    (re.compile(r"(?<![\w+/-])(?=[\w+/-]*\d)(?=[\w+/-]*[a-z])(?=[\w+/-]*[A-Z])[\w+/-]{24,}={0,2}"), SECRET),
    (re.compile(r"\b[0-9a-fA-F]{32,}\b"), SECRET),
)


class Redactor:
    """Replaces secrets.

    Args:
        own: secrets that are known, wherever they appear.
    """

    def __init__(self, own: Iterable[str] = ()) -> None:
        known = sorted({each for each in own if len(each) >= _SHORTEST_OWN}, key=len, reverse=True)
        self._own = re.compile("|".join(map(re.escape, known))) if known else None

    @classmethod
    def of(cls, settings: Settings) -> Redactor:
        """One that knows the secrets of the settings."""
        own = [
            settings.openai_api_key,
            settings.api_token,
            *_passwords(settings.database_url, settings.mlflow_tracking_uri),
        ]
        return cls(each for each in own if each)

    def text(self, text: str) -> str:
        """A text without its secrets."""
        if self._own is not None:
            text = self._own.sub(SECRET, text)
        for pattern, instead in _RULES:
            text = pattern.sub(instead, text)
        return text

    def value(self, value: Any) -> Any:
        """A value as JSON has it, without its secrets: of a field that is named like one, nothing is left."""
        match value:
            case None | bool() | int() | float():
                return value
            case str():
                return self.text(value)
            case BaseModel():
                return self.value(value.model_dump(mode="json"))
            case Mapping():
                return {self.text(str(key)): self._field(str(key), each) for key, each in value.items()}
            case Sequence() | set() | frozenset() if not isinstance(value, bytes):
                return [self.value(each) for each in value]
            case _:
                return self.text(str(value))

    def _field(self, key: str, value: Any) -> Any:
        return SECRET if value and isinstance(value, str) and _FIELD.fullmatch(key) else self.value(value)


def _passwords(*addresses: str | None) -> list[str]:
    found: list[str] = []
    for address in addresses:
        try:
            raw = urlsplit(address or "").password
        except ValueError:
            continue
        found += [raw, unquote(raw)] if raw else []
    return found

"""The manuals' own labels, put back where a format lost their bold: minutes of a drill, cause and fix, accessories.

``knowledge.parts`` knows a drill by "**Minutes:** 5 · **Focus:** balance · **Styles:** Water". A text file has no bold, and
a word processor may put the colon on either side of it.
"""

from __future__ import annotations

import re

_COLON = r"(?::\*\*|\*\*:|:)[ \t]*"
_PART = r"[ \t]*[\u00b7\u2022|,;/][ \t]*"
_DRILL = re.compile(
    rf"^(?:\*\*)?Minutes{_COLON}(\d{{1,3}})(?:[ \t]*min(?:utes|\.)?)?{_PART}"
    rf"(?:\*\*)?Focus{_COLON}([^\u00b7\u2022|;\n]{{1,200}}?){_PART}"
    rf"(?:\*\*)?Styles?{_COLON}([^\u00b7\u2022|;\n]{{1,200}}?)[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
_CAUSE_OR_FIX = re.compile(rf"^(?:\*\*)?(Cause|Fix){_COLON}(?=\S)|[ \t]+\*\*(Cause|Fix){_COLON}(?=\S)", re.MULTILINE)
_ACCESSORIES = re.compile(r"^#{1,6}[ \t]+Accessories[ \t]*$(?:\n(?!#).*+)*+", re.MULTILINE)
_THING = re.compile(rf"^- (?:\*\*)?([^:*\n]{{1,80}}){_COLON}(?=\S)", re.MULTILINE)


def restore_labels(text: str) -> str:
    """Markdown with the labels of drills, problems and accessories in bold, however they were marked."""
    text = _DRILL.sub("**Minutes:** \\1 \u00b7 **Focus:** \\2 \u00b7 **Styles:** \\3", text)
    text = _CAUSE_OR_FIX.sub(_on_a_line, text)
    return _ACCESSORIES.sub(lambda section: _THING.sub(r"- **\1**: ", section.group()), text)


def _on_a_line(match: re.Match[str]) -> str:
    return f"**{match.group(1)}:** " if match.group(1) else f"\n**{match.group(2)}:** "

"""One manual with every trick of ``tests.integration.poisons`` in it, as the manual of a weapon of the shop."""

from __future__ import annotations

from pathlib import Path

from tests.integration.poisons import HONEST, POISONS

SLUG = "gatewarden-spear"
CRESTS = ("hawk", "badger", "magpie")
QUESTIONS = tuple(f"how do I polish the {crest} crest of the Gatewarden Spear?" for crest in CRESTS)

_MORE = (
    "<img src=x onerror='window.poisoned=1'>",
    "<svg/onload=window.poisoned=1></svg>",
    "<script>window.poisoned=1</script>",
    "[run](javascript:window.poisoned=1) and [see](data:text/html,<script>alert(1)</script>)",
    "![one](https://evil.example/1.png) ![two][p] [![three](//evil.example/3.png)](https://evil.example/4)",
    '<picture><source srcset="https://evil.example/5.png"><img alt=five></picture>',
    "[your prize](https://evil.example/prize) <https://evil.example/auto> www.evil.example [home](//evil.example)",
    "<!-- <script>window.poisoned=1</script> -->",
    "[p]: https://evil.example/2.png",
)


def write(folder: Path) -> Path:
    """Write the manual into a folder; its file."""
    parts = [poison.text.split("---\n", 2)[2].replace("Tidebreaker Katana", "Gatewarden Spear") for poison in POISONS]
    sections = "\n".join(part.replace("# Addendum\n", "", 1) for part in parts)
    more = "\n\n".join(_MORE)
    front = f"---\nweapon: {SLUG}\nname: Gatewarden Spear\n---\n\n# Addendum\n"
    file = folder / "poisoned-spear.md"
    file.write_text(f"{front}{sections}\n## Handling\n### Grip\nHold it {HONEST}.\n\n{more}\n", encoding="utf-8")
    return file

"""The file that the page's types are generated from is what the API says of itself."""

from __future__ import annotations

import json
from pathlib import Path

from api.document import written

FRONTEND = Path(__file__).parents[3] / "frontend"


def test_the_pages_copy_of_the_document_is_what_the_code_says() -> None:
    copy = (FRONTEND / "openapi.json").read_text(encoding="utf-8")
    assert copy == written(), "run: npm run generate (in frontend/), and commit what it changes"


def test_the_document_tells_blocks_and_stream_events_too() -> None:
    schemas = json.loads(written())["components"]["schemas"]
    types = schemas["Block"]["discriminator"]["mapping"]
    assert {"recommendations", "approval", "image"} <= set(types)
    assert all(reference.rsplit("/", 1)[-1] in schemas for reference in types.values())
    assert {"RouteEvent", "TextEvent", "DoneEvent"} <= set(schemas)
    assert "kind" not in schemas["TextEvent"]["properties"]

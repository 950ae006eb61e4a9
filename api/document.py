"""The OpenAPI document: FastAPI's own, with the wire contract of problems, blocks and stream events in it.

``python -m api.document FILE`` writes it for the page, whose types are generated from it (``npm run generate``).
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel, TypeAdapter
from pydantic.json_schema import JsonSchemaValue

from agents.events import CitationEvent, DoneEvent, RouteEvent, StatusEvent, TextEvent
from api.errors import Problem
from hashiramart.blocks import Block

_REF = "#/components/schemas/{model}"
_UNUSED = ("HTTPValidationError", "ValidationError")
_STREAMED: tuple[type[BaseModel], ...] = (RouteEvent, StatusEvent, TextEvent, CitationEvent, DoneEvent)
"""What the stream sends, beside blocks and problems. The event's name is its kind, so the data does not repeat it."""


def describe(app: FastAPI, title: str, summary: str) -> dict[str, Any]:
    """The document of an app, made on first use and kept with it.

    Without FastAPI's own validation error, which we never send.
    """
    if app.openapi_schema is None:
        document = get_openapi(title=title, version=app.version, summary=summary, routes=app.routes)
        schemas = document.setdefault("components", {}).setdefault("schemas", {})
        _put(schemas, "Problem", Problem.model_json_schema(ref_template=_REF))
        _put(schemas, "Block", TypeAdapter[Any](Block).json_schema(ref_template=_REF, mode="serialization"))
        for event in _STREAMED:
            schema = event.model_json_schema(ref_template=_REF, mode="serialization")
            schema["properties"].pop("kind")
            _put(schemas, event.__name__, schema)
        for unused in _UNUSED:
            schemas.pop(unused, None)
        app.openapi_schema = document
    return app.openapi_schema


def _put(schemas: dict[str, Any], name: str, schema: JsonSchemaValue) -> None:
    """Add a schema, and what it refers to unless a route has described that already."""
    for part, described in schema.pop("$defs", {}).items():
        schemas.setdefault(part, described)
    schemas[name] = schema


def written() -> str:
    """The document of the shop's API, as the file in ``frontend/`` holds it: without the version, which says nothing of types."""
    from api.main import create_app
    from hashiramart.config import Settings

    document = {**create_app(Settings()).openapi()}
    document["info"] = {**document["info"], "version": "0"}
    return json.dumps(document, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(written(), encoding="utf-8")

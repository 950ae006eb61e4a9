"""Errors as HTTP: one table of status codes, and bodies after RFC 9457 (``application/problem+json``)."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from hashiramart import errors

logger = logging.getLogger(__name__)

STATUS: dict[type[errors.HashiraError], int] = {
    errors.ToolError: 422,
    errors.InvalidInput: 422,
    errors.NotFound: 404,
    errors.Conflict: 409,
    errors.Unauthenticated: 401,
    errors.Forbidden: 403,
    errors.TooMany: 429,
    errors.NotConfigured: 409,
    errors.Unavailable: 503,
    errors.SetupError: 503,
}
MEDIA_TYPE = "application/problem+json"
BUG = "Something went wrong on our side; it is logged under the correlation id."


class FieldError(BaseModel):
    """What is wrong with one field."""

    field: str = Field(description="The field's name as the caller wrote it, dotted where it is nested.")
    message: str


class Problem(BaseModel):
    """An error, after RFC 9457."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    instance: str
    errors: list[FieldError] = []
    correlation_id: str


def documented(*codes: int) -> dict[int | str, dict[str, Any]]:
    """The ``responses`` of a route: every problem it may answer with."""
    return {
        code: {
            "description": HTTPStatus(code).phrase,
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        for code in codes
    }


def status_of(error: errors.HashiraError) -> int:
    """The status code for an error, by its nearest class in the table."""
    return next((STATUS[kind] for kind in type(error).__mro__ if kind in STATUS), 500)


def correlation_id(request: Request) -> str:
    """The id under which this request is logged."""
    known = getattr(request.state, "correlation_id", None)
    return str(known or uuid.uuid4())


def problem(request: Request, status: int, detail: str, fields: list[FieldError] | None = None) -> JSONResponse:
    """A problem+json answer."""
    body = Problem(
        title=HTTPStatus(status).phrase,
        status=status,
        detail=detail,
        instance=request.url.path,
        errors=fields or [],
        correlation_id=correlation_id(request),
    )
    headers = {"WWW-Authenticate": "Bearer"} if status == 401 else None
    return JSONResponse(body.model_dump(), status_code=status, media_type=MEDIA_TYPE, headers=headers)


def field_errors(found: Iterable[Any]) -> list[FieldError]:
    """Pydantic's complaints in our words."""
    return [FieldError(field=_name(each["loc"]), message=_message(each)) for each in found]


def install(app: FastAPI) -> None:
    """Answer every error of an app as a problem."""

    @app.exception_handler(errors.HashiraError)
    def _explained(request: Request, error: errors.HashiraError) -> JSONResponse:
        status = status_of(error)
        if status >= 500:
            logger.error("%s %s: %s", correlation_id(request), type(error).__name__, error.message)
        field = getattr(error, "field", None)
        fields = [FieldError(field=field, message=error.message)] if field else []
        answer = problem(request, status, error.message, fields)
        if isinstance(error, errors.TooMany):
            answer.headers["Retry-After"] = str(error.retry_after)
        return answer

    @app.exception_handler(RequestValidationError)
    def _invalid(request: Request, error: RequestValidationError) -> JSONResponse:
        fields = field_errors(error.errors())
        names = ", ".join(dict.fromkeys(each.field for each in fields))
        return problem(request, 422, f"Not acceptable: {names}.", fields)

    @app.exception_handler(HTTPException)
    def _http(request: Request, error: HTTPException) -> JSONResponse:
        if error.status_code == 400:  # FastAPI's word for a body that cannot be decoded at all
            return problem(
                request, 422, "Not acceptable: body.", [FieldError(field="body", message="is no valid JSON")]
            )
        answer = problem(request, error.status_code, str(error.detail))
        answer.headers.update(error.headers or {})
        return answer

    @app.exception_handler(Exception)
    def _bug(request: Request, error: Exception) -> JSONResponse:
        logger.error("%s unexpected error", correlation_id(request), exc_info=error)
        return problem(request, 500, BUG)


_SOURCES = {"body", "query", "path", "header", "cookie"}
_TAGS = {"battle", "training", "login"}  # pydantic puts the tag of a union into the path


def _name(location: tuple[int | str, ...]) -> str:
    parts = [str(part) for part in location]
    if parts and parts[0] in _SOURCES:
        parts = parts[1:]
    if len(parts) > 1 and parts[0] in _TAGS:
        parts = parts[1:]
    return ".".join(parts) or "body"


def _message(error: dict[str, Any]) -> str:
    if error["type"] == "json_invalid":
        return "is no valid JSON"
    text = str(error["msg"]).removeprefix("Value error, ")
    return text[:300]

"""Schemathesis over the OpenAPI document: no 5xx, no status, media type or body that is not documented."""

from __future__ import annotations

import re
from contextlib import suppress

import httpx
import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.shop import RunningShop

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
EXAMPLES = 25  # per operation and mode
NO_HTTP = b"Invalid HTTP request received."
"""What uvicorn answers to bytes that are no HTTP."""


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["valid", "invalid"])
def test_no_undocumented_answer(shop: RunningShop, mode: GenerationMode) -> None:
    schema = schemathesis.openapi.from_url(f"{shop.url}/openapi.json")
    token = str(shop.slayer(f"fuzzer-{mode.value}").headers["Authorization"])
    answered: set[int] = set()
    with requests.Session() as session:
        for result in schema.get_all_operations():
            operation = result.ok()
            # Ending the session would make a stranger of every case after it, and strangers never get past 401.
            headers = {} if operation.path == "/auth/logout" else {"Authorization": token}
            with suppress(Unsatisfiable):  # nothing about the operation can be made invalid
                answered |= probe(operation, mode, headers, session)
    assert answered >= ({200, 422} if mode is GenerationMode.POSITIVE else {422})


def probe(
    operation: schemathesis.APIOperation, mode: GenerationMode, headers: dict[str, str], session: requests.Session
) -> set[int]:
    """Send generated requests to one operation; the status codes it answered with."""
    answered: set[int] = set()

    @settings(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy(generation_mode=mode))
    def check(case: schemathesis.Case) -> None:
        response = case.call(headers=headers, session=session, timeout=30)
        if response.status_code == 400 and response.content == NO_HTTP:
            return  # a made-up Content-Length, say: the request never got as far as an operation
        case.validate_response(response, checks=CHECKS)
        answered.add(response.status_code)

    check()
    return answered


def test_every_route_is_documented(shop: RunningShop) -> None:
    document = httpx.get(f"{shop.url}/openapi.json").json()
    expected = {
        "/auth/register",
        "/auth/login",
        "/auth/logout",
        "/me",
        "/weapons",
        "/weapons/{weapon_id}",
        "/recommend",
    }
    expected |= {"/coach/chat", "/events", "/generate_image", "/health/live", "/health/ready"}
    assert expected <= set(document["paths"])
    assert "Problem" in document["components"]["schemas"]
    assert "HTTPValidationError" not in str(document)


def test_the_documentation_page_needs_no_other_host(shop: RunningShop) -> None:
    page = httpx.get(f"{shop.url}/docs").text
    addresses = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert addresses
    for address in addresses:
        assert address.startswith("/")
        assert httpx.get(f"{shop.url}{address}").status_code == 200


def test_the_page_is_served_with_a_strict_policy(shop: RunningShop) -> None:
    response = httpx.get(shop.url)
    assert response.headers["content-type"].startswith("text/html")
    assert "default-src 'self'" in response.headers["content-security-policy"]

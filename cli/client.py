"""A terminal's door to a running shop: the same API that everybody uses."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from typing import Any, NoReturn

import httpx
import typer

from cli.console import address, fail
from hashiramart.config import Settings

_TIMEOUT = httpx.Timeout(60, connect=3)


class Shop:
    """A signed-in client."""

    def __init__(self, settings: Settings, *, handle: str | None, url: str | None) -> None:
        self._base = (url or address(settings)).rstrip("/")
        self.http = httpx.Client(base_url=self._base, timeout=_TIMEOUT)
        token = settings.api_token or self._sign_in(handle)
        self.http.headers["Authorization"] = f"Bearer {token}"

    def post(self, path: str, body: dict[str, Any]) -> Any:
        """Send JSON and return JSON; an error ends the command with its words."""
        with self.reaching():
            response = self.http.post(path, json=body)
        return self.checked(response).json()

    def checked(self, response: httpx.Response) -> httpx.Response:
        """The response, or the end of the command with the problem's words."""
        if not response.is_success:
            self._complain(response)
        return response

    def _complain(self, response: httpx.Response) -> NoReturn:
        try:
            problem = response.json()
        except ValueError:
            fail(f"{self._base} answered {response.status_code}, which is no answer of HashiraMart.")
        fields = [f"{each['field']}: {each['message']}" for each in problem.get("errors", [])]
        fail("; ".join(fields) or str(problem.get("detail", response.status_code)))

    @contextmanager
    def reaching(self) -> Generator[None]:
        """End the command plainly when nobody answers."""
        try:
            yield
        except httpx.TransportError as error:
            fail(f"No shop answers at {self._base} ({type(error).__name__}). Open it with 'hashira up'.")

    def _sign_in(self, handle: str | None) -> str:
        if handle is None:
            token = self.post("/auth/demo", {})["access_token"]
        else:
            password = typer.prompt(f"Password of {handle}", hide_input=True, err=True)
            token = self.post("/auth/login", {"handle": handle, "password": password})["access_token"]
        return str(token)

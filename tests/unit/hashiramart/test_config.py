"""Settings: defaults that run the shop, names in the environment, and what production refuses."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from pydantic import ValidationError

from hashiramart.config import Settings, quiet_libraries
from hashiramart.errors import SetupError

ENVIRONMENT = os.environ
STRONG = "postgresql://shop:n7-Kx2q-vault-rim@db:5432/shop"


def test_defaults_are_an_embedded_shop_on_this_machine_only() -> None:
    settings = Settings()
    assert (settings.env, settings.host, settings.port) == ("dev", "127.0.0.1", 8000)
    assert settings.embedded_database
    assert settings.demo_allowed
    assert not settings.llm_configured
    assert settings.image_model is None


def test_home_is_made_absolute_so_that_a_later_change_of_folder_does_not_move_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    settings = Settings()
    monkeypatch.chdir("/")
    assert settings.home == tmp_path / ".hashira"
    assert settings.chroma_path.is_relative_to(tmp_path)
    assert settings.models_path.is_relative_to(tmp_path)


def test_home_may_start_with_a_tilde(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert Settings(home=Path("~/shop")).home == tmp_path / "shop"


@pytest.mark.parametrize(
    ("variable", "field", "value"),
    [
        ("HASHIRA_HOST", "host", "0.0.0.0"),
        ("HASHIRA_LLM_MODEL", "llm_model", "llama-3.3-70b"),
        ("HASHIRA_CHROMA_URL", "chroma_url", "http://chroma:8000"),
        ("HASHIRA_IMAGE_MODEL", "image_model", "/models/sd"),
        ("HASHIRA_EMBEDDING_MODEL", "embedding_model", "/models/e5"),
        ("DATABASE_URL", "database_url", STRONG),
        ("HASHIRA_DATABASE_URL", "database_url", STRONG),
        ("OPENAI_API_KEY", "openai_api_key", "key"),
        ("OPENAI_BASE_URL", "openai_base_url", "http://ollama:11434/v1"),
        ("MLFLOW_TRACKING_URI", "mlflow_tracking_uri", "http://mlflow:5000"),
    ],
)
def test_a_setting_is_read_from_its_environment_variable(
    variable: str, field: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert getattr(Settings(), field) != value
    monkeypatch.setenv(variable, value)
    assert getattr(Settings(), field) == value


def test_the_standard_name_of_the_database_wins_over_our_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HASHIRA_DATABASE_URL", "postgresql://ours/a")
    monkeypatch.setenv("DATABASE_URL", "postgresql://standard/b")
    assert Settings().database_url == "postgresql://standard/b"


def test_an_empty_variable_counts_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "")
    monkeypatch.setenv("DATABASE_URL", "")
    settings = Settings()
    assert settings.embedded_database
    assert not settings.llm_configured


def test_a_dotenv_file_is_read_and_the_environment_wins_over_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / ".env"
    file.write_text("HASHIRA_PORT=9001\nHASHIRA_HOST=0.0.0.0\nSOMETHING_ELSE=1\n", encoding="utf-8")
    monkeypatch.setenv("HASHIRA_PORT", "9002")
    settings = Settings(_env_file=file)
    assert (settings.host, settings.port) == ("0.0.0.0", 9002)


def test_tests_read_no_dotenv_file_of_a_developer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text("HASHIRA_PORT=9001\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert Settings().port == 8000


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("HASHIRA_PORT", "0"),
        ("HASHIRA_PORT", "65536"),
        ("HASHIRA_PORT", "http"),
        ("HASHIRA_ENV", "production"),
        ("HASHIRA_SESSION_DAYS", "0"),
        ("HASHIRA_LLM_SILENCE_TIMEOUT_S", "-1"),
    ],
)
def test_a_value_out_of_bounds_is_refused(variable: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(ValidationError):
        Settings()


@pytest.mark.parametrize("given", [{"openai_api_key": "key"}, {"openai_base_url": "http://ollama:11434/v1"}])
def test_a_key_or_an_address_alone_configures_the_language_model(given: dict[str, str]) -> None:
    assert Settings.model_validate(given).llm_configured


def test_experiments_go_to_sqlite_in_the_state_folder_unless_a_server_is_named(tmp_path: Path) -> None:
    assert Settings(home=tmp_path).tracking_uri == f"sqlite:///{tmp_path}/mlflow/mlflow.db"
    assert Settings(mlflow_tracking_uri="http://mlflow:5000").tracking_uri == "http://mlflow:5000"


@pytest.mark.parametrize("given", [{"env": "prod"}, {"database_url": STRONG}])
def test_the_demo_slayer_is_for_the_embedded_developer_mode_only(given: dict[str, str]) -> None:
    assert not Settings.model_validate(given).demo_allowed


def test_secrets_are_not_in_the_representation() -> None:
    shown = repr(Settings(database_url=STRONG, openai_api_key="sk-very-secret"))
    assert "vault-rim" not in shown
    assert "sk-very-secret" not in shown


def test_production_starts_with_a_database_of_its_own_and_a_strong_password() -> None:
    Settings(env="prod", database_url=STRONG).check_production()


def test_development_starts_with_any_password() -> None:
    Settings(env="dev", database_url="postgresql://postgres:postgres@db/shop").check_production()


def test_production_refuses_the_embedded_database() -> None:
    with pytest.raises(SetupError, match="DATABASE_URL"):
        Settings(env="prod").check_production()


@pytest.mark.parametrize(
    "password",
    [
        "",
        "postgres",
        "Hashiramart",
        "elevenchars",
        "change-me-please"[:9],
        "changemechangeme",
        "password1234",
        "%70assword-2024",
    ],
)
def test_production_refuses_a_short_or_well_known_password(password: str) -> None:
    settings = Settings(env="prod", database_url=f"postgresql://shop:{password}@db:5432/shop")
    with pytest.raises(SetupError, match="password in DATABASE_URL"):
        settings.check_production()


@pytest.mark.parametrize("url", ["postgresql://db:5432/shop", "postgresql://[db", "shop"])
def test_production_refuses_an_address_without_a_password(url: str) -> None:
    with pytest.raises(SetupError, match="DATABASE_URL"):
        Settings(env="prod", database_url=url).check_production()


def test_libraries_are_told_to_keep_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    for key in ("ANONYMIZED_TELEMETRY", "MLFLOW_DISABLE_TELEMETRY", "DVC_NO_ANALYTICS", "HF_HUB_OFFLINE"):
        monkeypatch.delenv(key, raising=False)
    quiet_libraries(Settings())
    assert ENVIRONMENT["ANONYMIZED_TELEMETRY"] == "False"
    assert ENVIRONMENT["MLFLOW_DISABLE_TELEMETRY"] == "true"
    assert ENVIRONMENT["DVC_NO_ANALYTICS"] == "1"
    assert ENVIRONMENT["HF_HUB_OFFLINE"] == "1"


def test_a_value_the_user_gave_a_library_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MLFLOW_DISABLE_TELEMETRY", "false")
    quiet_libraries(Settings())
    assert ENVIRONMENT["MLFLOW_DISABLE_TELEMETRY"] == "false"


def test_a_model_named_on_the_hub_keeps_the_hub_reachable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)
    monkeypatch.delenv("TRANSFORMERS_OFFLINE", raising=False)
    quiet_libraries(Settings(embedding_model="intfloat/e5-small"))
    assert "HF_HUB_OFFLINE" not in ENVIRONMENT
    assert "TRANSFORMERS_OFFLINE" not in ENVIRONMENT


def test_a_model_in_a_folder_needs_no_hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)
    quiet_libraries(Settings(image_model=str(tmp_path)))
    assert ENVIRONMENT["HF_HUB_OFFLINE"] == "1"

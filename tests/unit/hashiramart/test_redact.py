"""No secret leaves the shop in a trace, and what is no secret does."""

from __future__ import annotations

import pytest

from hashiramart.config import Settings
from hashiramart.redact import Redactor

SECRETS = {
    "my password is hunter22": "hunter22",
    "Password: Still-As-Water!": "Still-As-Water!",
    "the passphrase was 'rain-on-stone'": "rain-on-stone",
    'api_key="q8w7e6r5t4"': "q8w7e6r5t4",
    "token=9f8e7d6c": "9f8e7d6c",
    "mein Passwort ist wasserfall7": "wasserfall7",
    "use sk-proj-abcdEFGH1234 for it": "sk-proj-abcdEFGH1234",
    "ghp_16C7e42F292c6912E7710c838347Ae178B4a": "16C7e42F292c6912E7710c838347Ae178B4a",
    "AKIAIOSFODNN7EXAMPLE": "AKIAIOSFODNN7EXAMPLE",
    "Authorization: Bearer abc.def-ghi123": "abc.def-ghi123",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.sig": "eyJzdWIiOiIxIn0",
    "postgresql://owner:s3cr3t@db/hashira": "s3cr3t",
    "write to tanjiro@kamado.example please": "tanjiro@kamado.example",
    "session nQ3xW8vKZr1T5yB7mJ0pL2sD4fG6hA9cE_uI-oRt": "nQ3xW8vKZr1T5yB7mJ0pL2sD4fG6hA9cE_uI-oRt",
    "hash 5f4dcc3b5aa765d61d8327deb882cf99": "5f4dcc3b5aa765d61d8327deb882cf99",
    "-----BEGIN RSA PRIVATE KEY-----\nMIIEow\n-----END RSA PRIVATE KEY-----": "MIIEow",
}
HARMLESS = (
    "recommend me a blade under 400 coins, then log 30 minutes of training",
    "How often should I oil the Tidebreaker Katana? The manual says every two weeks [1].",
    "The secret is to breathe; a pin holds the tsuka, and I pass the blade on.",
    "manuals/heron-spear.md: Maintenance > Intervals",
    "thread 0b5f0c3a-6f1e-4d5c-9a44-6d8f4f0f7b11, turn 7",
    "I lost 12 battles and won 3 at 10:30",
)


@pytest.mark.parametrize("text", SECRETS)
def test_a_secret_is_replaced(text: str) -> None:
    clean = Redactor().text(text)
    assert SECRETS[text] not in clean
    assert "[secret]" in clean or "[e-mail]" in clean


@pytest.mark.parametrize("text", HARMLESS)
def test_what_slayers_and_manuals_say_stays(text: str) -> None:
    assert Redactor().text(text) == text


def test_the_shops_own_secrets_are_known_wherever_they_stand() -> None:
    settings = Settings(
        openai_api_key="plain-words-as-key",
        database_url="postgresql://owner:not%20a%20word@db/hashira",
        mlflow_tracking_uri="http://keeper:opens-all@mlflow:5000",
    )
    told = Redactor.of(settings).text("refused: plain-words-as-key, not a word, not%20a%20word, opens-all")
    assert told == "refused: [secret], [secret], [secret], [secret]"


def test_a_field_named_like_a_secret_keeps_nothing() -> None:
    given = {
        "password": "a",
        "api_key": "b",
        "csrf_token": "c",
        "tokens_in": 5,
        "steps": [{"text": "my pwd is swordfish"}],
    }
    assert Redactor().value(given) == {
        "password": "[secret]",
        "api_key": "[secret]",
        "csrf_token": "[secret]",
        "tokens_in": 5,
        "steps": [{"text": "my pwd is [secret]"}],
    }


def test_long_texts_take_no_long_time() -> None:
    for text in ("a" * 200_000, "a@" * 100_000, "Aa1-" * 50_000, "password " * 20_000, "://a:" * 40_000):
        assert Redactor().text(text) is not None

"""The language model behind its door, against a scripted endpoint: every fault ends, in time, as one known error."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import closing, nullcontext
from typing import Any

import pytest

from agents.breaker import Breaker
from agents.models import LanguageModel, ModelUnavailable
from agents.usage import ModelUse
from hashiramart.config import Settings
from tests.llm_server import FAULTS, Fault, ScriptedModel, serve, unreachable

WORDS = "Wipe the blade dry, then oil it thinly from collar to tip."
ASKED = [("system", "You are the Coach."), ("human", "How do I oil it?")]
HEALED = {"busy_once", "no_plan"}


@pytest.fixture(scope="module")
def server() -> Iterator[ScriptedModel]:
    with serve(lambda _request: WORDS) as scripted:
        yield scripted


@pytest.fixture
def endpoint(server: ScriptedModel) -> Iterator[ScriptedModel]:
    """The endpoint without a fault."""
    yield server
    server.fault = "none"
    server.refuses, server.in_words, server.counts = set(), True, True
    server.forget()


def settings(endpoint: ScriptedModel, **changed: Any) -> Settings:
    quick = {"llm_silence_timeout_s": 0.6, "llm_connect_timeout_s": 0.4, "llm_total_timeout_s": 5}
    return Settings(llm_model="scripted", **{"openai_base_url": endpoint.base_url, **quick, **changed})


@pytest.fixture
def model(endpoint: ScriptedModel) -> Iterator[LanguageModel]:
    with closing(LanguageModel(settings(endpoint), pause=lambda _seconds: None)) as opened:
        opened.warm_up()
        yield opened


def ask(model: LanguageModel, use: ModelUse | None = None, **options: Any) -> str:
    return "".join(model.stream(ASKED, use=use, purpose="coach", **options))


def test_an_answer_comes_in_pieces(model: LanguageModel) -> None:
    pieces = list(model.stream(ASKED))
    assert "".join(pieces) == WORDS
    assert len(pieces) > 3


def test_a_whole_answer_comes_in_one(model: LanguageModel) -> None:
    assert list(model.stream(ASKED, whole=True)) == [WORDS]


@pytest.mark.parametrize("fault", [fault for fault in FAULTS if fault not in HEALED])
def test_every_fault_is_one_error_and_opens_the_breaker(
    model: LanguageModel, endpoint: ScriptedModel, fault: Fault
) -> None:
    use = ModelUse()
    with unreachable(endpoint, fault) if fault in ("dead", "deaf") else nullcontext():
        endpoint.fault = fault if fault not in ("dead", "deaf") else "none"
        with pytest.raises(ModelUnavailable):
            ask(model, use)
    assert model.breaker.state == "open"
    assert not model.available
    assert use.calls[0].outcome not in {"answered", "stopped"}


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        ("hang", "silent"),
        ("hang_headers", "silent"),
        ("keepalive", "silent"),
        ("stalls", "silent"),
        ("trickle", "late"),
        ("error_429", "overloaded"),
        ("error_500", "overloaded"),
        ("unauthorised", "refused"),
        ("truncated", "broken off"),
        ("empty", "empty"),
        ("tool_calls", "empty"),
        ("bad_json", "nonsense"),
        ("wrong_schema", "nonsense"),
        ("huge", "endless"),
        ("reset", "unreachable"),
    ],
)
def test_what_went_wrong_is_told_apart(
    model: LanguageModel, endpoint: ScriptedModel, fault: Fault, outcome: str
) -> None:
    endpoint.fault = fault
    use = ModelUse()
    with pytest.raises(ModelUnavailable):
        ask(model, use)
    assert [call.outcome for call in use.calls] == [outcome]


@pytest.mark.parametrize("fault", ["dead", "deaf"])
def test_who_cannot_be_reached_is_given_up(model: LanguageModel, endpoint: ScriptedModel, fault: Any) -> None:
    use = ModelUse()
    with unreachable(endpoint, fault), pytest.raises(ModelUnavailable):
        ask(model, use)
    assert use.calls[0].outcome in {"unreachable", "silent"}
    assert endpoint.requests == []


def test_a_server_that_speaks_no_tls_is_given_up_at_once(endpoint: ScriptedModel) -> None:
    secure = endpoint.base_url.replace("http:", "https:")
    asked_again: list[float] = []
    with closing(LanguageModel(settings(endpoint, openai_base_url=secure), pause=asked_again.append)) as model:
        use = ModelUse()
        with pytest.raises(ModelUnavailable):
            ask(model, use)
    assert use.calls[0].outcome == "unreachable"
    assert asked_again == []


@pytest.mark.parametrize("address", ["", "nonsense", "ftp://here/v1", "http://", "http://[::1"])
def test_an_address_that_is_none_is_an_endpoint_that_does_not_answer(address: str) -> None:
    with closing(LanguageModel(Settings(openai_base_url=address, openai_api_key="k", llm_silence_timeout_s=0.6))) as it:
        it.warm_up()
        if address:
            with pytest.raises(ModelUnavailable):
                ask(it)


def test_what_may_pass_is_asked_again_once(model: LanguageModel, endpoint: ScriptedModel) -> None:
    endpoint.fault = "busy_once"
    use = ModelUse()
    assert ask(model, use) == WORDS
    assert len(endpoint.requests) == 2
    assert use.calls[0].requests == 2
    assert model.breaker.state == "closed"


@pytest.mark.parametrize(
    ("fault", "times"),
    [("error_500", 2), ("error_429", 2), ("reset", 2), ("unauthorised", 1), ("bad_json", 1), ("hang", 1)],
)
def test_only_what_may_pass_is_asked_again(
    model: LanguageModel, endpoint: ScriptedModel, fault: Fault, times: int
) -> None:
    endpoint.fault = fault
    with pytest.raises(ModelUnavailable):
        ask(model)
    assert len(endpoint.requests) == times


def test_nothing_is_asked_again_once_words_are_shown(model: LanguageModel, endpoint: ScriptedModel) -> None:
    endpoint.fault = "truncated"
    with pytest.raises(ModelUnavailable):
        ask(model)
    assert len(endpoint.requests) == 1


def test_a_whole_answer_that_broke_off_is_asked_for_again(model: LanguageModel, endpoint: ScriptedModel) -> None:
    endpoint.fault = "truncated"
    with pytest.raises(ModelUnavailable):
        ask(model, whole=True)
    assert len(endpoint.requests) == 2


def test_an_endpoint_that_asks_for_more_time_than_there_is_gets_it(endpoint: ScriptedModel) -> None:
    """429 with Retry-After: 2, where 0.96 s are left: no second request, and a rest of at least these two seconds."""
    now = [0.0]
    breaker = Breaker(0.5, lambda: now[0])
    endpoint.fault = "rate_limited"
    with closing(LanguageModel(settings(endpoint), breaker)) as model:
        with pytest.raises(ModelUnavailable):
            ask(model)
        assert len(endpoint.requests) == 1
        now[0] = 1.9
        assert not model.available
        now[0] = 2.1
        assert model.available


def test_a_turn_that_has_waited_long_enough_asks_nothing(model: LanguageModel, endpoint: ScriptedModel) -> None:
    now = [0.0]
    use = ModelUse(lambda: now[0])
    now[0] = model.first_word_s
    with pytest.raises(ModelUnavailable):
        ask(model, use)
    assert endpoint.requests == []
    assert model.breaker.state == "closed"


def test_words_that_were_read_lift_the_limit_to_the_first_word(model: LanguageModel, endpoint: ScriptedModel) -> None:
    endpoint.fault = "trickle"
    use = ModelUse()
    stream = model.stream(ASKED, use=use)
    heard = next(stream)
    use.spoken = True
    while use.waited_s < model.first_word_s:
        heard += next(stream)
    assert WORDS.startswith(heard + next(stream))
    stream.close()  # type: ignore[attr-defined]


def test_who_waits_for_a_first_word_hears_that_others_wait_in_vain(endpoint: ScriptedModel) -> None:
    endpoint.fault = "hang"
    with closing(LanguageModel(settings(endpoint, llm_silence_timeout_s=1.2))) as model:
        model.warm_up()
        ends: list[float] = []

        def wait() -> None:
            with pytest.raises(ModelUnavailable):
                ask(model)
            ends.append(time.monotonic())

        first = threading.Thread(target=wait)
        first.start()
        deadline = time.monotonic() + 10
        while not endpoint.requests and time.monotonic() < deadline:
            first.join(0.01)
        first.join(0.6)
        second = threading.Thread(target=wait)
        second.start()
        first.join(10)
        second.join(10)
        assert len(ends) == 2
        assert ends[1] - ends[0] < 0.4  # it alone would have waited half a second longer


def test_leaving_in_the_middle_ends_the_request(model: LanguageModel, endpoint: ScriptedModel) -> None:
    endpoint.fault = "trickle"
    use = ModelUse()
    stream = model.stream(ASKED, use=use)
    next(stream)
    stream.close()  # type: ignore[attr-defined]
    assert use.calls[0].outcome == "stopped"
    assert model.breaker.state == "closed"


def test_tokens_are_those_that_the_endpoint_counts(model: LanguageModel) -> None:
    use = ModelUse()
    ask(model, use)
    (call,) = use.calls
    assert (call.purpose, call.model, call.requests, call.outcome) == ("coach", "scripted", 1, "answered")
    assert (call.tokens_in, call.tokens_out, call.estimated) == (1000, len(WORDS), False)


def test_tokens_are_estimated_where_it_does_not_count(model: LanguageModel, endpoint: ScriptedModel) -> None:
    endpoint.counts = False
    use = ModelUse()
    ask(model, use)
    (call,) = use.calls
    assert call.estimated
    assert call.tokens_out == -(-len(WORDS) // 4)
    assert call.tokens_in > 5


def test_a_turn_spends_what_its_calls_cost(model: LanguageModel) -> None:
    use, spent = ModelUse(), list[int]()
    ask(model, use)
    taken = use.take(spent.append)
    assert [call["purpose"] for call in taken] == ["coach"]
    assert use.take(spent.append) == []
    assert spent == [1000 + len(WORDS), 0]


@pytest.mark.parametrize("in_words", [True, False])
def test_response_format_is_left_out_where_it_is_not_taken(
    model: LanguageModel, endpoint: ScriptedModel, in_words: bool
) -> None:
    endpoint.refuses, endpoint.in_words = {"response_format"}, in_words
    for _ in range(2):
        assert ask(model, response_format={"type": "json_object"}) == WORDS
    sent = ["response_format" in request for request in endpoint.requests]
    assert sent == [True, False, False]  # refused once, and remembered
    assert model.breaker.state == "closed"


def test_the_limit_goes_by_the_name_that_is_taken(model: LanguageModel, endpoint: ScriptedModel) -> None:
    endpoint.refuses = {"max_tokens"}
    for _ in range(2):
        assert ask(model, max_tokens=80) == WORDS
    sent = [(request.get("max_tokens"), request.get("max_completion_tokens")) for request in endpoint.requests]
    assert sent == [(80, None), (None, 80), (None, 80)]


def test_an_endpoint_that_takes_next_to_nothing_is_still_used(model: LanguageModel, endpoint: ScriptedModel) -> None:
    endpoint.refuses = {"max_tokens", "response_format", "temperature", "stream_options"}
    options: dict[str, Any] = {"max_tokens": 80, "temperature": 0, "response_format": {"type": "json_object"}}
    assert ask(model, **options) == WORDS
    assert ask(model, **options) == WORDS
    assert set(endpoint.requests[-1]) & endpoint.refuses == set()
    assert len(endpoint.requests) == 6


def test_a_request_that_is_refused_whatever_it_looks_like_does_not_open_the_breaker(
    model: LanguageModel, endpoint: ScriptedModel
) -> None:
    """A thread that is too long for a model's context says nothing of other threads."""
    endpoint.refuses = {"messages"}
    use = ModelUse()
    with pytest.raises(ModelUnavailable):
        ask(model, use, max_tokens=80)
    assert use.calls[0].outcome == "rejected"
    assert model.breaker.state == "closed"
    endpoint.refuses = set()
    endpoint.forget()
    assert ask(model, max_tokens=80) == WORDS
    assert "stream_options" in endpoint.requests[0]  # what did not help is not remembered


def test_it_recovers_through_one_call_on_trial(endpoint: ScriptedModel) -> None:
    now = [0.0]
    breaker = Breaker(30, lambda: now[0])
    with closing(LanguageModel(settings(endpoint), breaker, pause=lambda _seconds: None)) as model:
        endpoint.fault = "error_500"
        with pytest.raises(ModelUnavailable):
            ask(model)
        endpoint.forget()
        with pytest.raises(ModelUnavailable):
            ask(model)
        assert endpoint.requests == []
        now[0], endpoint.fault = 31, "none"
        assert breaker.state == "half-open"
        trial = model.stream(ASKED)
        next(trial)
        with pytest.raises(ModelUnavailable):
            ask(model)  # beside the trial
        assert len(endpoint.requests) == 1
        list(trial)
        assert model.available
        assert ask(model) == WORDS


def test_no_thread_is_left_when_it_is_closed(endpoint: ScriptedModel) -> None:
    endpoint.fault = "hang"
    model = LanguageModel(settings(endpoint))
    with pytest.raises(ModelUnavailable):
        ask(model)
    model.close()
    assert not [each for each in threading.enumerate() if each.name == "language-model"]

"""``hashira bench faults``: the language-model endpoint fails in every way it can, and the shop goes on.

A real API process in a temporary folder of its own, whose language model is a scripted endpoint. For one fault after the other:
slayers chat with a healthy endpoint, then with the fault (several at the same moment, then one after the other), then with the
healthy one again. All the while others ask for recommendations and report events at an even pace. Every chat must be answered
from the manuals, with its first word within 5 seconds. The breaker must keep the endpoint at rest after a failure; when the rest
is over, exactly one of several chats may try it, which is seen at the endpoint while that one is held; and then the model
answers again.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any

from rich.console import RenderableType
from rich.markup import escape
from rich.table import Table

from evals.load.chats import QUESTION, write_manual
from evals.load.nights import enrol, profiles
from evals.load.plan import make_plan
from evals.load.releases import small_world, train, write_release
from evals.load.scripted import FAULTS, RETRY_AFTER_S, Fault, ScriptedModel, is_planning, serve, unreachable
from evals.load.shop import LoadShop, load_shop
from evals.load.shoppers import Served, shopping
from evals.load.talks import Talk, Talkers
from evals.quantile import quantile
from evals.report import Report
from hashiramart.config import Settings
from hashiramart.errors import SetupError
from ml import registry
from ml.params import load_params

Tell = Callable[[str, float], None]
Span = tuple[float, float]
"""From and to, in Unix seconds."""

FIRST_WORD_S, SLOWER = 5.0, 1.5
PATHS = ("/recommend", "/events")

_REST_S = 2.0
_TRIES = 3
_WAIT_S = 30.0
_NO_TLS = "no TLS"
_HEALED = {"busy_once"}  # asked again, it answers
_NO_FAILURE = {"no_plan"}  # the endpoint does answer, and only the plan is none
_OF_THE_COACH: tuple[Fault, ...] = ("hang", "stalls", "trickle", "truncated", "error_event", "empty")
_QUICK: tuple[Fault, ...] = ("dead", "hang", "error_500", "rate_limited", "bad_json", "endless", "no_plan", "busy_once")
_PASSAGE = re.compile(r'passage number="(\d+)" source="[^"]*" section="[^"]*Steps"')


@dataclass(frozen=True)
class Case:
    """One fault: of every answer of the endpoint, or of those for the Coach."""

    fault: Fault
    coach_only: bool = False

    @property
    def name(self) -> str:
        """For people."""
        return f"{self.fault}, the Coach's" if self.coach_only else self.fault

    @property
    def opens(self) -> bool:
        """Whether the breaker must open."""
        return self.fault not in _HEALED | _NO_FAILURE


@dataclass(frozen=True)
class Size:
    """How much of everything.

    Attributes:
        cases: the faults.
        at_once: chats that begin at the same moment.
        window_s: seconds of a healthy or a failing endpoint, at least.
        every_s: between two requests of the others to each path.
        silence_s: what the shop is set to wait for the endpoint; None leaves its default.
        tls: whether an endpoint that speaks no TLS is tried too, for which the API starts anew.
    """

    cases: tuple[Case, ...]
    at_once: int
    window_s: float
    every_s: float
    silence_s: float | None
    tls: bool


FULL = Size(
    cases=(*(Case(fault) for fault in FAULTS), *(Case(fault, coach_only=True) for fault in _OF_THE_COACH)),
    at_once=4,
    window_s=2.0,
    every_s=0.06,
    silence_s=None,
    tls=True,
)
QUICK = Size(
    cases=(*(Case(fault) for fault in _QUICK), Case("stalls", coach_only=True), Case("truncated", coach_only=True)),
    at_once=3,
    window_s=0.5,
    every_s=0.1,
    silence_s=2.0,
    tls=False,
)


@dataclass
class Trouble:
    """What came of one case. ``engines`` are those of the chats during the fault."""

    name: str
    opens: bool
    rests: bool = False
    first_word_s: float = 0.0
    bad: int = 0
    engines: list[str] = field(default_factory=list)
    rested: bool = False
    half_open: bool = False
    recovered: bool = False


@dataclass
class Course:
    """What was done, and when."""

    troubles: list[Trouble] = field(default_factory=list)
    talks: list[Talk] = field(default_factory=list)
    calm: list[Span] = field(default_factory=list)
    failing: list[Span] = field(default_factory=list)
    calm_llm: list[bool] = field(default_factory=list)


def run(_settings: Settings, quick: bool, tell: Tell) -> Report:
    """Run the benchmark in a temporary shop; the configured one is not touched.

    Raises:
        HashiraError: the temporary shop does not start.
    """
    size, course = QUICK if quick else FULL, Course()
    with load_shop() as shop, serve(_script) as endpoint:
        tell("Opening a shop of its own", 0)
        tokens = _furnish(shop, tell)
        plan = make_plan(shop.database, 4_000, 200, seed=5)
        _start(shop, size, endpoint.base_url)
        with ExitStack() as stack:
            talkers = Talkers(shop.port, tokens, QUESTION)
            stack.callback(talkers.close)
            if not talkers.until(lambda talk: talk.engine == "llm", _WAIT_S)[-1].engine == "llm":
                raise SetupError(f"The shop of the load does not answer by its language model: {shop.log_tail()}")
            shoppers = stack.enter_context(shopping(shop.port, size.every_s, tokens, plan.reports))
            for number, case in enumerate(size.cases):
                tell(f"Failing: {case.name}", number / len(size.cases))
                _ordeal(endpoint, talkers, size, case, course)
            if size.tls:
                shoppers.end()
                tell("Failing: no TLS", 0)
                _without_tls(shop, endpoint, talkers, size, course)
        served, log = shoppers.served, shop.log.read_text(errors="replace")
    return Report(
        name="faults",
        figures=_figures(course, served, log),
        bounds=_bounds(quick, course),
        details=_details(course, served),
        about=__doc__ or "",
        surroundings={
            "form": "quick" if quick else "full",
            "chats at the same moment": str(size.at_once),
            "rest of the breaker": f"{_REST_S:g} s",
            "silence": f"{size.silence_s:g} s" if size.silence_s else "as by default",
        },
    )


def _script(request: dict[str, Any]) -> str:
    """Plan a step of the Coach's, and then quote the passage with the steps."""
    if is_planning(request):
        step = {"specialist": "coach", "text": QUESTION, "intent": "maintenance", "weapon": "heron-spear"}
        return json.dumps({"steps": [step]})
    found = _PASSAGE.search(request["messages"][0]["content"])
    n = found[1] if found else "1"
    steps = ("Dry the shaft with the towel of edition 0", "Rub the linseed oil of edition 0 into the shaft")
    return "Here is how. " + " ".join(f"{step} [{n}]." for step in steps)


def _furnish(shop: LoadShop, tell: Tell) -> list[str]:
    """Manuals, a champion, and slayers; their tokens."""
    manuals = shop.home / "manuals"
    manuals.mkdir()
    write_manual(manuals, 0)
    with ThreadPoolExecutor(1) as aside:
        ingesting = aside.submit(shop.hashira, "ingest", str(manuals))
        settings = Settings(home=shop.home, mlflow_tracking_uri=None)
        world = small_world(20_000, 500)
        release = write_release(shop.home / "release", train(world, 40), world.matrix)
        registry.point_at(settings, registry.register(settings, release))
        tell("Opening a shop of its own", 0.4)
        ingesting.result()
    tell("Opening a shop of its own", 0.6)
    return [person.token for person in enrol(shop.database, profiles(load_params().generate_data, 12, seed=13))]


def _start(shop: LoadShop, size: Size, base_url: str) -> None:
    own = {"HASHIRA_LLM_SILENCE_TIMEOUT_S": str(size.silence_s)} if size.silence_s else {}
    shop.start_api(OPENAI_BASE_URL=base_url, HASHIRA_LLM_MODEL="scripted", HASHIRA_LLM_REST_S=str(_REST_S), **own)


def _ordeal(endpoint: ScriptedModel, talkers: Talkers, size: Size, case: Case, course: Course) -> None:
    """A calm while, a fault, and the way back."""
    calm, span = _window(talkers, size)
    course.calm.append(span)
    course.calm_llm += [talk.engine == "llm" for talk in calm]
    # A plan that works is a proof of life: where only the Coach's words fail, others may ask.
    trouble = Trouble(case.name, case.opens, rests=case.opens and not case.coach_only)
    with _failing(endpoint, case):
        talks, span = _window(talkers, size)
        course.failing.append(span)
        if case.opens:
            trouble.rested = _rests(endpoint, talkers, size)
    _judge(trouble, talks, course)
    course.talks += calm
    if case.opens:
        trouble.half_open = _half_open(endpoint, talkers, size, course)
    back = talkers.until(lambda talk: talk.engine == "llm", _WAIT_S)
    trouble.recovered = back[-1].engine == "llm"
    course.talks += back
    course.troubles.append(trouble)


def _window(talkers: Talkers, size: Size) -> tuple[list[Talk], Span]:
    """Some chats at once, and then one after the other."""
    started = time.time()
    talks = talkers.talk(size.at_once)
    while time.time() < started + size.window_s:
        talks += talkers.talk()
        time.sleep(0.2)
    return talks, (started, time.time())


@contextmanager
def _failing(endpoint: ScriptedModel, case: Case) -> Iterator[None]:
    if case.fault == "dead" or case.fault == "deaf":  # noqa: PLR1714 - so the types are narrowed
        with unreachable(endpoint, case.fault):
            yield
        return
    if case.coach_only:
        endpoint.coach_fault = case.fault
    else:
        endpoint.fault = case.fault
    try:
        yield
    finally:
        endpoint.fault = endpoint.coach_fault = "none"


def _rests(endpoint: ScriptedModel, talkers: Talkers, size: Size) -> bool:
    """Whether the endpoint is left alone after a failure: of chats at the same moment, one a rest may ask it, twice at most."""
    talkers.talk()  # whichever this was: afterwards it is at rest
    endpoint.forget()
    talkers.talk(size.at_once)
    return _most_within(endpoint.times, 0.9 * _REST_S) <= 2


def _half_open(endpoint: ScriptedModel, talkers: Talkers, size: Size, course: Course) -> bool:
    """Whether exactly one of several chats tries the endpoint after its rest; it is held until another one is answered."""
    for _ in range(_TRIES):
        time.sleep(max(_REST_S, RETRY_AFTER_S) + 0.1)
        endpoint.forget()
        endpoint.held.clear()
        try:
            chats = [talkers.start() for _ in range(size.at_once)]
            wait(chats, _WAIT_S, FIRST_COMPLETED)
            while not endpoint.times and not all(chat.done() for chat in chats):
                time.sleep(0.02)
            # On a busy machine the others may take so long that the one is given up, and the next rest is over as well.
            most = _most_within(endpoint.times, 0.9 * _REST_S)
        finally:
            endpoint.held.set()
        course.talks += [chat.result() for chat in chats]
        if most:  # otherwise a chat of before had failed late, and the rest was not over
            return most == 1
    return False


def _most_within(times: Sequence[float], seconds: float) -> int:
    """The largest number of moments within so many seconds."""
    return max((sum(since <= each < since + seconds for each in times) for since in times), default=0)


def _judge(trouble: Trouble, talks: Sequence[Talk], course: Course) -> None:
    trouble.first_word_s = max(talk.first_word_s for talk in talks)
    trouble.bad = sum(not talk.good for talk in talks)
    trouble.engines = [talk.engine for talk in talks]
    course.talks += talks


def _without_tls(shop: LoadShop, endpoint: ScriptedModel, talkers: Talkers, size: Size, course: Course) -> None:
    """The same shop, told to speak TLS to an endpoint that does not."""
    shop.kill_api()
    _start(shop, size, endpoint.base_url.replace("http:", "https:"))
    talks = talkers.talk(size.at_once)
    trouble = Trouble(_NO_TLS, opens=False)
    _judge(trouble, talks, course)
    course.troubles.append(trouble)


def _figures(course: Course, served: Sequence[Served], log: str) -> dict[str, float]:
    opening = [each for each in course.troubles if each.opens]
    faulty = [talk for talk in course.talks if talk.status != 200 or talk.last != "done"]
    figures: dict[str, float] = {
        "faults": len(course.troubles),
        "chats": len(course.talks),
        "chats_failed": len(faulty),
        "chats_not_from_the_manuals": sum(not talk.good for talk in course.talks),
        "unhandled_500": sum(talk.status >= 500 or talk.last == "error" for talk in course.talks)
        + sum(each.status >= 500 for each in served),
        "tracebacks_logged": log.count("Traceback (most recent call last)"),
        "slowest_first_word_s": max(talk.first_word_s for talk in course.talks),
        "first_word_p50_s": quantile([talk.first_word_s for talk in course.talks], 0.5),
        "breaker_must_open": len(opening),
        "breaker_rested": sum(each.rested for each in opening if each.rests),
        "half_open_seen": sum(each.half_open for each in opening),
        "recovered": sum(each.recovered for each in course.troubles),
        "calm_answered_by_the_model": sum(course.calm_llm) / len(course.calm_llm),
        "requests_beside": len(served),
        "requests_beside_failed": sum(each.status not in (200, 201) for each in served),
    }
    for path in PATHS:
        calm, failing = (quantile(_during(served, path, spans), 0.95) for spans in (course.calm, course.failing))
        name = path.strip("/")
        figures |= {
            f"{name}_calm_p95_ms": calm,
            f"{name}_failing_p95_ms": failing,
            f"{name}_ratio_p95": failing / calm if calm else 0.0,
        }
    return figures


def _during(served: Sequence[Served], path: str, spans: Sequence[Span]) -> list[float]:
    return [
        each.ms for each in served if each.path == path and any(since <= each.at <= until for since, until in spans)
    ]


def _bounds(quick: bool, course: Course) -> dict[str, tuple[str, float]]:
    opening = sum(each.opens for each in course.troubles)
    recovering = sum(each.name != _NO_TLS for each in course.troubles)
    never = (
        "chats_failed",
        "chats_not_from_the_manuals",
        "unhandled_500",
        "tracebacks_logged",
        "requests_beside_failed",
    )
    bounds: dict[str, tuple[str, float]] = dict.fromkeys(never, ("<=", 0.0))
    bounds |= {
        "breaker_rested": (">=", sum(each.rests for each in course.troubles)),
        "half_open_seen": (">=", opening),
        "recovered": (">=", recovering),
    }
    if not quick:  # the quick form runs beside other tests: its seconds say nothing
        bounds["slowest_first_word_s"] = ("<=", FIRST_WORD_S)
        bounds |= {f"{path.strip('/')}_ratio_p95": ("<=", SLOWER) for path in PATHS}
    return bounds


def _details(course: Course, served: Sequence[Served]) -> list[RenderableType]:
    table = Table(
        *("fault", "slowest first word (s)", "answered by", "at rest after it", "one on trial", "recovered"),
        title="Each fault",
        title_justify="left",
    )
    for each in course.troubles:
        engines = ", ".join(f"{each.engines.count(name)} {name or 'nobody'}" for name in dict.fromkeys(each.engines))
        opened = [
            _yes(each.rested) if each.rests else "–",
            _yes(each.half_open) if each.opens else "–",
        ]
        back = "–" if each.name == _NO_TLS else _yes(each.recovered)  # it stays as it is to the end
        table.add_row(each.name, f"{each.first_word_s:.2f}", engines, *opened, back)
    bad = [talk for talk in course.talks if not talk.good][:5]
    said = [escape(f"{talk.status} {talk.last}: {str(talk.answer)[:300]}") for talk in bad]
    refused = sorted(
        {f"{each.path} was answered with {each.status}" for each in served if each.status not in (200, 201)}
    )
    return [table, *said, *refused[:5]]


def _yes(truth: bool) -> str:
    return "yes" if truth else "NO"

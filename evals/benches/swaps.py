"""``hashira bench swaps``: the champion is exchanged under load, and nobody notices but by the model's version.

A real API process and a real PostgreSQL, in a temporary folder of their own, with two small models in the registry. While 20
clients ask for recommendations without a pause, the alias ``champion`` moves from one model to the other again and again. Then it
points at models that must not serve: with a corrupt file, with another release's files, with failing golden rows, held back by
the gate. Then the registry is moved away for a while. At last, with the shop's default time between two looks, ``hashira
rollback`` takes promotions back. Every card of every answer must say what LightGBM alone makes of the model that is named.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from rich.console import RenderableType
from rich.markup import escape
from rich.table import Table

from evals.load import pictures
from evals.load.asking import Answer, Asking, asking
from evals.load.exchange import WAIT_S, Course, Exchange, Span
from evals.load.models import BAD, Judge, Stable
from evals.load.nights import enrol, profiles
from evals.load.shop import load_shop
from evals.report import Report
from hashiramart.config import Settings
from hashiramart.errors import SetupError
from ml import registry
from ml.params import load_params

Tell = Callable[[str, float], None]

ROLLBACK_S = 10
_POLL_S = 0.25  # between two looks while a hundred swaps must fit into minutes
_WISH = {"top_k": 5}


@dataclass(frozen=True)
class Size:
    """How much of everything. ``calm_s`` is asked without a swap, ``away_s`` the registry's absence.

    ``default_poll`` starts the API anew for the rollbacks, to look as often as a shop does by default.
    """

    swaps: int
    clients: int
    calm_s: float
    away_s: float
    rollbacks: int
    default_poll: bool


FULL = Size(swaps=100, clients=20, calm_s=10, away_s=5, rollbacks=5, default_poll=True)
QUICK = Size(swaps=10, clients=5, calm_s=2, away_s=1.5, rollbacks=1, default_poll=False)


def run(_settings: Settings, quick: bool, tell: Tell) -> Report:
    """Run the benchmark in a temporary shop; the configured one is not touched.

    Raises:
        HashiraError: the temporary shop does not start, or ``hashira rollback`` fails.
    """
    size, course, answers = QUICK if quick else FULL, Course(), list[Answer]()
    with load_shop() as shop:
        settings = Settings(home=shop.home, mlflow_tracking_uri=None)
        tell("Opening a shop of its own", 0)
        people = enrol(shop.database, profiles(load_params().generate_data, size.clients, seed=7))
        tokens = [person.token for person in people]
        stable = Stable(shop, settings)
        registry.point_at(settings, stable.good[0].version)
        tell("Opening a shop of its own", 0.5)
        shop.start_api(HASHIRA_CHAMPION_POLL_S=str(_POLL_S))
        tell("Opening a shop of its own", 1)
        with asking(tokens, shop.port, shop.home, _WISH) as clients:
            _expect(clients, stable, settings)
            exchange = Exchange(shop, settings, stable, clients, course, _POLL_S)
            exchange.be_calm(size.calm_s)
            exchange.swap(size.swaps, lambda share: tell("Exchanging the champion", share))
            exchange.try_bad_ones(lambda share: tell("Promoting what must not serve", share))
            tell("Moving the registry away", 0)
            exchange.move_registry_away(size.away_s)
            if not size.default_poll:
                exchange.roll_back(size.rollbacks, lambda share: tell("Rolling back", share))
            answers += clients.end()
        if size.default_poll:
            tell("Rolling back", 0)
            shop.kill_api()
            shop.start_api()
            with asking(tokens, shop.port, shop.home, _WISH) as clients:
                _expect(clients, stable, settings)
                exchange = Exchange(shop, settings, stable, clients, course, settings.champion_poll_s)
                exchange.roll_back(size.rollbacks, lambda share: tell("Rolling back", share))
                answers += clients.end()
        tell("Judging the answers", 0)
        judge = Judge(shop, people, stable.good)
        mixed = [each for each in answers if each.status == 200 and not judge.is_whole(each)]
    return Report(
        name="swaps",
        figures=_figures(course, answers, mixed),
        bounds=_bounds(size),
        details=_details(course, answers, mixed),
        about=__doc__ or "",
        surroundings={
            "form": "quick" if quick else "full",
            "Clients": str(size.clients),
            "Looks": f"every {_POLL_S} s, give or take a fifth"
            + (f"; every {settings.champion_poll_s:g} s for the rollbacks" if size.default_poll else ""),
        },
        pictures={"served": lambda: pictures.swaps([each.seconds for each in course.swaps], _POLL_S)},
    )


def _expect(clients: Asking, stable: Stable, settings: Settings) -> None:
    found = registry.champion(settings)
    names = [each.name for each in stable.good if found is not None and each.version == found.version]
    if not names or clients.wait_for(names[0], 0, WAIT_S) is None:
        raise SetupError("The shop of the load does not answer with its champion.")


def _figures(course: Course, answers: Sequence[Answer], mixed: Sequence[Answer]) -> dict[str, float]:
    good = [each for each in answers if each.status == 200]
    bad = {attempt.candidate.name for attempt in course.attempts}
    waits = [each.seconds for each in course.swaps]
    while_away = _within(answers, course.away)
    return {
        "requests": len(answers),
        "failed": len(answers) - len(good),
        "mixed": len(mixed),
        "stale": _stale(course, good),
        "swaps": len(course.swaps),
        "swaps_seen": sum(each.served_at is not None for each in course.swaps),
        "median_swap_s": median(waits),
        "slowest_swap_s": max(waits),
        **_times("calm", _within(good, course.calm)),
        **_times("swapping", _within(good, course.swapping)),
        "bad_refused": sum(attempt.refused for attempt in course.attempts),
        "bad_served": sum(each.version in bad for each in good),
        "away_s": course.away[1] - course.away[0],
        "requests_while_away": len(while_away),
        "failed_while_away": sum(each.status != 200 for each in while_away),
        "rollbacks": len(course.rollbacks),
        "rollback_s": max(each.seconds for each in course.rollbacks),
    }


def _bounds(size: Size) -> dict[str, tuple[str, float]]:
    never = ("failed", "mixed", "stale", "bad_served", "failed_while_away")
    bounds: dict[str, tuple[str, float]] = dict.fromkeys(never, ("<=", 0))
    # Beside the swaps that were asked for there is one after each bad model, and two after the registry's return.
    bounds |= {
        "swaps_seen": (">=", size.swaps + len(BAD) + 2),
        "bad_refused": (">=", len(BAD)),
        "requests_while_away": (">=", 1),
    }
    # The quick form runs beside other tests and looks in another rhythm: its seconds say nothing.
    return bounds | ({"rollback_s": ("<=", ROLLBACK_S)} if size.default_poll else {})


def _within(answers: Iterable[Answer], span: Span) -> list[Answer]:
    """What was asked and answered in a span of time."""
    return [each for each in answers if span[0] <= each.started and each.ended <= span[1]]


def _times(when: str, answers: Iterable[Answer]) -> dict[str, float]:
    times = sorted(each.ms for each in answers) or [0.0]
    return {f"{when}_p{share}_ms": times[round(share / 100 * (len(times) - 1))] for share in (50, 99)}


def _stale(course: Course, good: Sequence[Answer]) -> int:
    """Requests that began after the new model's first answer, and before the next exchange, and still got another model."""
    moves = [*course.swaps, *course.rollbacks]
    ends = [*(each.at for each in moves[1:]), float("inf")]
    spans = [(each.served_at, end, each.to.name) for each, end in zip(moves, ends, strict=True) if each.served_at]
    return sum(
        start <= answer.started and answer.ended <= end and answer.version != name
        for start, end, name in spans
        for answer in good
    )


def _details(course: Course, answers: Sequence[Answer], mixed: Sequence[Answer]) -> list[RenderableType]:
    tried = Table("what was promoted", "refused", "answers by it", title="Must not serve", title_justify="left")
    by = Counter(each.version for each in answers)
    for attempt in course.attempts:
        tried.add_row(attempt.bad, "yes" if attempt.refused else "NOT SAID", str(by[attempt.candidate.name]))
    back = Table("rollback", "seconds to the first answer", title="hashira rollback", title_justify="left")
    for number, each in enumerate(course.rollbacks, 1):
        back.add_row(str(number), f"{each.seconds:.2f}")
    troubles = Counter(f"{each.status}: {each.trouble[:160]}" for each in answers if each.status != 200)
    lines = [escape(f"{times} × {trouble}") for trouble, times in troubles.most_common(5)]
    lines += [escape(f"mixed: client {each.client}, {str(each.body)[:300]}") for each in mixed[:5]]
    return [tried, back, *lines]

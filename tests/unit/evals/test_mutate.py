"""The mutation check: its verdicts, and that every mutation breaks something and is taken back."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from importlib import import_module
from typing import Any

import pytest

from evals import registry
from evals.mutate import check, manuals, mutations, planning, shopkeeping, walls
from evals.mutate.broken import broken
from evals.mutate.mutation import ALONE, Look, Mutation
from evals.report import Report
from hashiramart.errors import NotFound
from tests.unit.evals.trials_made import trial

LOOK, OTHER = Look("routing"), Look("slots")


class Product:
    """Something that is sound or broken, and a suite that looks at it."""

    def __init__(self, **broken: float) -> None:
        self.figures = {"share": 1.0, "weak": 0.1}
        self._broken = broken
        self.looked: list[Look] = []

    @contextmanager
    def apply(self) -> Iterator[None]:
        sound, self.figures = self.figures, {**self.figures, **self._broken}
        try:
            yield
        finally:
            self.figures = sound

    def score(self, look: Look) -> Report:
        self.looked.append(look)
        bounds = {"share": (">=", 0.9), "weak": (">=", 0.9)}
        return Report(look.suite, dict(self.figures), bounds, cases=[trial("a", passed=self.figures["share"] >= 0.9)])

    def mutation(self, *looks: Look) -> Mutation:
        return Mutation("bad", "It is bad.", looks or (LOOK,), self.apply)


def tried(product: Product, *looks: Look) -> check.Verdict:
    return check.verdicts([product.mutation(*looks)], product.score, lambda _what, _share: None)[0]


def test_a_bound_that_only_the_broken_product_misses_catches_it() -> None:
    verdict = tried(Product(share=0.2))
    assert verdict.caught
    assert verdict.missed == [("share", 1.0, 0.2)]
    assert verdict.fails == ["a"]


def test_what_misses_no_bound_survives() -> None:
    verdict = tried(Product(share=0.95))
    assert not verdict.caught
    assert not check.report([verdict]).ok


def test_a_bound_that_the_sound_product_misses_too_catches_only_what_is_clearly_worse() -> None:
    assert not tried(Product(weak=0.05)).caught
    assert tried(Product(weak=0.0)).missed == [("weak", 0.1, 0.0)]


def test_a_suite_that_breaks_off_proves_nothing() -> None:
    def score(_look: Look) -> Report:
        return next(answers)

    def broken_off() -> Report:
        raise AttributeError("gone")

    answers = iter(())
    product = Product()
    calls: list[int] = []

    def once(look: Look) -> Report:
        calls.append(1)
        return product.score(look) if len(calls) == 1 else broken_off()

    verdict = check.verdicts([product.mutation()], once, lambda _what, _share: None)[0]
    assert not verdict.caught
    assert verdict.trouble == "AttributeError: gone"


def test_the_sound_product_is_looked_at_once_and_later_looks_only_when_needed() -> None:
    product = Product(share=0.2)
    check.verdicts([product.mutation(LOOK, OTHER)] * 2, product.score, lambda _what, _share: None)
    assert product.looked == [LOOK, LOOK, LOOK]


def test_the_report_says_which_figure_noticed() -> None:
    found = check.report([tried(Product(share=0.2))])
    assert found.ok
    assert found.figures["caught"] == 1
    assert found.cases[0]["got"] == ["share: 1 → 0.200"]


def test_there_are_at_least_fourteen_mutations_of_different_names_on_known_suites() -> None:
    names = [mutation.name for mutation in mutations.ALL]
    assert len(set(names)) == len(names) >= 14
    assert {look.suite for mutation in mutations.ALL for look in mutation.looks} <= set(registry.names("suite"))
    assert set(registry.names("suite")) >= ALONE


def test_mutations_are_chosen_by_name_or_three_for_the_quick_form() -> None:
    assert [each.name for each in mutations.chosen(["gate_off"], quick=False)] == ["gate_off"]
    assert len(mutations.chosen([], quick=True)) == 3
    assert len(mutations.chosen([], quick=False)) == len(mutations.ALL)
    with pytest.raises(NotFound, match="gate_off"):
        mutations.chosen(["nonsense"], quick=False)


class Patches:
    """Notes what is replaced, and when it is put back."""

    def __init__(self) -> None:
        self.at: list[tuple[Any, str]] = []

    def replaced(self, target: Any, name: str, make: Any) -> AbstractContextManager[Any]:
        from evals.mutate.mutation import replaced

        self.at.append((target, name))
        return replaced(target, name, make)


@pytest.mark.parametrize("mutation", mutations.ALL, ids=lambda mutation: mutation.name)
def test_a_mutation_replaces_real_code_and_puts_it_back(mutation: Mutation, monkeypatch: pytest.MonkeyPatch) -> None:
    patches = Patches()
    for module in (planning, manuals, shopkeeping, walls):
        monkeypatch.setattr(module, "replaced", patches.replaced)
    with mutation.apply():
        assert patches.at
        inside = [vars(target)[name] for target, name in patches.at]
    after = [vars(target)[name] for target, name in patches.at]
    assert all(one is not other for one, other in zip(inside, after, strict=True))


def test_a_mutation_of_code_that_is_gone_is_told() -> None:
    from evals.mutate.mutation import replaced

    with pytest.raises(AttributeError):
        replaced(check, "no_longer_there", lambda real: real)


def test_processes_of_a_shop_are_broken_too(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr("evals.mutate.broken.subprocess.Popen", lambda command, **_named: started.append(command))
    (mutation,) = mutations.chosen(["gate_off"], quick=False)
    shop: Any = import_module("evals.load.shop")
    with broken(mutation):
        shop.subprocess.Popen([sys.executable, "-m", "cli.main", "serve"])
        shop.subprocess.Popen(["postgres"])
    assert started == [[sys.executable, "-m", "evals.mutate.broken", "gate_off", "serve"], ["postgres"]]
    assert shop.subprocess.__name__ == "subprocess"

"""The reader: what it is trained to move is what it reads with, and it tells an answer from a sentence that is only near."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from agents.composer.reader import load_base, load_reader, score
from agents.composer.train_reader import Course, Pairs, is_held, judge, main, train
from agents.lowrank import apply_updates

_WORDS = [
    "[PAD]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    "[MASK]",
    "heavy",
    "colour",
    "it",
    "is",
    "two",
    "kilos",
    "red",
    "how",
    "what",
    ":",
]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A BERT of a few words and random weights."""
    from transformers import BertConfig, BertModel, BertTokenizerFast

    folder = tmp_path_factory.mktemp("base")
    (folder / "vocab.txt").write_text("\n".join(_WORDS) + "\n", encoding="utf-8")
    torch.manual_seed(3)
    config = BertConfig(
        vocab_size=len(_WORDS), hidden_size=32, num_hidden_layers=2, num_attention_heads=2, intermediate_size=64
    )
    BertModel(config).save_pretrained(folder)
    BertTokenizerFast(str(folder / "vocab.txt")).save_pretrained(folder)
    return folder


def _rows(count: int) -> list[Pairs]:
    texts = ["it is two kilos", "it is red"]
    heavy: Pairs = {"id": "a", "group": 1, "question": "how heavy is it", "texts": texts, "right": [True, False]}
    colour: Pairs = {"id": "b", "group": 2, "question": "what colour is it", "texts": texts, "right": [False, True]}
    return [heavy, colour] * count


def _course(base: Path, epochs: float = 150) -> Course:
    return Course(base=base, epochs=epochs, rank=8, batch=16, rate=5e-3, start=None, seed=1)


@pytest.fixture(autouse=True)
def _quiet(capsys: pytest.CaptureFixture[str]) -> Iterator[None]:
    yield
    capsys.readouterr()


def test_training_learns_which_sentence_answers(base: Path) -> None:
    heavy = _rows(1)[0]
    model, tokenizer = train([heavy] * 32, _course(base))
    right, wrong = judge(model, tokenizer, [heavy])["a"]
    assert right > 0 > wrong


def test_stored_updates_read_as_the_trained_model_did(base: Path, tmp_path: Path) -> None:
    model, tokenizer = train(_rows(16), _course(base, epochs=2), out=tmp_path / "updates.safetensors")
    _, fresh = load_base(base)
    before = score(fresh.eval(), tokenizer, [("how heavy is it", "it is two kilos")])
    apply_updates(fresh, load_file(tmp_path / "updates.safetensors"))
    pairs = [("how heavy is it", "it is two kilos"), ("what colour is it", "it is two kilos")]
    assert torch.allclose(score(fresh.eval(), tokenizer, pairs), score(model, tokenizer, pairs), atol=2e-2)
    assert not torch.allclose(score(fresh, tokenizer, pairs[:1]), before, atol=1e-3)


def test_a_question_that_is_held_back_is_scored_and_not_learnt_from(
    base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [
        {**row, "id": str(place), "question": f"{row['question']} {'it ' * place}"}
        for place, row in enumerate(_rows(8))
    ]
    (tmp_path / "pairs").write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    arguments = [str(tmp_path / "pairs"), str(tmp_path / "scores"), "--base", str(base), "--out", str(tmp_path / "out")]
    monkeypatch.setattr("sys.argv", ["train_reader", *arguments, "--held", "3", "--epochs", "1"])
    main()
    scored = [json.loads(line) for line in (tmp_path / "scores").read_text(encoding="utf-8").splitlines()]
    held = [row["id"] for row in rows if is_held(row, 3)]  # type: ignore[arg-type]
    assert [row["id"] for row in scored] == held
    assert 0 < len(held) < len(rows)
    assert all(len(row["scores"]) == 2 for row in scored)


@pytest.mark.parametrize(
    ("question", "answer", "near"),
    [
        (
            "How thick is the shaft?",
            "Overview: The Heron Spear has a slim head of 26 cm on a springy ash shaft 26 mm thick.",
            "Maintenance > Intervals: Every fortnight: Flex the shaft gently and listen for a tick that betrays a split.",
        ),
        (
            "how often do I oil the wood",
            "Maintenance > Intervals: Every two months: Coat the ash with tung oil.",
            "Maintenance > Materials: Pure tung oil, a small cup for two coats.",
        ),
    ],
)
def test_an_answer_scores_above_a_sentence_that_is_only_near(question: str, answer: str, near: str) -> None:
    first, second = load_reader().scores(question, [answer, near])
    assert first > second


def test_the_sentences_beside_it_do_not_change_a_score() -> None:
    reader = load_reader()
    alone = reader.scores("How heavy is it?", ["Overview: It weighs 1.70 kg."])[0]
    among = reader.scores("How heavy is it?", ["Overview: It weighs 1.70 kg.", "Safety: Keep the point corked " * 8])[0]
    assert among == pytest.approx(alone, abs=1e-3)


def test_no_sentences_need_no_model() -> None:
    assert load_reader().scores("anything", []) == []

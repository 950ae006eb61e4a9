"""Thumbs and comments on answers, why an answer is as it is, and what the export makes of both."""

from __future__ import annotations

import json
import threading
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from sqlmodel import Session, select
from typer.testing import CliRunner

from cli.main import app
from hashiramart import accounts, catalog, feedback, feedback_export, traces
from hashiramart.accounts import Registration
from hashiramart.config import Settings
from hashiramart.db import Database
from hashiramart.errors import InvalidInput, NotFound
from hashiramart.feedback import Rating
from hashiramart.models import Feedback, Slayer, Thread, Turn
from tests.integration.belongings import trace_of

if TYPE_CHECKING:  # it loads the whole house, which most of these tests need not wait for
    from tests.shop import RunningShop

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
QUESTION = "How often should I oil the Heron Spear?"
CITATION = {"n": 1, "source": "manuals/heron-spear.md", "section": "Maintenance > Intervals", "text": "Oil it weekly."}


# --- through the API ---


@pytest.fixture(scope="module")
def client(shop: RunningShop) -> httpx.Client:
    return shop.slayer("critic")


@pytest.fixture
def answer(client: httpx.Client) -> dict[str, Any]:
    said: dict[str, Any] = client.post("/coach/chat", json={"message": QUESTION}).json()
    return said


def shown(client: httpx.Client, answer: dict[str, Any]) -> Any:
    """The feedback on an answer as its thread shows it."""
    turns = client.get(f"/threads/{answer['thread_id']}").json()["turns"]
    return next(turn["feedback"] for turn in turns if turn["turn_id"] == answer["turn_id"])


def test_an_answer_without_a_word_has_no_feedback(client: httpx.Client, answer: dict[str, Any]) -> None:
    assert shown(client, answer) is None


def test_feedback_is_shown_with_its_answer(client: httpx.Client, answer: dict[str, Any]) -> None:
    given = client.post("/feedback", json={"turn_id": answer["turn_id"], "rating": "down", "comment": "  Too long.\n"})
    assert given.status_code == 200
    assert shown(client, answer) == given.json()
    told = given.json()
    assert (told["turn_id"], told["rating"], told["comment"]) == (answer["turn_id"], "down", "Too long.")


def test_the_latest_word_counts_and_takes_the_old_comment_along(client: httpx.Client, answer: dict[str, Any]) -> None:
    for word in ({"rating": "down", "comment": "Too long."}, {"rating": "up"}):
        client.post("/feedback", json={"turn_id": answer["turn_id"], **word}).raise_for_status()
    told = shown(client, answer)
    assert (told["rating"], told["comment"]) == ("up", None)


def test_what_was_said_can_be_taken_back_once_and_again(client: httpx.Client, answer: dict[str, Any]) -> None:
    client.post("/feedback", json={"turn_id": answer["turn_id"], "rating": "up"}).raise_for_status()
    for _ in range(2):
        assert client.delete(f"/feedback/{answer['turn_id']}").status_code == 204
    assert shown(client, answer) is None


def test_an_answer_of_another_slayer_is_not_found(
    shop: RunningShop, client: httpx.Client, answer: dict[str, Any]
) -> None:
    client.post("/feedback", json={"turn_id": answer["turn_id"], "rating": "up"}).raise_for_status()
    other = shop.slayer(f"critic-{uuid.uuid4().hex[:8]}")
    told = other.post("/feedback", json={"turn_id": answer["turn_id"], "rating": "down"})
    assert (told.status_code, told.json()["errors"][0]["field"]) == (404, "turn_id")
    assert other.delete(f"/feedback/{answer['turn_id']}").status_code == 404
    assert shown(client, answer)["rating"] == "up"


@pytest.mark.parametrize("name", ["trace", "seven"])
def test_a_trace_of_a_turn_that_is_not_in_the_thread_is_not_found(
    name: str, client: httpx.Client, answer: dict[str, Any]
) -> None:
    elsewhere = client.post("/coach/chat", json={"message": "hello"}).json()
    turn = elsewhere["turn_id"] if name == "trace" else str(uuid.uuid4())
    told = client.get(f"/threads/{answer['thread_id']}/turns/{turn}/trace")
    assert (told.status_code, told.json()["errors"][0]["field"]) == (404, "turn_id")


def test_an_answer_that_the_coach_had_no_part_in_has_no_trace(client: httpx.Client) -> None:
    answer = client.post("/coach/chat", json={"message": "hello"}).json()
    assert client.get(f"/threads/{answer['thread_id']}/turns/{answer['turn_id']}/trace").json()["items"] == []


def test_a_trace_says_what_was_searched_and_what_was_used(
    shop: RunningShop, client: httpx.Client, answer: dict[str, Any]
) -> None:
    trace = trace_of(QUESTION, asked="how often?", dropped=["It was forged in 1603."])
    with shop.database.service() as session:
        turn = session.get_one(Turn, uuid.UUID(answer["turn_id"]))
        turn.trace = [trace]
        session.add(turn)
    told = client.get(f"/threads/{answer['thread_id']}/turns/{answer['turn_id']}/trace")
    assert told.status_code == 200
    assert told.json() == {"items": [trace], "model_calls": []}


# --- the records ---


Answered = Callable[..., Turn]
"""Puts an answer of the Coach on record."""


@pytest.fixture
def answered(session: Session) -> Answered:
    threads: dict[uuid.UUID, Thread] = {}
    minutes = iter(range(10_000))

    def answered(slayer: Slayer, reply: str, question: str = QUESTION, **trace: Any) -> Turn:
        thread = threads.get(slayer.id) or Thread(slayer_id=slayer.id, title="Oil")
        threads[slayer.id] = thread
        session.add(thread)
        session.flush()
        found = trace_of(question, **trace)
        turn = Turn(
            thread_id=thread.id,
            slayer_id=slayer.id,
            message=found["asked"],
            reply=reply,
            route=["coach"],
            citations=[CITATION],
            blocks=[],
            engine="embedded",
            trace=[found],
            created_at=NOW + timedelta(minutes=next(minutes)),
        )
        session.add(turn)
        session.flush()
        return turn

    return answered


@pytest.fixture
def stranger(session: Session, slayer: Slayer) -> Slayer:
    profile = Registration(handle="sanemi", password="12345678", name="Sanemi Shinazugawa", breathing_style="Wind")
    return accounts.register(session, profile)


def rate(session: Session, turn: Turn, rating: Rating, comment: str | None = None, *, days: int = 0) -> None:
    feedback.give(session, turn.slayer_id, turn.id, rating, comment, now=turn.created_at + timedelta(days=days))


def test_one_row_holds_the_latest_word(session: Session, slayer: Slayer, answered: Answered) -> None:
    turn = answered(slayer, "Weekly [1].")
    rate(session, turn, "down", "No.")
    rate(session, turn, "up", days=1)
    (row,) = session.exec(select(Feedback)).all()
    assert (row.rating, row.comment, row.given_at) == (1, None, turn.created_at + timedelta(days=1))


def test_words_at_once_leave_one_row(database: Database, session: Session, slayer: Slayer, answered: Answered) -> None:
    turn = answered(slayer, "Weekly [1].")
    session.commit()
    together = threading.Barrier(4)

    def say(number: int) -> None:
        together.wait(10)
        with database.session(slayer.id) as own:
            feedback.give(own, slayer.id, turn.id, "up", f"word {number}", now=NOW)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(say, range(4)))
    assert len(session.exec(select(Feedback)).all()) == 1


def test_nobody_rates_for_another(session: Session, slayer: Slayer, stranger: Slayer, answered: Answered) -> None:
    turn = answered(slayer, "Weekly [1].")
    for forbidden in (
        lambda: feedback.give(session, stranger.id, turn.id, "down", None, now=NOW),
        lambda: feedback.withdraw(session, stranger.id, turn.id),
        lambda: traces.of_turn(session, stranger.id, turn.thread_id, turn.id),
    ):
        with pytest.raises(NotFound):
            forbidden()
    assert session.exec(select(Feedback)).all() == []


# --- the export ---


def lines(folder: Path, name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / name).read_text(encoding="utf-8").splitlines()]


def test_answers_of_several_slayers_to_one_question_become_a_pair(
    session: Session, slayer: Slayer, stranger: Slayer, answered: Answered, tmp_path: Path
) -> None:
    rate(session, answered(slayer, "Weekly [1]."), "up")
    rate(session, answered(stranger, "Now and then.", QUESTION.lower()), "down")
    counts = feedback_export.export(session, tmp_path)
    assert counts == feedback_export.Exported(ratings=2, preferences=1, hard_questions=1)
    (pair,) = lines(tmp_path, "preferences.jsonl")
    assert (pair["prompt"], pair["weapon"]) == (QUESTION, "heron-spear")
    assert (pair["chosen"], pair["rejected"]) == ("Weekly [1].", "Now and then.")
    assert pair["chosen_passages"] == [{"source": CITATION["source"], "section": CITATION["section"]}]


def test_a_rating_is_written_with_question_passages_answer_and_engine(
    session: Session, slayer: Slayer, answered: Answered, tmp_path: Path
) -> None:
    rate(session, answered(slayer, "Weekly [1].", asked="how often?"), "up", "Thanks.")
    feedback_export.export(session, tmp_path)
    passage = {name: CITATION[name] for name in ("source", "section", "text")}
    assert lines(tmp_path, "ratings.jsonl") == [
        {
            "rating": "up",
            "message": "how often?",
            "questions": [{"question": QUESTION, "weapon": "heron-spear", "intent": "how_often", "found": True}],
            "answer": "Weekly [1].",
            "route": ["coach"],
            "engine": "embedded",
            "passages": [passage],
        }
    ]


def test_no_file_says_who_it_was(
    session: Session, slayer: Slayer, stranger: Slayer, answered: Answered, tmp_path: Path
) -> None:
    signed = answered(stranger, "Weekly, Sanemi Shinazugawa.", "sanemi asks: how often do I oil it, and why?")
    rate(session, signed, "down", "sanemi shinazugawa asked for more")
    rate(session, answered(slayer, "Daily.", "slayer asks: how often do I oil it, and why?"), "up")
    feedback_export.export(session, tmp_path, with_comments=True)
    files = {path.name: path.read_text(encoding="utf-8").casefold() for path in tmp_path.iterdir()}
    assert set(files) == {"ratings.jsonl", "preferences.jsonl", "hard_questions.jsonl"}
    secrets = ["sanemi", "shinazugawa", *(str(each) for each in (stranger.id, signed.id, signed.thread_id, slayer.id))]
    assert [(name, secret) for name, told in files.items() for secret in secrets if secret in told] == []
    assert files["preferences.jsonl"].count("weekly, slayer.") == 1
    assert "slayer asked for more" in files["ratings.jsonl"]


def test_comments_stay_behind_unless_they_are_asked_for(
    session: Session, slayer: Slayer, answered: Answered, tmp_path: Path
) -> None:
    rate(session, answered(slayer, "Weekly."), "down", "I live at the wisteria house.")
    feedback_export.export(session, tmp_path)
    assert not [path.name for path in tmp_path.iterdir() if "wisteria" in path.read_text(encoding="utf-8")]
    feedback_export.export(session, tmp_path, with_comments=True)
    assert lines(tmp_path, "ratings.jsonl")[0]["comment"] == "I live at the wisteria house."


def test_a_follow_up_that_went_wrong_comes_with_what_was_said_before_it(
    session: Session, slayer: Slayer, answered: Answered, tmp_path: Path
) -> None:
    answered(slayer, "Oil it [1].", "How do I look after the Heron Spear?")
    rate(session, answered(slayer, "Weekly.", asked="and how often?"), "down")
    answered(slayer, "Thanks for asking.", "What else?")
    feedback_export.export(session, tmp_path)
    (case,) = lines(tmp_path, "hard_questions.jsonl")
    assert (case["slice"], case["text"]) == ("follow_up", "and how often?")
    assert case["thread"] == ["How do I look after the Heron Spear?"]
    held = [weapon.slug for weapon in catalog.owned(session, slayer.id)]
    assert case["profile"] == {"style": "Water", "level": slayer.level, "owned": held}


def test_a_part_of_a_message_is_tried_again_as_it_was_understood(
    session: Session, slayer: Slayer, answered: Answered, tmp_path: Path
) -> None:
    answered(slayer, "Hello.", "hello")
    turn = answered(slayer, "The Heron Spear. Weekly.", asked="how often do I oil it?")
    turn.message = "recommend me a spear and tell me how often do I oil it?"
    rate(session, turn, "down")
    feedback_export.export(session, tmp_path)
    assert [(case["text"], case["thread"]) for case in lines(tmp_path, "hard_questions.jsonl")] == [(QUESTION, [])]


def test_what_the_manuals_did_not_say_twice_is_a_hard_question_whoever_asked(
    session: Session, slayer: Slayer, stranger: Slayer, answered: Answered, tmp_path: Path
) -> None:
    answered(slayer, "The manuals do not say.", "What does the rivet cost?", found=False)
    answered(slayer, "The manuals do not say.", "Who forged it?", found=False)
    answered(stranger, "The manuals do not say.", "what does the rivet cost", found=False)
    assert feedback_export.export(session, tmp_path).hard_questions == 1
    assert [case["text"] for case in lines(tmp_path, "hard_questions.jsonl")] == ["What does the rivet cost?"]


def test_only_what_was_rated_since_a_day_is_written(
    session: Session, slayer: Slayer, answered: Answered, tmp_path: Path
) -> None:
    rate(session, answered(slayer, "Weekly."), "down")
    rate(session, answered(slayer, "Daily."), "up", days=3)
    counts = feedback_export.export(session, tmp_path, since=NOW + timedelta(days=2))
    assert counts == feedback_export.Exported(ratings=1, preferences=0, hard_questions=0)


def test_the_same_rows_give_the_same_bytes_and_leave_nothing_beside_them(
    session: Session, slayer: Slayer, stranger: Slayer, answered: Answered, tmp_path: Path
) -> None:
    for number, who in enumerate([slayer, stranger] * 3):
        rate(session, answered(who, f"Answer\u2028{number}.", f"Question {number % 2}"), "up" if number % 3 else "down")
    told = []
    for _ in range(2):
        feedback_export.export(session, tmp_path)
        told.append({path.name: path.read_bytes() for path in tmp_path.iterdir()})
    assert told[0] == told[1]
    assert len(told[0]) == 3
    assert len(lines(tmp_path, "ratings.jsonl")) == 6


def test_a_broken_export_leaves_the_earlier_one_as_it_was(
    session: Session, slayer: Slayer, answered: Answered, tmp_path: Path
) -> None:
    turn = answered(slayer, "Weekly.")
    rate(session, turn, "up")
    feedback_export.export(session, tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    turn.trace = [{"question": "half a trace"}]
    session.add(turn)
    session.flush()
    with pytest.raises(KeyError):
        feedback_export.export(session, tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_file_is_no_folder_to_export_into(session: Session, slayer: Slayer, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("mine")
    with pytest.raises(InvalidInput) as caught:
        feedback_export.export(session, file)
    assert caught.value.field == "out"
    assert file.read_text() == "mine"


def test_the_coachs_suite_reads_the_hard_questions(
    session: Session, slayer: Slayer, answered: Answered, tmp_path: Path
) -> None:
    from evals.coach_cases import coach_cases

    answered(slayer, "Oil it [1].", "How do I look after the Heron Spear?")
    rate(session, answered(slayer, "Weekly.", asked="and\u2028how often?"), "down")
    rate(session, answered(slayer, "So.", "Show me a cut.", intent="handling"), "down")
    feedback_export.export(session, tmp_path)
    cases = coach_cases(tmp_path / "hard_questions.jsonl")
    assert sorted(case.slice for case in cases) == ["follow_up", "how_to"]


# --- the command ---


@pytest.fixture
def rated_twice(database: Database, session: Session, slayer: Slayer, answered: Answered) -> None:
    rate(session, answered(slayer, "Weekly."), "up")
    rate(session, answered(slayer, "Daily."), "down", "No [red]blade[/] needs that.")
    session.commit()


def hashira(settings: Settings, monkeypatch: pytest.MonkeyPatch, *words: str) -> Any:
    """What a command prints as JSON."""
    monkeypatch.setattr("cli.groups.feedback.settings_of_process", lambda: settings)
    result = CliRunner().invoke(app, [*words, "--json"])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.mark.usefixtures("rated_twice")
def test_the_command_writes_the_files_and_tells_how_much(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = tmp_path / "new" / "folder"
    told = hashira(settings, monkeypatch, "feedback", "export", "--out", str(folder), "--since", "2026-03-10")
    assert told == {"folder": str(folder), "ratings": 2, "preferences": 1, "hard_questions": 1}
    assert len(lines(folder, "preferences.jsonl")) == 1


@pytest.mark.usefixtures("rated_twice")
@pytest.mark.parametrize(("words", "replies"), [((), ["Daily.", "Weekly."]), (("--down",), ["Daily."])])
def test_the_list_shows_the_latest_first(
    words: tuple[str, ...], replies: list[str], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = hashira(settings, monkeypatch, "feedback", "list", *words)
    assert [each["answer"] for each in told] == replies


@pytest.mark.usefixtures("rated_twice")
def test_the_list_shows_comments_as_they_were_written(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cli.groups.feedback.settings_of_process", lambda: settings)
    monkeypatch.setenv("COLUMNS", "200")
    assert "No [red]blade[/] needs that." in CliRunner().invoke(app, ["feedback", "list"]).stdout

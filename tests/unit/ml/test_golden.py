"""A loaded model proves itself on the golden rows of its release."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from evals.load.releases import restate, spoil_golden
from hashiramart.errors import Unavailable
from ml.lineage import sha256_file
from ml.release import MODEL_FILE, GoldenRow, verify
from ml.scorer import Scorer
from tests.releases import release


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return release(tmp_path / "model")


def change(folder: Path, place: int, column: int, by: float) -> None:
    golden = list(verify(folder).golden)
    features = list(golden[place].features)
    features[column] += by
    golden[place] = GoldenRow(features=tuple(features), score=golden[place].score)
    restate(folder, golden=tuple(golden))


def test_a_model_that_says_what_it_said_is_loaded(folder: Path) -> None:
    assert len(verify(folder).golden) == 16
    assert Scorer.load(folder).model_version.startswith("local-")


def test_an_older_release_without_golden_rows_is_loaded(folder: Path) -> None:
    restate(folder, golden=())
    assert Scorer.load(folder).model_version.startswith("local-")


def test_a_model_that_says_something_else_is_refused(folder: Path) -> None:
    spoil_golden(folder)
    with pytest.raises(Unavailable, match="golden row 1 what it said"):
        Scorer.load(folder)


def test_the_last_golden_row_counts_as_much_as_the_first(folder: Path) -> None:
    golden = verify(folder).golden
    off = golden[-1].model_copy(update={"score": golden[-1].score + 2e-6})
    restate(folder, golden=(*golden[:-1], off))
    with pytest.raises(Unavailable, match="golden row 16"):
        Scorer.load(folder)


def test_features_that_are_computed_otherwise_now_are_noticed(folder: Path) -> None:
    change(folder, 3, 7, 0.045)  # another idea of what a level carries well
    with pytest.raises(Unavailable, match="computed otherwise"):
        Scorer.load(folder)


def test_golden_rows_of_other_features_are_noticed(folder: Path) -> None:
    golden = verify(folder).golden
    restate(folder, golden=(GoldenRow(features=(1.0, 2.0), score=0.5), *golden))
    with pytest.raises(Unavailable, match="other features"):
        Scorer.load(folder)


class _Bomb:
    def __reduce__(self) -> tuple[object, tuple[str, ...]]:
        return Path.touch, (Path(self.target),)  # type: ignore[return-value]

    def __init__(self, target: str) -> None:
        self.target = target


def test_a_pickle_in_the_place_of_the_model_is_not_run(folder: Path, tmp_path: Path) -> None:
    sprung = tmp_path / "sprung"
    files = dict(verify(folder).files)
    (folder / MODEL_FILE).write_bytes(pickle.dumps(_Bomb(str(sprung)), protocol=0))
    restate(folder, files=files | {MODEL_FILE: sha256_file(folder / MODEL_FILE)})
    verify(folder)  # the hashes agree: only the format keeps it out
    with pytest.raises(Unavailable):
        Scorer.load(folder)
    assert not sprung.exists()
    pickle.loads((folder / MODEL_FILE).read_bytes())
    assert sprung.exists()  # it would have gone off

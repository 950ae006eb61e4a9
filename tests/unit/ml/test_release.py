from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from hashiramart.errors import Unavailable
from ml import lineage
from ml.release import MANIFEST_FILE, MODEL_FILE, SCHEMA_FILE, Release, TrainingRecord, verify, write_json


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / MODEL_FILE).write_text("tree", encoding="utf-8")
    (tmp_path / SCHEMA_FILE).write_text("{}", encoding="utf-8")
    model, described = (lineage.sha256_file(tmp_path / name) for name in (MODEL_FILE, SCHEMA_FILE))
    record = TrainingRecord(
        run_id=None, model_sha256=model, data_sha256="d", train_rows=1, git_commit=None, git_dirty=True
    )
    release = Release(
        decision="release",
        reason="better",
        files={MODEL_FILE: model, SCHEMA_FILE: described},
        metrics={"auc": 0.7},
        baseline_auc={"popularity": 0.5},
        training=record,
    )
    write_json(tmp_path / MANIFEST_FILE, release)
    return tmp_path


def test_an_untouched_release_is_good(folder: Path) -> None:
    assert verify(folder).decision == "release"


@pytest.mark.parametrize("name", [MODEL_FILE, SCHEMA_FILE])
def test_a_changed_or_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).write_text("tampered", encoding="utf-8")
    with pytest.raises(Unavailable, match=name):
        verify(folder)
    (folder / name).unlink()
    with pytest.raises(Unavailable, match=name):
        verify(folder)


@pytest.mark.parametrize("files", [{}, {MODEL_FILE: "x"}, {MODEL_FILE: "x", "../../etc/passwd": "y"}])
def test_a_manifest_must_vouch_for_exactly_both_files(folder: Path, files: dict[str, str]) -> None:
    manifest = json.loads((folder / MANIFEST_FILE).read_text(encoding="utf-8"))
    (folder / MANIFEST_FILE).write_text(json.dumps({**manifest, "files": files}), encoding="utf-8")
    with pytest.raises(Unavailable, match=MANIFEST_FILE):
        verify(folder)


def test_a_missing_manifest_is_named(folder: Path) -> None:
    (folder / MANIFEST_FILE).unlink()
    with pytest.raises(Unavailable, match=MANIFEST_FILE):
        verify(folder)


def test_a_manifest_without_the_newer_fields_still_reads(folder: Path) -> None:
    manifest = json.loads((folder / MANIFEST_FILE).read_text(encoding="utf-8"))
    for key in ("compared_with", "golden"):
        del manifest[key]
    for key in ("watermark", "dvc_lock_sha256"):
        del manifest["training"][key]
    (folder / MANIFEST_FILE).write_text(json.dumps(manifest), encoding="utf-8")
    release = verify(folder)
    assert (release.compared_with, release.golden, release.training.watermark) == (None, (), None)


def test_the_lock_is_hashed_where_there_is_one(tmp_path: Path) -> None:
    assert lineage.dvc_lock(tmp_path) is None
    (tmp_path / "dvc.lock").write_bytes(b"")
    assert lineage.dvc_lock(tmp_path) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_the_data_hash_follows_names_and_contents(tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_bytes(b"1")
    first = lineage.sha256_data(tmp_path)
    (tmp_path / "notes.txt").write_bytes(b"no data")
    assert lineage.sha256_data(tmp_path) == first
    (tmp_path / "a.parquet").rename(tmp_path / "b.parquet")
    assert lineage.sha256_data(tmp_path) != first


def test_the_commit_is_known_only_inside_a_repository_that_tracks_the_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def git(*arguments: str) -> None:
        who = ("-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "core.hooksPath=/dev/null")
        subprocess.run(["git", *who, *arguments], cwd=tmp_path, check=True, capture_output=True)

    monkeypatch.setattr(lineage, "_CODE", tmp_path)
    assert lineage.code_commit() == lineage.Commit(None, dirty=True)
    git("init", "-q")
    source = tmp_path / Path(lineage.__file__).name
    source.write_text("one", encoding="utf-8")
    assert lineage.code_commit().sha is None
    git("add", ".")
    assert lineage.code_commit().sha is None
    git("commit", "-q", "-m", "first")
    commit = lineage.code_commit()
    assert commit.sha is not None
    assert len(commit.sha) == 40
    assert not commit.dirty
    source.write_text("two", encoding="utf-8")
    assert lineage.code_commit() == lineage.Commit(commit.sha, dirty=True)

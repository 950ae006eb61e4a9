"""``dvc repro`` in a workspace of its own: what runs, what does not, and that the same parameters give the same model."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from ml.layout import STAGES, Layout
from ml.lineage import sha256_file
from ml.params import load_params
from ml.release import MODEL_FILE, verify

ROOT = Path(__file__).parents[2]
SMALL: Mapping[str, Mapping[str, Any]] = {
    "generate_data": {"slayers": 300, "interactions": 8000, "synthetic_weapons": 30, "new_weapons": 3},
    "train_recommender": {"rounds": 20},
    "evaluate": {"slayers": 50, "catalogue_sizes": [30], "catalogue_slayers": 5},
    "gate": {"rounds": 200, "slayers": 50},
}


class Workspace:
    """A copy of the pipeline under DVC, outside git, with few battles."""

    def __init__(self, root: Path) -> None:
        self.root = root / "pipeline"
        for package in ("hashiramart", "ml"):
            shutil.copytree(ROOT / package, self.root / package, ignore=shutil.ignore_patterns("__pycache__"))
        for note in ("data/snapshot/manifest.json", "data/champion/.gitignore", "dvc.yaml"):
            (self.root / note).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / note, self.root / note)
        (self.root / "model").mkdir()
        self._params: dict[str, Any] = yaml.safe_load((ROOT / "params.yaml").read_text(encoding="utf-8"))
        for section, values in SMALL.items():
            self.change(section, **values)
        (self.root / ".dvc").mkdir()
        (self.root / ".dvc" / "config").write_text(
            "[core]\n    no_scm = true\n    analytics = false\n    check_update = false\n", encoding="utf-8"
        )
        # Nobody answers there: the runs of a test are nobody's experiments, and a model is trained without them.
        mine = {"HASHIRA_HOME": str(root / "home"), "MLFLOW_TRACKING_URI": "http://127.0.0.1:9"}
        dvcs = {"DVC_SITE_CACHE_DIR": str(root / "site"), "DVC_GLOBAL_CONFIG_DIR": str(root / "global")}
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
        self._environment = {**os.environ, **mine, **dvcs, "PATH": path}

    def change(self, section: str, **values: Any) -> None:
        """Edit params.yaml."""
        self._params[section].update(values)
        (self.root / "params.yaml").write_text(yaml.safe_dump(self._params, sort_keys=False), encoding="utf-8")

    def repro(self, *arguments: str) -> list[str]:
        """The stages that ran, in order."""
        return re.findall(r"^Running stage '(\w+)'", self._dvc("repro", *arguments), re.MULTILINE)

    def outdated(self) -> list[str]:
        """The recommender's stages that would run again for their own sake, whatever the ones before them give."""
        return list(json.loads(self._dvc("status", "--json", "dvc.yaml")))

    def _dvc(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "dvc", *arguments],
            cwd=self.root,
            env=self._environment,
            capture_output=True,
            text=True,
            timeout=200,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    @property
    def model_hash(self) -> str:
        """Of the model's text."""
        return sha256_file(Layout(self.root).model / MODEL_FILE)


@pytest.mark.slow
def test_only_what_depends_on_a_change_runs_again_and_the_model_is_the_same_to_the_byte(tmp_path: Path) -> None:
    work = Workspace(tmp_path)
    assert work.repro() == list(STAGES)
    first, release = work.model_hash, verify(Layout(work.root).model)
    assert release.training.model_sha256 == first
    assert release.training.dvc_lock_sha256 is not None
    assert work.repro() == []

    work.change("gate", max_ece=0.5)
    assert work.repro() == ["gate", "deploy"]
    work.change("deploy", golden_rows=7)
    assert work.repro() == ["deploy"]
    assert len(verify(Layout(work.root).model).golden) == 7
    assert work.outdated() == []
    work.change("train_recommender", num_leaves=5)
    assert work.outdated() == ["train_recommender"]

    # From nothing, with the parameters of before.
    work.change("train_recommender", num_leaves=load_params().train_recommender.num_leaves)
    shutil.rmtree(Layout(work.root).model)
    assert work.repro("--force", "--single-item", "train_recommender") == ["train_recommender"]
    assert work.model_hash == first

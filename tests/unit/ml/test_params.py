from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from hashiramart.errors import SetupError
from ml.layout import STAGES
from ml.params import Params, default_params_path, load_params


def _written(tmp_path: Path, edit: dict[str, dict[str, object]]) -> Path:
    raw = yaml.safe_load(default_params_path().read_text(encoding="utf-8"))
    for section, values in edit.items():
        raw.setdefault(section, {}).update(values)
    path = tmp_path / "params.yaml"
    path.write_text(yaml.safe_dump(raw), encoding="utf-8")
    return path


def test_the_shipped_file_is_valid_and_has_a_section_for_every_stage() -> None:
    assert isinstance(load_params(), Params)
    assert set(STAGES) <= {field.alias or name for name, field in Params.model_fields.items()}


@pytest.mark.parametrize(
    ("edit", "named"),
    [
        ({"train_recommender": {"learning_rate": 0}}, "train_recommender.learning_rate"),
        ({"train_recommender": {"lerning_rate": 0.1}}, "train_recommender.lerning_rate"),
        ({"generate_data": {"slayers": "many"}}, "generate_data.slayers"),
        ({"generate_data": {"start": "yesterday"}}, "generate_data.start"),
        ({"generate_data": {"new_weapons": 200}}, "generate_data: .*new_weapons"),
        ({"gate": {"confidence": 1.0}}, "gate.confidence"),
        ({"deplyo": {"x": 1}}, "deplyo"),
    ],
)
def test_a_wrong_key_or_value_is_named(tmp_path: Path, edit: dict[str, dict[str, object]], named: str) -> None:
    with pytest.raises(SetupError, match=named):
        load_params(_written(tmp_path, edit))


@pytest.mark.parametrize("content", ["a: [", "", "just words"])
def test_a_file_that_is_no_mapping_is_refused_with_its_name(tmp_path: Path, content: str) -> None:
    path = tmp_path / "params.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(SetupError, match=r"params\.yaml"):
        load_params(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="nowhere"):
        load_params(tmp_path / "nowhere.yaml")

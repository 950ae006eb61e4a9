"""Small synthetic tables for the tests of the stages."""

from __future__ import annotations

import numpy as np

from ml.generate_data import make_interactions, make_slayers, make_weapons
from ml.params import load_params
from ml.sources import Source

SMALL = {"slayers": 120, "interactions": 3000, "synthetic_weapons": 20, "new_weapons": 3}


def source(name: str = "synthetic", seed: int = 1) -> Source:
    """A sound source; another seed gives other battles."""
    p = load_params().generate_data.model_copy(update={**SMALL, "seed": seed})
    rng = np.random.default_rng(p.seed)
    weapons, slayers = make_weapons(p, rng), make_slayers(p, rng)
    return Source(name, slayers, weapons, make_interactions(p, slayers, weapons, rng))

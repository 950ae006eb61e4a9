"""``python -m ml.artist.train.warm SETTINGS``: fill the compiler's cache for a run beside it; see ``denoiser.warm_up``."""

from __future__ import annotations

import json
import sys
from typing import Any

from ml.artist.train.denoiser import warm_up
from ml.artist.train.devices import prepare
from ml.artist.train.drawing import vocabularies
from ml.artist.train.settings import Settings

if __name__ == "__main__":
    told: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in json.loads(sys.argv[1]).items()
    }
    prepare()
    warm_up(Settings(**told), tuple(len(values) for values in vocabularies().values()))

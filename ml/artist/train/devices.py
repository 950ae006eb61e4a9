"""How torch is set up for a run; the same in every process of it, or the compiler's cache would not fit."""

from __future__ import annotations

import torch
import torch._dynamo


def prepare(name: str | None = None, threads: int = 2) -> torch.device:
    """The device to compute on: the one that is named, else CUDA where there is a GPU."""
    device = torch.device(name or ("cuda" if torch.cuda.is_available() else "cpu"))
    if device.type == "cpu":
        torch.set_num_threads(threads)
    torch._dynamo.config.suppress_errors = True  # what does not compile runs as it is
    torch.set_float32_matmul_precision("high")
    torch.backends.cudnn.benchmark = True
    return device

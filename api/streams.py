"""What every stream of events says to whatever lies between it and the client."""

from __future__ import annotations

UNBUFFERED = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
"""Headers of an answer that is to be passed on as it forms, and not to be kept."""

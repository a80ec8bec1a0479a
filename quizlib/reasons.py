"""Why the system refused something, in words."""

from __future__ import annotations


def reason_of(error: Exception) -> str:
    """Return what the system says of an error, in lower case as messages begin; else what the error says itself."""
    said: str | None = getattr(error, "strerror", None)
    return said.lower() if said else str(error)

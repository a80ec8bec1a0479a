"""The user's own folder, where there is one: a user without a name, as in some containers, has none."""

from __future__ import annotations

from pathlib import Path


def home() -> Path | None:
    """Return the user's own folder, None where it cannot be told."""
    try:
        return Path.home()
    except RuntimeError:
        return None


def private_folders() -> list[Path]:
    """Return the folders that are nobody's business: the working folder and the user's own."""
    return [folder for folder in (Path.cwd(), home()) if folder is not None]

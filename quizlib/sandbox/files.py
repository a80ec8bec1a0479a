"""The files of a program, as bytes and in a folder."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path


def encoded(text: str) -> bytes:
    """Return a text as UTF-8; a lone surrogate passes, since a program may hold one."""
    return text.encode("utf-8", "surrogatepass")


def lay_out(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files into a folder. Raises ValueError for a name that leads out of it, OSError as writing does."""
    for name, content in files.items():
        path = folder / name
        if not path.resolve().is_relative_to(folder.resolve()):
            raise ValueError(f"the file {name} would lie outside")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

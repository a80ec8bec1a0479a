"""Distributions with plugins, installed for the time of a test."""

from __future__ import annotations

import importlib
from pathlib import Path

from quizlib import plugins


def install(folder: Path, package: str, group: str, **modules: str) -> None:
    """Make a distribution in `folder`, which is on the path, whose entry point names a package of modules."""
    (folder / package).mkdir()
    (folder / package / "__init__.py").touch()
    for name, source in modules.items():
        (folder / package / f"{name}.py").write_text(source)
    information = folder / f"{package}-1.0.dist-info"
    information.mkdir()
    (information / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n")
    (information / "entry_points.txt").write_text(f"[{group}]\nmine = {package}\n")
    forget()


def forget() -> None:
    """Look for plugins anew."""
    plugins._builtin.cache_clear()
    plugins._outside.cache_clear()
    importlib.invalidate_caches()

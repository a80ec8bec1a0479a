"""What no report and no baseline is written over, be it named by mistake, and not only what was read in this run."""

from __future__ import annotations

import os
from pathlib import Path

import click

# Of what authors write; no report is in these.
_WRITTEN_BY_HAND = {".yaml", ".yml", ".toml"}


def refuse_for_a_report(path: Path, option: str) -> None:
    """Raise click.BadParameter where the path of a report is or leads to what may be a bank or a configuration.

    That goes by its name; what bears another one is taken for an older report.
    """
    if Path(os.path.realpath(path)).suffix.lower() in _WRITTEN_BY_HAND and path.exists():
        raise click.BadParameter(f"{str(path)!r} may be a bank or a configuration, and is no report", param_hint=option)


def refuse_for_a_baseline(path: Path, option: str) -> None:
    """Raise click.BadParameter where something else than a baseline stands at a path, or where its folder is not there.

    A folder that is not there is likely misspelt, and nothing would ever read the baseline in it.
    """
    from quizlib import baseline

    if not path.parent.exists():
        raise click.BadParameter(f"there is no folder {str(path.parent)!r}", param_hint=option)
    if path.exists() and not baseline.may_be_replaced(path):
        raise click.BadParameter(f"{str(path)!r} is there already, and is no baseline", param_hint=option)

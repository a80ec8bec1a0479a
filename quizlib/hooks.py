"""What pre-commit calls: a command of `quiz` with the files of a commit, of which those that are no banks are left out.

`python -I -m quizlib.hooks validate [OPTION…] FILE…`; without `-I`, Python would import what lies in the repository.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from quizlib.discovery import HEADER_FILE, SUFFIXES, looks_like_a_bank


def main(arguments: Sequence[str]) -> None:
    """Run a command of `quiz` on banks, and exit with its status; with 0 where no file is of one."""
    options, files = _parted(arguments)
    banks = [name for name in files if _is_of_a_bank(Path(name))]
    if not banks:
        sys.exit(0)
    from quizlib import cli

    cli.main([*options, "--", *banks])


def _parted(arguments: Sequence[str]) -> tuple[list[str], list[str]]:
    """Part arguments into the command with its options, and the files, which are the last ones."""
    start = len(arguments)
    while start > 1 and arguments[start - 1].endswith(SUFFIXES) and Path(arguments[start - 1]).is_file():
        start -= 1
    if start < len(arguments) and arguments[start - 1] in _with_a_value(arguments[0]):
        start += 1
    return list(arguments[:start]), list(arguments[start:])


def _with_a_value(command: str) -> set[str]:
    """Return the names of the options after which a value stands."""
    from quizlib.cli import group

    found = group.get_command(click.Context(group), command)
    options = [one for one in found.params if isinstance(one, click.Option)] if found else []
    return {name for option in options if not (option.is_flag or option.count) for name in option.opts}


def _is_of_a_bank(path: Path) -> bool:
    in_folder = any((folder / HEADER_FILE).is_file() for folder in path.parents)
    return in_folder or looks_like_a_bank(path)


if __name__ == "__main__":
    main(sys.argv[1:])

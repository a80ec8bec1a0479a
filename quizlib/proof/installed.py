"""What a runtime can import and link beside itself, by what can be seen of it without reading it.

Only the first level of each package folder is looked at: installing, upgrading and removing a package change a name or
a date there, and thousands of files below need not be visited. A file that is edited in place, deep inside a package
or in a folder that a `.pth` file names, is not noticed.
"""

from __future__ import annotations

import functools
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

LINKER_CACHE = Path("/etc/ld.so.cache")  # written anew whenever a shared library of the system comes, changes or goes
_PACKAGES = ("lib*/python*/*-packages", "Lib/site-packages")


@functools.cache
def installed(folders: tuple[str, ...]) -> str:
    """Return a digest of the packages in these folders of a runtime, and of the libraries that the system links.

    It is made once in a process: what is installed while programs run is noticed by the next one.
    """
    parts = [_seen(LINKER_CACHE.name, LINKER_CACHE)]
    for folder in folders:
        parts += _entries(folder)
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def _entries(folder: str) -> Iterator[str]:
    try:
        places = sorted(str(found) for pattern in _PACKAGES for found in Path(folder).glob(pattern))
    except OSError:
        return
    for place in places:
        yield place
        try:
            names = sorted(os.listdir(place))
        except OSError:
            continue
        # Python itself writes the folder of compiled modules, which changes nothing.
        yield from (_seen(name, os.path.join(place, name)) for name in names if name != "__pycache__")


def _seen(name: str, path: str | Path) -> str:
    try:
        status = os.stat(path)
    except OSError:
        return name
    return f"{name}/{status.st_mtime_ns}/{status.st_size}"

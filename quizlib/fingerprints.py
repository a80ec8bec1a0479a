"""What a diagnostic is known by when lines have moved: the same for the same fault, another for another.

A fingerprint is made of the code, the file, the question, and the text of the line without its indentation; never of
the line's number. The second of two that are alike in all this gets a number.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import PurePath

from quizlib.diagnostics import Diagnostic
from quizlib.source import Document

LENGTH = 32  # hexadecimal digits, 128 bits


def fingerprints(diagnostics: Sequence[Diagnostic], documents: Mapping[str, Document]) -> list[str]:
    """Return the fingerprint of each diagnostic, in their order; `documents` by the paths of the spans."""
    met: Counter[tuple[str, ...]] = Counter()
    found = []
    for diagnostic in diagnostics:
        span = diagnostic.span
        document = documents.get(span.path)
        line = document.line(span.line).strip() if document and span.line else ""
        parts = (diagnostic.code, PurePath(span.path).as_posix(), diagnostic.question or "", line)
        met[parts] += 1
        text = "\0".join((*parts, str(met[parts])))
        found.append(hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:LENGTH])
    return found

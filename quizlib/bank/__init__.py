"""Files to banks: found, read, checked against the schema, and lowered.

A file is a bank; a folder with a `bank.yaml` is one bank of several files. Every fault of every file
becomes a diagnostic, and what is sound is lowered all the same.
"""

from quizlib.bank.files import Folder, read_regular_file
from quizlib.bank.loaded import LoadedBank
from quizlib.bank.loading import load

__all__ = ["Folder", "LoadedBank", "load", "read_regular_file"]

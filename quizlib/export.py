"""Validated banks to files: exported in memory, and written whole or not at all."""

from __future__ import annotations

import contextlib
import dataclasses
import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from quizlib import plugins
from quizlib.bank import LoadedBank
from quizlib.content import image_paths
from quizlib.diagnostics import Diagnostic, Kind, Severity
from quizlib.model import Bank, Loss
from quizlib.plugins import Exporter, ExportOptions


class WriteError(Exception):
    """The files could not be written; none of them was."""


def export(loaded: LoadedBank, format: str, options: ExportOptions) -> tuple[dict[str, bytes], list[Diagnostic]]:
    """Export one bank. Returns its files by name, and what the format cannot hold.

    Raises quizlib.plugins.PluginError for a format that is not there, ValueError for a bank that has no
    header.
    """
    if loaded.bank is None or not loaded.bank.identifier:
        raise ValueError("a bank without a header cannot be exported")
    exporter = exporter_of(format)
    exported = exporter.export(_with_images(loaded, loaded.bank), options)
    return dict(exported.files), [_diagnostic(loaded, loss) for loss in exported.losses]


def exporter_of(format: str) -> Exporter:
    """Import the exporter of a format. Raises quizlib.plugins.PluginError."""
    exporter: Exporter = plugins.load("quizlib.exporters", format)
    return exporter


def write(files: Mapping[str, bytes], folder: Path) -> list[Path]:
    """Write all files into `folder`, which is made when it is not there; or none of them.

    Every file is written under another name first, and all are renamed at the end. Raises WriteError.
    """
    made = _missing_folders(folder)
    written: list[tuple[Path, Path]] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            target = folder / name
            if target.is_dir():
                raise IsADirectoryError(0, "a folder has the name of a file to be written", str(target))
            handle, temporary = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".part", dir=folder)
            written.append((Path(temporary), target))
            with open(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        mode = 0o666 & ~_umask()
        for temporary_path, _ in written:
            temporary_path.chmod(mode)
        for temporary_path, target in written:
            temporary_path.replace(target)
    except BaseException as error:
        for temporary_path, _ in written:
            with contextlib.suppress(OSError):
                temporary_path.unlink()
        for parent in made:
            with contextlib.suppress(OSError):
                parent.rmdir()
        if isinstance(error, OSError):
            where = f" ({error.filename})" if error.filename else ""
            raise WriteError(f"nothing was written: {(error.strerror or str(error)).lower()}{where}") from error
        raise
    return [target for _, target in written]


def _with_images(loaded: LoadedBank, bank: Bank) -> Bank:
    from quizlib.rules.missing_image import texts

    images: dict[str, bytes] = {}
    for _, text, _ in texts(bank):
        for path in image_paths(text, sanitize_html=bank.sanitize_html):
            if path not in images and loaded.folder.problem(path) is None:
                with contextlib.suppress(OSError):
                    images[path] = loaded.folder.read(path)
    return dataclasses.replace(bank, images=images)


def _diagnostic(loaded: LoadedBank, loss: Loss) -> Diagnostic:
    kind = Kind(loss.kind.value, loss.kind.rule, Severity.WARNING)
    return Diagnostic.of(kind, loaded.locate(loss.place), loss.message, help=loss.help, question=loss.item)


def _missing_folders(folder: Path) -> Sequence[Path]:
    """Return the folders that will be made, the innermost first."""
    missing = []
    for path in (folder, *folder.parents):
        if path.exists():
            break
        missing.append(path)
    return missing


def _umask() -> int:
    umask = os.umask(0)
    os.umask(umask)
    return umask

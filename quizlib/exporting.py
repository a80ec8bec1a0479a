"""Validated banks to files: exported in memory, and written whole or not at all."""

from __future__ import annotations

import contextlib
import dataclasses
import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from quizlib import plugins
from quizlib.bank import LoadedBank
from quizlib.content import image_paths
from quizlib.diagnostics import Diagnostic, Finding, Kind, Severity
from quizlib.model import Bank, Loss
from quizlib.model.texts import texts
from quizlib.plugins import Exporter, ExportOptions, FragmentExporter, SiteExporter
from quizlib.reasons import reason_of
from quizlib.variants import merged


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
    write = exporter.export
    if options.embed and isinstance(exporter, FragmentExporter):
        write = exporter.export_fragment
    exported = write(with_images(loaded, loaded.bank), options)
    return dict(exported.files), merged(_diagnostic(loaded, loss) for loss in exported.losses)


def export_together(
    banks: Sequence[LoadedBank], format: str, options: ExportOptions
) -> tuple[dict[str, bytes], list[Diagnostic]]:
    """Export what belongs to all of several banks, of which each has been exported by `export`.

    Raises quizlib.plugins.PluginError.
    """
    exporter: SiteExporter = plugins.load("quizlib.exporters", format)
    exported = exporter.export_site([loaded.bank for loaded in banks if loaded.bank], options)
    owners = {path: loaded for loaded in banks for path in loaded.paths}
    return dict(exported.files), [_diagnostic(owners[loss.place.path], loss) for loss in exported.losses]


def exporter_of(format: str) -> Exporter:
    """Import the exporter of a format. Raises quizlib.plugins.PluginError."""
    exporter: Exporter = plugins.load("quizlib.exporters", format)
    return exporter


def write(files: Mapping[str, bytes], folder: Path) -> list[Path]:
    """Write all files into `folder`, which is made when it is not there; or none of them.

    Every file is written under another name first, and all are renamed at the end; a file that is replaced is kept
    until then. Raises WriteError.
    """
    for name in files:
        if Path(name).name != name:
            raise WriteError(f"nothing was written: {name!r} is not the name of a file")
    if "\0" in str(folder):
        raise WriteError("nothing was written: a null character is in no name of a folder")
    made = _missing_folders(folder)
    work: list[Path] = []  # what is to be removed, come what may
    replaced: list[tuple[Path, Path | None]] = []  # a file that was written, and the one that stood there
    try:
        folder.mkdir(parents=True, exist_ok=True)
        written = [(_written(folder / name, content, work), folder / name) for name, content in files.items()]
        for temporary, target in written:
            kept = _kept(target, work)
            temporary.replace(target)
            replaced.append((target, kept))
    except BaseException as error:
        for target, kept in reversed(replaced):
            with contextlib.suppress(OSError):
                os.replace(kept, target) if kept else target.unlink()
        _remove(work)
        for parent in made:
            with contextlib.suppress(OSError):
                parent.rmdir()
        if isinstance(error, OSError):
            where = f" ({error.filename})" if error.filename else ""
            raise WriteError(f"nothing was written: {reason_of(error)}{where}") from error
        raise
    _remove(work)
    return [target for _, target in written]


def _written(target: Path, content: bytes, work: list[Path]) -> Path:
    """Write a file beside its target, to the disk, with the permissions of any new file."""
    if target.is_dir():
        raise IsADirectoryError(0, "a folder has the name of a file to be written", str(target))
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent)
    work.append(Path(name))
    with open(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    Path(name).chmod(0o666 & ~_umask())
    return Path(name)


def _kept(target: Path, work: list[Path]) -> Path | None:
    """Keep the file that stands at `target` under another name, until all are replaced."""
    if not target.exists():
        return None
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".old", dir=target.parent)
    kept = Path(name)
    work.append(kept)
    with open(handle, "wb") as copy, target.open("rb") as file:
        shutil.copyfileobj(file, copy)
    shutil.copystat(target, kept)
    return kept


def _remove(paths: Sequence[Path]) -> None:
    for path in paths:
        with contextlib.suppress(OSError):
            path.unlink()


def with_images(loaded: LoadedBank, bank: Bank) -> Bank:
    """Return the bank with the images of all its texts, as far as they can be read."""
    images: dict[str, bytes] = {}
    for _, text, _ in texts(bank):
        for path in image_paths(text, sanitize_html=bank.sanitize_html):
            if path not in images and loaded.folder.problem(path) is None:
                with contextlib.suppress(OSError):
                    images[path] = loaded.folder.read(path)
    return dataclasses.replace(bank, images=images)


def _diagnostic(loaded: LoadedBank, loss: Loss) -> Diagnostic:
    kind = Kind(loss.kind.value, loss.kind.rule, Severity.WARNING)
    return loaded.diagnostic(kind, Finding(loss.place, loss.message, loss.help), loss.item)


def _missing_folders(folder: Path) -> Sequence[Path]:
    """Return the folders that will be made, the innermost first."""
    missing = []
    for path in (folder, *folder.parents):
        if os.path.exists(path):  # False where a name is too long, which making the folder says
            break
        missing.append(path)
    return missing


def _umask() -> int:
    umask = os.umask(0)
    os.umask(umask)
    return umask

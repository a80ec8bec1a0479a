"""The public functions: validate banks, load them, export them. What they promise stands in docs/python-api.md."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypedDict, Unpack, get_args

from quizlib import arguments
from quizlib.bank import load as load_bank
from quizlib.configuration import Overrides
from quizlib.diagnostics import Diagnostic, Persona, Severity, printable
from quizlib.discovery import find
from quizlib.model import Bank
from quizlib.parts import Shard
from quizlib.plugins import Exporter, ExportOptions, FragmentExporter, SiteExporter
from quizlib.validation import Isolation, Settings
from quizlib.validation import validate as validate_paths

if TYPE_CHECKING:
    from quizlib.validation import Report

AnyPath = str | os.PathLike[str]
_MENTIONED = 3  # diagnostics in the message of an exception; all are in the exception itself


class Options(TypedDict, total=False):
    """What may be asked of a validation, by keyword.

    `exclude`: patterns of files and folders below the paths to be left out, such as `banks/broken` or `*.draft.yaml`.
    `run`: whether programs are run and equations evaluated (default True). `isolation`: the least that programs are
    contained with, "strict" (the default), "best-effort" or "none"; where it cannot be had, none is started, and that
    is an error of the bank. `cache`: whether results of earlier runs are used and kept in the user's cache folder
    (default False). `require_languages`: whether a language or a runtime that is not installed is an error instead of
    a warning (default False). `jobs`: the number of programs that run side by side (default: one per core).
    `changed_since`: a revision of git; only banks that have changed since are read. `shard`: such as "2/5"; only this
    part of the questions is proved and reported. `select`, `ignore`, `persona` ("default" or "pedantic"), `config` (a
    file) and `baseline` (a file) count instead of what the banks' configuration says; with `config` False none is read.
    """

    exclude: AnyPath | Iterable[AnyPath]
    run: bool
    isolation: Isolation
    cache: bool
    require_languages: bool
    jobs: int | None
    changed_since: str | None
    shard: str | None
    select: Iterable[str]
    ignore: Iterable[str]
    persona: Persona | None
    config: AnyPath | Literal[False] | None
    baseline: AnyPath | None


class BankError(Exception):
    """Banks have errors, and are refused. `diagnostics` are all that was found, warnings too, in order of place."""

    def __init__(self, message: str, diagnostics: Sequence[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        super().__init__(message)

    @classmethod
    def of(cls, diagnostics: Sequence[Diagnostic]) -> BankError:
        """Name the first errors."""
        errors = [found for found in diagnostics if found.severity is Severity.ERROR]
        places = [
            printable(f"{found.span.path}:{found.span.line}:{found.span.column}: {found.message}")
            for found in errors[:_MENTIONED]
        ]
        more = [f"and {len(errors) - _MENTIONED} more"] if len(errors) > _MENTIONED else []
        count = f"{len(errors)} error{'' if len(errors) == 1 else 's'}"
        return cls("\n".join([f"{count} in the banks", *places, *more]), diagnostics)


@dataclasses.dataclass(frozen=True)
class Export:
    """What was exported: files by name, what the formats cannot hold, and where files were written, if they were."""

    files: Mapping[str, bytes]
    losses: tuple[Diagnostic, ...]
    paths: tuple[Path, ...] = ()


def validate(paths: AnyPath | Iterable[AnyPath], **options: Unpack[Options]) -> Report:
    """Check banks and prove their answer keys, as `quiz validate` does.

    `paths` is a bank's file, a folder to be searched for banks, or several of them; for the options see `Options`.
    What is wrong with banks is never raised: it is in `Report.diagnostics`, in the order of files and lines.

    Raises ValueError for options that mean nothing, TypeError for paths that are none and for options of another type,
    and quizlib.ChangesError.
    """
    return validate_paths(_paths(paths), _settings(options))


def load(paths: AnyPath | Iterable[AnyPath], *, exclude: AnyPath | Iterable[AnyPath] = ()) -> tuple[Bank, ...]:
    """Read banks. Nothing is linted and no program is run.

    Raises BankError when a bank cannot be read in full: an error of a file or of a question. Raises TypeError for
    paths that are none.
    """
    found, diagnostics = find(_paths(paths), arguments.texts("exclude", exclude, paths=True))
    loaded = [load_bank(files) for files in found]
    diagnostics += [diagnostic for bank in loaded for diagnostic in bank.diagnostics]
    if any(diagnostic.severity is Severity.ERROR for diagnostic in diagnostics):
        raise BankError.of(sorted(diagnostics, key=lambda diagnostic: diagnostic.order))
    return tuple(bank.bank for bank in loaded if bank.bank is not None)


def export(
    paths: AnyPath | Iterable[AnyPath],
    to: str | Iterable[str],
    *,
    output: AnyPath | None = None,
    strict: bool = False,
    with_key: bool = True,
    title: str | None = None,
    embed: bool = False,
    **options: Unpack[Options],
) -> Export:
    """Validate banks and export them to one format or several ("html", "moodle_xml", "json"), as `quiz export` does.

    With `output`, a folder, the files are written into it, all of them or none. With `strict`, what a format cannot
    hold is refused instead of listed in `Export.losses`. `with_key` False leaves out keys, feedback and solutions;
    `title` is that of the index, where several banks make a site; `embed` makes fragments for other pages.

    Raises BankError when any bank is refused; then nothing is written. Raises PluginError for a format that is not
    there, WriteError when the files cannot be written, ValueError for what the formats cannot do and for options that
    mean nothing, TypeError for paths that are none and for options of another type, and quizlib.ChangesError.
    """
    from quizlib.site import export_all

    formats = [format.replace("-", "_") for format in arguments.texts("to", to)]
    folder = None if output is None else Path(arguments.path("output", output))
    wanted = _export_options(formats, ExportOptions(with_key=with_key, title=title, embed=embed))
    if options.get("shard") is not None:
        raise ValueError("shard: a part of a bank cannot be exported")
    report = validate(paths, **options)
    if report.errors:
        raise BankError.of(report.diagnostics)
    made = export_all(report.banks, formats, wanted, strict=strict)
    losses = (*(loss for outcome in made.outcomes for loss in outcome.losses), *made.losses)
    for outcome in made.outcomes:
        if outcome.refusal:
            raise BankError(printable(f"{outcome.loaded.name} is refused, since {outcome.refusal}"), losses)
    if strict and losses:
        raise BankError("something would be lost", losses)
    return Export(made.files, losses, _written(made.files, folder))


def _written(files: Mapping[str, bytes], folder: Path | None) -> tuple[Path, ...]:
    from quizlib.exporting import write

    return tuple(write(files, folder)) if folder is not None else ()


def _export_options(formats: Sequence[str], options: ExportOptions) -> ExportOptions:
    """Check what is asked of formats. Raises PluginError and ValueError."""
    from quizlib.exporting import exporter_of

    if not formats:
        raise ValueError("no format is given")
    exporters: list[Exporter] = [exporter_of(format) for format in formats]
    if not options.with_key and not all(exporter.CAN_OMIT_KEY for exporter in exporters):
        raise ValueError("with_key: not every one of these formats can be written without keys")
    if options.embed and not any(isinstance(exporter, FragmentExporter) for exporter in exporters):
        raise ValueError("embed: none of these formats can be embedded in a page")
    if options.title is not None and (options.embed or not any(isinstance(one, SiteExporter) for one in exporters)):
        raise ValueError("title: there is no index to be titled")
    return options


def _settings(options: Options) -> Settings:
    """Turn keywords into settings. Raises ValueError and TypeError."""
    values = dict(options)
    unknown = values.keys() - Options.__annotations__.keys()
    if unknown:
        raise TypeError(f"unknown options: {', '.join(sorted(unknown))}")
    if options.get("isolation", "strict") not in get_args(Isolation):
        raise ValueError(f"isolation: one of {', '.join(get_args(Isolation))}")
    for name in options.keys() & {"run", "cache", "require_languages"}:
        arguments.truth(name, values[name])
    arguments.count("jobs", options.get("jobs"))
    arguments.text("changed_since", options.get("changed_since"))
    values["exclude"] = arguments.texts("exclude", options.get("exclude", ()), paths=True)
    values["shard"] = _shard(arguments.text("shard", options.get("shard")))
    for name in ("select", "ignore", "persona", "config", "baseline"):
        values.pop(name, None)
    return Settings(overrides=_overrides(options), **values)  # type: ignore[arg-type]  # each was checked above


def _shard(text: str | None) -> Shard | None:
    try:
        return Shard.parse(text) if text is not None else None
    except ValueError as error:
        raise ValueError(f"shard: {error}") from None


def _overrides(options: Options) -> Overrides:
    """Return what counts instead of the configuration. Raises ValueError."""
    from quizlib.configuration_keys import not_ignorable, not_selectable

    select, ignore = (arguments.texts(name, options.get(name, ())) for name in ("select", "ignore"))
    for option, names, refused in (("select", select, not_selectable), ("ignore", ignore, not_ignorable)):
        for name in names:
            if problem := refused(name):
                raise ValueError(printable(f"{option}: {'; '.join(problem)}"))
    persona = options.get("persona")
    if persona is not None and persona not in get_args(Persona):
        raise ValueError(f"persona: one of {', '.join(get_args(Persona))}")
    config = options.get("config")
    file = _file("config", None if config is False else config)
    return Overrides(select, ignore, persona, file, config is not False, _file("baseline", options.get("baseline")))


def _file(name: str, value: object) -> str | None:
    """Return the path of a file that is there. Raises TypeError and ValueError."""
    if value is None:
        return None
    path = arguments.path(name, value)
    if not os.path.isfile(path):
        raise ValueError(printable(f"{name}: there is no such file: {path!r}"))
    return path


def _paths(paths: AnyPath | Iterable[AnyPath]) -> list[str]:
    if isinstance(paths, str | bytes | os.PathLike) or not isinstance(paths, Iterable):
        return [arguments.path("paths", paths)]
    names = [arguments.path("paths", path) for path in paths]
    if not names:
        raise ValueError("no path is given")
    return names

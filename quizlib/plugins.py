"""What a plugin is, and how plugins are found.

An entry point names a *package*; every public module or folder in it is one plugin, known by its name.
The packages that ship with quizlib are listed here, so that finding them costs nothing; those of other
distributions are looked up in `importlib.metadata` only when a name is unknown or all are asked for. A
plugin is imported when it is used, not before.
"""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import importlib
import importlib.util
import os
import pkgutil
import re
import sys
from collections.abc import Collection, Iterator, Sequence
from types import ModuleType
from typing import TYPE_CHECKING, Literal, Protocol, runtime_checkable

from quizlib.diagnostics import Finding, Kind

if TYPE_CHECKING:
    from quizlib.model import Bank, Exported, Item

Group = Literal["quizlib.questions", "quizlib.rules", "quizlib.exporters", "quizlib.languages"]

_BUILTIN: dict[Group, str] = {
    "quizlib.questions": "quizlib.questions",
    "quizlib.rules": "quizlib.rules",
    "quizlib.exporters": "quizlib_exporters",
    "quizlib.languages": "quizlib.languages",
}


class PluginError(Exception):
    """A plugin is missing, is there twice, or cannot be imported."""


class UnknownPluginError(PluginError):
    """No plugin has this name. `known` are the names there are."""

    def __init__(self, group: Group, name: str, known: Sequence[str]) -> None:
        self.known = known
        super().__init__(f"no plugin of {group} is named {name!r}")


class Rule(Protocol):
    """A lint rule: a module whose docstring is its manual page and its test.

    `check` yields what it finds in one bank. `files` answers whether a path written in the bank leads to
    a file that the bank may use. A rule that looks at English words, and is silent about banks in other languages, has
    `ENGLISH_ONLY = True` besides.
    """

    KIND: Kind

    def check(self, bank: Bank, files: Files) -> Iterator[tuple[Item | None, Finding]]:
        """Yield each finding with the item that it concerns."""
        ...


class Files(Protocol):
    """The files beside a bank, as far as a rule may ask about them."""

    def problem(self, path: str) -> str | None:
        """Say in a teacher's words why `path` cannot be used, or None when it can."""
        ...


@dataclasses.dataclass(frozen=True, slots=True)
class Template:
    """A user's own file in place of one that an exporter ships: which one, where it stands, and its text.

    `path` is shown in messages, and is never opened by the exporter.
    """

    name: str
    path: str
    text: str


class TemplateError(Exception):
    """A template of the user's cannot be used. `line` counts from 1, and is 0 where the whole file is meant."""

    def __init__(self, path: str, line: int, message: str) -> None:
        self.path, self.line, self.message = path, line, message
        super().__init__(f"{path}:{line}: {message}" if line else f"{path}: {message}")


@dataclasses.dataclass(frozen=True, slots=True)
class ExportOptions:
    """What a user may ask of exporters.

    `with_key`: keys, feedback and solutions are included. `site`: the bank is one of several that are exported
    together, and `export_site` will be called for all of them. `title` is that of the site. `templates` replace
    those of the exporter. `embed`: a `FragmentExporter` writes fragments for other pages, in place of files of its own.
    """

    with_key: bool = True
    site: bool = False
    title: str | None = None
    templates: tuple[Template, ...] = ()
    embed: bool = False


class Exporter(Protocol):
    """An exporter: a package that turns a bank into files, in memory, and never touches the disk.

    `SUMMARY` is one line for the help. `CAN_OMIT_KEY` says whether `ExportOptions.with_key` may be False. An
    exporter may be a `SiteExporter`, a `FragmentExporter` and a `TemplateExporter` besides.
    """

    SUMMARY: str
    CAN_OMIT_KEY: bool

    def export(self, bank: Bank, options: ExportOptions) -> Exported:
        """Write the bank. Equal banks give equal bytes."""
        ...


@runtime_checkable
class SiteExporter(Protocol):
    """An exporter that writes more than the files of each bank where several are exported together.

    Its `export` must name no file of a bank as `export_site` names one, when `ExportOptions.site` is set.
    """

    def export_site(self, banks: Sequence[Bank], options: ExportOptions) -> Exported:
        """Write what belongs to all banks, such as an index. Banks come in the order in which they were found."""
        ...


@runtime_checkable
class FragmentExporter(Protocol):
    """An exporter that can write a bank as a fragment for somebody else's page."""

    def export_fragment(self, bank: Bank, options: ExportOptions) -> Exported:
        """Write the fragment and what it needs. A file that banks share is the same for each of them."""
        ...


@runtime_checkable
class TemplateExporter(Protocol):
    """An exporter some of whose files a user may replace by `ExportOptions.templates`."""

    def template_names(self) -> Collection[str]:
        """Return the names of the files that may be replaced."""
        ...

    def check_templates(self, templates: tuple[Template, ...]) -> None:
        """Raise TemplateError for the first that cannot be read. What fails later raises it while exporting."""
        ...


@dataclasses.dataclass(frozen=True, slots=True)
class Runtime:
    """An interpreter or compiler that is installed here.

    `name` is how authors and reports call it (`python3.11`), `version` decides with it what a program prints
    (`3.11.7`), `executable` is an absolute path, and `reads` are the folders that it needs besides the
    system's own.
    """

    name: str
    version: str
    executable: str
    reads: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class Variation:
    """What may differ between two runs of a program, and must not show in what it prints."""

    hash_seed: int
    time_zone: str
    locale: str


class Language(Protocol):
    """A programming language: how its programs are started, on which runtimes.

    `SUFFIX` is the file name ending of a program. `PROBE` is a program that prints `PROBE_OUTPUT` when
    the language works here. `INSTALL` says in a few words how to get it. `PROCESSES` is how many processes
    a program may start unasked, and `MEMORY` what the limit on memory counts. `WARM` says that `command` is
    a CPython interpreter, its flags, and the program. A language whose runtimes are not called by its own
    name and a version has `RUNTIMES` besides, a regular expression that their names match.
    """

    SUFFIX: str
    PROBE: str
    PROBE_OUTPUT: str
    INSTALL: str
    PROCESSES: int
    MEMORY: Literal["address_space", "data"]
    WARM: bool

    def runtime(self, name: str | None) -> Runtime | None:
        """Return the runtime of that name, or the default one; None when it is not installed."""
        ...

    def preparation(self, runtime: Runtime, program_file: str) -> tuple[tuple[str, ...], ...]:
        """Return the commands that must have run before, such as a compiler."""
        ...

    def command(self, runtime: Runtime, program_file: str) -> tuple[str, ...]:
        """Return the command that runs the program; arguments of the program may follow it."""
        ...

    def environment(self, variation: Variation) -> dict[str, str]:
        """Return the environment that its programs get, and nothing else."""
        ...

    def ending(self, stderr: str) -> str | None:
        """Return the exception's last line, such as `KeyError: 'x'`, when stderr shows one."""
        ...


def is_runtime_of(language: str, name: str) -> bool:
    """Whether a runtime's name belongs to a language by its form, installed or not: `python3.11` to `python`."""
    pattern = rf"{re.escape(language)}[\d.]*"
    with contextlib.suppress(PluginError):
        pattern = getattr(load("quizlib.languages", language), "RUNTIMES", pattern)
    return re.fullmatch(pattern, name) is not None


def names(group: Group) -> list[str]:
    """Return the names of all plugins of a group, sorted.

    Raises PluginError when two plugins have the same name, or a package of plugins is none.
    """
    known, failures = found(group)
    if failures:
        raise PluginError(failures[0])
    return known


def found(group: Group) -> tuple[list[str], tuple[str, ...]]:
    """Return the names of all plugins of a group, sorted, and what is wrong with packages that have none.

    Raises PluginError when two plugins have the same name.
    """
    outside, failures = _outside(group)
    return sorted({**_builtin(group), **outside}), failures


def load(group: Group, name: str) -> ModuleType:
    """Import the plugin `name` of a group.

    Raises UnknownPluginError when there is none, PluginError when its import fails.
    """
    module = _builtin(group).get(name) or _outside(group)[0].get(name)
    if module is None:
        raise UnknownPluginError(group, name, names(group))
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise PluginError(f"the plugin {module} cannot be imported: {error}") from error


@functools.cache
def _builtin(group: Group) -> dict[str, str]:
    return _modules(_BUILTIN[group])


@functools.cache
def _outside(group: Group) -> tuple[dict[str, str], tuple[str, ...]]:
    found: dict[str, str] = {}
    failures = []
    builtin = _builtin(group)
    for package in _outside_packages(group):
        try:
            modules = _modules(package)
        except PluginError as error:
            failures.append(str(error))
            continue
        for name, module in modules.items():
            if name in builtin or name in found:
                other = builtin.get(name) or found[name]
                raise PluginError(f"two plugins of {group} are named {name!r}: {other} and {module}")
            found[name] = module
    return found, tuple(failures)


def _modules(package: str) -> dict[str, str]:
    try:
        spec = importlib.util.find_spec(package)
    except ImportError:
        spec = None
    except (Exception, SystemExit) as error:  # whatever the packages do in which it lies
        raise PluginError(f"the plugin package {package} cannot be imported: {type(error).__name__}") from error
    if spec is None:
        raise PluginError(f"the plugin package {package} is not installed")
    if spec.submodule_search_locations is None:
        raise PluginError(f"the entry point {package} is a module, and a package is expected whose modules are plugins")
    return {
        module.name: f"{package}.{module.name}"
        for module in pkgutil.iter_modules(spec.submodule_search_locations)
        if not module.name.startswith("_")
    }


def _outside_packages(group: Group) -> list[str]:
    if not _some_distribution_declares(group):
        return []
    from importlib import metadata  # slow to import, and seldom needed

    packages = {point.value for point in metadata.entry_points(group=group)}
    return sorted(packages - {_BUILTIN[group]})


def _some_distribution_declares(group: Group) -> bool:
    """Look for the group's name in the entry points of all distributions but our own."""
    for folder in sys.path:
        try:
            entries = list(os.scandir(folder or "."))
        except OSError:
            continue
        for entry in entries:
            if not entry.name.endswith((".dist-info", ".egg-info")) or entry.name.startswith("quizlib-"):
                continue
            try:
                with open(os.path.join(entry.path, "entry_points.txt"), encoding="utf-8") as file:
                    if f"[{group}]" in file.read():
                        return True
            except (OSError, UnicodeDecodeError):
                continue
    return False

"""Files to banks: found, read, checked against the schema, and lowered.

A file is a bank; a folder with a `bank.yaml` is one bank of several files. Every fault of every file
becomes a diagnostic, and what is sound is lowered all the same.
"""

from __future__ import annotations

import dataclasses
import functools
import gc
import os
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from quizlib import plugins
from quizlib.diagnostics import Diagnostic, Finding, Fix, Kind, Place, Repair, Severity, Span, Variant
from quizlib.discovery import BankFiles
from quizlib.model import Bank, Item
from quizlib.source import Document, read
from quizlib.variants import merged
from quizlib.yaml_events import Node

if TYPE_CHECKING:
    from quizlib.authoring.header import Header
    from quizlib.authoring.question import Lowering, Question
    from quizlib.authoring.repairs import Identifiers

UNREADABLE = Kind("QZ001", "unreadable-file")
WRONG_SHAPE = Kind("QZ013", "wrong-type")
UNKNOWN_TYPE = Kind("QZ015", "unknown-question-type")
FORMAT_VERSION = Kind("QZ016", "unsupported-format")
NO_FILE = Kind("QZ018", "missing-file")
DUPLICATE_ID = Kind("QZ501", "duplicate-id")
NO_QUESTIONS = Kind("QZ504", "no-questions", Severity.WARNING)

MAX_FILE_BYTES = 10_000_000


class Folder:
    """The files that a bank may use: those in its own folder, and no link that leads out of it."""

    def __init__(self, root: Path) -> None:
        self._root = root

    @property
    def root(self) -> Path:
        """The bank's own folder."""
        return self._root

    def problem(self, path: str) -> str | None:
        """Say why `path` cannot be used, or None when it can."""
        try:
            file = self._resolved(path)
            status = file.stat()
        except (OSError, RuntimeError) as error:  # RuntimeError: a loop of links, before Python 3.13
            return f"`{path}` cannot be read: {_reason(error)}"
        except ValueError as error:
            return f"`{path}` {error}"
        if not stat.S_ISREG(status.st_mode):
            return f"`{path}` is not a file"
        if not os.access(file, os.R_OK):
            return f"`{path}` cannot be read: permission denied"
        if status.st_size > MAX_FILE_BYTES:
            return f"`{path}` has {status.st_size / 1e6:.0f} MB, and {MAX_FILE_BYTES / 1e6:.0f} MB is the most"
        return None

    def read(self, path: str) -> bytes:
        """Return the content of a file of which `problem` says that it can be used. Raises OSError."""
        return read_regular_file(self._resolved(path), MAX_FILE_BYTES)

    def _resolved(self, path: str) -> Path:
        if not path or "\0" in path:
            raise ValueError("is not the path of a file")
        if path.startswith(("/", "\\")) or Path(path).is_absolute() or ":" in path:
            raise ValueError("is an absolute path; write it relative to the bank")
        root = self._root.resolve()
        file = (root / path.replace("\\", "/")).resolve()
        if not file.is_relative_to(root):
            raise ValueError("leads out of the bank's folder")
        return file


@dataclasses.dataclass(frozen=True)
class LoadedBank:
    """A bank, what is wrong with its files, and where everything in it stands.

    `bank` is None when not even its header can be read. `refused` counts the questions that could not be
    lowered; their faults are among the diagnostics. `paths` are all its files, those that cannot be read too.
    `variants` tells which items are variants of a question with parameters.
    """

    name: str
    bank: Bank | None
    diagnostics: tuple[Diagnostic, ...]
    documents: dict[str, Document]
    folder: Folder
    refused: int = 0
    paths: tuple[str, ...] = ()
    variants: Mapping[str, Variant] = dataclasses.field(default_factory=dict)

    @property
    def questions(self) -> int:
        """The number of questions, the refused ones included."""
        return self.refused + (len(self.bank.items) if self.bank else 0)

    def diagnostic(self, kind: Kind, finding: Finding, question: str | None = None) -> Diagnostic:
        """Look up the place of a finding. What would repair it is turned into edits when somebody asks for the fix."""
        return Diagnostic.of(
            kind,
            self.locate(finding.place),
            finding.message,
            help=finding.help,
            question=question,
            related=tuple(map(self.locate, finding.related)),
            variant=self.variants.get(question or ""),
            fix=functools.partial(self._fix, finding.repair) if finding.repair else None,
        )

    def _fix(self, repair: Repair) -> Fix | None:
        from quizlib import editing  # not needed where no fix is asked for

        document = self.documents.get(repair.changes[0].place.path) if repair.changes else None
        return editing.fix(document, repair) if document else None

    def locate(self, place: Place) -> Span:
        """Return the lines and columns of a place in one of the bank's documents."""
        document = self.documents.get(place.path)
        return document.span(place) if document else Span(place.path)


def load(files: BankFiles, contents: Mapping[str, bytes] = MappingProxyType({})) -> LoadedBank:
    """Read the files of one bank, check them and lower their questions. Never raises for bad input.

    `contents` are what some files are taken to hold, by the paths as the user knows them, instead of what they hold.
    """
    collecting = gc.isenabled()
    gc.disable()  # a large bank is many small objects, none of them garbage
    try:
        return _Loading(files, contents).run()
    finally:
        if collecting:
            gc.enable()


class _Loading:
    """One bank on its way from files to items."""

    def __init__(self, files: BankFiles, contents: Mapping[str, bytes]) -> None:
        self._files = files
        self._contents = contents
        self._documents: dict[str, Document] = {}
        self._diagnostics: list[Diagnostic] = []
        self._folder = Folder(files.root)
        self._seen: dict[str, Place] = {}
        self._refused = 0
        self._variants: dict[str, Variant] = {}
        self._variant: Variant | None = None  # that is being lowered

    def run(self) -> LoadedBank:
        header: Header | None = None
        questions: list[tuple[Place, Node]] = []
        for index, (shown_path, path) in enumerate(self._files.paths):
            document = self._read(shown_path, path)
            if document is None:
                continue
            mapping = self._mapping(document)
            if mapping is None:
                continue
            if index == 0:
                header = self._header(mapping, Place(shown_path))
            else:
                self._part(mapping, Place(shown_path))
            questions += self._questions(mapping, Place(shown_path))
        items = tuple(item for place, data in questions for item in self._items(place, data, header))
        bank = self._bank(header, items)
        return LoadedBank(
            self._files.paths[0][0],
            bank,
            tuple(merged(self._diagnostics)),
            self._documents,
            self._folder,
            self._refused,
            tuple(shown_path for shown_path, _ in self._files.paths),
            self._variants,
        )

    def _read(self, shown_path: str, path: Path) -> Document | None:
        try:
            if not self._files.named and not path.resolve().is_relative_to(self._files.root.resolve()):
                raise OSError("the link leads out of the bank's folder")
            content = self._contents[shown_path] if shown_path in self._contents else read_regular_file(path)
        except (OSError, RuntimeError) as error:  # RuntimeError: a loop of links, before Python 3.13
            message = f"the file cannot be read: {_reason(error)}"
            self._diagnostics.append(Diagnostic.of(UNREADABLE, Span(shown_path), message))
            return None
        document, diagnostics = read(shown_path, content)
        self._diagnostics += diagnostics
        if document is not None:
            self._documents[shown_path] = document
        return document if document is not None and document.data is not None else None

    def _mapping(self, document: Document) -> dict[str, Node] | None:
        if isinstance(document.data, dict):
            return document.data
        found = "a list" if isinstance(document.data, list) else "a text"
        message = f"a bank is a mapping of keys to values, and this file holds {found}"
        self._report(WRONG_SHAPE, Finding(Place(document.path), message, "start with `format: 1`"))
        return None

    def _header(self, mapping: dict[str, Node], place: Place) -> Header | None:
        from quizlib.authoring.faults import checked
        from quizlib.authoring.header import Header
        from quizlib.authoring.repairs import Identifiers, format_added

        version = mapping.get("format")
        if isinstance(version, str) and version.isdecimal() and version != "1":
            help = "this version of quizlib reads format 1"
            self._report(FORMAT_VERSION, Finding(place.at("format"), f"the format {version} is not known", help))
            mapping = {**mapping, "format": "1"}
        header, findings = checked(Header, {key: mapping[key] for key in mapping if key != "questions"}, place)
        named = [(kind, Identifiers(()).repaired(kind, finding, mapping, place)) for kind, finding in findings]
        self._report_all([(kind, format_added(kind, finding, place)) for kind, finding in named])
        return header

    def _part(self, mapping: dict[str, Node], place: Place) -> None:
        """Check a further file of a folder: it holds questions and at most says its format."""
        from quizlib.authoring.faults import UNKNOWN_KEY, did_you_mean, renamed

        for key in mapping:
            if key not in ("questions", "format"):
                meant = did_you_mean(key, ["questions"])
                help = "did you mean `questions`?" if meant else "the bank's own fields stand in its `bank.yaml`"
                message, where = f"the key `{key}` is not known here", place.at(key)._replace(on_key=True)
                finding = Finding(where, message, help, repair=renamed(place.at(key), ["questions"], mapping))
                self._report(UNKNOWN_KEY, finding)

    def _questions(self, mapping: dict[str, Node], place: Place) -> Iterator[tuple[Place, Node]]:
        questions = mapping.get("questions")
        where = place.at("questions")
        if questions is None or questions == []:
            if "questions" in mapping or len(self._files.paths) == 1:
                there = "questions" in mapping
                help = "write a question below `questions:`" if there else "add `questions:` with a list"
                self._report(NO_QUESTIONS, Finding(where if there else place, "the bank has no questions", help))
        elif isinstance(questions, list):
            yield from ((where.at(index), question) for index, question in enumerate(questions))
        else:
            message = "`questions` must be a list"
            self._report(WRONG_SHAPE, Finding(where, message, "start each question with `- id: …`"))

    def _items(self, place: Place, data: Node, header: Header | None) -> Iterator[Item]:
        """Lower a question, or each of its variants."""
        for variant, one in self._variants_of(place, data):
            self._variant = variant
            item = self._lowered(place, one, header)
            if item is None:
                self._refused += 1
                continue
            if variant is not None:
                self._variants[item.identifier] = variant
                item = dataclasses.replace(item, variant_of=variant.question)
            yield item
        self._variant = None

    def _variants_of(self, place: Place, data: Node) -> list[tuple[Variant | None, Node]]:
        """Return a question as it is, or the variants that its parameters make of it."""
        if not isinstance(data, dict) or data.get("parameters") is None:
            return [(None, data)]
        from quizlib.authoring.variants import expanded

        name = data.get("id")
        identifier = name if isinstance(name, str) else None
        found = expanded(data, place, functools.partial(self._report_variant, identifier))
        sound = identifier is None or self._is_first(identifier, place)
        if not found or not sound:
            self._refused += 1
            return []
        return list(found)

    def _report_variant(self, question: str | None, kind: Kind, finding: Finding, variant: Variant | None) -> None:
        self._variant = variant
        self._report(kind, finding, question)
        self._variant = None

    def _lowered(self, place: Place, data: Node, header: Header | None) -> Item | None:
        from quizlib.authoring.faults import BAD_VALUE, MISSING_KEY

        if not isinstance(data, dict):
            message = "a question is a mapping of keys to values"
            self._report(WRONG_SHAPE, Finding(place, message, "start it with `- id: …`"))
            return None
        name = data.get("id")
        identifier = name if isinstance(name, str) else None
        sound = identifier is None or self._is_first(identifier, place)
        schema = self._schema(data, place, identifier)
        if schema is None:
            self._common_fields(data, place, identifier)
        question = self._question(schema, data, place, identifier) if schema else None
        if question is None:
            return None
        for fault in (*question.faults(), *question.shared_faults()):
            kind = MISSING_KEY if fault.missing else BAD_VALUE
            self._report(kind, Finding(place.at(*fault.keys), fault.message, fault.help), identifier)
            sound = False
        lowering = self._lowering(question, place, header)
        return question.lower(lowering) if sound and lowering else None

    def _common_fields(self, data: dict[str, Node], place: Place, identifier: str | None) -> None:
        """Check what every question has, of one whose type is not known."""
        from quizlib.authoring.faults import checked
        from quizlib.authoring.question import Question
        from quizlib.authoring.reading import fields

        _, findings = checked(Question, {key: data[key] for key in data if key in fields(Question)}, place)
        self._report_all(findings, identifier)

    def _question(self, schema: type[Question], data: Node, place: Place, identifier: str | None) -> Question | None:
        """Check a question; one with nothing worse than unknown keys is looked at further without them."""
        from quizlib.authoring.faults import checked, without_unknown_keys

        question, findings = checked(schema, data, place)
        self._report_all([(kind, self._named(kind, finding, place)) for kind, finding in findings], identifier)
        if question is None and (pruned := without_unknown_keys(data, place, findings)) is not None:
            question, _ = checked(schema, pruned, place)
        return question

    def _named(self, kind: Kind, finding: Finding, place: Place) -> Finding:
        """Return a finding of a question with the repair of its identifier, as the file has it, if it is about that."""
        try:
            typed = self._documents[place.path].value(place.keys)
        except (LookupError, TypeError):
            return finding
        return self._identifiers.repaired(kind, finding, typed, place)

    @functools.cached_property
    def _identifiers(self) -> Identifiers:
        """The names that are taken in the files read so far."""
        from quizlib.authoring.repairs import Identifiers

        return Identifiers(question for document in self._documents.values() for question in _questions_in(document))

    def _is_first(self, identifier: str, place: Place) -> bool:
        first = self._seen.setdefault(identifier, place)
        if first == place:
            return True
        message = f"the id `{identifier}` is taken by another question of this bank"
        finding = Finding(place.at("id"), message, "give each question an id of its own", (first.at("id"),))
        self._report(DUPLICATE_ID, finding, identifier)
        return False

    def _schema(self, data: dict[str, Node], place: Place, identifier: str | None) -> type[Question] | None:
        from quizlib.authoring.faults import MISSING_KEY, did_you_mean, respelt

        name = data.get("type")
        if name is None:
            finding = Finding(place, "the key `type` is missing", f"one of: {', '.join(_question_types())}")
            self._report(MISSING_KEY, finding, identifier)
            return None
        if isinstance(name, str) and name in _question_types():
            return _schema_of(name)
        known = _question_types()
        meant = did_you_mean(name, known) if isinstance(name, str) else None
        help = f"did you mean `{meant}`?" if meant else f"one of: {', '.join(known)}"
        shown = f"`{name[:60]}`" if isinstance(name, str) else "that is a list or a mapping"
        repair = respelt(place.at("type"), name, known) if isinstance(name, str) else None
        message = f"there is no question type {shown}"
        self._report(UNKNOWN_TYPE, Finding(place.at("type"), message, help, repair=repair), identifier)
        return None

    def _lowering(self, question: Question, place: Place, header: Header | None) -> Lowering | None:
        from quizlib.authoring.question import Lowering

        files: dict[str, str] = {}
        if question.code is not None and question.code.file is not None:
            path = question.code.file
            problem = self._folder.problem(path)
            if problem is None:
                try:
                    files[path] = self._folder.read(path).decode("utf-8-sig")
                except (OSError, UnicodeDecodeError) as error:
                    problem = f"`{path}` cannot be read: {_reason(error)}"
            if problem is not None:
                self._report(NO_FILE, Finding(place.at("code", "file"), problem), question.id)
                return None
        if header is None:
            return Lowering(place, files=files)
        defaults = header.defaults
        return Lowering(
            place,
            tuple(header.tags),
            defaults.points,
            defaults.shuffle,
            defaults.difficulty,
            tuple(header.runtimes),
            files,
        )

    def _bank(self, header: Header | None, items: tuple[Item, ...]) -> Bank | None:
        place = Place(self._files.paths[0][0])
        if header is None:
            return Bank(identifier="", title="", items=items, place=place) if items else None
        return Bank(
            identifier=header.id,
            title=header.title,
            items=items,
            place=place,
            description=header.description,
            language=header.language,
            license=header.license,
            authors=tuple(header.authors),
            category=header.category,
            tags=tuple(header.tags),
            runtimes=tuple(header.runtimes),
            lesson=header.lesson.lower() if header.lesson else None,
            blueprint=header.blueprint.lower() if header.blueprint else None,
            sanitize_html=header.raw_html == "sanitized",
        )

    def _report_all(self, findings: list[tuple[Kind, Finding]], question: str | None = None) -> None:
        for kind, finding in findings:
            self._report(kind, finding, question)

    def _report(self, kind: Kind, finding: Finding, question: str | None = None) -> None:
        loaded = LoadedBank("", None, (), self._documents, self._folder)
        found = loaded.diagnostic(kind, finding, question)
        self._diagnostics.append(dataclasses.replace(found, variant=self._variant) if self._variant else found)


def _questions_in(document: Document) -> list[Node]:
    found = document.data.get("questions") if isinstance(document.data, dict) else None
    return found if isinstance(found, list) else []


@functools.cache
def _question_types() -> list[str]:
    return plugins.names("quizlib.questions")


@functools.cache
def _schema_of(name: str) -> type[Question]:
    schema: type[Question] = plugins.load("quizlib.questions", name).QUESTION
    return schema


def read_regular_file(path: Path, limit: int = 200_000_000) -> bytes:
    """Read a regular file, at most `limit` bytes; never waits for a pipe or a device. Raises OSError."""
    status = path.stat()
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError("it is a folder")
    if not stat.S_ISREG(status.st_mode):
        raise OSError("it is not a regular file")
    if status.st_size > limit:
        raise OSError(f"it has {status.st_size / 1e6:.0f} MB")
    return path.read_bytes()


def _reason(error: Exception) -> str:
    match error:
        case FileNotFoundError():
            return "there is no such file"
        case PermissionError():
            return "permission denied"
        case UnicodeDecodeError():
            return "it is not UTF-8"
        case RuntimeError():
            return "its links lead round in a circle"
        case OSError() if error.strerror:
            return error.strerror.lower()
        case _:
            return str(error)

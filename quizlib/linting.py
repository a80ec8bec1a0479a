"""The lint of a run: what is configured for each bank, which rules are run on it, and which diagnostics are wanted."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from quizlib import rulebook
from quizlib.bank import LoadedBank
from quizlib.configuration import DEFAULT, Configuration, Overrides
from quizlib.configurations import Configurations
from quizlib.diagnostics import Diagnostic, Kind, Severity
from quizlib.english import is_english
from quizlib.explanations import known, refuse_taken_names
from quizlib.plugins import Rule
from quizlib.selection import Selection, is_fixed, unknown
from quizlib.source import Document
from quizlib.suppression import Complaint, impossible, is_never_quiet, needless, suppressed

_PROOF = "QZ4"
_UNREAD = "QZ0"  # faults of files, and rules that failed
_UNAVAILABLE = ("QZ409", "QZ417", "QZ418")  # said once for all banks
_LOSSES = "QZ7"


class Linting:
    """The rules, and what is wanted of them in each bank. Raises PluginError where two have one name."""

    def __init__(self, overrides: Overrides, *, is_proved: bool = True) -> None:
        self.configurations = Configurations(overrides)
        self.configured: dict[str, Configuration] = {}  # by the paths of the banks' files
        self._is_proved = is_proved
        self._beside: dict[str, tuple[str, ...]] = {}  # the files of the bank that a file is a part of
        self._unread: set[str] = set()
        self._unproved: set[str] = set()
        self._book = rulebook.read()
        refuse_taken_names(self._book.rules)
        self._unsaid = self._book.failures
        self.english_only: set[str] = set()  # the codes of rules that had nothing to say about a bank for its language
        self._wanted: dict[Selection, tuple[Rule, ...]] = {}
        self._rules = {rule.KIND.code for rule in self._book.rules}
        self._kinds = {name: rule.KIND for rule in self._book.rules for name in (rule.KIND.code, rule.KIND.rule)}

    def excludes(self, path: Path) -> bool:
        """Whether the configuration of a file or a folder leaves it out."""
        return self.configurations.excludes(path)

    def findings(self, loaded: LoadedBank) -> Iterator[Diagnostic]:
        """Yield what the rules find that are wanted in a bank."""
        configuration = self.configurations.of(loaded.folder.root)
        self.configured |= dict.fromkeys(loaded.paths, configuration)
        self._beside |= dict.fromkeys(loaded.paths, loaded.paths)
        yield from rulebook.unloaded(self._unsaid, loaded)
        self._unsaid = ()
        chosen = self._chosen(configuration.selection)
        if loaded.bank is not None and not is_english(loaded.bank.language):
            self.english_only |= {rule.KIND.code for rule in chosen if getattr(rule, "ENGLISH_ONLY", False)}
        yield from rulebook.findings(loaded, chosen)

    def kept(self, diagnostics: Iterable[Diagnostic], documents: Mapping[str, Document]) -> Iterator[Diagnostic]:
        """Yield the diagnostics that are wanted and that no remark suppresses, and the faults of configurations."""
        told = list(diagnostics)
        self._note(told)
        yield from filter(self._keeps, suppressed(told, documents, self._complaint))
        yield from self.configurations.diagnostics

    def looks_for(self, path: str, name: str) -> bool:
        """Whether what goes by a name or a code was looked for in a file: the rule was run there, or the programs.

        A rule does not see what cannot be read, and a program that does not come to its end proves nothing. So where
        a bank has such a fault, nothing was looked for in all of it.
        """
        kind = self._kind(name)
        if kind is None:
            return True
        if path in self._unread:
            return False
        is_proof = kind.code not in self._rules and kind.code.startswith(_PROOF)
        if is_proof and (not self._is_proved or path in self._unproved):
            return False
        configuration = self.configured.get(path, DEFAULT)
        return self._is_chosen(kind, configuration.selection) and not configuration.ignores(path, kind)

    def _note(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Take down of which files not all was read, and of which not all was proved."""
        for found in diagnostics:
            files = self._beside.get(found.span.path, ())
            if found.code.startswith(_UNREAD) and found.severity is Severity.ERROR:
                self._unread.update(files)
            elif found.code in _UNAVAILABLE:
                self._unproved.update(self._beside)
            elif found.code.startswith(_PROOF) and is_never_quiet(found.code, found.severity):
                self._unproved.update(files)

    def _complaint(self, path: str, name: str) -> Complaint | None:
        """Return what is to be said of a remark that suppressed nothing, as far as that can be known."""
        kind = self._kind(name)
        if kind is not None:
            if is_never_quiet(kind.code, Severity.WARNING) or kind.code.startswith(_LOSSES):
                return impossible(name)
            return needless(name) if self.looks_for(path, name) else None
        if self._book.failures:
            return None  # it may be that of a rule that could not be loaded
        kinds = [*self._kinds.values(), *self._other_kinds.values()]
        message, help = unknown(name, kinds) or (f"`{name}` is a family of rules", "name the one rule that is meant")
        return Complaint(f"the remark suppresses nothing: {message}", help)

    def _kind(self, name: str) -> Kind | None:
        return self._kinds.get(name) or self._other_kinds.get(name)

    def _keeps(self, diagnostic: Diagnostic) -> bool:
        is_rule = diagnostic.code in self._rules
        if is_fixed(diagnostic.code, diagnostic.severity, is_rule=is_rule):
            return True
        path, kind = diagnostic.span.path, Kind(diagnostic.code, diagnostic.rule)
        configuration = self.configured.get(path) or self.configurations.of(Path(path).parent)
        return not configuration.ignores(path, kind) and (is_rule or configuration.selection.includes(kind))

    @functools.cached_property
    def _other_kinds(self) -> dict[str, Kind]:
        """The kinds of what no rule finds, by name and code; read only where a remark speaks of one in vain."""
        return {name: kind for kind, is_rule in known() if not is_rule for name in (kind.code, kind.rule)}

    def _chosen(self, selection: Selection) -> tuple[Rule, ...]:
        if selection not in self._wanted:
            self._wanted[selection] = tuple(rule for rule in self._book.rules if self._is_chosen(rule.KIND, selection))
        return self._wanted[selection]

    def _is_chosen(self, kind: Kind, selection: Selection) -> bool:
        is_rule = kind.code in self._rules
        return is_fixed(kind.code, kind.severity, is_rule=is_rule) or selection.includes(kind)

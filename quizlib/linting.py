"""The lint of a run: which rules are run on which bank, and which diagnostics are wanted."""

from __future__ import annotations

from collections.abc import Iterator

from quizlib import rulebook
from quizlib.bank import LoadedBank
from quizlib.configuration import Configuration
from quizlib.diagnostics import Diagnostic, Kind
from quizlib.plugins import Rule
from quizlib.selection import Selection, is_fixed


class Linting:
    """The rules, and what is wanted of them in each bank. Raises PluginError where two have one name."""

    def __init__(self) -> None:
        self._book = rulebook.read()
        self._unsaid = self._book.failures
        self._wanted: dict[Selection, tuple[Rule, ...]] = {}
        self._configurations: dict[str, Configuration] = {}  # by the paths of the banks' files
        self._rules = {rule.KIND.code for rule in self._book.rules}
        self._kinds = {name: rule.KIND for rule in self._book.rules for name in (rule.KIND.code, rule.KIND.rule)}

    def findings(self, loaded: LoadedBank, configuration: Configuration) -> Iterator[Diagnostic]:
        """Yield what the rules find that are wanted in a bank."""
        self._configurations |= dict.fromkeys(loaded.paths, configuration)
        yield from rulebook.unloaded(self._unsaid, loaded)
        self._unsaid = ()
        yield from rulebook.findings(loaded, self._chosen(configuration.selection))

    def keeps(self, diagnostic: Diagnostic) -> bool:
        """Whether a diagnostic is wanted."""
        is_rule = diagnostic.code in self._rules
        if is_rule or is_fixed(diagnostic.code, diagnostic.severity, is_rule=False):
            return True
        return self._selection(diagnostic.span.path).includes(Kind(diagnostic.code, diagnostic.rule))

    def looks_for(self, path: str, name: str) -> bool:
        """Whether a rule was run on a file; a name or a code that no rule has was always looked for."""
        kind = self._kinds.get(name)
        return kind is None or self._is_chosen(kind, self._selection(path))

    def _selection(self, path: str) -> Selection:
        found = self._configurations.get(path)
        return found.selection if found else Selection()

    def _chosen(self, selection: Selection) -> tuple[Rule, ...]:
        if selection not in self._wanted:
            self._wanted[selection] = tuple(rule for rule in self._book.rules if self._is_chosen(rule.KIND, selection))
        return self._wanted[selection]

    def _is_chosen(self, kind: Kind, selection: Selection) -> bool:
        return is_fixed(kind.code, kind.severity, is_rule=True) or selection.includes(kind)

"""The lint rules that there are: those that ship with quizlib, and those of plugins. One that fails stops no other."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterable, Iterator

from quizlib import plugins
from quizlib.bank import LoadedBank
from quizlib.diagnostics import Diagnostic, Kind, Span
from quizlib.plugins import PluginError, Rule

FAILING_RULE = Kind("QZ031", "failing-rule")


@dataclasses.dataclass(frozen=True, slots=True)
class Rulebook:
    """The rules in the order of their codes, and why others could not be loaded."""

    rules: tuple[Rule, ...]
    failures: tuple[str, ...] = ()


def rules() -> list[Rule]:
    """Import all lint rules, in the order of their codes. Raises PluginError where one cannot be."""
    book = read()
    if book.failures:
        raise PluginError(book.failures[0])
    return list(book.rules)


def read() -> Rulebook:
    """Import all lint rules. Raises PluginError where two have one name or one code; with QUIZ_DEBUG, any fault.

    A rule that would end the process, as `sys.exit` does, fails as one that raises anything else: nothing would be
    told, and what was not checked might pass.
    """
    found: list[Rule] = []
    failures: list[str] = []
    names, missing = plugins.found("quizlib.rules")
    failures += missing
    for name in names:
        try:
            found.append(_rule(name))
        except (Exception, SystemExit) as error:
            if os.environ.get("QUIZ_DEBUG"):
                raise
            failures.append(str(error) if isinstance(error, PluginError) else f"{_named(name)}: {_said(error)}")
    refuse_shared_names(found)
    return Rulebook(tuple(sorted(found, key=lambda rule: rule.KIND.code)), tuple(failures))


def findings(loaded: LoadedBank, chosen: Iterable[Rule]) -> Iterator[Diagnostic]:
    """Yield what rules find in a bank. Where one raises, that is said, and the others go on."""
    for rule in chosen if loaded.bank is not None else ():
        try:
            yield from _checked(rule, loaded)
        except (Exception, SystemExit) as error:
            if os.environ.get("QUIZ_DEBUG"):
                raise
            message = f"the rule `{rule.KIND.rule}` failed: {_said(error)}"
            help = f"report it to its authors; `--ignore {rule.KIND.rule}` leaves it out"
            yield Diagnostic.of(FAILING_RULE, Span(loaded.name), message, help=help)


def _checked(rule: Rule, loaded: LoadedBank) -> Iterator[Diagnostic]:
    assert loaded.bank is not None
    for item, finding in rule.check(loaded.bank, loaded.folder):
        yield loaded.diagnostic(rule.KIND, finding, item.identifier if item else None)


def unloaded(failures: Iterable[str], loaded: LoadedBank) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each rule that could not be loaded; one bank stands for all, so that it is said once."""
    for failure in failures:
        help = "mend or uninstall the package that it comes from"
        yield Diagnostic.of(FAILING_RULE, Span(loaded.name), failure, help=help)


def _rule(name: str) -> Rule:
    rule: Rule = plugins.load("quizlib.rules", name)
    if not isinstance(getattr(rule, "KIND", None), Kind) or not callable(getattr(rule, "check", None)):
        raise PluginError(f"{_named(name)}: it has no KIND or no check")
    return rule


def _named(name: str) -> str:
    return f"the rule `{name.replace('_', '-')}` cannot be loaded"


def refuse_shared_names(found: Iterable[Rule], taken: Iterable[Kind] = ()) -> None:
    """Raise PluginError where two go by one name or one code: a remark or a setting would mean both.

    `taken` are the kinds of what is no rule.
    """
    first = {name: "quizlib" for kind in taken for name in (kind.code, kind.rule)}
    for rule in found:
        for name in (rule.KIND.code, rule.KIND.rule):
            if name in first:
                raise PluginError(f"two rules are known as {name!r}: {first[name]} and {module(rule)}")
            first[name] = module(rule)


def module(rule: Rule) -> str:
    """Return the module that a rule is."""
    return str(getattr(rule, "__name__", rule))


def _said(error: BaseException) -> str:
    """Return what an exception says of itself, if it does; that of a plugin may fail at that, too."""
    try:
        return f"{type(error).__name__}: {str(error)[:300]}".removesuffix(": ")
    except Exception:
        return type(error).__name__

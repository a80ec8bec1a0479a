"""Languages and runtimes that are asked for and are not here: said once each, in every bank that wants them."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator

from quizlib.diagnostics import Finding, Kind, Place, Severity
from quizlib.model import Bank, Item, Program
from quizlib.plugins import Language, is_runtime_of
from quizlib.proof import words
from quizlib.proof.claims import programs
from quizlib.proof.missing import language_meant
from quizlib.proof.probing import ended
from quizlib.proof.runs import Runner
from quizlib.proof.verification import language_place
from quizlib.sandbox import RunResult
from quizlib.sandbox.levels import IsolationUnavailable

NO_LANGUAGE = Kind("QZ409", "language-unavailable", Severity.WARNING)
NO_RUNTIME = Kind("QZ417", "runtime-unavailable", Severity.WARNING)

NO_ISOLATION = Kind("QZ418", "isolation-unavailable")

Found = tuple[Kind, Item | None, Finding]
_Users = dict[str, list[tuple[Item, Program]]]


def unavailable(bank: Bank, runner: Runner) -> Iterator[Found]:
    """Yield a finding for each language and each runtime that is not here, where it is named first."""
    languages: _Users = {}
    runtimes: dict[tuple[str, str], list[tuple[Item, Program]]] = {}
    for item in bank.items:
        for program in dict.fromkeys(programs(item)):
            for name, runtime in runner.runtimes(program).items():
                if runtime is not None:
                    continue
                if program.runtimes and runner.language(program.language) is not None:
                    runtimes.setdefault((program.language, name), []).append((item, program))
                else:
                    languages.setdefault(program.language, []).append((item, program))
    for language, users in languages.items():
        yield (
            NO_LANGUAGE,
            users[0][0],
            _missing_language(language, users, runner.language(language), runner.failed_probe(users[0][1], language)),
        )
    for (language, name), users in runtimes.items():
        item, program = users[0]
        place, failed = _place(bank, item, program, name), runner.failed_probe(program, name)
        if failed is None:
            finding = _missing_runtime(name, place, users, runner.language(language))
        else:
            message = f"the runtime `{words.shown(name)}` cannot be used here, so that {_keys(users)} not proved on it"
            finding = _broken(place, message, failed)
        yield NO_RUNTIME, None if name in bank.runtimes else item, finding


def not_run(bank: Bank, refused: IsolationUnavailable | None) -> Iterator[Found]:
    """Say once for a bank that none of its programs was started, for want of isolation."""
    item = next((item for item in bank.items if any(programs(item))), None)
    if refused is None or item is None:
        return
    missing = "; ".join(f"{tried.name} lacks {tried.layer}: {tried.reason}" for tried in refused.examined)
    message = f"no program was run, since the isolation `{refused.isolation}` cannot be had here: {missing}"
    cures = dict.fromkeys(tried.cure for tried in refused.examined)
    help = f"{'; or '.join(cures)}; `quiz doctor` says more, and `--isolation best-effort` asks for less"
    yield NO_ISOLATION, item, Finding(item.place.at("code"), message, help)


def required(findings: Iterable[Found]) -> tuple[Found, ...]:
    """Return findings with what is not here as errors."""
    kinds = {kind: dataclasses.replace(kind, severity=Severity.ERROR) for kind in (NO_LANGUAGE, NO_RUNTIME)}
    return tuple((kinds.get(kind, kind), item, finding) for kind, item, finding in findings)


def _broken(place: Place, message: str, failed: RunResult) -> Finding:
    how = words.shown(ended(failed), 200)
    return Finding(place, f"{message}: it is installed, but its test program ended with {how}", "see `quiz doctor`")


def _missing_language(
    name: str, users: list[tuple[Item, Program]], language: Language | None, failed: RunResult | None
) -> Finding:
    shown = f"`{words.shown(name)}`"
    place = language_place(*users[0])
    if failed is not None:
        return _broken(place, f"programs in {shown} cannot be run here, so that {_keys(users)} not proved", failed)
    if language is not None:
        message = f"programs in {shown} cannot be run here, so that {_keys(users)} not proved: it is not installed"
        return Finding(place, message, language.INSTALL)
    message = f"the language {shown} is not known here, so that {_keys(users)} not proved"
    return Finding(place, message, language_meant(name))


def _missing_runtime(name: str, place: Place, users: list[tuple[Item, Program]], language: Language | None) -> Finding:
    language_name = users[0][1].language
    if language is None or not is_runtime_of(language_name, name):
        default = language.runtime(None) if language else None
        message = (
            f"`{words.shown(name)}` is no runtime of {words.shown(language_name)}, so that {_keys(users)} not proved"
        )
        return Finding(place, message, f"write a name such as `{default.name}`" if default else None)
    message = f"the runtime `{words.shown(name)}` is not installed here, so that {_keys(users)} not proved on it"
    return Finding(place, message, language.INSTALL)


def of_no_language(bank: Bank) -> Iterator[Found]:
    """Yield the runtimes of the bank on which none of its programs could ever run."""
    languages = {program.language for item in bank.items for program in programs(item)}
    for index, name in enumerate(bank.runtimes):
        if languages and not any(is_runtime_of(language, name) for language in languages):
            message = f"`{words.shown(name)}` is no runtime of any program of this bank"
            finding = Finding(bank.place.at("runtimes", index), message, "correct the name, or remove it")
            yield NO_RUNTIME, None, finding


def _place(bank: Bank, item: Item, program: Program, name: str) -> Place:
    if name in bank.runtimes:
        return bank.place.at("runtimes", bank.runtimes.index(name))
    return item.place.at("code", "runtimes", program.runtimes.index(name))


def _keys(users: list[tuple[Item, Program]]) -> str:
    count = len({item.place for item, _ in users})
    return "the key of 1 question is" if count == 1 else f"the keys of {count} questions are"

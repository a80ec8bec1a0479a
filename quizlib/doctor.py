"""What this machine can do: levels of isolation, each tried by attacking it, and languages, each tried by a program."""

from __future__ import annotations

import dataclasses
import platform

from quizlib import plugins
from quizlib.home import private_folders
from quizlib.plugins import Language
from quizlib.proof.probing import probe, works
from quizlib.proof.runs import VARIATIONS, job
from quizlib.sandbox import Sandbox
from quizlib.sandbox.levels import Examined, examine
from quizlib.sandbox.process import ProcessSandbox


@dataclasses.dataclass(frozen=True, slots=True)
class ExaminedLanguage:
    """A language that was tried: its runtime as `name (version, path)`, and what is wrong with it, if anything."""

    name: str
    runtime: str | None
    problem: str | None = None
    cure: str | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Diagnosis:
    """What was found. `level` is the one that `--isolation strict` gives, None where there is none."""

    machine: str
    levels: tuple[Examined, ...]
    languages: tuple[ExaminedLanguage, ...]

    @property
    def level(self) -> str | None:
        """The strongest level that withstood the attacks."""
        return next((level.name for level in self.levels if level.granted), None)


def diagnose() -> Diagnosis:
    """Try every level and every language here. Takes some seconds; changes nothing."""
    examined: list[Examined] = []
    sandboxes: list[Sandbox] = []
    hidden = private_folders()
    try:
        for name in ("strict-ns", "strict-ro"):
            level, sandbox = examine(name, hidden)
            examined.append(level)
            if sandbox is not None:
                sandboxes.append(sandbox)
        strongest = sandboxes[0] if sandboxes else ProcessSandbox()
        languages = tuple(_language(name, strongest) for name in plugins.names("quizlib.languages"))
    finally:
        for sandbox in sandboxes:
            sandbox.close()
    machine = f"{platform.system()} {platform.release()}, {platform.machine()}, Python {platform.python_version()}"
    return Diagnosis(machine, tuple(examined), languages)


def _language(name: str, sandbox: Sandbox) -> ExaminedLanguage:
    try:
        language: Language = plugins.load("quizlib.languages", name)
    except plugins.PluginError as error:
        return ExaminedLanguage(name, None, str(error), "reinstall the plugin")
    runtime = language.runtime(None)
    if runtime is None:
        return ExaminedLanguage(name, None, "it is not installed", language.INSTALL)
    shown = f"{runtime.name} ({runtime.version}, {runtime.executable})"
    result = sandbox.run(job(language, runtime, probe(name, language), VARIATIONS[0]))
    if works(language, result):
        return ExaminedLanguage(name, shown)
    said = (result.detail or result.stderr or result.stdout).strip()[-300:]
    problem = f"its test program ended with `{result.status}`: {said}"
    return ExaminedLanguage(
        name, shown, problem, f"see that it works for every user of this machine; {sandbox.isolation}"
    )

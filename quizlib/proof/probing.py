"""Trying each runtime with a program that is known to be right, before any program of an author's runs on it."""

from __future__ import annotations

from quizlib.model import Program
from quizlib.plugins import Language
from quizlib.sandbox import RunResult

_SECONDS = 20.0


def probe(name: str, language: Language) -> Program:
    """Return the test program of the language called `name`."""
    return Program(name, language.PROBE, timeout=_SECONDS)


def works(language: Language, result: RunResult) -> bool:
    """Whether the test program printed what it must print."""
    return result.stdout.strip() == language.PROBE_OUTPUT


def ended(result: RunResult) -> str:
    """Return how a test program ended that does not work: the status, and the first thing that was said of it."""
    lines = [line.strip() for text in (result.detail, result.stderr, result.stdout) for line in text.splitlines()]
    said = next((line for line in lines if line), "")
    return f"`{result.status}`: {said}" if said else f"`{result.status}`"

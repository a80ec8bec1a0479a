"""The command `quiz`: one file per subcommand, each imported only when it is used."""

from __future__ import annotations

import contextlib
import importlib
import os
import signal
import sys
from typing import Any, NoReturn

import click

from quizlib import __version__

# name: (module, what `quiz --help` says of it)
_COMMANDS = {
    "new": ("quizlib.cli.new", "Write a bank or a question to begin with."),
    "validate": ("quizlib.cli.validate", "Check banks and prove their answer keys."),
    "fmt": ("quizlib.cli.fmt", "Lay banks out alike: order of keys, indentation, blank lines."),
    "run": ("quizlib.cli.run", "Run a question's programs and show what they really print."),
    "export": ("quizlib.cli.export", "Validate a bank and write it for learners or an LMS."),
    "assemble": ("quizlib.cli.assemble", "Draw a test from a bank by a blueprint and a seed."),
    "take": ("quizlib.cli.take", "Practise, or take a test, in the terminal."),
    "grade": ("quizlib.cli.grade", "Score saved results, and say whether each subject is strong."),
    "trace": ("quizlib.cli.trace", "Draft the steps of a solution by following a question's program."),
    "lsp": ("quizlib.cli.lsp", "Serve an editor by the Language Server Protocol."),
    "schema": ("quizlib.cli.schema", "Print a JSON Schema: of banks, reports, the JSON export, results."),
    "doctor": ("quizlib.cli.doctor", "Say how well programs are contained here, and which languages work."),
    "explain": ("quizlib.cli.explain", "Say what a code or a rule means, and how to put it right."),
    "list": ("quizlib.cli.list", "List questions by difficulty, tag, type or objective."),
    "show": ("quizlib.cli.show", "Show a question in full, with its key and solution."),
    "diff": ("quizlib.cli.diff", "Say what has changed between two states of banks."),
    "preview": ("quizlib.cli.preview", "Show a bank's page in a browser while it is being written."),
    "completion": ("quizlib.cli.completion", "Print what makes a shell complete commands, ids and types."),
    "types": ("quizlib.cli.types", "List question types, or print examples of one."),
}

EXIT_FINDINGS = 1
EXIT_USAGE = 2
EXIT_BUG = 70
EXIT_INTERRUPTED = 130


class LazyGroup(click.Group):
    """A group that knows its subcommands by name and imports the one that is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names, in the order of the table."""
        return [*_COMMANDS]  # `list` is the name of a submodule here, once that is imported

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a subcommand."""
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = importlib.import_module(_COMMANDS[cmd_name][0]).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the table without importing anything."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary) for name, (_, summary) in _COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "--version", prog_name="quiz", message="%(prog)s %(version)s")
def group() -> None:
    """Write question banks in YAML, prove their answer keys, export them to pages and packages.

    A bank's programs are run in a sandbox that keeps them from your files, your network and your other
    processes; where the machine does not allow one, they are not run. See `quiz doctor`.
    """


class _Terminated(BaseException):
    """The process was asked to end; programs that run are ended first."""

    def __init__(self, signal: int) -> None:
        self.signal = signal


def _prepare_streams() -> None:
    """Write what the terminal's encoding lacks as escapes, and to nowhere where a stream is closed."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 - open until the end
        elif hasattr(stream := getattr(sys, name), "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def _end_on_signals() -> None:
    """Clean up when the process is asked to end, as CI and `docker stop` do."""

    def end(number: int, frame: object) -> NoReturn:
        raise _Terminated(number)

    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name) and signal.getsignal(getattr(signal, name)) is signal.SIG_DFL:
            signal.signal(getattr(signal, name), end)


def _failed(error: OSError) -> str:
    """Say what the system refuses: an error that names no file is of the report, on standard output."""
    said = (error.strerror or str(error)).lower()
    if error.filename is None:
        return f"the report cannot be written: {said}"
    from quizlib.diagnostics import printable

    return printable(f"{os.fsdecode(error.filename) if not isinstance(error.filename, int) else 'a file'}: {said}")


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run `quiz`. Exit status: 0 clean, 1 findings, 2 wrong usage, 70 a bug of ours."""
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")  # looking for them takes as long as a small bank
    _prepare_streams()
    _end_on_signals()
    try:
        result: Any = group.main(arguments, prog_name="quiz", standalone_mode=False)
        if not sys.stdout.closed:
            sys.stdout.flush()
        status = result if isinstance(result, int) else 0
    except click.ClickException as error:
        error.show()
        status = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        print("quiz: interrupted", file=sys.stderr)
        status = EXIT_INTERRUPTED
    except _Terminated as terminated:
        status = 128 + terminated.signal
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 128 + getattr(signal, "SIGPIPE", 13)
    except OSError as error:
        print(f"quiz: {_failed(error)}", file=sys.stderr)
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        status = EXIT_FINDINGS
    except Exception as error:  # the one place where a bug of ours ends
        if os.environ.get("QUIZ_DEBUG"):
            raise
        from quizlib.diagnostics import printable
        from quizlib.plugins import PluginError

        if isinstance(error, PluginError):
            print(f"quiz: {printable(str(error))}", file=sys.stderr)
            sys.exit(EXIT_USAGE)
        print(f"quiz: internal error: {type(error).__name__}: {str(error)!r}", file=sys.stderr)
        print("This is a bug in quizlib. Run again with QUIZ_DEBUG=1 and report the traceback.", file=sys.stderr)
        status = EXIT_BUG
    sys.exit(status)

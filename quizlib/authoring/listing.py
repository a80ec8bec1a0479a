"""Programs as an author writes them."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Literal

from quizlib.authoring.fields import Field, Fields, FilledText, Integer, Number, Reads, Text, fault
from quizlib.authoring.runtimes import asked_for
from quizlib.model import Program, Whitespace

__all__ = ["Code", "Snippet"]


def _file_name(name: str) -> str:
    parts = name.replace("\\", "/").split("/")
    if not name or name.startswith(("/", "\\")) or ".." in parts or "" in parts or ":" in name or "\0" in name:
        raise fault(f"`{name}` is not the name of a file beside the program")
    return name


def _argument(argument: str) -> str:
    if "\0" in argument:
        raise fault("an argument cannot hold the character NUL")
    return argument


Argument = Annotated[Text, Reads(_argument)]
FileName = Annotated[str, Reads(_file_name)]


class Snippet(Fields):
    """A piece of program text that is only shown."""

    language: Annotated[Text, Field(description="Programming language.")] = "python"
    source: Annotated[Text, Field(description="The program text.")]


class Code(Fields):
    """A program, and how it is run."""

    language: Annotated[Text, Field(description="Programming language; `python` when absent.")] = "python"
    source: Annotated[Text | None, Field(description="The program.")] = None
    file: Annotated[
        Text | None, Field(description="Path of the program's file, beside the bank, instead of `source`.")
    ] = None
    stdin: Annotated[Text, Field(description="Text that the program gets on standard input.")] = ""
    arguments: Annotated[list[Argument], Field(description="Command-line arguments.")] = []
    files: Annotated[dict[FileName, Text], Field(description="Files beside the program: name and content.")] = {}
    timeout: Annotated[Number, Field(gt=0, le=60, description="Seconds that the program may take; 5 when absent.")] = (
        5.0
    )
    runtimes: Annotated[
        list[FilledText],
        Field(description="Runtimes that the program must end alike on, such as `python3.11`; the bank's when absent."),
    ] = []
    processes: Annotated[
        Integer, Field(ge=0, le=32, description="Processes that the program may start beside its own; 0 when absent.")
    ] = 0
    compare: Annotated[
        Literal["output", "exception", "exit_status"],
        Field(description="What the options state: what is printed, the exception or the exit status at the end."),
    ] = "output"
    whitespace: Annotated[
        Literal["trailing", "any", "exact"],
        Field(description="`trailing`: white space at the end of lines does not count; `any`: all white space is"
              " one blank; `exact`: every character counts."),
    ] = "trailing"  # fmt: skip

    def program(self, files: Mapping[str, str], runtimes: Sequence[str] = ()) -> Program:
        """Return the program.

        `files` holds the text of the file that `file` names, `runtimes` are the names that the bank gives.
        """
        return Program(
            language=self.language,
            source=self.source if self.source is not None else files.get(self.file or "", ""),
            stdin=self.stdin,
            arguments=tuple(self.arguments),
            files=tuple(sorted(self.files.items())),
            timeout=self.timeout,
            runtimes=asked_for(self.runtimes, runtimes, self.language),
            processes=self.processes,
        )

    def comparison(self) -> Whitespace:
        """Return how much of the white space counts."""
        return Whitespace(self.whitespace)

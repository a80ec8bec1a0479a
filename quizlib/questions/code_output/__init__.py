"""Say what a program prints."""

import dataclasses
import re
from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from quizlib.authoring.fields import Field, Integer, Text, Truth, shown
from quizlib.authoring.listing import Code
from quizlib.authoring.question import Fault, Lowering, OptionFields, Question, lowered_options, replaced
from quizlib.diagnostics import Key
from quizlib.model import Accepted, Choice, Claim, Ending, NeverPrints, Output, Prints, TextEntry, Yields

_RAISES = re.compile(r"(?:[Ii]t |[Tt]he program )?[Rr]aises (?:an? )?`?((?:[a-z_]\w*\.)*[A-Z]\w*)`?\.?")
_RAISES_SOMETHING = re.compile(r"(?:it |the program )?raises (?:an? )?(?:error|exception)\.?", re.IGNORECASE)


class OutputOption(OptionFields):
    """One option: its text is what the program prints, unless it states something else."""

    output: Annotated[Text | None, Field(description="The exact output, when the text says it in other words.")] = None
    raises: Annotated[
        Text | None, Field(description="The exception that the program ends with, such as `KeyError`.")
    ] = None
    exit_status: Annotated[Integer | None, Field(description="The exit status that the program ends with.")] = None


class CodeOutput(Question):
    """Say what a program prints, or how it ends. The key is proved by running the program."""

    SUMMARY: ClassVar[str] = "Say what a program prints: chosen from options, or typed."

    type: Literal["code_output"]
    code: Annotated[Code, Field(description="The program.")]
    options: Annotated[list[OutputOption] | None, Field(min_length=2, description="What the program might print.")] = (
        None
    )
    answer: Annotated[Text | None, Field(description="What the program prints, to be typed by the learner.")] = None
    shuffle: Annotated[Truth | None, Field(description="Whether options are shuffled.")] = None
    options_format: Annotated[
        Literal["markdown", "code"], Field(description="Whether options are output, or Markdown about it.")
    ] = "code"

    def faults(self) -> Iterator[Fault]:
        """Yield what is wrong with the question as a whole."""
        if (self.options is None) == (self.answer is None):
            help = "give `options` to choose from, or the `answer` to be typed"
            if self.options is None:
                yield Fault((), "the question has neither `options` nor `answer`", help, missing=True)
            else:
                yield Fault(("answer",), "the question has both `options` and `answer`", help)
        if self.answer is not None and not self.answer.strip():
            yield Fault(("answer",), "there is nothing that a learner could type",
                        "use options, one of them with `output: \"\"`")  # fmt: skip
        if (self.code.source is None) == (self.code.file is None):
            help = "give the program as `source`, or the path of its `file`"
            both = self.code.source is not None
            message = "the code has both `source` and `file`" if both else "the code has neither `source` nor `file`"
            yield Fault(("code",), message, help, missing=not both)
        for index, option in enumerate(self.options or ()):
            stated = [name for name in ("output", "raises", "exit_status") if getattr(option, name) is not None]
            if len(stated) > 1:
                yield Fault(("options", index, stated[1]), f"the option states both `{stated[0]}` and `{stated[1]}`")
        if self.code.compare == "exit_status":
            for keys, text in self._stated_texts():
                if not re.fullmatch(r"\d{1,3}", text.strip()):
                    yield Fault(keys, f"`{text}` is not an exit status", "write a number from 0 to 255")
        for index, mistake in enumerate(self.common_mistakes):
            changed = [name for name in ("replace", "source") if getattr(mistake, name) is not None]
            if changed and mistake.yields is None:
                yield Fault(("common_mistakes", index), "the changed program does not say what it `yields`",
                            "add `yields`, the text of a distractor", missing=True)  # fmt: skip
            if len(changed) > 1:
                yield Fault(("common_mistakes", index, "source"), "the mistake has both `replace` and `source`")
            if self.code.source is not None and mistake.replace is not None:
                yield from self._not_found(self.code.source, mistake.replace, ("common_mistakes", index, "replace"))

    def interaction(self, lowering: Lowering) -> Choice | TextEntry:
        """Return a choice, or the entry of a text."""
        if self.options is None:
            accepted = Accepted(self.answer or "", lowering.place.at("answer"))
            return TextEntry((accepted,), "output", case_sensitive=True, whitespace=self.code.comparison())
        options = lowered_options(self.id, self.options, lowering.place, single=True, format=self.options_format)
        return Choice(options, 1, lowering.shuffle if self.shuffle is None else self.shuffle)

    def claims(self, lowering: Lowering) -> Iterator[Claim]:
        """Claim that the key is what happens, that no distractor is, and what each mistake yields."""
        program = self.code.program(lowering.files, lowering.runtimes)
        if self.options is None and (answer := self._states(self.answer or "")) is not None:
            yield Prints(program, answer, lowering.place.at("answer"))
        for index, option in enumerate(self.options or ()):
            place = lowering.place.at("options", index, "text")
            claim = Prints if option.correct else NeverPrints
            if (states := self._option_states(option)) is not None:
                yield claim(program, states, place)
        for index, mistake in enumerate(self.common_mistakes):
            if mistake.yields is None or (mistake.replace is None and mistake.source is None):
                continue
            source = mistake.source if mistake.source is not None else replaced(program.source, mistake.replace or {})
            changed = dataclasses.replace(program, source=source)
            stated = next(
                (option for option in self.options or () if option.text.strip() == mistake.yields.strip()), None
            )
            expected = self._option_states(stated) if stated else self._states(mistake.yields)
            if expected is None:
                continue
            yield Yields(changed, expected, lowering.place.at("common_mistakes", index, "yields"))

    def _option_states(self, option: OutputOption) -> Output | Ending | None:
        """Return what an option states; None for words about the output that say nothing to be compared."""
        if option.output is not None:
            return Output(option.output, self.code.comparison())
        if option.raises is not None:
            return Ending(exception=option.raises.strip())
        if option.exit_status is not None:
            return Ending(exit_status=option.exit_status)
        stated = self._states(option.text)
        return None if isinstance(stated, Output) and self.options_format == "markdown" else stated

    def _states(self, text: str) -> Output | Ending | None:
        """Return what a text states, by what the code compares. A text is always the output where `compare: output`
        is written out.
        """
        if self.code.compare == "output" and "compare" in self.code.typed():
            return Output(text, self.code.comparison())
        if _RAISES_SOMETHING.fullmatch(text.strip()):
            return None
        if self.code.compare == "exit_status":
            return Ending(exit_status=int(text)) if text.strip().isdecimal() else Output(text)
        if found := _RAISES.fullmatch(text.strip()):
            return Ending(exception=found[1])
        if self.code.compare == "exception":
            return Ending(exception=text.strip().strip("`"))
        return Output(text, self.code.comparison())

    def _not_found(self, source: str, replace: dict[str, str], keys: tuple[Key, ...]) -> Iterator[Fault]:
        """Yield each replacement whose text does not stand in the program, as changed so far."""
        for old, new in replace.items():
            if not old or old not in source:
                message = f"`{shown(old)}` does not stand in the program"
                yield Fault((*keys, old), message, "write the text as it stands there")
            source = replaced(source, {old: new}) if old else source

    def _stated_texts(self) -> Iterator[tuple[tuple[Key, ...], str]]:
        if self.answer is not None:
            yield ("answer",), self.answer
        for index, option in enumerate(self.options or ()):
            if option.output is None and option.raises is None and option.exit_status is None:
                yield ("options", index, "text"), option.text


QUESTION = CodeOutput

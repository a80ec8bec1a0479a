"""Runs a Python program as its main file, and writes what its lines did to standard error.

This file is what the sandbox runs; it imports nothing of quizlib, and changes no file, which may be forbidden. Its
first argument names a file with the request, as JSON: `marker`, which begins each line that is written; `folder`, in
which the program runs, and finds nothing of ours; `program`, the file there to be run; `probes`, a list of line, time
and expressions; `record`, how many changes of variables are written (0: none).
What is written are objects in JSON: `line`, `time` and `values` for a probe; `line`, `time` and `changes` for a
change; at the end `reached`, how often the lines of the probes have run, None for one without a statement, and
`complete`, whether all was followed that was asked for. The program is ended when there is nothing more to follow.

A line is the statement that starts on it, or the head of a block: it has run when the next one in the same function
begins, or the function ends. Functions of the program are followed in its main thread, comprehensions and lambdas not.
"""

from __future__ import annotations

import ast
import builtins
import json
import numbers
import opcode
import os
import sys
import types
from collections.abc import Callable, Iterator
from typing import Any

MAX_EVENTS = 1_000_000
MAX_CHARACTERS = 500  # of a value
MAX_ENTRIES = 1_000  # of a container whose value is written

_SUSPENDING = {opcode.opmap[name] for name in ("YIELD_VALUE", "YIELD_FROM") if name in opcode.opmap}
_RESUME = opcode.opmap.get("RESUME", -1)
_HIDDEN = (types.ModuleType, types.FunctionType, types.BuiltinFunctionType, type)
_Tracer = Callable[[types.FrameType, str, Any], Any]


class Statements:
    """Which line of a program belongs to which statement; a statement is known by its first line."""

    def __init__(self, source: bytes) -> None:
        self.first: dict[int, int] = {}
        self.once: set[int] = set()  # a `with` is met again at its end, a `return` behind a `finally`
        tree = ast.parse(source)
        for node in ast.walk(tree):
            if isinstance(node, (ast.stmt, ast.ExceptHandler, ast.match_case)):
                self._add(node)

    def _add(self, node: ast.stmt | ast.ExceptHandler | ast.match_case) -> None:
        start = node.pattern.lineno if isinstance(node, ast.match_case) else node.lineno
        start = min([start, *(each.lineno for each in getattr(node, "decorator_list", ()))])
        end = max([start, *(each.end_lineno or 0 for each in _head(node))])
        if isinstance(node, (ast.With, ast.AsyncWith, ast.Return)):
            self.once.add(start)
        for line in range(start, end + 1):  # an outer statement comes first: what it starts with belongs to it
            self.first.setdefault(line, self.first.get(start, start))


class Trace:
    """Follows a program, and answers probes or records changes."""

    def __init__(self, request: dict[str, Any], statements: Statements, write: Callable[[Any], None]) -> None:
        self._file = request["program"]
        self._record = int(request["record"])
        self._statements = statements
        self._write = write
        self._asked: dict[tuple[int, int], list[str]] = {}
        self._lines: dict[int, list[int]] = {}
        for line, time, expressions in request["probes"]:
            first = statements.first.get(line, 0)
            lines = self._lines.setdefault(first, [])
            lines += [line] if line not in lines else []
            self._asked.setdefault((first, time), []).extend(expressions)
        self._counts: dict[int, int] = {}
        self._events = 0

    def follow(self, frame: types.FrameType, event: str, argument: Any) -> _Tracer | None:
        """Begin to follow a function of the program, or go on with a generator."""
        name = frame.f_code.co_name
        if frame.f_code.co_filename != self._file or (name.startswith("<") and name != "<module>"):
            return None
        return frame.f_trace or _Frame(self).on_event

    def start(self, first: int) -> int:
        """Count a statement that begins to run; return how often it has begun."""
        self._events += 1
        if self._events > MAX_EVENTS:
            self.end(complete=False)
        self._counts[first] = self._counts.get(first, 0) + 1
        return self._counts[first]

    def finish(self, first: int, time: int, frame: types.FrameType, known: dict[str, str]) -> None:
        """Say what is so now that a statement has run."""
        expressions = self._asked.pop((first, time), None)
        if expressions is not None:
            values = {each: _evaluated(each, frame) for each in expressions}
            for line in self._lines[first]:
                self._write({"line": line, "time": time, "values": values})
            if not self._asked:
                self.end(complete=True)
        if self._record:
            self._changes(first, time, frame, known)

    def close(self, complete: bool = True) -> None:
        """Write how often the lines were reached."""
        counts = {line: self._counts.get(first, 0) for first, lines in self._lines.items() if first for line in lines}
        reached = {str(line): counts.get(line) for lines in self._lines.values() for line in lines}
        self._write({"reached": reached, "complete": complete})

    def end(self, complete: bool) -> None:
        """End the program in its midst, since nothing more is to be learnt from it, and it may go on for ever."""
        self.close(complete)
        os._exit(0)

    def first(self, line: int) -> int | None:
        """Return the first line of the statement on a line."""
        return self._statements.first.get(line)

    def is_once(self, first: int) -> bool:
        """Whether a statement may be met again without being run again."""
        return first in self._statements.once

    def _changes(self, first: int, time: int, frame: types.FrameType, known: dict[str, str]) -> None:
        changes = dict(_changed(frame.f_locals, known))
        if not changes:
            return
        self._write({"line": first, "time": time, "changes": changes})
        self._record -= 1
        if not self._record:
            self.end(complete=False)


class _Frame:
    """One call of a function of the program."""

    def __init__(self, trace: Trace) -> None:
        self._trace = trace
        self._running: tuple[int, int, int] | None = None  # first line, time, instruction
        self._entered: dict[int, int] = {}
        self._known: dict[str, str] = {}

    def on_event(self, frame: types.FrameType, event: str, argument: Any) -> _Tracer:
        """Take note of a line that begins, or of the end of the function."""
        if event == "line":
            self._on_line(frame)
        elif event == "return" and not _is_suspended(frame):
            self._finish(frame)
        return self.on_event

    def _on_line(self, frame: types.FrameType) -> None:
        first, instruction = self._trace.first(frame.f_lineno), frame.f_lasti
        if first is None:
            return
        if self._running and self._running[0] == first and instruction > self._running[2]:
            return  # a further line of the same statement
        self._finish(frame)
        if self._trace.is_once(first) and instruction > self._entered.setdefault(first, instruction):
            return
        self._running = first, self._trace.start(first), instruction

    def _finish(self, frame: types.FrameType) -> None:
        if self._running:
            first, time, _ = self._running
            self._running = None
            self._trace.finish(first, time, frame, self._known)


def _head(node: ast.AST) -> Iterator[ast.expr | ast.pattern]:
    """Yield all expressions of a statement, but none of the blocks that stand under it."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, (ast.stmt, ast.ExceptHandler, ast.match_case)):
            if isinstance(child, (ast.expr, ast.pattern)):
                yield child
            yield from _head(child)


def _is_suspended(frame: types.FrameType) -> bool:
    """Whether a generator only gives a value and will go on; Python 3.13 is then one instruction behind it."""
    code, instruction = frame.f_code.co_code, frame.f_lasti
    if code[instruction] == _RESUME and instruction >= 2:
        instruction -= 2
    return code[instruction] in _SUSPENDING


def _evaluated(expression: str, frame: types.FrameType) -> dict[str, Any]:
    try:
        return _shown(eval(expression, frame.f_globals, frame.f_locals))
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"[:MAX_CHARACTERS]}


def _shown(value: object) -> dict[str, Any]:
    """Return how a value is written: `text` as by `repr`, `plain` as by `print`; `number` says that it is one."""
    if isinstance(value, (str, bytes, bytearray, list, tuple, dict, set, frozenset)) and len(value) > MAX_ENTRIES:
        return {"error": f"it is a {type(value).__name__} of {len(value)} entries, too long to be shown"}
    number = isinstance(value, numbers.Real) and not isinstance(value, bool)
    text, plain = repr(value), str(value)
    if max(len(text), len(plain)) > MAX_CHARACTERS:
        return {"error": f"it is a {type(value).__name__} of {len(text)} characters, too long to be shown"}
    return {"text": text, "plain": plain, "number": number}


def _changed(names: dict[str, Any], known: dict[str, str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the variables whose value is another one than before, and remember it."""
    for name, value in list(names.items()):
        if name.startswith("_") or not name.isidentifier() or isinstance(value, _HIDDEN):
            continue
        try:
            shown = _shown(value)
        except Exception:  # of a `__repr__` of the program
            continue
        if shown.get("text", known.get(name)) != known.get(name):
            known[name] = shown["text"]
            yield name, shown


def _enter(folder: str) -> None:
    """Make the program's own folder the one that it is started in, by whatever name it may ask for it."""
    before = os.getcwd()
    os.chdir(folder)
    sys.path[0] = os.path.join(sys.path[0], folder)
    os.environ.update({name: os.getcwd() for name, value in os.environ.items() if value == before})


def main() -> None:
    """Run the program that the request names."""
    with open(sys.argv[1], encoding="utf-8") as file:
        request = json.load(file)
    channel = os.dup(2)

    def write(found: Any) -> None:
        line = (request["marker"] + json.dumps(found) + "\n").encode("ascii")
        while line:
            line = line[os.write(channel, line) :]

    _enter(request["folder"])
    with open(request["program"], "rb") as file_of_program:
        source = file_of_program.read()
    code = compile(source, request["program"], "exec", dont_inherit=True)
    module = types.ModuleType("__main__")
    vars(module).update(__file__=os.path.abspath(request["program"]), __builtins__=builtins, __cached__=None)
    sys.modules["__main__"] = module
    sys.argv[:] = [request["program"], *sys.argv[2:]]
    trace = Trace(request, Statements(source), write)
    try:
        sys.settrace(trace.follow)
        exec(code, vars(module))
    finally:
        sys.settrace(None)
        trace.close()


if __name__ == "__main__":
    main()

"""Law 5: any bytes at all end in data or in a diagnostic, and no path leaves the bank's folder."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizlib import source, yaml_events
from quizlib.bank import Folder
from quizlib.diagnostics import Diagnostic
from quizlib.exporting import export
from quizlib.plugins import ExportOptions
from quizlib.source import read
from quizlib.validation import Settings, validate
from tests.property import strategies
from tests.unit.helpers import HEADER, bank_text, codes, load_text, only

_BANKS = [path.read_bytes() for path in sorted(Path(__file__, "../../../banks").resolve().glob("*.yaml"))]


def _assert_spans_lie_within(diagnostics: list[Diagnostic] | tuple[Diagnostic, ...], content: bytes) -> None:
    text = content.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for span in [span for found in diagnostics for span in (found.span, *found.related)]:
        if span.line:
            assert (span.line, span.column) <= (span.end_line, span.end_column)
            assert 1 <= span.column <= len(lines[span.line - 1]) + 1
            assert 1 <= span.end_column <= len(lines[span.end_line - 1]) + 2


def _refused(content: bytes) -> Diagnostic:
    """Return why a file gives no data."""
    document, diagnostics = read("x", content)
    assert document is None or document.data is None
    return only(diagnostics)


def _assert_survives(content: bytes) -> None:
    document, diagnostics = read(strategies.PATH, content)
    assert (document is not None and document.data is not None) or diagnostics
    _assert_spans_lie_within(diagnostics, content)
    loaded = strategies.loaded(content)
    assert loaded.diagnostics or loaded.bank is not None
    _assert_spans_lie_within(loaded.diagnostics, content)


@given(st.binary(max_size=200))
def test_arbitrary_bytes_end_in_data_or_a_diagnostic(content: bytes) -> None:
    _assert_survives(content)


@given(st.text(max_size=200))
def test_arbitrary_texts_end_in_data_or_a_diagnostic(text: str) -> None:
    _assert_survives(text.encode("utf-8", "surrogatepass"))


@given(strategies.token_soup)
def test_a_soup_of_yaml_tokens_ends_in_data_or_a_diagnostic(content: bytes) -> None:
    _assert_survives(content)


@given(strategies.token_soup)
def test_a_bank_that_goes_on_as_a_soup_ends_in_data_or_a_diagnostic(content: bytes) -> None:
    _assert_survives(HEADER.encode() + b"questions:\n  - id: a\n    type: essay\n    stem: " + content)


@given(st.sampled_from(_BANKS).flatmap(strategies.mutated))
def test_a_bank_with_bytes_changed_ends_in_data_or_a_diagnostic(content: bytes) -> None:
    _assert_survives(content)


def _nested(depth: int, opening: str, closing: str) -> bytes:
    return (opening * depth + "1" + closing * depth).encode()


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ("{a: ", "}")])
def test_nesting_is_read_up_to_its_bound_and_refused_behind_it(opening: str, closing: str) -> None:
    document, diagnostics = read("x", _nested(yaml_events.MAX_DEPTH, opening, closing))
    assert document is not None
    assert document.data is not None
    assert diagnostics == []
    assert _refused(_nested(yaml_events.MAX_DEPTH + 1, opening, closing)).code == "QZ005"


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? ", "[[", "{{", "[{", "&a [", "!x "])
def test_very_deep_nesting_is_refused(opening: str) -> None:
    assert _refused((opening * 20_000).encode()).code in ("QZ003", "QZ005", "QZ007")


def _aliases(levels: int, width: int) -> bytes:
    lines = ["a0: &a0 x"]
    for level in range(1, levels):
        lines.append(f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * width)}]")
    return "\n".join(lines).encode()


def test_aliases_that_expand_to_a_bomb_are_refused() -> None:
    assert _refused(_aliases(levels=12, width=10)).code == "QZ006"


def test_a_few_aliases_are_read() -> None:
    document, diagnostics = read("x", _aliases(levels=3, width=3))
    assert document is not None
    assert document.data == {"a0": "x", "a1": ["x"] * 3, "a2": [["x"] * 3] * 3}
    assert diagnostics == []


@pytest.mark.parametrize("text", ["&a [*a]", "&a {b: *a}", "a: &a\n  b: {c: [*a]}"])
def test_an_alias_inside_what_it_names_is_refused(text: str) -> None:
    assert _refused(text.encode()).code == "QZ006"


@pytest.mark.parametrize(
    "tag", ["!!python/object/apply:os.system", "!!str", "!", "!x", "!<tag:yaml.org,2002:str>", "!!binary", "!!set"]
)
@pytest.mark.parametrize("value", ["x", "[x]", "{x: y}"])
def test_tags_are_refused_at_their_place(tag: str, value: str) -> None:
    found = _refused(f"a: b\nc: {tag} {value}\n".encode())
    assert (found.code, found.span.line, found.span.column) == ("QZ007", 2, 4)


def test_a_file_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "MAX_BYTES", 20)
    assert read("x", b"a: " + b"x" * 17)[1] == []
    assert _refused(b"a: " + b"x" * 18).code == "QZ008"


@pytest.mark.parametrize(
    ("content", "code", "line", "column"),
    [
        (b"a: \xff", "QZ002", 1, 4),
        (b"a: b\nc: \xc3\xa9\xe9", "QZ002", 2, 5),
        ("é: 1".encode("utf-16"), "QZ002", 1, 1),
        (b"a: b\r\nc: \x1b[31m", "QZ009", 2, 4),
        (b"", "QZ010", 1, 1),
        (b"# nothing\n", "QZ010", 1, 1),
        (b"a: 1\n---\nb: 2\n", "QZ003", 2, 1),
        (b"a:\n\tb: 1\n", "QZ003", 2, 1),
        (b"a: 'x\n", "QZ003", 2, 1),
        (b"[a]: b\n", "QZ003", 1, 1),
        (b"a: *b\n", "QZ003", 1, 4),
    ],
)
def test_what_is_no_yaml_of_ours_is_refused_at_its_place(content: bytes, code: str, line: int, column: int) -> None:
    found = _refused(content)
    assert (found.code, found.span.line, found.span.column) == (code, line, column)


def test_a_byte_order_mark_does_not_count() -> None:
    document, diagnostics = read("x", b"\xef\xbb\xbfa: b\n")
    assert document is not None
    assert (document.data, diagnostics) == ({"a": "b"}, [])


# Paths ---------------------------------------------------------------------------------------------------

_PIECES = ["..", ".", "", "in.txt", "sub", "out", "out.txt", "loop", "secret.txt", "C:", "\\", "\0", "~", "%2e%2e", " ", "é",
           "a" * 300, "/etc/passwd", "bank", "\n"]  # fmt: skip
_paths = st.lists(st.sampled_from(_PIECES), max_size=5).map("/".join) | st.text(max_size=8)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a bank's folder, beside a secret, with links that lead there."""
    top = tmp_path_factory.mktemp("top")
    (top / "secret.txt").write_text("secret")
    folder = top / "bank"
    (folder / "sub").mkdir(parents=True)
    (folder / "in.txt").write_text("inside")
    (folder / "sub" / "in.txt").write_text("inside")
    (folder / "out").symlink_to(top)
    (folder / "out.txt").symlink_to(top / "secret.txt")
    (folder / "loop").symlink_to(folder / "loop")
    return folder


@given(path=_paths)
def test_a_path_leads_into_the_folder_or_is_refused(root: Path, path: str) -> None:
    folder = Folder(root)
    problem = folder.problem(path)
    if problem is None:
        assert folder.read(path) == b"inside"
    else:
        assert path in problem


@pytest.mark.parametrize(
    "path", ["../secret.txt", "sub/../../secret.txt", "/etc/passwd", "out.txt", "out/secret.txt", "a\0b", "..\\secret.txt",
             "C:\\x", "", "loop", "sub", "file:///etc/passwd", "x" * 5000],
)  # fmt: skip
def test_what_is_no_file_in_the_folder_is_refused(root: Path, path: str) -> None:
    assert Folder(root).problem(path) is not None


@pytest.mark.parametrize("path", ["in.txt", "sub/in.txt", "./sub/../in.txt", "sub\\in.txt"])
def test_a_file_in_the_folder_may_be_used(root: Path, path: str) -> None:
    assert Folder(root).problem(path) is None


_OUTSIDE = ["../secret.txt", "/etc/passwd", "out.txt", "out/secret.txt", "a\0b", "sub", "missing.txt"]


@pytest.mark.parametrize("path", _OUTSIDE)
def test_a_program_is_not_read_from_outside(root: Path, path: str) -> None:
    question = f"- {{id: a, type: code_output, stem: x, answer: y, code: {{file: {strategies.double_quoted(path)}}}}}"
    loaded = load_text(bank_text(question), root)
    found = only(loaded.diagnostics)
    assert (found.code, found.question, loaded.refused) == ("QZ018", "a", 1)


@pytest.mark.parametrize("path", [*_OUTSIDE, "..%2Fsecret.txt", "%2e%2e/secret.txt", "a%00b"])
def test_an_image_is_not_read_from_outside(root: Path, path: str) -> None:
    written = path.replace("\0", "%00")
    text = bank_text(f"- {{id: a, type: essay, stem: {strategies.double_quoted(f'![x]({written})')}}}")
    loaded = load_text(text, root)
    for format in ("json", "moodle_xml"):
        files, _ = export(loaded, format, ExportOptions())
        (content,) = files.values()
        assert b"base64" not in content
    assert "QZ502" in codes(validate([str(root / "sample.yaml")], Settings(run=False)).diagnostics)


def test_an_image_of_the_folder_is_exported(root: Path) -> None:
    loaded = load_text(bank_text('- {id: a, type: essay, stem: "![x](sub/in.txt)"}'), root)
    files, _ = export(loaded, "json", ExportOptions())
    assert json.loads(files["sample.json"])["images"]["sub/in.txt"]["base64"] == "aW5zaWRl"


def test_a_link_out_of_the_folder_is_no_bank(root: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.yaml"
    outside.write_text(HEADER)
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "linked.yaml").symlink_to(outside)
    found = only(validate([str(folder)], Settings(run=False)).diagnostics)
    assert (found.code, found.message) == ("QZ001", "the file cannot be read: the link leads out of the bank's folder")

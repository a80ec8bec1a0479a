"""Formatting changes nothing of what a bank says, none of its remarks, and nothing at all the second time."""

from __future__ import annotations

from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from quizlib.formatting import CannotFormatError, formatted
from quizlib.formatting.order import rank
from quizlib.source import Document, read
from tests.property.strategies import token_soup
from tests.property.styled import Styled, documents, roots, trees

_KEYS = st.sampled_from(["id", "type", "stem", "options", "hints", "answer", "code", "feedback", "title", "tags", "é"])
_banks = st.fixed_dictionaries(
    {"format": st.just("1"), "id": trees, "questions": st.lists(st.dictionaries(_KEYS, trees, min_size=1), min_size=1)}
)


def document_of(text: str) -> Document:
    document, _ = read("x", text.encode("utf-8"))
    assert document is not None
    return document


def assert_laws(styled: Styled) -> str:
    text = formatted(document_of(styled.text))
    after = document_of(text)
    assert after.data == styled.data
    for remark in styled.remarks:
        assert text.count(remark) == styled.text.count(remark)
    assert formatted(after) == text
    return text


@given(documents(_banks))
def test_a_bank_says_the_same_and_stays_as_it_was_formatted(styled: Styled) -> None:
    assert_laws(styled)


@given(documents(roots))
def test_so_does_any_other_document(styled: Styled) -> None:
    assert_laws(styled)


@given(documents(_banks))
def test_keys_outside_questions_stay_in_their_order(styled: Styled) -> None:
    after: Any = document_of(formatted(document_of(styled.text))).data
    assert list(after) == list(styled.data)
    for before, question in zip(styled.data["questions"], after["questions"], strict=True):
        ranks = [rank(key) for key in question]
        assert ranks == sorted(ranks) or list(question) == list(before)
        assert all(repr(question[key]) == repr(before[key]) for key in before)


@given(documents(_banks), st.sampled_from(["\n", "\r\n", "\r"]), st.sampled_from(["", "\ufeff"]))
def test_line_ends_and_a_byte_order_mark_make_no_difference(styled: Styled, end: str, mark: str) -> None:
    plain = styled.text.replace("\r\n", "\n")
    other = document_of(mark + plain.replace("\n", end))
    assert formatted(other) == formatted(document_of(plain)).replace("\n", end) or "\n" not in plain


@given(token_soup)
def test_any_bytes_are_formatted_or_refused(content: bytes) -> None:
    document, _ = read("x", content)
    assume(document is not None and document.data is not None and not document.duplicate_keys())
    assert document is not None
    try:
        text = formatted(document)
    except CannotFormatError:
        return
    assert document_of(text).data == document.data
    assert formatted(document_of(text)) == text

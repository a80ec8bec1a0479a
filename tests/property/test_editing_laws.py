"""An edited document reads as the old data with just the one change, and all else in it stays as it was."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from quizlib.diagnostics import AddKey, Change, Key, Place, Remove, RenameKey, Reorder, Repair, SetText
from quizlib.editing import apply, fix
from quizlib.source import Document, read
from tests.property.strategies import one_line, printable, several_lines, token_soup
from tests.property.styled import Styled, documents

PATH = "x"
# A program's output may hold anything, so a text that is to be written may, too; but for half a character.
anything = st.text(st.characters(exclude_categories=["Cs"]) | printable, max_size=20) | one_line | several_lines


def document_of(text: str) -> Document:
    document, diagnostics = read(PATH, text.encode("utf-8"))
    assert document is not None
    assert diagnostics == []
    return document


def places(tree: Any, keys: tuple[Key, ...] = ()) -> Iterator[tuple[tuple[Key, ...], Any]]:
    yield keys, tree
    for key, value in tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ():
        yield from places(value, (*keys, key))


def one_of(draw: Any, tree: Any, kind: Any) -> tuple[tuple[Key, ...], Any]:
    found: list[tuple[tuple[Key, ...], Any]] = [
        place for place in places(tree) if isinstance(place[1], kind) and place[0]
    ]
    assume(found)
    chosen: tuple[tuple[Key, ...], Any] = draw(st.sampled_from(found))
    return chosen


def around(tree: Any, keys: tuple[Key, ...]) -> Any:
    for key in keys[:-1]:
        tree = tree[key]
    return tree


def changed(text: str, change: Change) -> str | None:
    document = document_of(text)
    found = fix(document, Repair("change it", (change,)))
    return apply(document.text, found.edits) if found else None


def listed(data: Any) -> Any:
    """Return data in which the order of keys counts."""
    if isinstance(data, dict):
        return [(key, listed(value)) for key, value in data.items()]
    return [listed(value) for value in data] if isinstance(data, list) else data


def assert_reads(text: str | None, wanted: Any, styled: Styled) -> None:
    assert text is not None
    assert listed(document_of(text).data) == listed(wanted)
    for remark in styled.remarks:
        assert text.count(remark) == styled.text.count(remark)


@given(documents())
def test_the_writer_of_documents_is_right(styled: Styled) -> None:
    assert listed(document_of(styled.text).data) == listed(styled.data)


@given(st.data(), documents(), anything)
def test_any_text_can_be_put_in_the_place_of_any_scalar(data: st.DataObject, styled: Styled, text: str) -> None:
    keys, old = one_of(data.draw, styled.data, str | None)
    assume(old != text)
    wanted = copy.deepcopy(styled.data)
    around(wanted, keys)[keys[-1]] = text
    assert_reads(changed(styled.text, SetText(Place(PATH, keys), text)), wanted, styled)


@given(st.data(), documents(), anything)
def test_what_is_outside_a_changed_scalar_stays(data: st.DataObject, styled: Styled, text: str) -> None:
    keys, _ = one_of(data.draw, styled.data, str)
    document = document_of(styled.text)
    found = fix(document, Repair("change it", (SetText(Place(PATH, keys), text),)))
    assume(found)
    assert found is not None
    start, end = document.marks.values[keys]
    after = apply(document.text, found.edits)
    assert after.startswith(document.text[:start])
    assert after.endswith(document.text[end:])


@given(st.data(), documents(), anything.filter(lambda name: len(name) < 100))
def test_any_key_can_be_renamed_to_any_other(data: st.DataObject, styled: Styled, name: str) -> None:
    found = [keys for keys, _ in places(styled.data) if keys and isinstance(keys[-1], str)]
    keys = data.draw(st.sampled_from(found))
    mapping = around(styled.data, keys)
    result = changed(styled.text, RenameKey(Place(PATH, keys), name))
    if name in mapping:
        assert result is None
        return
    wanted = copy.deepcopy(styled.data)
    inner = around(wanted, keys)
    renamed = {name if key == keys[-1] else key: value for key, value in inner.items()}
    inner.clear()
    inner.update(renamed)
    assert_reads(result, wanted, styled)


@given(st.data(), documents(), anything, st.booleans())
def test_a_key_can_be_added_to_any_mapping(data: st.DataObject, styled: Styled, text: str, first: bool) -> None:
    keys, mapping = data.draw(st.sampled_from([place for place in places(styled.data) if isinstance(place[1], dict)]))
    wanted = copy.deepcopy(styled.data)
    inner = around(wanted, (*keys, "new"))
    grown = {"new": text, **mapping} if first else {**mapping, "new": text}
    inner.clear()
    inner.update(grown)
    assert_reads(changed(styled.text, AddKey(Place(PATH, keys), "new", text, first)), wanted, styled)


@given(st.data(), documents())
def test_any_text_becomes_a_mapping_with_a_further_key(data: st.DataObject, styled: Styled) -> None:
    keys, text = one_of(data.draw, styled.data, str)
    wanted = copy.deepcopy(styled.data)
    around(wanted, keys)[keys[-1]] = {"text": text, "correct": "true"}
    change = AddKey(Place(PATH, keys), "correct", "true", scalar_key="text")
    assert_reads(changed(styled.text, change), wanted, styled)


@given(st.data(), documents())
def test_what_is_removed_is_all_that_goes(data: st.DataObject, styled: Styled) -> None:
    keys, _ = data.draw(st.sampled_from([place for place in places(styled.data) if place[0]]))
    wanted = copy.deepcopy(styled.data)
    del around(wanted, keys)[keys[-1]]
    result = changed(styled.text, Remove(Place(PATH, keys)))
    stands_alone = keys[-1] not in (0, next(iter(around(styled.data, keys))))
    if result is not None or (stands_alone and not any(sign in styled.text for sign in "&*#")):
        assert_reads(result, wanted, styled)


@given(st.data(), documents())
def test_a_list_in_another_order_has_the_same_elements(data: st.DataObject, styled: Styled) -> None:
    keys, elements = one_of(data.draw, styled.data, list)
    order = data.draw(st.permutations(range(len(elements))))
    assume([elements[index] for index in order] != elements)
    wanted = copy.deepcopy(styled.data)
    around(wanted, keys)[keys[-1]] = [elements[index] for index in order]
    result = changed(styled.text, Reorder(Place(PATH, keys), tuple(order)))
    if result is not None or not (styled.remarks or any(sign in styled.text for sign in "&*#")):
        assert_reads(result, wanted, styled)


@given(token_soup, st.data(), anything)
def test_of_any_bytes_a_change_is_right_or_refused(content: bytes, data: st.DataObject, text: str) -> None:
    document, _ = read(PATH, content)
    assume(document is not None and document.data is not None)
    assert document is not None
    keys, _ = data.draw(st.sampled_from(list(places(document.data))))
    place = Place(PATH, keys)
    changes: list[Change] = [SetText(place, text), RenameKey(place, text), AddKey(place, "new", text, True, "text"),
                             Remove(place), Reorder(place, (1, 0))]  # fmt: skip
    for change in changes:
        found = fix(document, Repair("change it", (change,)))
        if found is not None:
            after, _ = read(PATH, apply(document.text, found.edits).encode("utf-8"))
            assert after is not None
            assert after.data is not None

"""What stands in a file of a bank beside its questions: the bank's own fields, in the first of its files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizlib.bank.findings import Findings
from quizlib.diagnostics import Finding, Kind, Place
from quizlib.model import Bank, Item
from quizlib.yaml_events import Node

if TYPE_CHECKING:
    from quizlib.authoring.header import Header

FORMAT_VERSION = Kind("QZ016", "unsupported-format")


def header(mapping: dict[str, Node], place: Place, findings: Findings) -> Header | None:
    """Check the bank's own fields, and return them if there is nothing wrong with them."""
    from quizlib.authoring.faults import checked
    from quizlib.authoring.header import Header
    from quizlib.authoring.repairs import Identifiers, format_added

    version = mapping.get("format")
    if isinstance(version, str) and version.isdecimal() and version != "1":
        help = "this version of quizlib reads format 1"
        findings.report(FORMAT_VERSION, Finding(place.at("format"), f"the format {version} is not known", help))
        mapping = {**mapping, "format": "1"}
    found, faults = checked(Header, {key: mapping[key] for key in mapping if key != "questions"}, place)
    named = [(kind, Identifiers(()).repaired(kind, finding, mapping, place)) for kind, finding in faults]
    findings.report_all((kind, format_added(kind, finding, place)) for kind, finding in named)
    return found


def check_part(mapping: dict[str, Node], place: Place, findings: Findings) -> None:
    """Check a further file of a folder: it holds questions and at most says its format."""
    from quizlib.authoring.faults import UNKNOWN_KEY, did_you_mean, renamed

    for key in mapping:
        if key not in ("questions", "format"):
            meant = did_you_mean(key, ["questions"])
            help = "did you mean `questions`?" if meant else "the bank's own fields stand in its `bank.yaml`"
            message, where = f"the key `{key}` is not known here", place.at(key)._replace(on_key=True)
            finding = Finding(where, message, help, repair=renamed(place.at(key), ["questions"], mapping))
            findings.report(UNKNOWN_KEY, finding)


def bank_of(header: Header | None, items: tuple[Item, ...], place: Place) -> Bank | None:
    """Return the bank; one without a header only has items, and without any there is none."""
    if header is None:
        return Bank(identifier="", title="", items=items, place=place) if items else None
    return Bank(
        identifier=header.id,
        title=header.title,
        items=items,
        place=place,
        description=header.description,
        language=header.language,
        license=header.license,
        authors=tuple(header.authors),
        category=header.category,
        tags=tuple(header.tags),
        runtimes=tuple(header.runtimes),
        lesson=header.lesson.lower() if header.lesson else None,
        blueprint=header.blueprint.lower() if header.blueprint else None,
        sanitize_html=header.raw_html == "sanitized",
    )

"""Which rules are wanted: by code, by name, by family, by persona.

Only lint rules and warnings can be switched off. What would let a wrong key pass, or a question be lost, is said
whatever is selected.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable

from quizlib.diagnostics import Kind, Persona, Severity
from quizlib.suppression import is_never_quiet

ALL = "ALL"

_EXACT = 100  # more than any family has letters
_FAMILY = re.compile(r"([A-Z]+)\d*")
_OWN_FAMILY = re.compile(r"QZ[0-7]?")  # whether a rule is in it or not
_MAY_BE_QUIET = ("QZ019", "QZ020")  # of the files' faults these two are a matter of taste
_LOSSES = "QZ7"


@dataclasses.dataclass(frozen=True, slots=True)
class Selection:
    """What is selected and ignored, each by names: a code, a rule, a family such as `QZ2`, or `ALL`.

    Without `select` all rules of the persona are. A rule that is named by itself, or by `ALL`, is selected whatever its
    persona; of a family, those of the persona are. Where both `select` and `ignore` speak of a rule, the narrower name
    counts, and of two equally narrow ones `ignore`.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    persona: Persona = "default"

    def includes(self, kind: Kind) -> bool:
        """Whether what has this kind is wanted; of what can be switched off."""
        fits = kind.persona == "default" or self.persona == "pedantic"
        chosen = max((_weight(name, kind, fits) for name in self.select), default=int(fits and not self.select))
        return chosen > max((_weight(name, kind) for name in self.ignore), default=0)


def is_fixed(code: str, severity: Severity, *, is_rule: bool) -> bool:
    """Whether what has this code and severity is said whatever is selected."""
    if code in _MAY_BE_QUIET:
        return False
    return is_never_quiet(code, severity) or code.startswith(_LOSSES) or (severity is Severity.ERROR and not is_rule)


def matches(name: str, kind: Kind) -> bool:
    """Whether a name speaks of a kind."""
    return _weight(name, kind) > 0


def is_one(name: str, kind: Kind) -> bool:
    """Whether a name means this kind by itself, and no family."""
    return name in (kind.code, kind.rule)


def unknown(name: str, kinds: Iterable[Kind]) -> tuple[str, str] | None:
    """Say that nothing has this name, and what was probably meant; None where something has."""
    known = list(kinds)
    if _OWN_FAMILY.fullmatch(name) or any(matches(name, kind) for kind in known):
        return None
    codes, rules = {ALL, *(kind.code for kind in known)}, [kind.rule for kind in known]
    import difflib  # slow to import, and seldom needed

    meant = [name.upper()] if name.upper() in codes else difflib.get_close_matches(name.replace("_", "-"), rules, 1)
    help = f"did you mean `{meant[0]}`?" if meant else "`quiz explain --list` names them all"
    return f"there is no rule, code or family `{name[:60]}`", help


def _weight(name: str, kind: Kind, fits: bool = True) -> int:
    """Return how narrowly a name speaks of a kind, 0 where it does not; a family speaks only of what `fits`."""
    if name in (kind.code, kind.rule):
        return _EXACT
    if name == ALL:
        return 1
    family = _FAMILY.fullmatch(name)
    is_of_family = family is not None and kind.code.startswith(name) and not kind.code[len(family[1]) :][:1].isalpha()
    return len(name) if is_of_family and fits else 0

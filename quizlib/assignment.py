"""Which part of a blueprint each question is drawn for: a matching that grows by augmenting paths (Kuhn 1955).

Questions are numbers, in the order in which they are tried.
"""

from __future__ import annotations

from collections.abc import Sequence


class Assignment:
    """The questions of each part. All places of a part are alike, so that a part looks for a question as a whole."""

    def __init__(self, fitting: Sequence[Sequence[int]]) -> None:
        """Begin with no question; `fitting` are those that each part may have."""
        self._fitting = fitting
        self._owner: dict[int, int] = {}

    def extend(self, part: int) -> int | None:
        """Find one more question for a part, moving others to other parts where need be; None where there is none.

        The question that is returned had no part; it need not be this part that has it now.
        """
        untried = [iter(fitting) for fitting in self._fitting]
        tried: set[int] = set()
        waiting = [(part, -1)]  # parts that look for a question, each with the one that it would give away
        while waiting:
            looking = waiting[-1][0]
            for number in untried[looking]:
                owner = self._owner.get(number)
                if number in tried:
                    continue
                tried.add(number)
                if owner is None:
                    self._move(number, waiting)
                    return number
                if owner != looking:
                    waiting.append((owner, number))
                    break
            else:
                waiting.pop()
        return None

    def numbers_of(self, part: int) -> list[int]:
        """Return the questions of a part, in their order."""
        return [number for number in self._fitting[part] if self._owner.get(number) == part]

    def _move(self, free: int, waiting: Sequence[tuple[int, int]]) -> None:
        """Give a free question to the last part that looks, and what each gives away to the one before it."""
        for part, given in reversed(waiting):
            self._owner[free] = part
            free = given

"""What has changed between two states of banks, in words of questions and not of lines.

Comments, the order of keys and the style of the YAML say nothing here: what is compared are the questions that learners
get, with all that is proved of them.
"""

from quizlib.comparison.banks import compare
from quizlib.comparison.changes import Change
from quizlib.comparison.sides import Side, UnreadableError, read_side, read_staged

__all__ = ["Change", "Side", "UnreadableError", "compare", "read_side", "read_staged"]

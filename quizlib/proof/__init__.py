"""Claims to runs to verdicts: the answer key is what the program does, or it is an error.

Distinct programs run once each, side by side; what is reported depends on the outcomes alone, never on
their order.
"""

from quizlib.proof.engine import Coverage, Proof, prove, unproved

__all__ = ["Coverage", "Proof", "prove", "unproved"]

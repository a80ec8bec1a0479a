"""Claims to runs to verdicts: the answer key is what the program does, or it is an error.

Distinct programs run once each, side by side; what is reported depends on the outcomes alone, never on their order.
`engine` and what it needs is imported only when there is a claim to be settled.
"""

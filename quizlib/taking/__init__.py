"""Practice and tests in a terminal, line by line: what is asked, what was typed, what is said to it, what is kept.

Nothing here reads a keyboard or writes to a terminal: lines go in and lines come out, and `quizlib.cli.take` carries
them. No program of a bank is run.
"""

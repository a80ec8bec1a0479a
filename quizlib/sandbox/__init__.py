"""Running a program under limits: the protocol, the outcomes, and one file per backend.

The verdict is reached outside: a backend gets programs, never the bank or what is expected of them.
"""

from quizlib.sandbox.protocol import Job, Limits, MemoryLimit, RunResult, Sandbox, Status

__all__ = ["Job", "Limits", "MemoryLimit", "RunResult", "Sandbox", "Status"]

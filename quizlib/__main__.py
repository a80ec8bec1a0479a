"""The command `quiz`, and `python -m quizlib`: a process that lives for one command.

It imports next to nothing before it is ready for Ctrl-C, which may come while all else is being imported.
"""

import gc
import sys


def main() -> None:
    """Run `quiz`, and exit with its status."""
    gc.set_threshold(50_000)  # modules and banks are many objects and next to no garbage
    try:
        from quizlib import cli

        cli.main()
    except KeyboardInterrupt:
        sys.exit(130)  # as `cli.main` does, which may not be there yet
    finally:
        gc.freeze()  # nor is there any point in searching them all for garbage at the end


if __name__ == "__main__":
    main()

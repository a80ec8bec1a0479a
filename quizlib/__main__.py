"""The command `quiz`, and `python -m quizlib`.

It imports next to nothing before it is ready for Ctrl-C, which may come while all else is being imported.
"""

import sys


def main() -> None:
    """Run `quiz`, and exit with its status."""
    try:
        from quizlib import cli

        cli.main()
    except KeyboardInterrupt:
        sys.exit(130)  # as `cli.main` does, which may not be there yet


if __name__ == "__main__":
    main()

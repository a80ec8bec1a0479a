"""`python -m quizlib` is `quiz`."""

from quizlib.cli import main

if __name__ == "__main__":
    main()

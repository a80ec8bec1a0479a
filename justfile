# The front door for contributors. `just` lists the recipes.
default:
    @just --list

# everything that CI runs, in environments of its own
check:
    python3 tests/check.py

# the tests, against the tree
test *arguments:
    python -m pytest -n auto {{arguments}}

# lint, format, layers and types
lint:
    ruff check
    ruff format --check
    lint-imports
    mypy

# write transcripts, schemas and generated pages anew; read the difference
accept:
    python -m pytest --accept -q tests/test_transcripts.py tests/test_docs.py tests/test_reference.py tests/test_manual.py tests/test_cli.py; git diff --stat

# the scripts and styles of the page: types, unit tests, and what ships is built anew
page:
    python tests/npm.py ci
    python tests/npm.py run --silent types
    python tests/npm.py test --silent
    python tests/npm.py run --silent build

# the manual, built anew as you write
manual:
    NO_MKDOCS_2_WARNING=1 mkdocs serve

# speed, as ratios
bench:
    python benchmarks/run.py

# how much of what is wrong does proof find?
bench-keys *arguments:
    python benchmarks/keys/run.py {{arguments}}

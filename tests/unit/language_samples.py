"""What each language is tried with: small programs that do the same in all of them."""

from __future__ import annotations

import dataclasses


@dataclasses.dataclass(frozen=True, slots=True)
class Samples:
    """Programs of one language; None where the language has no such thing.

    `unfinished` does not parse, and `place` is how its tool names the line of the fault. `greeting` prints the text
    `Grüße, 你好 🙂`; `shouting` prints its standard input in capitals; `listing` its arguments, each on a line;
    `reading` the content of `data.txt`; `leaving` ends with status 7; `raising` fails as `ending` says; `hour` prints
    the local hour of the beginning of 1970; `canary` prints the variable QUIZ_CANARY, or `none`; `tools` are the
    commands by which the language may be had.
    """

    unfinished: str
    place: str
    greeting: str
    leaving: str
    hour: str
    tools: tuple[str, ...]
    shouting: str | None = None
    listing: str | None = None
    reading: str | None = None
    canary: str | None = None
    raising: str | None = None
    ending: str | None = None


def _c(body: str) -> str:
    headers = "".join(f"#include <{name}.h>\n" for name in ("ctype", "stdio", "stdlib", "time"))
    return f"{headers}int main(int argc, char **argv)\n{{\n{body}\n}}\n"


SAMPLES = {
    "bash": Samples(
        unfinished="echo 1\nif true; then\n",
        place="program.sh: line 3",
        greeting="echo 'Grüße, 你好 🙂'\n",
        leaving="exit 7\n",
        hour="printf '%(%H)T\\n' 0\n",
        tools=("bash",),
        shouting="tr '[:lower:]' '[:upper:]'\n",
        listing='for argument in "$@"; do echo "$argument"; done\n',
        reading="cat data.txt\n",
        canary='echo "${QUIZ_CANARY-none}"\n',
    ),
    "c": Samples(
        unfinished="int main(void)\n{\n    int x = ;\n    return 0;\n}\n",
        place="program.c:3:",
        greeting=_c('(void)argc; (void)argv; puts("Grüße, 你好 🙂"); return 0;'),
        leaving=_c("(void)argc; (void)argv; return 7;"),
        hour=_c('(void)argc; (void)argv; time_t t = 0; printf("%02d\\n", localtime(&t)->tm_hour); return 0;'),
        tools=("gcc", "clang", "cc"),
        shouting=_c("(void)argc; (void)argv; for (int c; (c = getchar()) != EOF;) putchar(toupper(c)); return 0;"),
        listing=_c("for (int i = 1; i < argc; i++) puts(argv[i]); return 0;"),
        reading=_c(
            '(void)argc; (void)argv; FILE *f = fopen("data.txt", "r");'
            " for (int c; (c = getc(f)) != EOF;) putchar(c); return 0;"
        ),
        canary=_c('(void)argc; (void)argv; char *v = getenv("QUIZ_CANARY"); puts(v ? v : "none"); return 0;'),
    ),
    "javascript": Samples(
        unfinished="console.log(1);\nlet x = ;\n",
        place="program.js:2",
        greeting="console.log('Grüße, 你好 🙂');\n",
        leaving="process.exit(7);\n",
        hour="console.log(String(new Date(0).getHours()).padStart(2, '0'));\n",
        tools=("node", "nodejs"),
        shouting="process.stdout.write(require('fs').readFileSync(0, 'utf8').toUpperCase());\n",
        listing="process.argv.slice(2).forEach((argument) => console.log(argument));\n",
        reading="process.stdout.write(require('fs').readFileSync('data.txt', 'utf8'));\n",
        canary="console.log(process.env.QUIZ_CANARY ?? 'none');\n",
        raising="null.name;\n",
        ending="TypeError: Cannot read properties of null (reading 'name')",
    ),
    "python": Samples(
        unfinished="print(1)\nx = = 2\n",
        place="line 2",
        greeting="print('Grüße, 你好 🙂')\n",
        leaving="raise SystemExit(7)\n",
        hour="import time\nprint(f'{time.localtime(0).tm_hour:02}')\n",
        tools=(),
        shouting="import sys\nprint(sys.stdin.read().upper(), end='')\n",
        listing="import sys\nprint(*sys.argv[1:], sep='\\n')\n",
        reading="print(open('data.txt', encoding='utf-8').read(), end='')\n",
        canary="import os\nprint(os.environ.get('QUIZ_CANARY', 'none'))\n",
        raising="{}['x']\n",
        ending="KeyError: 'x'",
    ),
    "sql": Samples(
        unfinished="SELECT 1;\nSELEC 2;\n",
        place="near line 2",
        greeting="SELECT 'Grüße, 你好 🙂';\n",
        leaving=".exit 7\n",
        hour="SELECT strftime('%H', 0, 'unixepoch', 'localtime');\n",
        tools=("sqlite3",),
        raising="CREATE TABLE t (id INTEGER PRIMARY KEY);\nINSERT INTO t VALUES (1), (1);\nSELECT 2;\n",
        ending="UNIQUE constraint failed: t.id",
    ),
}

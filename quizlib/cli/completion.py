"""`quiz completion`."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

_PROGRAM, _VARIABLE = "quiz", "_QUIZ_COMPLETE"


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def command(ctx: click.Context, shell: str) -> int:
    """Print the script that makes a shell complete what is typed behind `quiz`.

    Bash, in ~/.bashrc: eval "$(quiz completion bash)". Zsh, in ~/.zshrc: eval "$(quiz completion zsh)". Fish: quiz
    completion fish > ~/.config/fish/completions/quiz.fish
    """
    found = get_completion_class(shell)
    assert found is not None  # click knows each of them
    click.echo(found(ctx.find_root().command, {}, _PROGRAM, _VARIABLE).source())
    return 0

"""The templates of the page: those that are shipped, and a user's own in their place.

What is replaced can still be had as `quizlib/NAME`, so that a template may add to the one that it stands for.
"""

from __future__ import annotations

import contextlib
import functools
import posixpath
import traceback
from collections.abc import Collection, Iterator, Mapping
from importlib import resources

import jinja2

from quizlib.plugins import Template, TemplateError

THEME = "theme.css"
_SHIPPED = "quizlib"
_SUFFIX = ".j2"


def template_names() -> Collection[str]:
    """Return the names of the files that a user may put in the place of ours, `theme.css` beside ours."""
    shipped = resources.files(__package__).joinpath("templates").iterdir()
    return {THEME, *(file.name for file in shipped if file.name.endswith(_SUFFIX))}


def check_templates(templates: tuple[Template, ...]) -> None:
    """Raise TemplateError for the first template that cannot be read."""
    with explained(templates):
        for template in templates:
            if template.name.endswith(_SUFFIX):
                environment(templates).get_template(template.name)
    theme(templates)


def theme(templates: tuple[Template, ...]) -> str:
    """Return the user's own styles, or nothing. Raises TemplateError when they would end the page's style element."""
    for template in templates:
        if template.name == THEME:
            before, end_tag, _ = template.text.lower().partition("</style")
            if end_tag:
                message = "the end tag of the style element cannot stand in styles"
                raise TemplateError(template.path, before.count("\n") + 1, message)
            return template.text
    return ""


@functools.lru_cache(maxsize=4)
def environment(templates: tuple[Template, ...] = ()) -> jinja2.Environment:
    """Return what finds and renders templates; those given come before the shipped ones."""
    own = {template.name: template for template in templates}
    shipped = jinja2.PackageLoader("quizlib_exporters.html", "templates")
    return jinja2.Environment(
        loader=jinja2.ChoiceLoader([_loader(own), shipped, jinja2.PrefixLoader({_SHIPPED: shipped})]),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )


def _loader(own: Mapping[str, Template]) -> jinja2.BaseLoader:
    def source(name: str) -> tuple[str, str, None] | None:
        return (own[name].text, own[name].path, None) if name in own else None

    return jinja2.FunctionLoader(source)


@contextlib.contextmanager
def explained(templates: tuple[Template, ...]) -> Iterator[None]:
    """Tell what goes wrong in a user's template by its file and line, as a TemplateError.

    Templates are code, so anything may go wrong. An error of ours, that no template of the user's has a part in,
    stays what it is.
    """
    try:
        yield
    except jinja2.TemplateSyntaxError as error:
        if error.filename not in {template.path for template in templates}:
            raise
        raise TemplateError(error.filename or "", error.lineno, _message(error)) from error
    except Exception as error:
        place = _place(error, {template.path for template in templates})
        if place is None and templates and isinstance(error, jinja2.TemplateError):
            place = _shipped_place(error)
        if place is None:
            raise
        raise TemplateError(*place, _message(error)) from error


def _place(error: Exception, paths: Collection[str]) -> tuple[str, int] | None:
    """Return the innermost place of a user's template that an error came by."""
    frames = traceback.extract_tb(error.__traceback__)
    return next(((frame.filename, frame.lineno or 0) for frame in reversed(frames) if frame.filename in paths), None)


def _shipped_place(error: Exception) -> tuple[str, int] | None:
    """Return where a shipped template lacks something, such as a macro of the one that was replaced."""
    folder = str(resources.files(__package__).joinpath("templates"))
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if frame.filename.startswith(folder):
            return f"{_SHIPPED}/{posixpath.basename(frame.filename)}", frame.lineno or 0
    return None


def _message(error: Exception) -> str:
    match error:
        case jinja2.TemplateNotFound():
            return f"there is no template {error.name!r}"
        case jinja2.TemplateError():
            message = error.message or "it cannot be read"
            return (message[0].lower() + message[1:]).removesuffix(".")
        case RecursionError():
            return "it includes itself without end"
        case _:
            return f"{type(error).__name__}: {error}"

"""Pages are filled-in templates: how one is found, and how a figure stands in it."""

import functools
from importlib.resources import files

import jinja2
from markupsafe import Markup

from regrow.report import svg
from regrow.report.words import percent, plain, signed, spanned

TEMPLATES = "regrow.report"


def text(name: str) -> str:
    """Return a file of the folder of templates."""
    return (files(TEMPLATES) / "templates" / name).read_text("utf-8")


def figure(drawing: svg.Drawing) -> Markup:
    """Return a figure for both widths; a page shows the one that fits."""
    picture = drawing.picture
    says = f"{picture.title}. {picture.says}"
    parts = (
        (size, svg.inline(text, name=f"{picture.name}-{size}", says=says))
        for size, text in (("wide", drawing.wide), ("narrow", drawing.narrow))
    )
    return Markup("".join(f'<div class="{size}">{text}</div>' for size, text in parts))


@functools.cache
def environment() -> jinja2.Environment:
    """Return what fills templates in; a name that a template does not know is an error."""
    found = jinja2.Environment(
        loader=jinja2.FunctionLoader(text),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    found.filters.update(plain=plain, signed=signed, percent=percent, spanned=spanned)
    return found

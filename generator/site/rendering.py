"""Pages and templates → site path → bytes.

A template sees two names, ``site`` and ``page``, and the filters below; nothing else. Templates come out of a
mapping, so a site folder overrides any single one of them by a file of the same path.
"""

from __future__ import annotations

import datetime as dt
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import Any

import jinja2
from jinja2.runtime import Context

from generator.base.errors import Problem, RenderError, TaizhangError
from generator.model import Period
from generator.model.addresses import relative_url
from generator.site.views import Page, SiteView, View
from generator.site.views.prose import keep_together
from generator.wording import Words, format_date, format_decimal, format_number, format_percent, format_period

_CONTENT = "main"
"""The block of the templates that holds a page's content."""
_FAULTS = (jinja2.TemplateError, TaizhangError, TypeError, ValueError, AttributeError, LookupError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """Templates set up once; every profile of a site is printed from them."""

    templates: Mapping[str, bytes]
    """Path below templates/ → content, the program's overlaid by the site's own."""
    environment: jinja2.Environment
    bodies: dict[str, _Body]
    """Site path → content printed last: what a second profile of the same page need not print again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Body:
    """The block ``main`` of a page as printed, and all that it was printed from beside the templates."""

    template: str
    view: View
    seen: Mapping[str, Any]
    """Names it took from the site view, with their values."""
    text: str


class _Watched:
    """A site view that notes what a page's content takes from it."""

    def __init__(self, site: SiteView) -> None:
        self._site = site
        self._seen: dict[str, Any] | None = None

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._site, name)
        if self._seen is not None:
            self._seen[name] = value
        return value

    def watch(self, block: Iterable[str]) -> tuple[str, dict[str, Any]]:
        """The block's text and what was taken while it was printed."""
        seen: dict[str, Any] = {}
        self._seen = seen
        try:
            return "".join(block), seen
        finally:
            self._seen = None


def make_press(templates: Mapping[str, bytes], words: Words) -> Press:
    """The press of one set of templates in one language."""
    return Press(templates=templates, environment=make_environment(templates, words), bodies={})


def render_pages(pages: Iterable[Page], press: Press, site: SiteView) -> dict[str, bytes]:
    """Every page rendered: site path → UTF-8 bytes.

    Raises: RenderError with template and line, all pages' problems at once.
    """
    problems: list[Problem] = []
    rendered: dict[str, bytes] = {}
    for page in pages:
        try:
            text = _print_page(page, press, site)
        except _FAULTS as error:
            problems.append(_make_problem(page, error))
            continue
        rendered[page.url] = tidy(text).encode("utf-8")
    if problems:
        raise RenderError(problems)
    return rendered


def _print_page(page: Page, press: Press, site: SiteView) -> str:
    """The page; its content is taken from another profile's if nothing that it was printed from differs."""
    template = press.environment.get_template(page.template)
    watched = _Watched(site)
    context = template.new_context({"site": watched, "page": page.view})
    blocks = context.blocks.get(_CONTENT)
    if blocks:
        print_block = blocks[0]

        def find_or_print(inner: Context) -> Iterator[str]:
            body = press.bodies.get(page.url)
            if body is None or not _is_same(body, page, site):
                text, seen = watched.watch(print_block(inner))
                body = _Body(template=page.template, view=page.view, seen=seen, text=tidy(text))
                press.bodies[page.url] = body
            yield body.text

        blocks[0] = find_or_print
    try:
        return "".join(template.root_render_func(context))
    except Exception:
        press.environment.handle_exception()


def _is_same(body: _Body, page: Page, site: SiteView) -> bool:
    return (
        body.template == page.template
        and (body.view is page.view or body.view == page.view)
        and all(getattr(site, name) == value for name, value in body.seen.items())
    )


def render_static(templates: Mapping[str, bytes], accent_css: str = "") -> dict[str, bytes]:
    """Style sheets and scripts: site path → bytes.

    Style sheets (``static/css/*.css``) are joined in the order of their names to
    ``static/site.css``, ``static/js/*.js`` to ``static/site.js``; any other file keeps its path.
    accent_css: rules of the site's own colour, put behind the others.
    """
    files = {path: data for path, data in templates.items() if path.startswith("static/")}
    css = [files.pop(path) for path in sorted(files) if path.startswith("static/css/")]
    scripts = [files.pop(path) for path in sorted(files) if path.startswith("static/js/")]
    files["static/site.css"] = b"\n".join([*css, accent_css.encode()])
    files["static/site.js"] = b"\n".join(scripts)
    return dict(sorted(files.items()))


def make_environment(templates: Mapping[str, bytes], words: Words) -> jinja2.Environment:
    """Jinja with the mapping as loader, everything escaped, and an unknown name an error."""

    def load(name: str) -> tuple[str, str, Callable[[], bool]] | None:
        data = templates.get(name)
        return None if data is None else (data.decode("utf-8"), f"templates/{name}", lambda: True)

    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(load),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals.clear()
    environment.filters.update(make_filters(words))
    return environment


def make_filters(words: Words) -> dict[str, Callable[..., Any]]:
    """The filters of the templates, by name."""
    return {
        "date": partial(_date, words=words),
        "iso": _iso,
        "link": _link,
        "nb": keep_together,
        "number": format_number,
        "percent": format_percent,
        "period": partial(_period, words=words),
        "value": _value,
        "word": partial(_word, words=words),
    }


@jinja2.pass_context
def _link(context: Context, target: str) -> str:
    """Relative link from the page to a site path; an outside address as it is."""
    if target.startswith(("http://", "https://", "tel:", "mailto:")):
        return target
    return relative_url(context["page"].head.url, target)


def _word(key: str, /, *, words: Words, **values: object) -> str:
    return words(key, **values)


def _date(value: dt.date, words: Words) -> str:
    return format_date(value, words)


def _iso(value: dt.date) -> str:
    return value.isoformat()


def _period(value: Period, words: Words) -> str:
    return format_period(value, words)


def _value(ratio: Fraction | Decimal) -> str:
    return format_decimal(ratio, 6)


def tidy(text: str) -> str:
    """The page without the indents and blank lines that templates leave; text inside lines is not touched."""
    lines = (line.strip(" \t\r") for line in text.split("\n"))
    return "\n".join(line for line in lines if line) + "\n"


def _make_problem(page: Page, error: Exception) -> Problem:
    place = _find_place(error) or f"templates/{page.template}"
    what = str(error) if isinstance(error, TaizhangError) else f"{error or type(error).__name__}"
    if isinstance(error, jinja2.TemplateNotFound):
        what = f"没有模板 {error.name}"
    return Problem(where=place, what=what, hint=f"出错的页面：{page.url}")


def _find_place(error: Exception) -> str | None:
    """Template and line where the error arose; None when no template is on the way."""
    if isinstance(error, jinja2.TemplateSyntaxError):
        return f"{error.filename or error.name}:{error.lineno}"
    frames = traceback.extract_tb(error.__traceback__)
    inside = [frame for frame in frames if frame.filename.startswith("templates/")]
    return f"{inside[-1].filename}:{inside[-1].lineno}" if inside else None

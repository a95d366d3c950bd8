"""Pages and templates → site path → bytes.

A page is printed in two steps: its own template gives its content, ``base.html`` puts the frame around it. A
content template sees two names, ``site`` and ``page``, the frame ``content`` too; all of them see the filters
below and nothing else. Templates come out of a mapping, so a site folder overrides any single one of them by
a file of the same path.
"""

from __future__ import annotations

import datetime as dt
import re
import traceback
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import Any, Protocol, TypeVar

import jinja2
from markupsafe import Markup

from generator.base.errors import Problem, RenderError, TaizhangError
from generator.base.messages import Message
from generator.base.places import Place
from generator.model import Period
from generator.model.addresses import relative_url
from generator.site.template_faults import explain_template
from generator.site.views import Page, SiteView, View
from generator.site.views.prose import keep_together, mark_outside
from generator.wording import Words, format_date, format_decimal, format_number, format_percent, format_period

_FRAME = "base.html"
_FAULTS = (jinja2.TemplateError, TaizhangError, TypeError, ValueError, AttributeError, LookupError)
P = TypeVar("P", bound="_Planned")
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Content:
    """A page's content as printed, and all that it was printed from beside the templates."""

    template: str
    view: View
    seen: Mapping[str, Any]
    """Names it took from the site view, with their values."""
    text: Markup


class _Planned(Protocol):
    """What can be printed: a page, or a file that is none."""

    @property
    def url(self) -> str: ...
    @property
    def template(self) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    """A planned file that is no page."""

    url: str
    template: str


class _WatchedSite:
    """A site view that notes what is taken from it."""

    def __init__(self, site: SiteView) -> None:
        self._site = site
        self.seen: dict[str, Any] = {}

    def __getattr__(self, name: str) -> Any:
        value = self.seen[name] = getattr(self._site, name)
        return value


class Renderer:
    """The templates of a site in one language, set up once; every profile of the site is printed by it.

    It keeps each page's content: another profile takes it over if nothing that it was printed from differs.
    """

    def __init__(self, templates: Mapping[str, bytes], words: Words) -> None:
        self.templates = templates
        """Path below templates/ → file, the program's overlaid by the site's own."""
        self._environment = make_environment(templates, words)
        self._contents: dict[str, _Content] = {}

    def compile_templates(self) -> None:
        """Compile every template now, so that processes that are forked later share it.

        Raises: RenderError for a template that is no template.
        """
        files = [_File(url="", template=name) for name in self.templates if name.endswith((".html", ".xml"))]
        _render_each(files, lambda file: self._environment.get_template(file.template))

    def forget_contents(self) -> None:
        """Let go of the pages that were printed: no other profile will ask for them."""
        self._contents.clear()

    def render_pages(self, pages: Iterable[Page], site: SiteView) -> dict[str, bytes]:
        """Every page, whole: site path → UTF-8 bytes.

        Raises: RenderError with template and line, all pages' problems at once.
        """
        return _render_each(pages, lambda page: self._print_page(page, site))

    def render_contents(self, pages: Iterable[Page], site: SiteView) -> dict[str, Markup]:
        """Every page's content, without the frame around it: site path → HTML.

        Raises: RenderError as above.
        """
        return _render_each(pages, lambda page: self._print_content(page, site))

    def render_document(self, page: Page, site: SiteView) -> dict[str, bytes]:
        """A page whose template is a whole document, without a frame: site path → UTF-8 bytes.

        Raises: RenderError as above.
        """
        return _render_each(
            [page], lambda page: self._print(page.template, site=site, page=page.view).encode()
        )

    def render_file(self, url: str, template: str, **names: object) -> dict[str, bytes]:
        """A file that is no page (a feed), whose template sees ``names`` alone: site path → UTF-8 bytes.

        Raises: RenderError as above.
        """
        file = _File(url=url, template=template)
        return _render_each([file], lambda file: self._print(file.template, **names).encode())

    def _print_page(self, page: Page, site: SiteView) -> bytes:
        content = self._print_content(page, site)
        return self._print(_FRAME, site=site, page=page.view, content=content).encode()

    def _print_content(self, page: Page, site: SiteView) -> Markup:
        content = self._contents.get(page.url)
        if content is None or not _is_same(content, page, site):
            watched = _WatchedSite(site)
            text = Markup(self._print(page.template, site=watched, page=page.view))
            content = _Content(template=page.template, view=page.view, seen=watched.seen, text=text)
            self._contents[page.url] = content
        return content.text

    def _print(self, template: str, **names: object) -> str:
        return tidy(self._environment.get_template(template).render(names))


def _is_same(content: _Content, page: Page, site: SiteView) -> bool:
    return (
        content.template == page.template
        and (content.view is page.view or content.view == page.view)
        and all(getattr(site, name) == value for name, value in content.seen.items())
    )


def _render_each(planned: Iterable[P], render: Callable[[P], T]) -> dict[str, T]:
    """Site path → what ``render`` makes of each page.

    Raises: RenderError with the problems of all pages; its cause is what was raised, so that a fault of our
        own code keeps its traceback.
    """
    rendered: dict[str, T] = {}
    problems: list[Problem] = []
    errors: list[Exception] = []
    for each in planned:
        try:
            rendered[each.url] = render(each)
        except _FAULTS as error:
            problems.append(_make_problem(each, error))
            errors.append(error)
    if errors:
        cause = errors[0] if len(errors) == 1 else ExceptionGroup("pages that could not be printed", errors)
        raise RenderError(problems) from cause
    return rendered


def render_static(templates: Mapping[str, bytes], accent_css: str = "") -> dict[str, bytes]:
    """Style sheets and scripts: site path → bytes.

    Style sheets (``static/css/*.css``) are joined in the order of their names and without comments to
    ``static/site.css``, ``static/js/*.js`` to ``static/site.js``; any other file keeps its path. Lines of a
    script that are a comment and nothing more are left out: they are a tenth of what a phone loads.
    accent_css: rules of the site's own colour, put behind the others.
    """
    files = {path: data for path, data in templates.items() if path.startswith("static/")}
    css = [files.pop(path) for path in sorted(files) if path.startswith("static/css/")]
    scripts = [files.pop(path) for path in sorted(files) if path.startswith("static/js/")]
    files["static/site.css"] = _COMMENT.sub(b"", b"\n".join([*css, accent_css.encode()]))
    files["static/site.js"] = b"\n".join(scripts)
    served = {path: _REMARK.sub(b"", data) if path.endswith(".js") else data for path, data in files.items()}
    return dict(sorted(served.items()))


def is_joined(path: str) -> bool:
    """Whether a file is a piece of the style sheet or the script, which no page can take in."""
    return path.startswith(("static/css/", "static/js/"))


_COMMENT = re.compile(rb"/\*.*?\*/\n?", re.S)
_REMARK = re.compile(rb"^[ \t]*/\*(?:(?!\*/)[^\n])*\*/[ \t]*\n", re.M)


def make_environment(templates: Mapping[str, bytes], words: Words) -> jinja2.Environment:
    """Jinja with the mapping as loader, everything escaped, and an unknown name an error."""

    def load(name: str) -> tuple[str, str, Callable[[], bool]] | None:
        data = None if is_joined(name) else templates.get(name)
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
        "mark_outside": mark_outside,
        "percent": format_percent,
        "period": partial(_period, words=words),
        "value": _value,
        "word": partial(_word, words=words),
    }


def _link(target: str, here: str) -> str:
    """Relative link from the page at ``here`` to a site path; an outside address as it is."""
    if target.startswith(("http://", "https://", "tel:", "mailto:")):
        return target
    return relative_url(here, target)


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


def _make_problem(planned: _Planned, error: Exception) -> Problem:
    place = _find_place(error) or Place(file=f"templates/{planned.template}")
    if isinstance(error, jinja2.TemplateNotFound):
        what = Message("没有模板 {name}", name=error.name)
    elif isinstance(error, jinja2.TemplateError):
        what = explain_template(error.message or "")
    elif isinstance(error, TaizhangError):
        what = Message("{error}", error=error)
    else:
        what = Message("这里的值不能这样用（{error}）", error=f"{type(error).__name__}: {error}")
    hint = Message("出错的页面：{url}", url=planned.url) if planned.url else Message("用到它的页面都印不出来")
    return Problem(place=place, what=what, hint=hint)


def _find_place(error: Exception) -> Place | None:
    """Template and line where the error arose; None when no template is on the way."""
    if isinstance(error, jinja2.TemplateSyntaxError):
        return Place(file=error.filename or error.name or "", line=error.lineno)
    frames = traceback.extract_tb(error.__traceback__)
    inside = [frame for frame in frames if frame.filename.startswith("templates/")]
    return Place(file=inside[-1].filename, line=inside[-1].lineno or 0) if inside else None

"""Texts as structured HTML: lists and sub-headings out of an outline, quotes marked in place, Markdown.

No character is lost or added: the text nodes of ``render_prose``, joined, are the text to the letter. Line
breaks and tabs are written as character references, so that tidying a page cannot touch them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape

from generator.language.outline import Outline, OutlinePart, PartKind, parse_outline, walk

_UNITS = (
    "个百分点|百分点|平方公里|平方米|立方米|平方千米|千瓦时|千瓦|公里|千米|公顷|英亩|厘米|毫米|公斤|千克|"
    "美元|欧元|港元|日元|人次|场次|家次|车次|批次|户次|台套|台次|人份|件套|月份|季度|年度|周年|小时|分钟|"
    "床位|学位|工作日|自然日|个月"
)
_RANGE = r"(?:\s?[-—–~～至]\s?\d[\d,.]*(?:[万亿千百]|%|％)?)?"
_NUMBER_WITH_UNIT = re.compile(
    rf"[≥≤><＞＜+−-]?\d[\d,.]*(?:[万亿]|%|％)?{_RANGE}\s?[余多]?(?:万亿|百万|千万|[万亿千百])?[余多]?"
    rf"(?:{_UNITS}|[%％‰℃]|[㐀-鿿](?:[/／][㐀-鿿]+)?|[A-Za-z]+[²³]?|㎡|㎥|#)?"
)
_PAIRED = re.compile(r"——|……")
_BLOCK_LABELS = frozenset({PartKind.HEADING, PartKind.SUBHEADING})
_LISTED = frozenset({PartKind.CHAPTER, PartKind.SECTION, PartKind.ITEM, PartKind.SUBITEM, PartKind.ORDINAL})
_LAST_LEVEL = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A run of a text that a published figure was read from."""

    start: int
    end: int
    anchor: str
    """Id of the mark, without #."""
    url: str
    """Fragment to go back to: #f-t1."""
    label: str
    """What the link says to a reader of speech."""


def render_prose(
    text: str, departments: Collection[str] = (), quotes: Iterable[Quote] = (), *, level: int = 3
) -> Markup:
    """A cell's text as paragraphs, lists and sub-headings, its quotes marked and linked back.

    departments: names and aliases that may open a part.
    quotes: may overlap; the one that starts first is marked, a later one from where the first ends. A quote
        that is wholly covered leaves its anchor at its start.
    level: of the highest sub-heading.
    """
    outline = parse_outline(text, departments)
    setter = _Setter(text=outline.text, runs=_make_runs(outline.text, tuple(quotes)))
    return Markup("").join(setter.set_parts(outline.parts, level))


def keep_together(text: str) -> Markup:
    """The text with every number and its unit in a run that does not break over lines."""
    if isinstance(text, Markup):
        return text
    return _mark_up_numbers(text)


def render_markdown(text: str, *, level: int = 1) -> Markup:
    """Markdown of the program's own texts as HTML: raw HTML off, tables on, headings with ids.

    level: what a single # becomes (2 makes it h2).
    """
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.add_render_rule("text", _render_text)
    parser.add_render_rule("table_open", _render_table_open)
    tokens = parser.parse(text)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + level - 1, _LAST_LEVEL)}"
    heading = ""
    for index, token in enumerate(tokens):
        if token.children:
            token.children = list(_find_outside_links(token.children))
        if token.type == "heading_open":
            _split_anchor(token.attrs, tokens[index + 1])
            heading = "".join(child.content for child in tokens[index + 1].children or ())
        if token.type == "table_open":
            token.meta = {"caption": heading}
        if token.type == "th_open":
            token.attrs["scope"] = "col"
    return Markup(parser.renderer.render(tokens, parser.options, {}))


_OUTSIDE = '<span class="outside-mark"></span>'
"""Where a link to another site will say so; what it says differs online and offline."""


def mark_outside(html: Markup, mark: str) -> Markup:
    """Markdown's HTML with ``mark`` in every link to another site."""
    return html.replace(_OUTSIDE, mark)


def keep_counts_together(sentence: Markup) -> Markup:
    """A sentence whose marked-up numbers (links, bold) stay on one line with the counter behind them."""
    return Markup(_COUNT.sub(r'<span class="nb">\g<0></span>', str(sentence)))


_COUNT = re.compile(r"<(a|b|span)\b[^>]*>[\d.]+</\1>[\u4e00-\u9fff]")


def find_headings(html: Markup) -> tuple[tuple[str, str], ...]:
    """Id and text of each h2 that has an id."""
    return tuple((match[1], Markup(match[2]).striptags()) for match in _HEADING.finditer(html))


_HEADING = re.compile(r'<h2 id="([^"]+)">(.*?)</h2>', re.S)


def find_excerpt(
    text: str, departments: Collection[str], starts: Sequence[int], limit: int, title: str = ""
) -> tuple[int, int]:
    """Offsets of the piece of a text that says most on a card, at most ``limit`` characters.

    It begins with the sentence that holds the first quoted number; without one, with the sentence that speaks
    of the task's title; without such, with the first sentence that states a quantity (a number that is no
    date); else with the first sentence.
    starts: offsets of quoted numbers, in order of importance. title: the task's, which the piece answers to.
    """
    outline = parse_outline(text, departments)
    spans = _sentences(outline)
    if not spans:
        return 0, 0
    chosen = next((span for start in starts for span in spans if span[0] <= start < span[1]), None)
    focus = starts[0] if chosen else None
    if chosen is None:
        chosen, focus = _closest(text, spans, title)
    start, end = chosen[0], cut_piece(text, chosen[0], limit)
    if focus is not None and chosen[1] - chosen[0] > limit and focus - start > limit // 2:
        start = max(start, _clause_start(text, focus))
        end = cut_piece(text, start, limit)
    while start < end and text[start].isspace():
        start += 1
    return start, end


def find_evidence(text: str, departments: Collection[str], quote: str, limit: int) -> tuple[int, int, str]:
    """Where the words around a quote that say of what it speaks begin and end, and their label.

    The whole sentence up to the end of the quote's clause where it fits the limit, else the clause alone:
    ``其中21组商户已开业`` under ``上新街项目``. Without the quote in the text: 0, 0 and no label.
    """
    at = text.find(quote)
    if at < 0:
        return 0, 0, ""
    label, start = "", 0
    for part in walk(parse_outline(text, departments).parts):
        if part.start <= at < part.end:
            start = part.body
            if part.kind in _NAMING and part.body <= at:
                label = part.label
    stop = _CLAUSE_END.search(text, at + len(quote) - 1)
    end = stop.start() if stop else len(text)
    while start < at and text[start].isspace():
        start += 1
    if end - start > limit:
        start = max(start, _clause_start(text, at))
    return start, max(end, at + len(quote)), label


def shorten(text: str, limit: int) -> str:
    """A text of at most ``limit`` characters and the sign that it goes on."""
    return text if len(text) <= limit else f"{text[:limit]}……"


_NAMING = frozenset({PartKind.HEADING, PartKind.SUBHEADING, PartKind.DEPARTMENT})
_CLAUSE_END = re.compile(r"[。；;！\n，]|,(?!\d)")


def _closest(text: str, spans: list[tuple[int, int]], title: str) -> tuple[tuple[int, int], int | None]:
    """The sentence that shares most pairs of characters with the title, and where its closest clause begins.

    A quantity counts as one pair, so that of two equally close sentences the one with figures is taken. One
    shared pair may be chance: then the first sentence with a quantity stands, else the first, and no clause.
    """
    named = _COMMON.sub(" ", title)
    pairs = {named[i : i + 2] for i in range(len(named) - 1) if _WORD_PAIR.fullmatch(named, i, i + 2)}

    def shared(start: int, end: int) -> int:
        return sum(text.find(pair, start, end) >= 0 for pair in pairs)

    def rank(span: tuple[int, int]) -> int:
        return shared(*span) + bool(_QUANTITY.search(text, *span))

    best = max(spans, key=rank)
    if shared(*best) < _LEAST_SHARED:
        return next((span for span in spans if _QUANTITY.search(text, *span)), spans[0]), None
    clauses = [match.span() for match in _CLAUSE.finditer(text, *best)]
    return best, max(clauses, key=lambda clause: shared(*clause))[0]


_LEAST_SHARED = 2
_WORD_PAIR = re.compile(r"[\u4e00-\u9fffA-Za-z]{2}")
_COMMON = re.compile(
    "大力|加力|全力|推进|推动|加快|加强|持续|深入|深化|全面|统筹|积极|力争|争取|进一步"
    "|实施|开展|组织|做好|落实|打造|发展|建设|工作|项目"
)
"""Words that stand in almost any title and say nothing of its matter."""
_CLAUSE = re.compile(r"(?:（[^（）]*）|\([^()]*\)|“[^“”]*”|(?<=\d),(?=\d)|[^。；，;,：:])+")
_QUANTITY = re.compile(r"\d[\d.,]*(?![\d.,年月日号时\-—~～])")


def _sentences(outline: Outline) -> list[tuple[int, int]]:
    """Offsets of the sentences; labels count to the sentence behind them."""
    spans: list[tuple[int, int]] = []
    pending: int | None = None
    for part in walk(outline.parts):
        if part.kind is PartKind.SENTENCE:
            spans.append((part.start if pending is None else pending, part.end))
            pending = None
        elif pending is None:
            pending = part.start
    if pending is not None:
        spans.append((pending, len(outline.text)))
    return spans


def _clause_start(text: str, offset: int) -> int:
    return max(text.rfind(mark, 0, offset) for mark in "。；，;,：:") + 1


def cut_piece(text: str, start: int, limit: int) -> int:
    """Where a piece from ``start`` may end: at the text's end, else at the last pause before the limit."""
    if len(text) - start <= limit:
        return len(text)
    pause = max(text.rfind(mark, start, start + limit) for mark in "。；，、;,")
    return pause if pause - start >= limit // 2 else start + limit


def _render_text(_: object, tokens: Sequence[Token], index: int, *__: object) -> str:
    return keep_together(tokens[index].content)


def _render_table_open(_: object, tokens: Sequence[Token], index: int, *__: object) -> str:
    """A table is called by the heading it stands under."""
    return Markup('<table><caption class="sr">{}</caption>').format(tokens[index].meta["caption"])


def _find_outside_links(tokens: Sequence[Token]) -> Iterator[Token]:
    """A place for the mark of an outside link before the end of each."""
    outside = False
    for token in tokens:
        if token.type == "link_open":
            outside = str(token.attrs["href"]).startswith(("http://", "https://"))
            token.attrs |= {"rel": "noopener external"} if outside else {}
        if token.type == "link_close" and outside:
            yield Token("html_inline", "", 0, content=_OUTSIDE)
        yield token


def _split_anchor(attrs: dict[str, str | int | float], inline: object) -> None:
    """``## 完成率 {#completion}`` gives the heading its id and takes the mark away."""
    children = getattr(inline, "children", None) or []
    if children and (match := re.fullmatch(r"(.*?)\s*\{#([a-z0-9-]+)\}", children[-1].content)):
        children[-1].content = match[1]
        attrs["id"] = match[2]


@dataclass(frozen=True, slots=True)
class _Run:
    """A stretch of text inside one quote."""

    start: int
    end: int
    quote: Quote
    anchors: tuple[str, ...]
    """Ids that begin here: the quote's own, and those of quotes that it covers."""


def _make_runs(text: str, quotes: tuple[Quote, ...]) -> tuple[_Run, ...]:
    runs: list[_Run] = []
    for quote in sorted(quotes, key=lambda q: (q.start, -q.end)):
        if not 0 <= quote.start < quote.end <= len(text):
            raise ValueError(f"引文的位置 {quote.start}–{quote.end} 不在文字里（共 {len(text)} 字）")
        start = max(quote.start, runs[-1].end if runs else 0)
        if start < quote.end:
            runs.append(_Run(start, quote.end, quote, (quote.anchor,)))
        else:
            last = runs.pop()
            runs.append(_Run(last.start, last.end, last.quote, (*last.anchors, quote.anchor)))
    return tuple(runs)


@dataclass(frozen=True, slots=True)
class _Setter:
    """Sets the parts of one text."""

    text: str
    runs: tuple[_Run, ...]

    def set_parts(self, parts: Sequence[OutlinePart], level: int) -> Iterator[Markup]:
        """Neighbouring sentences become paragraphs, neighbouring numbered parts one list."""
        for group, members in groupby(parts, key=_group):
            found = tuple(members)
            if group == "list":
                yield Markup('<ul class="steps">')
                for part in found:
                    yield from self._set_item(part, level)
                yield Markup("</ul>")
            elif group == "text":
                yield from self._set_paragraphs(found)
            else:
                for part in found:
                    yield from self._set_titled(part, level)

    def _set_item(self, part: OutlinePart, level: int) -> Iterator[Markup]:
        yield Markup("<li>")
        inline = _leading_sentences(part.parts)
        label = Markup('<b class="ordinal">{}</b>').format(self._set_text(part.start, part.body))
        yield from self._set_paragraphs(inline, label)
        yield from self.set_parts(part.parts[len(inline) :], level)
        yield Markup("</li>")

    def _set_titled(self, part: OutlinePart, level: int) -> Iterator[Markup]:
        inline = _leading_sentences(part.parts)
        label = self._set_text(part.start, part.body)
        yield Markup('<div class="part">')
        if part.kind in _BLOCK_LABELS or self._is_title(part):
            tag = f"h{min(level, _LAST_LEVEL)}"
            yield Markup('<{0} class="part-title">{1}</{0}>').format(Markup(tag), label)
            yield from self._set_paragraphs(inline)
        else:
            yield from self._set_paragraphs(inline, Markup("<b>{}</b>").format(label))
        yield from self.set_parts(part.parts[len(inline) :], level + 1)
        yield Markup("</div>")

    def _is_title(self, part: OutlinePart) -> bool:
        """Whether a body's name stands as a title (before a colon or a list), not as a sentence's subject."""
        label = self.text[part.start : part.body].rstrip()
        opens_list = bool(part.parts) and part.parts[0].kind is not PartKind.SENTENCE
        return label.endswith(("：", ":")) or opens_list

    def _set_paragraphs(
        self, sentences: Sequence[OutlinePart], opening: Markup | None = None
    ) -> Iterator[Markup]:
        """Sentences up to a line break make one paragraph; ``opening`` begins the first."""
        pieces = [opening] if opening is not None else []
        for part in sentences:
            pieces.append(self._set_text(part.start, part.end))
            if self.text[part.start : part.end].rstrip(" \t　").endswith("\n"):
                yield Markup("<p>{}</p>").format(Markup("").join(pieces))
                pieces = []
        if pieces:
            yield Markup("<p>{}</p>").format(Markup("").join(pieces))

    def _set_text(self, start: int, end: int) -> Markup:
        """A stretch of the text, its quoted runs marked."""
        pieces: list[Markup] = []
        at = start
        for run in self.runs:
            first, last = max(run.start, start), min(run.end, end)
            if first >= last:
                continue
            pieces.append(_set_plain(self.text[at:first]))
            pieces.append(_set_quote(run, self.text[first:last], opens=first == run.start))
            at = last
        pieces.append(_set_plain(self.text[at:end]))
        return Markup("").join(pieces)


def _group(part: OutlinePart) -> str:
    if part.kind in _LISTED:
        return "list"
    return "text" if part.kind is PartKind.SENTENCE else "titled"


def _leading_sentences(parts: Sequence[OutlinePart]) -> tuple[OutlinePart, ...]:
    count = next((i for i, part in enumerate(parts) if part.kind is not PartKind.SENTENCE), len(parts))
    return tuple(parts[:count])


def _set_quote(run: _Run, text: str, *, opens: bool) -> Markup:
    inner = _set_plain(text)
    if not opens:
        return Markup('<a class="quoted" href="{}" tabindex="-1">{}</a>').format(run.quote.url, inner)
    others = Markup("").join(Markup('<span id="{}"></span>').format(anchor) for anchor in run.anchors[1:])
    return Markup('{}<a class="quoted" id="{}" href="{}" title="{}">{}</a>').format(
        others, run.anchors[0], run.quote.url, run.quote.label, inner
    )


def _set_plain(text: str) -> Markup:
    marked = str(_mark_up_numbers(text))
    return Markup(marked.replace("\n", "&#10;").replace("\t", "&#9;").replace("\r", "&#13;"))


@lru_cache(maxsize=1 << 16)
def _mark_up_numbers(text: str) -> Markup:
    # The same words stand on many pages and in every profile of the site.
    pieces: list[Markup] = []
    at = 0
    for match in sorted(
        (*_NUMBER_WITH_UNIT.finditer(text), *_PAIRED.finditer(text)), key=lambda m: m.start()
    ):
        if len(match[0]) < 2 or match.start() < at:
            continue
        pieces += [escape(text[at : match.start()]), Markup('<span class="nb">{}</span>').format(match[0])]
        at = match.end()
    pieces.append(escape(text[at:]))
    return Markup("").join(pieces)

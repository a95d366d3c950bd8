"""PromiseLists ready to be shown: three sentences with their quotes, what lags, what was not reported."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from generator.figures import Standing, TaskFigures
from generator.figures.findings import PromiseLists, TargetOfTask, Unreported, make_findings
from generator.model import District, addresses
from generator.site.views.brief_rows import cut_sentences
from generator.site.views.card_views import TargetView, known_names, make_target_view
from generator.site.views.phones import PhoneEntry, make_contact
from generator.site.views.prose import find_excerpt, keep_counts_together
from generator.wording import (
    Words,
    format_departments,
    format_goal,
    format_result,
    format_task_number,
    format_task_standing,
    join_list,
)

_WORDS_LIMIT = 72
_SILENT = 10_000
"""A text longer than any: the shortest words that stand for a number are the most telling example."""
_NAMED = 4
"""Letters from which a metric names its matter without the title."""
_OTHER_MATTER = ("说的是", "数的是")
"""Reasons that say of words that they tell of something else."""
_STOPS = "。；;！\n"
_CLAUSE_END = re.compile(rf"[{_STOPS}，]|,(?!\d)")
_ORDINAL = re.compile(r"(?:[一二三四五六七八九十]是)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetRow:
    """A target on a list, with the task it belongs to."""

    target: TargetView
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One sentence that the figures say, with the words it rests on."""

    kind: str
    """kept, behind or unknown: the value of ``data-finding``."""
    text: str
    quote: str
    """Verbatim words of the source; empty when there are none."""
    url: str
    """Where they stand: the target's box on its task page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreportedRow:
    """A task whose promised number has no reported one."""

    id: str
    url: str
    number_word: str
    promises: str
    """The numbers promised: 新增学位6000个、教育设施7处."""
    text: str
    """The words that stand instead, verbatim; empty where there are none."""
    text_to_end: bool
    standing: Standing
    who: str
    phones: tuple[PhoneEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainRow:
    """A task that promises no number."""

    url: str
    title: str
    standing_word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingViews:
    """What a page says of its tasks before it lists them."""

    sentences: tuple[Finding, ...]
    behind: tuple[TargetRow, ...]
    """Amounts and rates in one list, furthest from what is due first."""
    near: tuple[TargetRow, ...]
    kept: tuple[TargetRow, ...]
    bounded: tuple[TargetRow, ...]
    unreported: tuple[UnreportedRow, ...]
    unmeasured: tuple[PlainRow, ...]
    totals: PromiseLists
    kept_limited: str
    """Behind the heading of those kept."""


def make_finding_views(tasks: Sequence[TaskFigures], district: District, words: Words) -> FindingViews:
    """PromiseLists over ``tasks`` of one period."""
    found = make_findings(tasks)
    return FindingViews(
        sentences=tuple(_make_sentences(found, district, words)),
        behind=make_rows(found.behind, words),
        near=make_rows(found.near, words),
        kept=make_rows(found.kept, words),
        bounded=make_rows(found.bounded, words),
        unreported=tuple(make_unreported(each, district, words) for each in found.unreported),
        unmeasured=tuple(_make_plain(task, words) for task in found.unmeasured),
        totals=found,
        kept_limited=tell_limited(found, words),
    )


def make_lead(tasks: Sequence[TaskFigures], words: Words, count: Callable[[int, str], Markup]) -> Markup:
    """The figures of a set of tasks in plain words, the denominators first.

    count: a number as markup, which may lead to the list of the fragment that it is given.
    """
    found = make_findings(tasks)
    parts = [
        words(
            "pages.finding.lead" if found.targets else "pages.finding.lead_none",
            n=count(len(tasks), "#tasks"),
            measured=count(found.tasks_with_targets, "#figures=target"),
            targets=count(found.targets, "#targets"),
        )
    ]
    if found.targets and not found.comparable:
        parts.append(words("pages.finding.lead_silent"))
    elif found.targets:
        parts.append(_reported(found, words, count))
        parts.append(_judged(found, words, count))
    if found.limited:
        parts.append(words("pages.finding.lead_limited", limited=count(found.limited, "#targets-all")))
    return keep_counts_together(Markup("").join(parts))


def _reported(found: PromiseLists, words: Words, count: Callable[[int, str], Markup]) -> Markup:
    """The promised numbers in two or three groups that add up to all of them."""
    comparable = count(found.comparable, "#targets-all")
    missing = count(found.unreported_targets, "#unreported")
    other = found.targets - found.comparable - found.unreported_targets
    if not other:
        return Markup(words("pages.finding.lead_reported", comparable=comparable, missing=missing))
    return Markup(
        words(
            "pages.finding.lead_reported_bounded",
            comparable=comparable,
            bounded=count(other, "#targets-all"),
            missing=missing,
        )
    )


def _judged(found: PromiseLists, words: Words, count: Callable[[int, str], Markup]) -> Markup:
    told = [
        words(f"pages.finding.{key}", n=count(len(pairs), fragment))
        for key, pairs, fragment in (
            ("lead_good", found.reaching, "#targets-all"),
            ("lead_near", found.near, "#targets-all"),
            ("lead_behind", found.behind, "#targets"),
        )
        if pairs
    ]
    tasks = len({pair.task.task.id for pair in found.behind})
    spread = words("pages.finding.lead_tasks", n=tasks) if tasks and tasks != len(found.behind) else ""
    told_words = Markup(words("pages.comma")).join(told)
    return Markup(words("pages.finding.lead_judged", counts=told_words, spread=spread))


def plain_count(number: int, _fragment: str) -> Markup:
    """A number as plain text."""
    return Markup("{}").format(number)


def make_rows(pairs: Sequence[TargetOfTask], words: Words) -> tuple[TargetRow, ...]:
    return tuple(
        TargetRow(target=make_target_view(pair.figure, words), who=format_departments(pair.task.task, words))
        for pair in pairs
    )


def _make_sentences(found: PromiseLists, district: District, words: Words) -> list[Finding]:
    sentences = []
    for kind, pairs in (("kept", found.kept), ("behind", found.behind)):
        if pairs:
            limited = tell_limited(found, words) if kind == "kept" else ""
            sentences.append(_tell_target(kind, pairs[0], len(pairs), words, limited))
        elif found.comparable:
            text = words(f"pages.finding.{kind}_none", n=found.comparable)
            sentences.append(Finding(kind=kind, text=text, quote="", url=""))
    if found.unreported:
        sentences.append(_tell_unreported(found, district, words))
    elif found.bounded and not found.comparable:
        text = words("pages.finding.unknown_bounded", n=len(found.bounded))
        sentences.append(Finding(kind="unknown", text=text, quote="", url=""))
    return sentences


def tell_limited(found: PromiseLists, words: Words) -> str:
    """How many targets are kept by a figure of another kind; empty for none."""
    return words("pages.finding.kept_limited", n=found.kept_limited) if found.kept_limited else ""


def _tell_target(kind: str, pair: TargetOfTask, number: int, words: Words, limited: str) -> Finding:
    view = make_target_view(pair.figure, words)
    text = words(
        f"pages.finding.{kind}",
        n=number,
        limited=limited,
        metric=view.metric,
        goal=view.goal,
        actual=view.actual or "",
        result=format_result(pair.figure, words) or view.state,
    )
    return Finding(kind=kind, text=text, quote=view.quotes[0] if view.quotes else "", url=view.url)


def _tell_unreported(found: PromiseLists, district: District, words: Words) -> Finding:
    each = min(found.unreported, key=lambda each: (not each.is_whole, len(_text_of(each)) or _SILENT))
    row = make_unreported(each, district, words)
    view = make_target_view(each.figures[0], words)
    text = words(
        "pages.finding.unknown",
        n=found.unreported_targets,
        tasks=len(found.unreported),
        promise=view.promise,
    )
    return Finding(kind="unknown", text=text, quote=row.text, url=view.url)


def make_unreported(each: Unreported, district: District, words: Words) -> UnreportedRow:
    """One task of the list of numbers promised and not reported."""
    task, found = each.task, each.task.task
    quoted, to_end = find_instead(each, district)
    promises = (f"{f.target.metric}{format_goal(f.target, words)}" for f in each.figures)
    return UnreportedRow(
        id=found.id,
        url=addresses.task_url(found.id),
        number_word=format_task_number(found, words),
        promises=join_list(promises, words),
        text=quoted,
        text_to_end=to_end,
        standing=task.standing,
        who=format_departments(found, words),
        phones=tuple(make_contact(contact, district) for contact in found.contacts if contact.phones),
    )


def _text_of(each: Unreported) -> str:
    return (each.task.update.progress if each.task.update else None) or ""


def find_instead(each: Unreported, district: District) -> tuple[str, bool]:
    """The words that stand where a number should, verbatim and whole; and whether they end the text."""
    quoted = [u.quotes[0] for f in each.figures for u in f.unused if not u.reason.startswith(_OTHER_MATTER)]
    text = _text_of(each)
    if quoted:
        return complete_clause(quoted[0], text)
    if not text:
        return "", True
    metric = each.figures[0].target.metric
    subject = metric if len(metric) >= _NAMED else f"{metric} {each.task.task.title}"
    start, _ = find_excerpt(text, known_names(district), (), _WORDS_LIMIT, subject)
    start = _ORDINAL.match(text, start).end()  # type: ignore[union-attr]
    rest = text[start:]
    piece = cut_sentences(rest, _WORDS_LIMIT).removesuffix("…")
    return piece.rstrip("，,；;"), not rest[len(piece) :].strip()


def complete_clause(quote: str, text: str) -> tuple[str, bool]:
    """The quote up to the end of its clause in the text, and whether its sentence ends there.

    ``complete_clause("已规范28条", "已规范28条街48处，消除5处。")`` → ``("已规范28条街48处", False)``
    """
    start = text.find(quote)
    if start < 0 or quote[-1:] in _STOPS:
        return quote, True
    stop = _CLAUSE_END.search(text, start + len(quote))
    end = stop.start() if stop else len(text)
    return text[start:end], end == len(text) or text[end] in _STOPS


def _make_plain(task: TaskFigures, words: Words) -> PlainRow:
    found = task.task
    return PlainRow(
        url=addresses.task_url(found.id),
        title=found.title,
        standing_word=format_task_standing(task, words),
    )

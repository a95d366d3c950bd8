"""Views of what several pages show: targets with bars, task cards, counts by standing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from markupsafe import Markup

from generator.charts import draw_small_bar
from generator.figures import Reason, Standing, TargetFigure, TaskFigures, Totals
from generator.model import Actual, Comparator, District, Role, Target, TargetKind, Task, Update, addresses
from generator.site.views.page_view import Link
from generator.site.views.prose import find_excerpt
from generator.wording.catalogue import Words, format_number, format_percent, format_points

_EXCERPT_LIMIT = 64
_SHOWN_DEPARTMENTS = 1
_CLAUSE = re.compile(r"[，,；;。]")
_FORECAST = re.compile(r"预计|预期|预估|有望|将达")
_GROWTH = re.compile(r"(?:增长|提高|提升|上升|增加|下降|降低|减少|压减)(?=\D{0,4}$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetView:
    """One target in one period, ready to be shown."""

    key: str
    """<task id>#<target id>, the value of ``data-target``."""
    anchor: str
    """Id of the target's box on its task page."""
    url: str
    """Site path of that box."""
    metric: str
    goal: str
    """The promised number as printed: 923亩; 1—2个."""
    goal_text: str
    """With its comparator: 923亩以上."""
    kind: str
    kind_word: str
    actual: str | None
    """The reported number as printed; None when nothing was reported."""
    actual_value: str | None
    """The same for machines, in the printed unit."""
    basis_word: str | None
    """What the figure covers: 累计, 当季 …"""
    ratio: Fraction | None
    """Completion, not capped; None when there is none."""
    percent: str | None
    """Completion in words: 34.7%."""
    bar: Markup | None
    """The completion drawn against the schedule; None when there is none."""
    standing: Standing | None
    standing_word: str | None
    met_word: str | None
    """达到 or 未达到 for growth and level targets with a figure; None otherwise."""
    note: str | None
    """Why there is no completion, or how far a rate is from its target; None when the bar says all."""
    is_scope: bool
    quotes: tuple[str, ...]
    """Words of the progress text that the figure was read from."""
    promise: str
    """Words of the commitment that the target was read from."""
    stated: str | None
    """The share that the text itself states: 77%."""
    gap: str | None
    """Percentage points from the schedule or the target, size alone."""
    side: str
    """Where it is from the schedule or the target: ahead, even or behind; empty when it is not compared."""
    by_editor: bool
    """Whether a person decided the target or the figure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A task on a list."""

    id: str
    url: str
    number: int
    number_word: str
    title: str
    standing: Standing
    standing_word: str
    departments: tuple[Link, ...]
    """All of them, with addresses."""
    lead: str
    """The first body, said to lead where the source says so."""
    others: int
    """How many bodies more."""
    target: TargetView | None
    """The target that decides the standing, else the first that has a figure; None without."""
    targets: int
    """Targets that are not scope."""
    figures: str
    """For the filter: ``target`` with targets, ``target figure`` with a comparable figure too, else empty."""
    excerpt: str
    """The sentence with the figures, to the letter; empty when nothing was reported."""
    excerpt_to_end: bool
    """Whether it goes to the end of the text."""
    section: str
    roles: str
    """``slug:role`` of each body, for the filters."""
    order: str
    """Sort key, weakest first."""
    changed: bool
    """Whether the text or the figures changed since the period before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many tasks or targets share a standing."""

    standing: Standing
    word: str
    number: int
    share: str
    """Percent of all, one decimal."""
    width: str
    """The same for a bar, 0 to 100."""


def format_amount(value: Decimal, unit: str, value_max: Decimal | None = None) -> str:
    """A number as printed with its unit: 923亩, 1—2个; percentages carry the sign on both sides."""
    if value_max is None:
        return f"{format_number(value)}{unit}"
    if unit[:1] in ("%", "万", "亿"):
        return f"{format_number(value)}{unit[:1]}～{format_number(value_max)}{unit}"
    return f"{format_number(value)}～{format_number(value_max)}{unit}"


def make_target_view(figure: TargetFigure, words: Words) -> TargetView:
    """A target of one period as pages show it."""
    target, actual = figure.target, figure.actual
    goal = format_amount(target.value, target.unit, target.value_max)
    anchor = f"target-{target.id}"
    return TargetView(
        key=f"{figure.task_id}#{target.id}",
        anchor=anchor,
        url=f"{addresses.task_url(figure.task_id)}#{anchor}",
        metric=target.metric,
        goal=goal,
        goal_text=words(f"pages.goal.{_COMPARATORS[target.comparator]}", amount=_growth_verb(target) + goal),
        kind=target.kind.value,
        kind_word=words(f"pages.kind.{target.kind.value}"),
        actual=_format_actual(figure, words) if actual else None,
        actual_value=format_number(actual.value) if actual else None,
        basis_word=_basis_word(actual, words) if actual else None,
        ratio=figure.completion,
        percent=format_percent(figure.completion) if figure.completion is not None else None,
        bar=draw_small_bar(figure, words),
        standing=figure.standing,
        standing_word=words(f"pages.standing.{figure.standing.value}") if figure.standing else None,
        met_word=words("pages.met.yes" if figure.met else "pages.met.no")
        if figure.completion is None and figure.met is not None
        else None,
        note=_make_note(figure, words),
        is_scope=target.kind is TargetKind.SCOPE,
        quotes=actual.quotes if actual else (),
        promise=target.quote,
        stated=_format_stated(actual.stated_completion)
        if actual and actual.stated_completion is not None
        else None,
        gap=format_points(figure.gap_points) if figure.gap_points is not None else None,
        side=_side(figure.gap_points),
        by_editor=target.by == "editor" or (actual is not None and actual.by == "editor"),
    )


def _basis_word(actual: Actual, words: Words) -> str:
    """What the figure covers; a number that the text only expects is called so."""
    number = format_number(actual.value)
    clauses = (clause for quote in actual.quotes for clause in _CLAUSE.split(quote) if number in clause)
    is_forecast = any(_FORECAST.search(clause.partition(number)[0]) for clause in clauses)
    covers = words(f"pages.basis.{actual.basis.value}")
    return words("pages.basis.forecast", basis=covers) if is_forecast else covers


def _growth_verb(target: Target) -> str:
    """The word before a rate's number in the promise, as in 提高4个百分点; empty where the metric has it."""
    if target.kind is not TargetKind.GROWTH:
        return ""
    before = target.quote.partition(format_number(target.value))[0]
    verb = next(reversed(_GROWTH.findall(before)), "")
    return "" if verb in target.metric else verb


def _format_stated(ratio: Decimal) -> str:
    """The share that a text states, with the decimals it states: 77%, 39.52%."""
    return f"{format_number((ratio * 100).normalize())}%"


def _side(gap: Fraction | None) -> str:
    if gap is None:
        return ""
    return "even" if gap == 0 else "ahead" if gap > 0 else "behind"


def _format_actual(figure: TargetFigure, words: Words) -> str | None:
    """The reported number as printed; a negative growth is said as a decline (GOV-CN.md F-14)."""
    actual = figure.actual
    if actual is None:
        return None
    if figure.target.kind is TargetKind.GROWTH and actual.value < 0:
        return words("pages.decline", amount=format_amount(-actual.value, actual.unit))
    return format_amount(actual.value, actual.unit)


_COMPARATORS = {Comparator.AT_LEAST: "at_least", Comparator.AT_MOST: "at_most", Comparator.EQUAL: "equal"}


def _hundredths(ratio: Fraction) -> str:
    return f"{float(ratio * 100):.2f}".rstrip("0").rstrip(".")


def _make_note(figure: TargetFigure, words: Words) -> str | None:
    """What is said where no bar can be drawn: the missing figure, or met / not met of a rate."""
    reason, actual = figure.reason, figure.actual
    if reason is None:
        return None
    amount = format_amount(actual.value, actual.unit) if actual else ""
    if reason is Reason.QUARTER_ONLY:
        return words("pages.reason.quarter_only", amount=amount)
    if reason in (Reason.RATE, Reason.AT_MOST) and figure.met is not None:
        return _rate_note(figure, words)
    return words(f"pages.reason.{reason.value}")


def _rate_note(figure: TargetFigure, words: Words) -> str:
    gap = figure.gap_points or Fraction(0)
    side = "even" if gap == 0 else "above" if gap > 0 else "below"
    state = "met" if figure.met else "unmet"
    if figure.target.unit.endswith(("%", "％", "百分点")):
        return words(f"pages.rate.{state}.{side}", points=format_points(gap))
    return words(f"pages.rate.{state}.plain")


def main_target(task: TaskFigures) -> TargetFigure | None:
    """The target a card shows: the one that decides the standing, else the first with a figure or a goal."""
    if task.weakest is not None:
        return task.weakest
    promised = [figure for figure in task.targets if figure.target.kind is not TargetKind.SCOPE]
    return next((figure for figure in promised if figure.actual), promised[0] if promised else None)


def make_card(task: TaskFigures, district: District, words: Words, *, changed: bool = False) -> Card:
    """A task as lists show it."""
    found, update = task.task, task.update
    figure = main_target(task)
    excerpt, to_end = _make_excerpt(task, update, district)
    departments = department_links(found, district)
    first = found.departments[0] if found.departments else None
    return Card(
        id=found.id,
        url=addresses.task_url(found.id),
        number=found.number,
        number_word=number_word(found, words),
        title=found.title,
        standing=task.standing,
        standing_word=words(f"pages.standing.{task.standing.value}"),
        departments=departments,
        lead=_lead_word(first.name, first.role, words) if first else "",
        others=len(departments) - _SHOWN_DEPARTMENTS if departments else 0,
        target=make_target_view(figure, words) if figure else None,
        targets=sum(f.target.kind is not TargetKind.SCOPE for f in task.targets),
        figures=_figures_word(task),
        excerpt=excerpt,
        excerpt_to_end=to_end,
        section=found.section or "",
        roles=_make_roles(found, district),
        order=_make_order(task),
        changed=changed,
    )


def _figures_word(task: TaskFigures) -> str:
    if task.weakest is not None:
        return "target figure"
    return "target" if any(shown_targets(figure.target) for figure in task.targets) else ""


def number_word(task: Task, words: Words) -> str:
    """第27项; the printed form where it is not the number itself."""
    return words("pages.number", number=task.number_printed or task.number)


def _lead_word(name: str, role: Role, words: Words) -> str:
    return words("pages.led_by", name=name) if role is Role.LEAD else name


def department_links(task: Task, district: District) -> tuple[Link, ...]:
    """The task's bodies in printed order; a body that the directory lacks has no address."""
    slugs = {department.name: department.slug for department in district.departments}
    return tuple(
        Link(
            label=a.name,
            url=addresses.department_url(district.id, slugs[a.name]) if a.name in slugs else None,
        )
        for a in task.departments
    )


def _make_roles(task: Task, district: District) -> str:
    slugs = {department.name: department.slug for department in district.departments}
    return " ".join(f"{slugs[a.name]}:{a.role.value}" for a in task.departments if a.name in slugs)


def _make_order(task: TaskFigures) -> str:
    """Weakest first: measured ones by standing and gap, then the rest by status."""
    rank = list(_WEAKEST_FIRST).index(task.standing)
    gap = task.weakest.gap_points if task.weakest and task.weakest.gap_points is not None else Fraction(0)
    return f"{rank:02d}{float(gap) + 1000:012.4f}"


_WEAKEST_FIRST = (
    Standing.BEHIND,
    Standing.NOT_STARTED,
    Standing.NO_INFORMATION,
    Standing.IN_PROGRESS,
    Standing.ON_SCHEDULE,
    Standing.AHEAD,
    Standing.DONE,
)


def known_names(district: District) -> tuple[str, ...]:
    """Names and aliases of the district's bodies, as texts use them."""
    return tuple(
        name for department in district.departments for name in (department.name, *department.aliases)
    )


def _make_excerpt(task: TaskFigures, update: Update | None, district: District) -> tuple[str, bool]:
    if update is None or not update.progress:
        return "", True
    text = update.progress
    start, end = find_excerpt(
        text, known_names(district), quote_starts(task, text), _EXCERPT_LIMIT, task.task.title
    )
    excerpt = text[start:end]
    return " ".join(excerpt.split()), not text[end:].strip()


def quote_starts(task: TaskFigures, text: str) -> list[int]:
    """Offsets of the quoted figures in a progress text, that of the main target first."""
    main = main_target(task)
    figures = sorted((f for f in task.targets if f.actual), key=lambda f: f is not main)
    found = [text.find(quote) for figure in figures if figure.actual for quote in figure.actual.quotes]
    return [offset for offset in found if offset >= 0]


def make_counts(numbers: Mapping[Standing, int], words: Words) -> tuple[Count, ...]:
    """Every standing with its count and share, zero included, from good to bad."""
    total = sum(numbers.values())
    return tuple(
        Count(
            standing=standing,
            word=words(f"pages.standing.{standing.value}"),
            number=number,
            share=format_percent(Fraction(number, total)) if total else "",
            width=_hundredths(Fraction(number, total)) if total else "0",
        )
        for standing, number in numbers.items()
    )


def sort_targets(figures: Iterable[TargetFigure]) -> list[TargetFigure]:
    """Comparable targets with a completion, weakest first."""
    measured = [figure for figure in figures if figure.completion is not None]
    return sorted(measured, key=lambda f: (f.gap_points or Fraction(0), f.task_id))


def shown_targets(target: Target) -> bool:
    """Whether a target is one to reach (not one that only says how big the work is)."""
    return target.kind is not TargetKind.SCOPE


def department_order(cards: Sequence[Card]) -> tuple[Card, ...]:
    """Cards weakest first, then by number."""
    return tuple(sorted(cards, key=lambda card: (card.order, card.number)))


def headline_totals(totals: Totals) -> dict[str, int]:
    """The numbers of the opening sentence."""
    standings, measured = totals.standings, totals.target_standings
    return {
        "n": totals.tasks,
        "done": standings[Standing.DONE],
        "measured": totals.tasks_with_targets,
        "comparable": totals.comparable,
        "good": sum(measured[s] for s in (Standing.DONE, Standing.AHEAD, Standing.ON_SCHEDULE)),
        "behind": measured[Standing.BEHIND],
    }

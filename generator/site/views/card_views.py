"""Views of what several pages show: targets with bars, task cards, counts by standing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from markupsafe import Markup

from generator.base.identity_memo import once_each
from generator.charts import draw_small_bar
from generator.figures import WEAKEST_FIRST, Standing, TargetFigure, TaskFigures
from generator.language.stated_shares import find_stated_shares
from generator.model import DecidedBy, District, Role, Target, TargetKind, Task, Update, addresses
from generator.site.views.page_view import Link
from generator.site.views.prose import cut_piece, find_evidence, find_excerpt, shorten
from generator.wording import (
    Words,
    format_basis,
    format_completion,
    format_date,
    format_departments,
    format_goal,
    format_judgement,
    format_number,
    format_points,
    format_rate_gap,
    format_reason,
    format_reported,
    format_standing,
    format_state,
    format_stated_percent,
    format_task_number,
    format_task_standing,
    gap_side,
    is_rate,
)

_EXCERPT_LIMIT, _LABEL_LIMIT = 48, 16


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
    """The promised number: 923亩以上; 1～2个."""
    actual: str | None
    """The reported number as printed; None when nothing was reported."""
    actual_value: str | None
    """The same for machines, in the printed unit."""
    basis_word: str | None
    """What the number covers: 累计, 当季 …"""
    ratio: Fraction | None
    """Completion, not capped; None when there is none."""
    percent: str | None
    """Completion in words: 34.7%."""
    bar: Markup | None
    """The completion drawn against the schedule; None when there is none."""
    standing: Standing | None
    judgement: str
    """Word of the standing, 达到目标 or 未达到目标 of a rate; empty when it is not comparable."""
    state: str
    """What is known where it is not comparable, in a few words: 至少3座，只报了当季; empty when it is."""
    limits: tuple[str, ...]
    """Sentences on what the figure counts, where that is not just what was promised."""
    note: str
    """Why there is no completion, or how far a rate is from its target; empty when the rest says all."""
    verdict: str
    """The same as a whole sentence, with 达到目标 or 未达到目标 of a rate before it."""
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
    who: str
    """The department named for it, said to lead where the source says so, and of how many."""
    target: TargetView | None
    """The target that decides the standing, else the first that has a figure; None without."""
    figures: str
    """For the filter: ``target`` with targets, ``target figure`` with a comparable figure too, else empty."""
    excerpt: str
    """The sentence with the figures, to the letter; empty when nothing was reported."""
    excerpt_to_end: bool
    """Whether it goes to the end of the text."""
    parts: str
    """How many of the parts of the promise are finished; empty where it has none."""
    stated: str
    """A share that the text itself states, in its words, where no figure can be compared; mostly empty."""
    section: str
    roles: str
    """``slug:role`` of each body, for the filters; the slug alone where no role is stated."""
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


@once_each
def make_target_view(figure: TargetFigure, words: Words) -> TargetView:
    """A target of one period as pages show it."""
    target, actual = figure.target, figure.actual
    stated = actual.stated_completion if actual else None
    anchor = f"target-{target.id}"
    return TargetView(
        key=f"{figure.task_id}#{target.id}",
        anchor=anchor,
        url=f"{addresses.task_url(figure.task_id)}#{anchor}",
        metric=target.metric,
        goal=format_goal(target, words),
        actual=format_reported(figure, words) or None,
        actual_value=format_number(actual.value) if actual else None,
        basis_word=format_basis(actual.basis, words) if actual and figure.standing else None,
        ratio=figure.completion if figure.is_scheduled else None,
        percent=format_completion(figure) or None,
        bar=draw_small_bar(figure, words),
        standing=figure.standing,
        judgement=format_judgement(figure, words),
        state=format_state(figure, words),
        limits=_make_limits(figure, words),
        note=_make_note(figure, words),
        verdict=_make_verdict(figure, words),
        quotes=actual.quotes if actual else (),
        promise=target.quote,
        stated=None if stated is None else format_stated_percent(stated),
        gap=format_points(figure.gap_points) if figure.gap_points is not None else None,
        side=gap_side(figure.gap_points),
        by_editor=DecidedBy.EDITOR in (target.by, actual.by if actual else None),
    )


def _make_note(figure: TargetFigure, words: Words) -> str:
    """What is said where no bar can be drawn: the missing figure, or how far a rate is from its target."""
    if not is_rate(figure):
        return format_reason(figure, words)
    gap = format_rate_gap(figure, words)
    return gap + words("pages.full_stop") if gap else ""


def _make_limits(figure: TargetFigure, words: Words) -> tuple[str, ...]:
    dated = words("pages.task.dated", date=format_date(figure.as_of, words)) if figure.is_dated else ""
    note = figure.actual.note if figure.actual else None
    return tuple(filter(None, (dated, words("pages.task.other_basis", note=note) if note else "")))


def _make_verdict(figure: TargetFigure, words: Words) -> str:
    note = _make_note(figure, words)
    if not is_rate(figure):
        return note
    met = format_judgement(figure, words)
    return words("pages.task.judged", met=met, note=note) if note else met + words("pages.full_stop")


def main_target(task: TaskFigures) -> TargetFigure | None:
    """The target a card shows: the one that decides the standing, else the first with a figure or a goal."""
    if task.weakest is not None:
        return task.weakest
    promised = [figure for figure in task.targets if figure.target.kind is not TargetKind.SCOPE]
    return next((figure for figure in promised if figure.actual), promised[0] if promised else None)


@once_each
def make_card(task: TaskFigures, district: District, words: Words, *, changed: bool = False) -> Card:
    """A task as lists show it."""
    found, update = task.task, task.update
    figure = main_target(task)
    excerpt, to_end = _make_excerpt(task, update, district)
    return Card(
        id=found.id,
        url=addresses.task_url(found.id),
        number=found.number,
        number_word=format_task_number(found, words),
        title=found.title,
        standing=task.standing,
        standing_word=format_task_standing(task, words),
        who=format_departments(found, words),
        target=make_target_view(figure, words) if figure else None,
        figures=_figures_word(task),
        excerpt=excerpt,
        excerpt_to_end=to_end,
        parts=count_parts(task, words),
        stated=_make_stated(task, excerpt, words),
        section=found.section or "",
        roles=_make_roles(found, district),
        order=_make_order(task),
        changed=changed,
    )


def count_parts(figures: TaskFigures, words: Words, key: str = "pages.card.parts") -> str:
    """How many parts of a promise there are and how many the text says are finished; empty without parts."""
    done = sum(found.standing is Standing.DONE for found in figures.parts)
    return words(key, n=len(figures.parts), done=done) if figures.parts else ""


def stated_shares(update: Update | None) -> tuple[tuple[str, str], ...]:
    """Shares that a period's text states of its own work, with their words."""
    found = find_stated_shares((update.progress if update else None) or "")
    return tuple((f"{share.percent}%", share.words) for share in found)


def _make_stated(task: TaskFigures, excerpt: str, words: Words) -> str:
    """The first share that the excerpt does not show already."""
    told = [said for _, said in stated_shares(task.update)] if task.weakest is None else []
    new = [said for said in told if said not in excerpt]
    return words("pages.card.stated", words=new[0]) if new and len(new) == len(told) else ""


def _figures_word(task: TaskFigures) -> str:
    if task.weakest is not None:
        return "target figure"
    return "target" if any(shown_targets(figure.target) for figure in task.targets) else ""


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
    roles = {a.name: "" if a.role is Role.UNSTATED else f":{a.role.value}" for a in task.departments}
    return " ".join(f"{slugs[name]}{role}" for name, role in roles.items() if name in slugs)


def _make_order(task: TaskFigures) -> str:
    """Weakest first: measured ones by standing and gap, then the rest by status."""
    rank = WEAKEST_FIRST.index(task.standing)
    gap = task.weakest.gap_points if task.weakest and task.weakest.gap_points is not None else Fraction(0)
    return f"{rank:02d}{float(gap) + 1000:012.4f}"


def known_names(district: District) -> tuple[str, ...]:
    """Names and aliases of the district's bodies, as texts use them."""
    return tuple(
        name for department in district.departments for name in (department.name, *department.aliases)
    )


def _make_excerpt(task: TaskFigures, update: Update | None, district: District) -> tuple[str, bool]:
    if update is None or not update.progress:
        return "", True
    text, names = update.progress, known_names(district)
    quote = update.status.quote if task.weakest is None else None
    if quote and quote in text:
        start, _, label = find_evidence(text, names, quote, _EXCERPT_LIMIT)
        end = cut_piece(text, start, _EXCERPT_LIMIT)
        before = f"{shorten(label, _LABEL_LIMIT)}：" if label and label not in text[start:end] else ""
        return before + " ".join(text[start:end].split()), not text[end:].strip()
    start, end = find_excerpt(text, names, quote_starts(task, text), _EXCERPT_LIMIT, task.task.title)
    excerpt = text[start:end]
    return " ".join(excerpt.split()), not text[end:].strip()


def quote_starts(task: TaskFigures, text: str) -> list[int]:
    """Offsets of the quoted figures in a progress text, that of the main target first."""
    main = main_target(task)
    figures = sorted((f for f in task.targets if f.actual), key=lambda f: f is not main)
    found = [text.find(quote) for figure in figures if figure.actual for quote in figure.actual.quotes]
    return [offset for offset in found if offset >= 0]


def count_tasks(tasks: Iterable[TaskFigures], words: Words) -> tuple[Count, ...]:
    """The tasks by standing, every standing once."""
    found = Counter(task.standing for task in tasks)
    return make_counts({standing: found[standing] for standing in Standing}, words)


def make_counts(numbers: Mapping[Standing, int], words: Words) -> tuple[Count, ...]:
    """Every standing with its count, zero included, from good to bad."""
    return tuple(
        Count(
            standing=standing,
            word=format_standing(standing, words),
            number=number,
        )
        for standing, number in numbers.items()
    )


def shown_targets(target: Target) -> bool:
    """Whether a target is one to reach (not one that only says how big the work is)."""
    return target.kind is not TargetKind.SCOPE


def department_order(cards: Sequence[Card]) -> tuple[Card, ...]:
    """Cards weakest first, then by number."""
    return tuple(sorted(cards, key=lambda card: (card.order, card.number)))

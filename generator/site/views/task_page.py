"""The page of one task."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from generator.figures import DistrictReport, Standing, TargetFigure, TaskFigures, Track
from generator.language.privacy import is_masked
from generator.language.time_phrases import find_earlier_months
from generator.model import Actual, District, Target, Task, Update, addresses
from generator.site.views.card_views import (
    TargetView,
    count_parts,
    department_links,
    known_names,
    make_target_view,
    shown_targets,
    stated_shares,
)
from generator.site.views.citation import (
    SourceView,
    make_cite,
    make_quote_cite,
    make_record,
    make_source,
)
from generator.site.views.page_view import (
    Dates,
    Head,
    Link,
    Page,
    PageKind,
    make_page,
)
from generator.site.views.phones import PhoneEntry, make_contact
from generator.site.views.prose import Quote, find_evidence, render_prose, shorten
from generator.site.views.shown_charts import CHART_SCRIPTS, Figure, place_figure
from generator.site.views.site_frame import Frame, make_head
from generator.site.views.task_history import TaskHistory
from generator.site.views.task_summary import TaskSummary, make_summary, schedule_word
from generator.site.views.task_years import TaskYears, make_task_years
from generator.wording import (
    Words,
    format_number,
    format_period,
    format_publisher,
    format_standing,
    format_stated_percent,
    format_task_number,
    format_task_standing,
    join_list,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Responsible:
    """A body of the task with its part in it."""

    link: Link
    role: str
    """lead, joint or unstated."""
    role_word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotedWords:
    """Words that a number was read from."""

    words: str
    url: str
    """Fragment where they stand; empty where they stand nowhere on the page."""
    cite: str
    """How to cite them, behind the words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskTarget:
    """A target with the ways to the words it was read from."""

    view: TargetView
    promise: QuotedWords
    """In the commitment."""
    quotes: tuple[QuotedWords, ...]
    """In the progress text."""
    history: Figure | None
    """The chart of its figures over the periods; None with fewer than two."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartView:
    """A part of the promise, with its own mark and words."""

    name: str
    standing: Standing
    standing_word: str
    quote: str | None
    reported: str
    """Numbers that the text reports of it alone; mostly none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PastUpdate:
    """What one period said, in short."""

    code: str
    """The period as addresses and data write it: 2025Q1."""
    period: str
    url: str | None
    """The period's overview; None where the period has none (a late report of the year before)."""
    standing: Standing
    standing_word: str
    targets: tuple[TargetView, ...]
    """Targets with a figure."""
    text: Markup | None
    """The period's progress text; None for the newest, which stands above."""
    is_newest: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BesideText:
    """What is told beside a period's texts."""

    meant: Markup | None
    """The next steps that a printed 同上 means."""
    shared_with: tuple[Link, ...]
    """Tasks of the same table with the same progress text, to the letter."""
    shares: tuple[tuple[str, str], ...]
    """Shares that the text states itself: as printed with the sign, and the words that say so."""
    dated: str
    """Time phrases of the text that end before the table's day, quoted; empty without any."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskView:
    """One task, newest period first."""

    head: Head
    id: str
    number_word: str
    number_note: str | None
    """Said where the source lost the number."""
    district: str
    year: int
    section: str | None
    period: str | None
    summary: TaskSummary
    """What stands first: the deciding figure, the first body, the first number to call."""
    standing: Standing
    standing_word: str
    standing_note: str
    """What the standing was taken from."""
    status_quote: str | None
    commitment: Markup
    targets: tuple[TaskTarget, ...]
    """Targets to reach."""
    parts: tuple[PartView, ...]
    """Named things of the promise, each with its own standing."""
    parts_note: str
    """How many of them are done; empty without parts."""
    sizes: tuple[TaskTarget, ...]
    """Numbers that only say how big the work is."""
    schedule: str
    """Share of the year gone by; empty where no target has a bar to compare with it."""
    progress: Markup | None
    plan: str | None
    reported_status: str | None
    reported_completion: str | None
    remarks: str | None
    next_steps: Markup | None
    next_steps_note: Link | None
    """The task whose next steps a printed 同上 means."""
    beside: BesideText
    departments: tuple[Responsible, ...]
    deadline: str | None
    leaders: tuple[str, ...]
    contacts: tuple[PhoneEntry, ...]
    history: tuple[PastUpdate, ...]
    """Newest first; only where there are two periods or more."""
    source: SourceView | None
    record: tuple[tuple[str, str], ...]
    """The information table of government pages: label and value."""
    cite: str
    origins: tuple[Link, ...]
    successors: tuple[Link, ...]
    previous: Link | None
    next: Link | None
    masked: bool
    """Whether a number was made unreadable for privacy."""
    years: TaskYears
    """Corrections, the same task in other years."""
    comparison: TaskHistory | None
    """What the periods together say of the task (said and done, differences); None without two."""


def _make_parts(figures: TaskFigures, words: Words) -> tuple[PartView, ...]:
    return tuple(
        PartView(
            name=found.part.name,
            standing=found.standing,
            standing_word=format_standing(found.standing, words),
            quote=found.quote,
            reported=join_list((_tell_actual(actual, words) for actual in found.actuals), words),
        )
        for found in figures.parts
    )


def _tell_actual(actual: Actual, words: Words) -> str:
    told = f"{format_number(actual.value)}{actual.unit}"
    if actual.stated_completion is None:
        return told
    return told + words("pages.task.part_stated", share=format_stated_percent(actual.stated_completion))


def make_task_pages(frame: Frame, histories: Mapping[str, TaskHistory]) -> list[Page]:
    """A page for every task of every year, by district, year and number."""
    titles = {task.id: task.title for d in frame.report.site.districts for task in d.tasks}
    pages = []
    for district in frame.report.districts:
        tasks = sorted(district.district.tasks, key=lambda task: (task.year, task.number))
        for index, task in enumerate(tasks):
            around = (
                tasks[index - 1] if index else None,
                tasks[index + 1] if index + 1 < len(tasks) else None,
            )
            maker = _Maker(
                frame=frame, district=district, task=task, track=district.tracks[task.id], titles=titles
            )
            view = maker.make(around, histories.get(task.id))
            pages.append(make_page("pages/task.html", view))
    return pages


_EVIDENCE_LIMIT, _LABEL_LIMIT = 48, 24
_LEAST_SHARED = 12
"""Characters from which equal texts of two tasks are no coincidence."""


def _number_note(task: Task, words: Words) -> str | None:
    return words("pages.task.number_inferred") if task.number_inferred else None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Maker:
    """Makes the view of one task."""

    frame: Frame
    district: DistrictReport
    task: Task
    track: Track
    titles: Mapping[str, str]

    def make(self, around: tuple[Task | None, Task | None], comparison: TaskHistory | None) -> TaskView:
        words, task, found = self.frame.words, self.task, self.district.district
        figures, update = self.track.newest, self.track.newest.update
        targets = [(self._make_target(f, update), shown_targets(f.target)) for f in figures.targets]
        contacts, standing = tuple(make_contact(c, found) for c in task.contacts), figures.standing
        head = self._make_head(update)
        return TaskView(
            head=head,
            id=task.id,
            number_word=format_task_number(task, words),
            number_note=_number_note(task, words),
            district=found.name,
            year=task.year,
            section=" · ".join(filter(None, (task.section, task.subsection))) or None,
            period=format_period(update.period, words) if update else None,
            summary=make_summary(figures, contacts, found, words),
            standing=standing,
            standing_word=format_task_standing(figures, words),
            standing_note=self._standing_note(figures),
            status_quote=self._set_evidence(figures),
            commitment=self._set_commitment(),
            targets=tuple(view for view, shown in targets if shown),
            parts=_make_parts(figures, words),
            parts_note=count_parts(figures, words, "pages.task.parts_note"),
            sizes=tuple(view for view, shown in targets if not shown),
            schedule=schedule_word(figures),
            progress=self._set_progress(update, figures) if update and update.progress else None,
            plan=update.plan if update else None,
            reported_status=update.reported_status if update else None,
            reported_completion=update.reported_completion if update else None,
            remarks=update.remarks if update else None,
            next_steps=self._set(update.next_steps) if update and update.next_steps else None,
            next_steps_note=self._link_task(update.next_steps_from if update else None),
            beside=self._make_beside(update),
            departments=_make_responsible(task, found, words),
            deadline=task.deadline,
            leaders=task.leaders,
            contacts=contacts,
            history=tuple(self._make_history()) if len(self.track.figures) > 1 else (),
            source=make_source(self.frame, found, task.id, update) if update else None,
            record=make_record(task, head, self._publisher(update), words),
            cite=make_cite(self.frame.config.title, found, task, head, words),
            origins=self._make_relations(task.carried_over_from),
            successors=self._make_relations(task.succeeded_by),
            previous=_neighbour(around[0], words),
            next=_neighbour(around[1], words),
            masked=_is_masked(task),
            years=make_task_years(self.frame, self.district, task.id),
            comparison=comparison,
        )

    def _make_beside(self, update: Update | None) -> BesideText:
        return BesideText(
            meant=self._find_meant(update),
            shared_with=self._find_shared(update),
            shares=stated_shares(update),
            dated=self._quote_months(update),
        )

    def _quote_months(self, update: Update | None) -> str:
        if update is None or not update.progress or update.as_of.year != self.task.year:
            return ""
        words, phrases = self.frame.words, find_earlier_months(update.progress, update.as_of.month)
        return join_list((words("pages.task.quoted", quote=phrase) for phrase in phrases), words)

    def _find_meant(self, update: Update | None) -> Markup | None:
        """What a printed 同上 stands for."""
        track = self.district.tracks.get((update.next_steps_from if update else None) or "")
        figures = track.at(update.period) if track and update else None
        text = figures.update.next_steps if figures and figures.update else None
        return self._set(text) if text else None

    def _find_shared(self, update: Update | None) -> tuple[Link, ...]:
        overview = self.district.at(update.period) if update else None
        if overview is None or update is None or len(update.progress or "") < _LEAST_SHARED:
            return ()
        same = [t.task for t in overview.tasks if t.update and t.update.progress == update.progress]
        return tuple(
            Link(label=format_task_number(task, self.frame.words), url=addresses.task_url(task.id))
            for task in same
            if task.id != self.task.id
        )

    def _link_task(self, task: str | None) -> Link | None:
        if task is None:
            return None
        return Link(label=self.titles.get(task, task), url=addresses.task_url(task))

    def _make_head(self, update: Update | None) -> Head:
        words, task, found = self.frame.words, self.task, self.district.district
        column = words(
            "pages.task.column", district=found.name, year=task.year, number=format_task_number(task, words)
        )
        table = found.table_of(update.period, update.source.file) if update else None
        dates = Dates(
            period=format_period(update.period, words) if update else None,
            as_of=update.as_of if update else None,
            source=format_publisher(found, table),
            source_url=table.url if table else None,
            table_url=self.frame.rows.get((task.id, update.source.file)) if update else None,
            published=table.published if table else None,
            made=self.frame.config.edition,
            newest=self.frame.newest,
        )
        return make_head(
            self.frame,
            url=addresses.task_url(task.id),
            heading=task.title,
            kind=PageKind.ARTICLE,
            column=column,
            column_type=words("pages.meta.work_type"),
            description=task.commitment,
            dates=dates,
            district=self.district,
            tab="overview",
            keywords=(found.name, *(a.name for a in task.departments)),
            scripts=CHART_SCRIPTS if self._has_charts() else (),
            has_feed=update is not None,
        )

    def _publisher(self, update: Update | None) -> str | None:
        """The institution that its table or district.yaml names; None where neither does."""
        found = self.district.district
        table = found.table_of(update.period, update.source.file) if update else None
        return (table.publisher if table else None) or found.publisher

    def _has_charts(self) -> bool:
        keys = (addresses.history_chart(self.task.id, target.id) for target in self.task.targets)
        return any(key in self.frame.charts for key in keys)

    def _standing_note(self, figures: TaskFigures) -> str:
        words = self.frame.words
        if figures.update is None:
            return words("pages.task.standing_no_update")
        if figures.weakest is not None:
            alone = sum(figure.standing is not None for figure in figures.targets) == 1
            key = "standing_single" if alone else "standing_weakest"
            return words(f"pages.task.{key}", metric=figures.weakest.target.metric)
        undecided = figures.standing is Standing.UNDECIDED
        key = "text" if undecided else "quoted" if figures.update.status.quote else "silent"
        return words(f"pages.task.standing_{key}")

    def _set_evidence(self, figures: TaskFigures) -> str | None:
        """The words a standing rests on, with the part of the text that they stand in."""
        update = figures.update
        if update is None or figures.weakest is not None or not (update.status.quote and update.progress):
            return None
        names = known_names(self.district.district)
        start, end, label = find_evidence(update.progress, names, update.status.quote, _EVIDENCE_LIMIT)
        quote = " ".join(update.progress[start:end].split()) or update.status.quote
        key = "quoted_part" if label and label not in quote else "quoted"
        return self.frame.words(f"pages.task.{key}", part=shorten(label, _LABEL_LIMIT), quote=quote)

    def _make_target(self, figure: TargetFigure, update: Update | None) -> TaskTarget:
        view = make_target_view(figure, self.frame.words)
        history = place_figure(
            self.frame.charts,
            addresses.history_chart(self.task.id, figure.target.id),
            addresses.task_url(self.task.id),
        )
        text = update.progress if update and update.progress else ""
        quotes = tuple(
            self._quote(quote, _quote_anchor(figure.target, index) if quote in text else "", update)
            for index, quote in enumerate(view.quotes)
        )
        promise = self._quote(view.promise, f"promise-{figure.target.id}", update)
        return TaskTarget(view=view, promise=promise, quotes=quotes, history=history)

    def _quote(self, quote: str, anchor: str, update: Update | None) -> QuotedWords:
        url = f"#{anchor}" if anchor else ""
        path, base = addresses.task_url(self.task.id), self.frame.config.base_url
        address = f"{base.rstrip('/')}/{path}{url}" if base else path + url
        cite = make_quote_cite(self.frame, self.district.district, self.task, update, address)
        return QuotedWords(words=quote, url=url, cite=cite)

    def _set_commitment(self) -> Markup:
        quotes = [
            quote
            for target in self.task.targets
            if (quote := self._locate(self.task.commitment, target.quote, f"promise-{target.id}", target))
        ]
        return render_prose(self.task.commitment, known_names(self.district.district), quotes)

    def _set_progress(self, update: Update, figures: TaskFigures) -> Markup:
        quotes = [
            quote
            for figure in figures.targets
            if figure.actual
            for index, words in enumerate(figure.actual.quotes)
            if (
                quote := self._locate(
                    update.progress or "", words, _quote_anchor(figure.target, index), figure.target
                )
            )
        ]
        return self._set(update.progress or "", quotes)

    def _set(self, text: str, quotes: Sequence[Quote] = ()) -> Markup:
        return render_prose(text, known_names(self.district.district), quotes)

    def _locate(self, text: str, quote: str, anchor: str, target: Target) -> Quote | None:
        start = text.find(quote)
        if start < 0:
            return None
        label = self.frame.words("pages.task.quote_label", metric=target.metric)
        url = f"#target-{target.id}"
        return Quote(start=start, end=start + len(quote), anchor=anchor, url=url, label=label)

    def _make_history(self) -> Iterator[PastUpdate]:
        words = self.frame.words
        for figures in reversed(self.track.figures):
            is_newest = figures is self.track.newest
            update = figures.update
            text = self._set(update.progress) if update and update.progress and not is_newest else None
            overview = self.district.at(figures.period)
            yield PastUpdate(
                code=str(figures.period),
                period=format_period(figures.period, words),
                url=addresses.period_url(overview.district.id, overview.period) if overview else None,
                standing=figures.standing,
                standing_word=format_task_standing(figures, words),
                targets=tuple(make_target_view(f, words) for f in figures.targets if f.actual),
                text=text,
                is_newest=is_newest,
            )

    def _title_of(self, task: str) -> str:
        """Its title, with its year where that is another: equal titles are told apart."""
        title, track = self.titles.get(task, task), self.district.tracks.get(task)
        if track is None or track.task.year == self.task.year:
            return title
        return self.frame.words("years.of", title=title, year=track.task.year)

    def _make_relations(self, ids: Sequence[str]) -> tuple[Link, ...]:
        return tuple(
            Link(label=self._title_of(i), url=addresses.task_url(i) if i in self.titles else None)
            for i in ids
        )


def _make_responsible(task: Task, district: District, words: Words) -> tuple[Responsible, ...]:
    links = department_links(task, district)
    return tuple(
        Responsible(link=link, role=a.role.value, role_word=words(f"pages.role.{a.role.value}"))
        for link, a in zip(links, task.departments, strict=True)
    )


def _neighbour(task: Task | None, words: Words) -> Link | None:
    if task is None:
        return None
    return Link(label=f"{format_task_number(task, words)} {task.title}", url=addresses.task_url(task.id))


def _quote_anchor(target: Target, index: int) -> str:
    return f"quote-{target.id}" if index == 0 else f"quote-{target.id}-{index + 1}"


def _is_masked(task: Task) -> bool:
    texts: list[str | None] = [task.commitment]
    for contact in task.contacts:
        texts += [contact.office, *contact.phones]
    for update in task.updates:
        texts += [update.progress, update.next_steps, update.plan, update.remarks]
    return any(is_masked(text) for text in texts if text)

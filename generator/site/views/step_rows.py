"""What was announced for a day or in a number, beside what the next table says of it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from generator.figures import DistrictReport, StepResult, count_outcomes
from generator.model import Period, StepOutcome, Task, addresses
from generator.site.views.page_view import Link
from generator.wording import Words, format_departments, format_period, format_task_number

_SENTENCE = re.compile(r"[。；;！？\n：:]")
_OTHER_TIME = re.compile(r"[0-9０-９一二三四五六七八九十年]月|[月季年]底|季度|年内|年前")
_LONGEST_LEAD = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRow:
    """One announcement."""

    task_id: str
    number_word: str
    task: Link
    who: str
    day: dt.date | None
    """Last day that its words allow; None where they name no time."""
    words: str
    """To the letter, from where they say of what they speak."""
    said: str
    """Where it stands: 2025年第二季度的下一步计划."""
    outcome: str
    """Code of the outcome, ``unsure`` where no rule is sure, ``waiting`` before a table could tell."""
    outcome_word: str
    quote: str
    """The later table's words, to the letter; empty where it says nothing."""
    told: str
    """Where these stand; empty before a table could tell."""
    decided: bool
    """Whether a person decided it."""


def find_next_steps(task: Task, period: Period) -> str:
    """What a period's text says is to come; empty where it says nothing."""
    update = task.update_of(period)
    return (update.next_steps if update else None) or ""


def say_of_what(text: str, words: str) -> str:
    """Words of a text with what stands before them in their sentence, which says of what they speak.

    ``say_of_what("加快甲园建设，争取7月底完工。", "争取7月底完工")`` → ``"加快甲园建设，争取7月底完工"``.
    Where the sentence names another time before, the words alone: it speaks of something else there.
    """
    before = _SENTENCE.split(text.partition(words)[0])[-1].lstrip() if words in text else ""
    is_own = len(before) <= _LONGEST_LEAD and not _OTHER_TIME.search(before)
    return f"{before}{words}" if is_own else words


def make_step_row(task: Task, result: StepResult, words: Words) -> StepRow:
    """The row of one announcement."""
    outcome = result.outcome.value if result.outcome else "unsure" if result.judged else "waiting"
    told = format_period(result.judged, words) if result.judged else ""
    return StepRow(
        task_id=task.id,
        number_word=format_task_number(task, words),
        task=Link(label=task.title, url=addresses.task_url(task.id)),
        who=format_departments(task, words),
        day=result.step.due.last_day if result.step.due else None,
        words=say_of_what(find_next_steps(task, result.said), result.step.words),
        said=words("steps.said", period=format_period(result.said, words)),
        outcome=outcome,
        outcome_word=words(f"steps.outcome.{outcome}"),
        quote=result.quote,
        told=words("steps.told", period=told) if told else "",
        decided=result.by is not None,
    )


def make_task_steps(district: DistrictReport, task: Task, words: Words) -> tuple[StepRow, ...]:
    """A task's announcements of which a later table could tell, newest first."""
    found = (r for r in reversed(district.steps.get(task.id, ())) if r.judged)
    return tuple(make_step_row(task, result, words) for result in found)


def list_told(district: DistrictReport, period: Period) -> tuple[StepResult, ...]:
    """Announcements of which the table of ``period`` could tell, in the order of the tasks."""
    return tuple(r for found in district.steps.values() for r in found if r.judged == period)


def format_step_counts(results: Iterable[StepResult], words: Words) -> str:
    """How the announcements of which one table could tell came out; empty without any."""
    found = tuple(results)
    counts = count_outcomes(found)
    parts = [words(f"steps.count.{o.value}", n=counts[o]) for o in StepOutcome if counts[o]]
    if unsure := len(found) - sum(counts.values()):
        parts.append(words("steps.count.unsure", n=unsure))
    return words("steps.sentence", n=len(found), counts=words("pages.comma").join(parts)) if found else ""

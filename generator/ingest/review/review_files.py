"""A review against the content's files: what is open in a district, and the files that decisions change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from generator.base.errors import Problem, UsageError, raise_if_errors
from generator.base.messages import Message
from generator.base.paths import parse_task_id, review_file, task_file
from generator.base.places import Place
from generator.content.decisions import Decision, DecisionAction, format_decisions, parse_decisions
from generator.content.yaml_rewrite import rewrite_task
from generator.ingest.review.review_queue import Question, apply_decisions, list_questions, question_row
from generator.ingest.review.unreported_targets import Note, list_notes, note_row
from generator.model import District


def list_rejections(files: Mapping[str, bytes], district: District) -> tuple[Decision, ...]:
    """What a person rejected before. Raises: ContentError when review.yaml cannot be read."""
    path = review_file(district.id)
    return parse_decisions(files[path], path) if path in files else ()


def list_open(
    files: Mapping[str, bytes], district: District
) -> tuple[tuple[Question, ...], tuple[Note, ...]]:
    """Questions that are open, and numbers that are missing or not exact. Raises: as ``list_rejections``."""
    rejected = list_rejections(files, district)
    questions = list_questions(district, rejected)
    return questions, list_notes(district, questions, rejected)


def make_open_rows(files: Mapping[str, bytes], district: District) -> list[dict[str, str]]:
    """What is open as rows for a list: questions, then notes. Raises: as ``list_rejections``."""
    questions, notes = list_open(files, district)
    return [*map(question_row, questions), *map(note_row, notes)]


def is_settled(question: Question, decided: Iterable[Decision]) -> bool:
    """Whether a decision answers the question's target in its period already."""
    row = question_row(question)
    return any(
        (each.task, str(each.period or ""), each.target or "") == (row["task"], row["period"], row["target"])
        and each.decision is not DecisionAction.REJECT
        for each in decided
    )


def sort_decisions(
    decisions: Iterable[Decision], districts: Iterable[District], file: str
) -> dict[str, tuple[Decision, ...]]:
    """District → its decisions of a decision file. Raises: UsageError for tasks of other districts."""
    found: dict[str, list[Decision]] = {district.id: [] for district in districts}
    problems = []
    for number, decision in enumerate(decisions):
        try:
            found[parse_task_id(decision.task).district].append(decision)
        except (KeyError, ValueError):
            place = Place(file=file, field=f"decisions[{number}].task")
            what = Message("没有 {task} 所在的区县", task=decision.task)
            problems.append(Problem(place=place, what=what, hint=Message("检查任务编号")))
    raise_if_errors(problems, UsageError)
    return {district: tuple(decided) for district, decided in found.items()}


def decide_files(
    files: Mapping[str, bytes], district: District, decisions: tuple[Decision, ...]
) -> dict[str, bytes]:
    """Task files and review.yaml as they must be written.

    Raises: ContentError for decisions that fit nothing.
    """
    earlier = list_rejections(files, district)
    tasks, rejections = apply_decisions(district, decisions, earlier)
    old = {task.id: task for task in district.tasks}
    changes: dict[str, bytes] = {}
    for task in tasks:
        path = task_file(task.id)
        changes[path] = rewrite_task(files[path].decode("utf-8-sig"), old[task.id], task).encode()
    if rejections != earlier:
        changes[review_file(district.id)] = format_decisions(rejections).encode()
    return changes

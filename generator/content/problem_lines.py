"""Lines for problems that were found in the model, which knows fields but no lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from generator.base.errors import Problem
from generator.content.yaml_nodes import Findings, Invalid, compose, line_of


def add_lines(problems: Iterable[Problem], files: Mapping[str, bytes]) -> tuple[Problem, ...]:
    """The problems, each with the line of its field where that is known.

    Only files with a problem are read again.
    """
    return tuple(_add_line(problem, files) for problem in problems)


def _add_line(problem: Problem, files: Mapping[str, bytes]) -> Problem:
    place, data = problem.place, files.get(problem.place.file)
    if not place.field or data is None:
        return problem
    try:
        root = compose(data.decode("utf-8-sig"), Findings(place.file))
    except (Invalid, UnicodeDecodeError):
        return problem
    if root is None:
        return problem
    return replace(problem, place=replace(place, line=line_of(root, place.field)))

"""Lines for problems that were found in the model, which knows fields but no lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from generator.base.errors import Problem
from generator.content.yaml_nodes import Findings, Invalid, compose, line_of

_FIELD = re.compile(r"(?P<field>[a-z_]+(?:\[\d+\]|\.[a-z_]+)*)：")


def add_lines(problems: Iterable[Problem], files: Mapping[str, bytes]) -> tuple[Problem, ...]:
    """The problems, each with the line of the field that its words begin with, where that is known.

    Only files with a problem are read again.
    """
    return tuple(_add_line(problem, files) for problem in problems)


def _add_line(problem: Problem, files: Mapping[str, bytes]) -> Problem:
    match, data = _FIELD.match(problem.what), files.get(problem.where)
    if match is None or data is None:
        return problem
    try:
        root = compose(data.decode("utf-8-sig"), Findings(problem.where))
    except (Invalid, UnicodeDecodeError):
        return problem
    return replace(problem, where=f"{problem.where}:{line_of(root, match['field'])}") if root else problem

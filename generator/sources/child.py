"""Reading in a process of its own with a limit on memory: ``python -m generator.sources.child KIND NAME``.

Takes the file on standard input and writes one JSON object: ``document``, ``problems`` or ``limit``.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

from generator.base.errors import Problem, Severity, SourceError, make_os_problem
from generator.base.messages import Message, restore
from generator.base.parallel import end_with_parent
from generator.base.places import Place
from generator.sources.document import Alteration, Cell, Departure, Document, Paragraph, Span, Table
from generator.sources.readers import find_reader

MEMORY = 1 << 30
"""Bytes that a reading may take."""


CPU_SECONDS = 60
"""Seconds of computing that a reading may take, whether or not anybody still waits for it."""


def limit_memory() -> None:
    """Hold this process, and those it starts, to ``MEMORY``; without effect where the system cannot."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def limit_life() -> None:
    """Hold this process, and those it starts, to ``CPU_SECONDS``, and end it with its parent."""
    end_with_parent()
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))


def main(arguments: Sequence[str]) -> None:
    """Read standard input as KIND under the file name NAME."""
    kind, name = arguments
    limit_memory()
    limit_life()
    try:
        found = find_reader(kind)(sys.stdin.buffer.read(), name)
        answer: dict[str, object] = {"document": found, "notes": [_encode(note) for note in found.notes]}
    except SourceError as error:
        answer = {"problems": [_encode_problem(problem) for problem in error.problems]}
    except OSError as error:
        answer = {"problems": [_encode_problem(make_os_problem(error, Place(file=name)))]}
    except (MemoryError, RecursionError) as error:
        answer = {"limit": type(error).__name__}
    sys.stdout.buffer.write(json.dumps(answer, default=_plain).encode("ascii"))


def _plain(value: Any) -> Any:
    """A value of the document for JSON: a place as its parts, anything else as its fields."""
    if isinstance(value, Place):
        return _parts(value)
    return {each.name: getattr(value, each.name) for each in fields(value)}


def parse_answer(text: bytes) -> Document | SourceError | None:
    """What a child wrote; None when it met a limit or was stopped while it wrote."""
    try:
        answer = json.loads(text)
    except ValueError:
        return None
    if "problems" in answer:
        return SourceError(_problem(problem) for problem in answer["problems"])
    return _document(answer["document"], answer["notes"]) if "document" in answer else None


def _encode_problem(problem: Problem) -> dict[str, object]:
    return {
        "place": problem.place,
        "what": _encode(problem.what),
        "hint": _encode(problem.hint),
        "level": problem.level,
    }


def _problem(made: Mapping[str, Any]) -> Problem:
    place, level = _place(made["place"]), Severity(made["level"])
    return Problem(place=place, what=_decode(made["what"]), hint=_decode(made["hint"]), level=level)


def _encode(value: Any) -> Any:
    """A message for JSON, with all that it is made of; a number as it is."""
    if isinstance(value, Message):
        return {"message": value.template, "values": {k: _encode(v) for k, v in value.values.items()}}
    if isinstance(value, Place):
        return {"place": _parts(value)}
    return [_encode(each) for each in value] if isinstance(value, tuple) else value


def _decode(made: Any) -> Any:
    """The inverse of ``_encode``."""
    if isinstance(made, list):
        return tuple(_decode(each) for each in made)
    if not isinstance(made, dict):
        return made
    if "place" in made:
        return _place(made["place"])
    return restore(made["message"], {k: _decode(v) for k, v in made["values"].items()})


def _parts(place: Place) -> list[Any]:
    return [_encode(getattr(place, each.name)) for each in fields(Place)]


def _place(made: Sequence[Any]) -> Place:
    return Place(**{each.name: _decode(value) for each, value in zip(fields(Place), made, strict=True)})


def _document(made: Mapping[str, Any], notes: Sequence[Any]) -> Document:
    blocks = tuple(_table(block) if "cells" in block else _paragraph(block) for block in made["blocks"])
    said = tuple(map(_decode, notes))
    altered = tuple(map(_alteration, made["alterations"]))
    return Document(**{**made, "blocks": blocks, "notes": said, "alterations": altered})


def _alteration(made: Mapping[str, Any]) -> Alteration:
    return Alteration(**{**made, "where": _place(made["where"]), "kind": Departure(made["kind"])})


def _paragraph(made: Mapping[str, Any]) -> Paragraph:
    return Paragraph(**{**made, "where": _place(made["where"]), "bold": _spans(made["bold"])})


def _table(made: Mapping[str, Any]) -> Table:
    cells = tuple(
        Cell(**{**cell, "where": _place(cell["where"]), "bold": _spans(cell["bold"])})
        for cell in made["cells"]
    )
    return Table(**{**made, "cells": cells})


def _spans(made: Sequence[Mapping[str, int]]) -> tuple[Span, ...]:
    return tuple(Span(**span) for span in made)


if __name__ == "__main__":
    main(sys.argv[1:])

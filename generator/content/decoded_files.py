"""One content file decoded by its record, which still knows on which line each field stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import yaml

from generator.base import yaml_nodes
from generator.base.errors import Problem
from generator.base.messages import Message
from generator.base.places import Place
from generator.base.yaml_nodes import Findings, Invalid
from generator.content.schema import RecordSpec


@dataclass(frozen=True, slots=True)
class DecodedFile:
    """A value of the model and the YAML that it was read from."""

    path: str
    value: Any
    """What the record makes of it."""
    root: yaml.Node

    def place(self, name: str) -> Place:
        """A field (``updates[0].source.file``) with its line, or that of the nearest thing around it."""
        return Place(file=self.path, line=yaml_nodes.line_of(self.root, name), field=name)


@dataclass(slots=True)
class FileDecoder:
    """Decodes content files and collects what is wrong with them."""

    files: Mapping[str, bytes]
    """Path below the site folder → bytes."""
    problems: list[Problem] = field(default_factory=list)
    decoded: dict[str, DecodedFile] = field(default_factory=dict)
    """Every file without a problem of its own."""

    def decode(self, path: str, record: RecordSpec) -> DecodedFile | None:
        """The file ``path``; None after writing down what is wrong."""
        report = Findings(path)
        try:
            found = _decode(path, self.files[path], record, report)
        except Invalid:
            return None
        finally:
            self.problems += report.problems
        self.decoded[path] = found
        return found

    def miss(self, path: str, hint: Message) -> None:
        """Write down that a file is not there."""
        self.problems.append(Problem(place=Place(file=path), what=Message("没有这个文件"), hint=hint))

    def locate(self, problem: Problem) -> Problem:
        """The problem with the line of its field, where that is known."""
        found = self.decoded.get(problem.place.file)
        if found is None or not problem.place.field:
            return problem
        return replace(problem, place=found.place(problem.place.field))


def _decode(path: str, data: bytes, record: RecordSpec, report: Findings) -> DecodedFile:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = Place(file=path, line=data[: error.start].count(b"\n") + 1)
        report.problems.append(
            Problem(place=place, what=Message("不是 UTF-8 文字"), hint=Message("另存为 UTF-8 编码"))
        )
        raise Invalid from error
    root = yaml_nodes.compose(text, report)
    if root is None:
        hint = Message("至少写上：{keys}", keys=tuple(f.key for f in record.fields if f.required))
        raise report.fail(None, "", Message("文件是空的"), hint)
    return DecodedFile(path, record.decode(root, "", report), root)

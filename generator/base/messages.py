"""Sentences of the program's own: Chinese where they stand in the code, and sayable in English.

A ``Message`` is the finished Chinese text and remembers the template and the values that it was made from.
``templates/messages/en.yaml`` maps each template to its English; a test holds it complete.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Protocol, runtime_checkable

CHINESE: Mapping[str, str] = MappingProxyType({})
"""No catalogue: every message as it stands in the code."""


@runtime_checkable
class Sayable(Protocol):
    """A value that says itself in each language, like a place."""

    def told(self, english: Mapping[str, str]) -> str:
        """The value in words, in English when its catalogue is given."""


class Message(str):
    """A sentence with its template.

    ``Message("没有任务“{task}”", task="a-1")`` is the text 没有任务“a-1”. A value may be a message itself; a
    tuple is listed: 甲、乙. Without values the template is taken as it is, braces and all.
    """

    template: str
    values: Mapping[str, Any]

    def __new__(cls, template: str = "", /, **values: Any) -> Message:
        kept = {name: _plain(value) for name, value in values.items()}
        text = template.format(**{k: _listed(v, "、") for k, v in kept.items()}) if kept else template
        self = super().__new__(cls, text)
        self.template, self.values = template, kept
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        """Template and values, so that a message can come out of another process."""
        return restore, (self.template, self.values)


def restore(template: str, values: Mapping[str, Any]) -> Message:
    """A message out of its parts, which came from another process."""
    return Message(template, **values)


def _plain(value: Any) -> Any:
    """A value that can be said and sent: an exception, a path or an enum becomes its text."""
    if isinstance(value, (tuple, list)):
        return tuple(_plain(each) for each in value)
    return value if isinstance(value, (Message, Sayable, int, float, Decimal)) else str(value)


def _listed(value: Any, mark: str) -> Any:
    return mark.join(map(str, value)) if isinstance(value, tuple) else value


def translate(value: Any, english: Mapping[str, str]) -> Any:
    """A message in English; what is no message, or is not in the catalogue, stays as it is."""
    if isinstance(value, tuple):
        return _listed(tuple(translate(each, english) for each in value), ", ")
    if isinstance(value, Sayable):
        return value.told(english)
    if not isinstance(value, Message) or value.template not in english:
        return value
    template = english[value.template]
    values = {name: translate(each, english) for name, each in value.values.items()}
    return template.format(**values) if values else template


def reason_of(error: ValueError) -> Message:
    """The message that a parser of ours raised."""
    (reason,) = error.args
    return reason if isinstance(reason, Message) else Message("{reason}", reason=reason)


def find_runs(numbers: Iterable[int]) -> tuple[str, ...]:
    """Numbers for a message, runs shortened: 3, 5, 6, 7, 12 is ("3", "5–7", "12")."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    shown: list[str] = []
    for run in runs:
        shown += [f"{run[0]}–{run[-1]}"] if len(run) > 2 else map(str, run)
    return tuple(shown)

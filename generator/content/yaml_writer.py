"""Model → fresh YAML text: fixed key order, Chinese as it is, one line a paragraph."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import yaml

from generator.content import schema
from generator.content.schema import FlowDict, FlowList
from generator.model import Correction, Task

_NO_FOLDING = 2**31 - 1


class _Dumper(yaml.SafeDumper):
    """PyYAML's safe dumper with lists set in under their key."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Indent lists in blocks, as the content contract shows them."""
        del indentless
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        """Never write anchors: an equal value stands there again."""
        del data
        return True


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _represent_decimal(dumper: yaml.SafeDumper, value: Decimal) -> yaml.ScalarNode:
    text = format(value, "f")
    kind = "float" if "." in text else "int"
    return dumper.represent_scalar(f"tag:yaml.org,2002:{kind}", text)


def _represent_date(dumper: yaml.SafeDumper, value: dt.date) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:timestamp", value.isoformat())


_Dumper.add_representer(str, _represent_text)
_Dumper.add_representer(Decimal, _represent_decimal)
_Dumper.add_representer(dt.date, _represent_date)
_Dumper.add_representer(
    FlowDict, lambda d, data: d.represent_mapping("tag:yaml.org,2002:map", data.items(), flow_style=True)
)
_Dumper.add_representer(
    FlowList, lambda d, data: d.represent_sequence("tag:yaml.org,2002:seq", data, flow_style=True)
)


def format_data(data: Any) -> str:
    """Plain data as YAML text in the house style."""
    text: str = yaml.dump(
        data,
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        width=_NO_FOLDING,
        default_flow_style=False,
    )
    return text


def format_task(task: Task) -> str:
    """A task file, fresh."""
    return format_data(schema.TASK.encode(task))


def format_corrections(corrections: Iterable[Correction]) -> str:
    """corrections.yaml, fresh."""
    return format_data({"corrections": [schema.CORRECTION.encode(each) for each in corrections]})

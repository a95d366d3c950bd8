"""Fields of a Word paragraph: instructions are not printed, results are; what fields without a result print.

Source: ECMA-376 part 1, 17.16 (fields and hyperlinks), 17.16.17 (form field properties).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from generator.sources.document import Run, translate_symbols
from generator.sources.office import W, whole_number

_FORMATS = re.compile(r"\\\*\s*(?:\"[^\"]*\"|\S+)")
_SWITCH = re.compile(r"\\[a-z]+(?:\s*-?\d+)?|[(),，;；]", re.IGNORECASE)
_RING = re.compile(r"\\o\s*\\a[clr]\s*\(\s*([○〇□△◇])\s*[,，;；]\s*([^()]+)\)", re.IGNORECASE)
_SYMBOL = re.compile(r"symbol\s+(0x[0-9a-f]{1,6}|\d{1,7})(?:.*?\\f\s*(?:\"([^\"]*)\"|(\S+)))?", re.IGNORECASE)
_BUTTON = re.compile(r"macrobutton\s+\S+\s(.*)", re.IGNORECASE | re.DOTALL)


@dataclass(slots=True, kw_only=True)
class WordField:
    """One field that is open."""

    form: etree._Element | None
    """Properties of a form field."""
    instruction: list[str] = field(default_factory=list)
    shown: bool = False
    """Whether its result has begun."""
    said: bool = False
    """Whether its result has characters."""
    place: int = 0
    """Number of runs of the paragraph before it."""
    held: list[Run] = field(default_factory=list)
    """Characters among its instructions; they are printed only when the field turns out to have no end."""


@dataclass(slots=True, kw_only=True)
class OpenParagraph:
    """Runs of a paragraph that is being read, and the fields that are open in it, the outer ones first."""

    runs: list[Run] = field(default_factory=list)
    fields: list[WordField] = field(default_factory=list)

    def add(self, text: str, *, bold: bool) -> None:
        """Add characters, or keep them with the instructions among which they stand."""
        unseen = next((one for one in self.fields if not one.shown), None)
        if unseen is not None:
            unseen.held.append((text, bold))
            return
        self.runs.append((text, bold))
        for one in self.fields:
            one.said = True

    def turn_field(self, mark: etree._Element, *, bold: bool) -> None:
        """Follow begin, separate and end of a field; at its end add what a field without a result prints."""
        kind = mark.get(f"{W}fldCharType")
        if kind == "begin":
            self.fields.append(WordField(form=mark.find(f"{W}ffData"), place=len(self.runs)))
        elif kind == "separate" and self.fields:
            self.fields[-1].shown = True
        elif kind == "end" and self.fields:
            ended = self.fields.pop()
            text = "" if ended.said else _printed(ended)
            if text:
                self.add(text, bold=bold)

    def finish(self) -> list[Run]:
        """All runs; instructions that never ended were text."""
        for one in reversed(self.fields):
            self.runs[one.place : one.place] = one.held
        return self.runs


def _printed(ended: WordField) -> str:
    """What a field without a result prints: its form control, circled or raised characters, a symbol."""
    instruction = "".join(ended.instruction).strip()
    if ended.form is not None:
        return _control(ended.form)
    if instruction[:2].lower() == "eq":
        return _equation(instruction[2:])
    if button := _BUTTON.match(instruction):
        return button[1].strip()
    if symbol := _SYMBOL.match(instruction):
        code = int(symbol[1], 0) if symbol[1].lower().startswith("0x") else int(symbol[1])
        letter = chr(code) if code < 0xD800 or 0xE000 <= code < 0x110000 else ""
        return translate_symbols(letter, symbol[2] or symbol[3] or "")
    return ""


def _control(form: etree._Element) -> str:
    """Box or chosen entry of a form field."""
    box = form.find(f"{W}checkBox")
    if box is not None:
        said = [mark for mark in (box.find(f"{W}checked"), box.find(f"{W}default")) if mark is not None]
        on = bool(said) and said[0].get(f"{W}val", "1") not in {"0", "false", "off"}
        return "☒" if on else "☐"
    entries = [entry.get(f"{W}val") or "" for entry in form.iterfind(f"{W}ddList/{W}listEntry")]
    chosen = [form.find(f"{W}ddList/{W}{tag}") for tag in ("result", "default")]
    index = next((whole_number(one.get(f"{W}val")) for one in chosen if one is not None), 0)
    return entries[index] if index < len(entries) else ""


def _equation(instruction: str) -> str:
    """Characters of an EQ field: ringed numbers, fractions, characters with their reading, stacked ones."""
    body = _FORMATS.sub("", instruction)
    ring = _RING.search(body)
    if ring is not None:
        return _ringed(ring[1], ring[2].strip())
    leaves = [leaf.strip() for leaf in _SWITCH.split(body) if leaf.strip()]
    if "jc" in instruction and "\\up" in instruction.lower():
        return "".join(leaves[-1:])  # the reading of a character stands above it
    return ("/" if "\\f" in body.lower() else "").join(leaves)


def _ringed(ring: str, inside: str) -> str:
    """A character in a ring or box, as one sign where there is one."""
    if ring in "○〇" and inside.isascii() and inside.isdigit() and 1 <= int(inside) <= 20:
        return chr(ord("①") + int(inside) - 1)
    if ring == "□" and inside in "√✓✔":
        return "☑"
    return ring + inside

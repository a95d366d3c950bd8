"""Labels in running text: 责任单位：…, 【进展情况】…, （牵头单位：…；配合单位：…）, and what they say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from generator.ingest.layout.department_names import share_of_bodies
from generator.ingest.layout.heading_roles import ColumnRole, heading_role, normal_heading
from generator.ingest.layout.simplified_characters import simplify
from generator.ingest.layout.source_pieces import SourcePiece

R = ColumnRole
LABEL = re.compile(
    r"(?:^|(?<=[\s。；;，,、）)】\]]))"
    r"(?:[•·▪◦\u25a0-\u27bf\u2b00-\u2bff\U0001f300-\U0001faff\ufe0f]+[ \u3000]*)?"
    r"(?:[【\[〔](?P<boxed>[\u4e00-\u9fff\d、/—－~（）()-]{2,18})[】\]〕]\s*[：:]?|(?P<plain>(?:[\u4e00-\u9fff\d—－~-]|[（(][a-z\u00e0-\u01dc]{1,6}[)）]){2,16}(?:[（(][^（）()：:]{1,14}[)）])?)\s*[：:])\s*"
)
_RESPONSIBLE = re.compile(r"责任|牵头|配合|主办|协办|承办|主责|落实单位")
_PINYIN = re.compile(r"[（(][a-z\u00e0-\u01dc]{1,6}[)）]")
"""How a mirror of the page spells a traditional character: 責(zé)任單位."""
_BRACKET = re.compile(
    r"[（(【\[](?P<inside>(?:[^（()）【】\[\]]|[（(][^（()）]*[)）])*)[)）】\]]\s*[。.；;]?"
)
_KNOWN = {
    R.DEPARTMENT,
    R.LEAD,
    R.JOINT,
    R.LEADER,
    R.PROGRESS,
    R.NEXT_STEPS,
    R.DEADLINE,
    R.CONTACT,
    R.STATUS,
    R.COMPLETION,
    R.PLAN,
    R.REMARKS,
    R.TASK,
}
_SHORT = {R.DEPARTMENT, R.LEAD, R.JOINT, R.LEADER, R.DEADLINE, R.CONTACT, R.STATUS, R.COMPLETION}


_NONE: Mapping[str, ColumnRole] = {}
_COUNTED = re.compile(r"(?<=.)[一二三四五六七八九十\d]{1,3}$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A labelled part of a paragraph."""

    role: ColumnRole | None
    """None for what stands before the first label."""
    label: SourcePiece | None
    """The label itself, to be accounted as structural."""
    value: SourcePiece
    """What it says; its text may be empty."""

    @property
    def short(self) -> bool:
        """A field that ends with its line."""
        return self.role in _SHORT


def split_labels(piece: SourcePiece, learned: Mapping[str, ColumnRole] = _NONE) -> tuple[Segment, ...]:
    """A paragraph cut at its labels; the first segment has no label and may be empty.

    Labels inside a bracket that names the responsible bodies do not cut. ``learned``: labels of this document
    that no rule knows (`learned_labels`).
    """
    bracket = responsible_bracket(piece.text)
    inside = range(bracket.start(), bracket.end()) if bracket else range(0)
    found = [
        (m, role)
        for m in LABEL.finditer(piece.text)
        if m.start("plain") not in inside and m.start("boxed") not in inside and (role := _role(m, learned))
    ]
    first = found[0][0].start() if found else len(piece.text)
    segments = [Segment(role=None, label=None, value=piece.cut(0, first))]
    opened = first
    for index, (match, role) in enumerate(found):
        end = found[index + 1][0].start() if index + 1 < len(found) else len(piece.text)
        stop = end - len(_mark_before(piece.text[match.end() : end], role)) if end < len(piece.text) else end
        segments.append(
            Segment(role=role, label=piece.cut(opened, match.end()), value=piece.cut(match.end(), stop))
        )
        opened = stop
    return tuple(segments)


def _mark_before(value: str, role: ColumnRole) -> str:
    """The mark that only parts a short value from the next label: ``8月底；`` → ``；``."""
    found = re.search(r"[；;，,]\s*$", value) if role in _SHORT else None
    return found[0] if found else ""


def label_name(match: re.Match[str]) -> str:
    """The label without its number: 【承诺1】 → 承诺."""
    return _COUNTED.sub("", normal_heading(match["boxed"] or match["plain"] or ""))


def _role(match: re.Match[str], learned: Mapping[str, ColumnRole]) -> ColumnRole | None:
    text = match["boxed"] or match["plain"] or ""
    role = heading_role(text)
    if match.start() == 0 and (role is None or match["boxed"]) and label_name(match) in learned:
        return learned[label_name(match)]
    inside = match.start() > 0 and not match["boxed"]
    if role not in _KNOWN or (inside and re.search(r"[\d（(]|^.{13}", text)):
        return None
    opens_line = match.string[: match.start()].rstrip(" 　")[-1:] in ("", "\n")
    if match["plain"] and role in (R.TASK, R.PLAN) and match.start() > 0:
        return None
    if match["plain"] and role is R.REMARKS and not opens_line:
        return None
    return role


def responsible_bracket(text: str) -> re.Match[str] | None:
    """The bracket that names who is responsible: with a label or 牵头 in it, or nothing but bodies."""
    best = None
    for match in _BRACKET.finditer(text):
        inside = simplify(match["inside"]).strip()
        behind = text[match.end() :].strip()
        if heading_role(inside) is not None:
            continue
        label = re.match(r"(?P<name>[^：:]{4,24})[：:]", inside) if _PINYIN.search(inside) else None
        if (
            (label and heading_role(label["name"]) in (R.DEPARTMENT, R.LEAD))
            or (_RESPONSIBLE.search(inside) and share_of_bodies(inside) >= 0.5)
            or (share_of_bodies(inside) >= 0.8 and not behind and len(inside) >= 3)
        ):
            best = match
    return best

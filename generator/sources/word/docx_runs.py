"""The runs of a Word paragraph: characters with their weight, through links, insertions and fields.

What a tag means is looked up: ``_OF_PARAGRAPH`` for what stands in a paragraph, ``_OF_RUN`` for what stands
in a run, ``_LETTERS`` for what prints characters.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

from generator.base.messages import Message
from generator.sources.document import mark_footnote, mark_struck, raise_digits, translate_symbols
from generator.sources.office import W, local_name
from generator.sources.word.docx_story import Story, Weight, WordFlow, count_change, shown_branch
from generator.sources.word.docx_styles import switch
from generator.sources.word.docx_tables import REMOVED, THROUGH

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/%s}"
_CHARTS = (_DRAWING % "chart" + "chart", _DRAWING % "diagram" + "relIds")


@dataclass(frozen=True, slots=True, kw_only=True)
class RunLook:
    """How one run is set."""

    bold: bool
    hidden: bool
    struck: bool
    raised: bool
    font: str
    """Typeface of Latin letters and private codes that the run itself names; empty when none."""


def walk_runs(parent: etree._Element, flow: WordFlow) -> None:
    """Add the characters of a paragraph's runs to the open paragraph."""
    for child in parent:
        step = _OF_PARAGRAPH.get(local_name(child))
        if step is not None:
            step(child, flow)
        elif child.nsmap.get(child.prefix, "").endswith("/math"):
            walk_runs(child, flow)


def _walk_inserted(inserted: etree._Element, flow: WordFlow) -> None:
    flow.story.changes += 1
    walk_runs(inserted, flow)


def _walk_alternate(alternate: etree._Element, flow: WordFlow) -> None:
    walk_runs(shown_branch(alternate), flow)


def _skip(_: etree._Element, __: WordFlow) -> None:
    """Properties print nothing."""


def _add_run(run: etree._Element, flow: WordFlow) -> None:
    """Add one run to the open paragraph."""
    look = _look_of(run.find(f"{W}rPr"), flow)
    said = False
    for child in run:
        tag = local_name(child)
        if tag in _OF_RUN:
            _OF_RUN[tag](child, look, flow)
        elif tag in _LETTERS and (text := _LETTERS[tag](child, look, flow.story)):
            said = said or bool(text.strip())
            _add_letters(text, look, flow)
    flow.story.hidden += look.hidden and said


def _add_letters(text: str, look: RunLook, flow: WordFlow) -> None:
    if look.hidden:
        return
    if look.raised and flow.open.runs:
        text = raise_digits(text, flow.open.runs[-1][0])
    flow.open.add(mark_struck(text) if look.struck else text, bold=look.bold)


def _look_of(properties: etree._Element | None, flow: WordFlow) -> RunLook:
    styles = flow.story.styles
    place = None if properties is None else properties.find(f"{W}vertAlign")
    named = None if properties is None else properties.find(f"{W}rStyle")
    style = "" if named is None else named.get(f"{W}val") or ""
    lines = [switch(properties, tag) for tag in ("strike", "dstrike")]
    inherited = styles.struck(style) or styles.struck(flow.weight.paragraph_style)
    hidden = switch(properties, "vanish")
    return RunLook(
        bold=is_bold(properties, flow.story, flow.weight),
        hidden=styles.hidden(style) if hidden is None else hidden,
        struck=inherited if lines == [None, None] else any(lines),
        raised=place is not None and place.get(f"{W}val") == "superscript",
        font=_font(properties),
    )


def is_bold(properties: etree._Element | None, story: Story, weight: Weight) -> bool:
    """Weight of a run: its own word, else its styles' (bold upon bold is plain again), else the default."""
    own = switch(properties, "b")
    if own is not None:
        return own
    named = None if properties is None else properties.find(f"{W}rStyle")
    character = None if named is None else story.styles.bold(named.get(f"{W}val") or "")
    said = [weight.table_bold, story.styles.bold(weight.paragraph_style), character]
    if all(value is None for value in said):
        return story.styles.bold_default
    return sum(value is True for value in said) % 2 == 1


def _font(properties: etree._Element | None) -> str:
    fonts = None if properties is None else properties.find(f"{W}rFonts")
    if fonts is None or fonts.get(f"{W}hint") == "eastAsia":
        return ""
    return fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or ""


def _symbol(sign: etree._Element, _: RunLook, __: Story) -> str:
    try:
        value = int(sign.get(f"{W}char") or "", 16)
    except ValueError:
        return ""
    printed = 0x20 <= value < 0xD800 or 0xE000 <= value < 0x110000
    return translate_symbols(chr(value), sign.get(f"{W}font") or "") if printed else ""


def _call_footnote(call: etree._Element, _: RunLook, story: Story) -> str:
    """Mark of a reference; its number counts footnotes and endnotes in order of reference."""
    key = (local_name(call).removesuffix("Reference"), call.get(f"{W}id") or "")
    return mark_footnote(story.footnotes.setdefault(key, len(story.footnotes) + 1))


def _turn_field(mark: etree._Element, look: RunLook, flow: WordFlow) -> None:
    flow.open.turn_field(mark, bold=look.bold)


def _keep_instruction(text: etree._Element, _: RunLook, flow: WordFlow) -> None:
    if flow.open.fields:
        flow.open.fields[-1].instruction.append(text.text or "")


def _walk_ruby(ruby: etree._Element, _: RunLook, flow: WordFlow) -> None:
    flow.story.notes.append(Message("文件里有注音，只读了正文的字，没有读注音"))
    for base in ruby.iterchildren(f"{W}rubyBase"):
        walk_runs(base, flow)


def _count_comment(_: etree._Element, __: RunLook, flow: WordFlow) -> None:
    flow.story.comments += 1


def _see_alternate(alternate: etree._Element, look: RunLook, flow: WordFlow) -> None:
    _see_drawing(shown_branch(alternate), look, flow)


def _see_drawing(drawing: etree._Element, _: RunLook, flow: WordFlow) -> None:
    """Keep the text boxes of a drawing for later, count its pictures."""
    flow.story.pictures += sum(1 for _ in drawing.iter("{*}blip", "{*}imagedata"))
    flow.story.charts += sum(1 for _ in drawing.iter(*_CHARTS))
    for box in drawing.iter(f"{W}txbxContent"):
        around = (local_name(above) for above in box.iterancestors() if above is not drawing)
        if "txbxContent" not in around:
            flow.aside.append(box)
    for art in drawing.iter("{urn:schemas-microsoft-com:vml}textpath"):
        flow.open.runs.append((art.get("string") or "", False))


_OF_PARAGRAPH: dict[str, Callable[[etree._Element, WordFlow], None]] = {
    **dict.fromkeys(THROUGH, walk_runs),
    **dict.fromkeys(REMOVED, count_change),
    "ins": _walk_inserted,
    "moveTo": _walk_inserted,
    "r": _add_run,
    "AlternateContent": _walk_alternate,
    "pPr": _skip,
    "rPr": _skip,
}
_OF_RUN: dict[str, Callable[[etree._Element, RunLook, WordFlow], None]] = {
    "fldChar": _turn_field,
    "instrText": _keep_instruction,
    "drawing": _see_drawing,
    "pict": _see_drawing,
    "object": _see_drawing,
    "AlternateContent": _see_alternate,
    "ruby": _walk_ruby,
    "commentReference": _count_comment,
}
_LETTERS: dict[str, Callable[[etree._Element, RunLook, Story], str]] = {
    "t": lambda text, look, _: translate_symbols(text.text or "", look.font),
    "tab": lambda *_: "\t",
    "ptab": lambda *_: "\t",
    "br": lambda *_: "\n",
    "cr": lambda *_: "\n",
    "noBreakHyphen": lambda *_: "-",
    "sym": _symbol,
    "footnoteReference": _call_footnote,
    "endnoteReference": _call_footnote,
}

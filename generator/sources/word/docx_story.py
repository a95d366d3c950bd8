"""What is carried along while a Word document is read: counts, styles, lists, and the blocks found so far."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from generator.base.messages import Message
from generator.sources.document import Block, Budget
from generator.sources.office import W
from generator.sources.word.docx_fields import OpenParagraph
from generator.sources.word.docx_numbering import Numbering
from generator.sources.word.docx_styles import Styles


@dataclass(slots=True, kw_only=True)
class Story:
    """One document."""

    name: str
    styles: Styles
    numbering: Numbering
    budget: Budget
    tables: int = 0
    pictures: int = 0
    charts: int = 0
    changes: int = 0
    hidden: int = 0
    comments: int = 0
    embedded: int = 0
    footnotes: dict[tuple[str, str], int] = field(default_factory=dict)
    """(footnote or endnote, id) → its number, in order of reference."""
    notes: list[Message] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    """What a paragraph hands down to its runs."""

    table_bold: bool | None = None
    paragraph_style: str = ""


PLAIN = Weight()
"""Of what stands in no table."""


@dataclass(slots=True, kw_only=True)
class WordFlow:
    """Blocks of one container: finished ones, and the paragraph that is open."""

    story: Story
    weight: Weight = PLAIN
    blocks: list[Block] = field(default_factory=list)
    open: OpenParagraph = field(default_factory=OpenParagraph)
    aside: list[etree._Element] = field(default_factory=list)
    """Text boxes anchored in the open paragraph."""


def count_change(_: etree._Element, flow: WordFlow) -> None:
    """Count what a tracked change takes away."""
    flow.story.changes += 1


def shown_branch(alternate: etree._Element) -> etree._Element:
    """The branch of an AlternateContent that has text, the first choice before the fallback."""
    branches = list(alternate)
    texts = [branch for branch in branches if any(True for _ in branch.iter(f"{W}t"))]
    return next(iter(texts or branches), alternate)

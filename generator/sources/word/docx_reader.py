"""docx → Document: what Word prints, with tracked changes accepted and automatic numbers written out.

Source: ECMA-376 part 1, 17 (WordprocessingML).
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace

from lxml import etree

from generator.base.messages import Message
from generator.base.places import Place
from generator.sources.document import (
    MAX_FILE,
    Block,
    Budget,
    Document,
    Paragraph,
    Table,
    flatten,
    footnote_place,
    make_document,
    open_package,
    refusal,
    require_size,
)
from generator.sources.office import R, Relationship, W, parse_links, parse_part
from generator.sources.word.docx_numbering import link_styles, parse_numbering
from generator.sources.word.docx_story import Story
from generator.sources.word.docx_styles import parse_styles
from generator.sources.word.docx_text import make_blocks

_PICTURE_HINT = Message("请向来源单位索取可编辑的表格，或用文字识别软件转成 docx、xlsx 后核对再导入")


def read_docx(data: bytes, name: str, kind: str = "docx") -> Document:
    """Document of the body in reading order, text boxes behind their paragraph, then notes, headers, footers.

    Raises: SourceError for a broken, encrypted or picture-only file.
    """
    require_size(data, name, limit=MAX_FILE)
    with open_package(data, name) as package:
        main = _main_part(package, name)
        links = parse_links(package, main, name)
        story = _open_story(package, links, name)
        body = parse_part(package, main, name).find(f"{W}body")
        blocks = [] if body is None else make_blocks(body, story)
        blocks += _footnotes(package, links, story)
        blocks += _margins(package, links, body, story)
    if not blocks:
        raise _nothing(story)
    return make_document(name, kind, blocks, _notes(story))


def _nothing(story: Story) -> Exception:
    if story.pictures:
        return refusal(story.name, Message("文件里没有文字，只有图片"), _PICTURE_HINT)
    return refusal(story.name, Message("文件里没有文字"), Message("请确认保存完整后再导入"))


def _main_part(package: zipfile.ZipFile, name: str) -> str:
    """Path of the main document part."""
    paths = [link.path for link in parse_links(package, "", name) if link.kind == "officeDocument"]
    for path in [*paths, "word/document.xml"]:
        if path in package.NameToInfo:
            return path
    raise refusal(name, Message("文件已损坏，找不到正文"), Message("请用办公软件打开后另存再导入"))


def _open_story(package: zipfile.ZipFile, links: Sequence[Relationship], name: str) -> Story:
    """Styles and lists of the document, before anything is read."""

    def part(kind: str) -> etree._Element | None:
        paths = [link.path for link in links if link.kind == kind and link.path in package.NameToInfo]
        return parse_part(package, paths[0], name) if paths else None

    styles = parse_styles(part("styles"))
    numbering = parse_numbering(part("numbering"))
    link_styles(numbering, lambda style: (styles.numbering(style) or ("", None, ""))[0])
    return Story(name=name, styles=styles, numbering=numbering, budget=Budget(name))


def _notes(story: Story) -> list[Message]:
    found = list(story.notes)
    if story.changes:
        found.append(Message("文件里有 {count} 处修订，按“接受全部修订”后的文字读取", count=story.changes))
    if story.hidden:
        found.append(Message("文件里有 {count} 处隐藏文字，没有读取", count=story.hidden))
    if story.comments:
        found.append(Message("文件里有 {count} 条批注，没有读取", count=story.comments))
    if story.pictures:
        found.append(Message("文件里有 {count} 张图片，图片上的文字没有读取", count=story.pictures))
    if story.charts:
        found.append(Message("文件里有 {count} 张图表或图示，上面的文字没有读取", count=story.charts))
    if story.embedded:
        found.append(Message("文件里嵌着 {count} 个其他文件，没有读取", count=story.embedded))
    return found


def _footnotes(package: zipfile.ZipFile, links: Sequence[Relationship], story: Story) -> Iterator[Paragraph]:
    """Footnotes and endnotes that were called, in order of their calls, each one paragraph."""
    roots = {}
    for kind in ("footnote", "endnote"):
        for link in links:
            if link.kind == f"{kind}s" and link.path in package.NameToInfo:
                root = parse_part(package, link.path, story.name)
                roots.update({(kind, note.get(f"{W}id") or ""): note for note in root})
    for key, number in list(story.footnotes.items()):
        if key in roots:
            text, bold = flatten(make_blocks(roots[key], story), story.notes)
            yield Paragraph(text=text, bold=bold, where=footnote_place(number))


def _margins(
    package: zipfile.ZipFile, links: Sequence[Relationship], body: etree._Element | None, story: Story
) -> Iterator[Block]:
    """Headers and footers that hold more than a page number, each text once."""
    calls = () if body is None else body.iter(f"{W}headerReference", f"{W}footerReference")
    used = {call.get(f"{R}id") for call in calls}
    seen: set[str] = set()
    for link in links:
        if link.id not in used or link.path not in package.NameToInfo:
            continue
        place = Place(part=Message("页眉") if link.kind == "header" else Message("页脚"))
        for block in make_blocks(parse_part(package, link.path, story.name), story):
            if isinstance(block, Table):
                yield block
            elif block.text not in seen and _says_more_than_a_page_number(block.text):
                seen.add(block.text)
                yield replace(block, where=place)


def _says_more_than_a_page_number(text: str) -> bool:
    return any(letter.isalpha() and letter not in "第页共" for letter in text)

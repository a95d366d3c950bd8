"""html, htm and mhtml as saved from a browser or an office program → Document."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Sequence

from lxml import etree

from generator.base.messages import Message
from generator.sources.document import (
    MAX_FILE,
    MAX_TEXT,
    Budget,
    Document,
    make_document,
    refusal,
    require_size,
)
from generator.sources.text import decode
from generator.sources.web.page_blocks import Look, WebFlow, WebPage, walk
from generator.sources.web.stylesheets import PageStyles
from generator.sources.web.web_tree import SAVE_AGAIN, parse_page

_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)|encoding\s*=\s*[\"']([\w-]+)", re.IGNORECASE)
_SAVE_AS_PAGE = Message("请用浏览器打开，另存为“网页，仅 HTML”")


def read_html(data: bytes, name: str) -> Document:
    """Document of the page's tables and the paragraphs around them, hidden elements left out.

    Raises: SourceError when the page has no text or only points to other files.
    """
    require_size(data, name, limit=MAX_TEXT)
    return make_page(name, [(data, declared_encoding(data))])


def read_mhtml(data: bytes, name: str) -> Document:
    """Document of all HTML parts of a page saved as one file.

    Raises: SourceError when there is none.
    """
    require_size(data, name, limit=MAX_FILE)
    try:
        message = email.message_from_bytes(data, policy=email.policy.compat32)
        pages = [
            (payload, part.get_content_charset() or declared_encoding(payload))
            for part in message.walk()
            if part.get_content_type() == "text/html"
            and isinstance(payload := part.get_payload(decode=True), bytes)
        ]
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise refusal(name, Message("网页归档文件已损坏，拆不开"), _SAVE_AS_PAGE) from error
    if not pages:
        raise refusal(name, Message("网页归档文件里没有网页"), _SAVE_AS_PAGE)
    for payload, _ in pages:
        require_size(payload or b"", name, limit=MAX_TEXT)
    return make_page(name, pages)


def declared_encoding(data: bytes) -> str:
    """Encoding that the head of a page declares; empty when none."""
    match = _DECLARED.search(data[:8192])
    return (match[1] or match[2]).decode("ascii") if match else ""


def make_page(name: str, parts: Sequence[tuple[bytes, str]]) -> Document:
    """Document of HTML parts, each with its declared encoding.

    Raises: SourceError when there is no text.
    """
    page = WebPage(name=name, budget=Budget(name))
    flow = WebFlow()
    frames = False
    for data, declared in parts:
        text, found = decode(data, name, declared)
        page.notes += found
        root = parse_page(text, name)
        if root is not None:
            _walk_part(root, flow, page)
            frames = frames or root.find(".//frame") is not None
    if not flow.blocks:
        raise _nothing(name, frames=frames, pictures=page.pictures)
    return make_document(name, "html", flow.blocks, page.notes)


def _walk_part(root: etree._Element, flow: WebFlow, page: WebPage) -> None:
    """Add what one HTML part shows.

    Raises: SourceError when it is nested too deep.
    """
    page.styles = PageStyles(root, page.name)
    try:
        walk(root, flow, page, Look())
    except RecursionError as error:
        raise refusal(page.name, Message("网页嵌套太深或太大，读不完整"), SAVE_AGAIN) from error
    flow.close()


def _nothing(name: str, *, frames: bool, pictures: int) -> Exception:
    if frames:
        what = Message("网页只是一个框架，表格在同名 .files 文件夹里")
        return refusal(name, what, Message("请导入那个文件夹里的 sheet001.htm，或另存为 xlsx"))
    if pictures:
        return refusal(name, Message("网页里没有文字，只有图片"), Message("请向来源单位索取可编辑的表格"))
    return refusal(
        name, Message("网页里没有文字"), Message("表格可能由脚本加载：请在浏览器里等表格显示后再另存网页")
    )

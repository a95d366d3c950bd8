"""The received tables: what is served of them, and where each task's row stands."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from io import BytesIO

import pytest

from generator.base.messages import Message
from generator.model import Site, addresses, parse_period
from generator.site.received import ReceivedFile, ServedAs, read_received, served_files
from generator.site.views import make_pages
from generator.site.views.source_pages import SourcePageView
from generator.site.views.task_page import TaskView
from generator.sources.document import Document, refusal
from tests.builders import SOURCE, make_district, make_site, make_task, make_update, report_of, words_of

PERIOD = parse_period("2025Q2")
TEXT = "序号 | 重点任务 | 推进情况 |\n1 | 建设公园2处 | 已建成1处，联系人{phone} |\n"


def site_of(name: str, count: int = 1) -> Site:
    tasks = []
    for n in range(1, count + 1):
        source = replace(SOURCE, file=f"sources/{name}", row=n)
        tasks.append(make_task(n, f"建设公园{n + 1}处", updates=(make_update(source=source),)))
    return make_site(make_district(*tasks))


def docx(*runs: str) -> bytes:
    """A Word file with one paragraph of these runs."""
    from docx import Document as WordDocument

    document = WordDocument()
    paragraph = document.add_paragraph()
    for run in runs:
        paragraph.add_run(run)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def received(name: str, data: bytes | None) -> ReceivedFile:
    site = site_of(name)
    district = site.districts[0].id
    files = {} if data is None else {f"content/{district}/sources/{name}": data}
    (file,) = read_received(site, files).values()
    return file


def test_a_file_without_anything_private_is_served_to_the_byte() -> None:
    data = TEXT.format(phone="").encode()
    file = received("2025Q2.txt", data)
    assert (file.served_as, file.data) == (ServedAs.RECEIVED, data)
    assert file.served_sha256 == file.received_sha256 == hashlib.sha256(data).hexdigest()
    assert file.file_url == f"{file.district}/sources/2025Q2.txt"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_text_file_with_a_mobile_number_is_served_masked_in_its_own_encoding(encoding: str) -> None:
    file = received("2025Q2.txt", TEXT.format(phone="13812345678").encode(encoding))
    assert file.served_as is ServedAs.MASKED
    assert file.data.decode(encoding) == TEXT.format(phone="138****5678")
    assert file.served_sha256 != file.received_sha256


def test_a_word_file_with_a_mobile_number_is_not_served() -> None:
    file = received("2025Q2.docx", docx("联系人1381234", "5678"))
    assert (file.served_as, file.file_url) == (ServedAs.PRIVATE, None)


def test_a_clean_word_file_is_served_to_the_byte() -> None:
    data = docx("建设公园2处")
    file = received("2025Q2.docx", data)
    assert (file.served_as, file.data) == (ServedAs.RECEIVED, data)


def test_a_web_page_is_served_as_plain_text() -> None:
    data = "<table><tr><td>1</td><td>建设公园2处</td></tr></table>".encode()
    file = received("2025Q2.html", data)
    assert (file.file_url, file.data) == (f"{file.district}/sources/2025Q2.html.txt", data)


def test_a_file_that_cannot_be_read_is_not_served_and_its_page_says_why() -> None:
    site = site_of("2025Q2.pdf")
    district = site.districts[0].id

    def read(_data: bytes, name: str) -> Document:
        raise refusal(name, Message("文件设了密码"), Message("请取消密码"))

    found = read_received(site, {f"content/{district}/sources/2025Q2.pdf": b"%PDF"}, read=read)
    (file,) = found.values()
    assert (file.served_as, file.fault, file.blocks) == (ServedAs.UNREAD, "文件设了密码", ())
    assert served_files(found, [district]) == {}
    pages = {page.url for page in make_pages(report_of(*site.districts), {}, words_of(), found)}
    assert addresses.source_url(district, PERIOD) in pages


def test_a_missing_file_is_said_to_be_missing() -> None:
    assert received("2025Q2.txt", None).served_as is ServedAs.MISSING


def test_a_long_table_is_cut_into_pages_and_each_row_leads_to_its_task_and_back() -> None:
    count = 120
    site = site_of("2025Q2.txt", count)
    rows = "".join(f"{n} | 建设公园{n + 1}处 | {'已开工。' * 400} |\n" for n in range(1, count + 1))
    data = f"序号 | 重点任务 | 推进情况 |\n{rows}".encode()
    found = read_received(site, {"content/ceshi/sources/2025Q2.txt": data})
    pages = {page.url: page for page in make_pages(report_of(*site.districts), {}, words_of(), found)}
    shown = {
        task.task: f"{url}#row-{task.row}"
        for url, page in pages.items()
        if isinstance(page.view, SourcePageView)
        for block in page.view.blocks
        for row in block.rows
        for task in row.tasks
    }
    assert len(shown) == count
    assert {address.partition("#")[0] for address in shown.values()} == {
        "ceshi/sources/2025Q2.html",
        "ceshi/sources/2025Q2-p2.html",
        "ceshi/sources/2025Q2-p3.html",
        "ceshi/sources/2025Q2-p4.html",
    }
    for task, address in shown.items():
        view = pages[addresses.task_url(task)].view
        assert isinstance(view, TaskView)
        assert view.source is not None
        assert view.source.row_url == address

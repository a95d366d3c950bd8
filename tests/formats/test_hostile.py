"""Hostile files end in one message, or are read: never in a crash, a network call or a full memory."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from generator import sources
from generator.base.errors import SourceError
from generator.sources import read_document, read_here
from generator.sources.child import CPU_SECONDS
from generator.sources.document import Table
from tests.formats import hostile
from tests.paths import ROOT

LESS = "请只留下任务表，另存为新文件后再导入"
VERIFY = "请向来源单位核实这份文件"
DEEP = "请用浏览器打开，只复制任务表到办公软件，另存为 docx 或 xlsx 后再导入"


@pytest.mark.parametrize(
    ("make", "name", "message"),
    [
        (
            lambda: hostile.zip_bomb(70),
            "a.docx",
            f"a.docx: 文件解压后有 71 MB，超过上限 60 MB（可能有大量空行，或是压缩炸弹）。{LESS}",
        ),
        (
            lambda: hostile.zip_bomb(40),
            "a.docx",
            f"a.docx: 文件里的 word/document.xml 压缩率异常，像是压缩炸弹。{VERIFY}",
        ),
        (
            hostile.entity_bomb,
            "a.docx",
            f"a.docx: 文件里的 word/document.xml 声明了外部实体，正常的办公文档不会有。{VERIFY}",
        ),
        (
            hostile.far_corner,
            "a.xlsx",
            f"a.xlsx: 表格超过上限 400000 个单元格（多半是空行空列）。{LESS}",
        ),
        (lambda: hostile.deep_html(5000), "a.html", f"a.html: 网页嵌套太深或太大，读不完整。{DEEP}"),
        (hostile.wide_html, "a.html", f"a.html: 表格有 200001 列，超过上限 1000 列。{LESS}"),
        (
            lambda: hostile.styled("*{display:block}" * 20_000),
            "a.html",
            f"a.html: 网页的样式规则太多，读不完。{DEEP}",
        ),
        (lambda: b"a,b\n" * 5_500_000, "a.csv", f"a.csv: 文件有 21 MB，超过上限 20 MB。{LESS}"),
        (
            lambda: b"a,b\n" * 200_001,
            "a.csv",
            f"a.csv: 表格超过上限 400000 个单元格（多半是空行空列）。{LESS}",
        ),
    ],
)
def test_files_made_to_exhaust_are_refused(make: Callable[[], bytes], name: str, message: str) -> None:
    with pytest.raises(SourceError) as caught:
        read_document(make(), name)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    "sheet",
    [
        "".join(f".a{number}{{font-weight:bold}}" for number in range(200_000)),
        ",".join(f".a{number}" for number in range(200_000)) + "{font-weight:bold}",
        "/*" * 200_000,
        "<!--" * 200_000,
        "a{" * 200_000,
        "td:not(" * 200_000 + "{font-weight:bold}",
    ],
    ids=["rules", "selectors", "comments", "page comments", "braces", "brackets"],
)
def test_a_page_with_endless_styles_is_read_without_them(sheet: str) -> None:
    before = time.process_time()
    document = read_here(hostile.styled(sheet), "a.html")
    assert time.process_time() - before < 20
    assert isinstance(document.blocks[0], Table)
    assert document.blocks[0].rows == 400


def test_an_entity_for_a_file_of_this_machine_is_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("机密")
    with pytest.raises(SourceError) as caught:
        read_document(hostile.outside_entity(str(secret)), "a.docx")
    assert "机密" not in str(caught.value)


def test_a_title_merged_over_the_whole_sheet_stays_small() -> None:
    document = read_document(hostile.vast_merge(), "a.xlsx")
    assert isinstance(document.blocks[0], Table)
    assert (document.blocks[0].rows, document.blocks[0].columns) == (3, 2)


def test_tables_within_tables_within_tables_lose_no_letter() -> None:
    document = read_here(hostile.nested_tables(60), "a.html")
    text = "".join(
        "".join(cell.text for cell in block.cells) if isinstance(block, Table) else block.text
        for block in document.blocks
    )
    assert (text.count("甲"), text.count("乙")) == (60, 1)


def test_pages_that_name_other_hosts_are_read_without_asking_them(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse_to_connect(*_: object) -> None:
        raise AssertionError("a reader opened a connection")

    monkeypatch.setattr(socket, "socket", refuse_to_connect)
    page = (
        '<!DOCTYPE html SYSTEM "http://example.invalid/x.dtd">'
        '<link rel=stylesheet href="http://example.invalid/a.css">'
        '<table><tr><td>序号<img src="http://example.invalid/b.png"><td>任务</table>'
    )
    assert read_here(page.encode(), "a.html").blocks


def test_a_reading_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "_SECONDS", 0.01)
    with pytest.raises(SourceError) as caught:
        read_document(hostile.word_file(), "a.docx")
    assert str(caught.value) == f"a.docx: 读了 0.01 秒还没有读完，已停止。{LESS}"


def test_a_reading_that_grows_too_large_is_stopped() -> None:
    page = b"<table>" + b"<tr><td>a<td>b" * 1_300_000
    with pytest.raises(SourceError) as caught:
        read_document(page, "a.html")
    assert str(caught.value) == f"a.html: 读取时占用的内存超过上限 1 GB，已停止。{LESS}"


def test_a_bug_of_a_reader_keeps_its_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "find_kind", lambda *_: "no such reader")
    with pytest.raises(RuntimeError, match="KeyError: 'no such reader'"):
        read_document(b"x", "a.docx")


_PARENT = """
import subprocess, sys
command = [sys.executable, "-m", "generator.sources.child", "html", "a.html"]
child = subprocess.Popen(command, stdin=0, start_new_session=True)
print(child.pid, flush=True)
child.wait()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a process with its parent")
def test_a_reading_ends_when_the_program_that_waits_for_it_is_killed() -> None:
    command = [sys.executable, "-c", _PARENT]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        reading = int(parent.stdout.readline())
        limits = Path(f"/proc/{reading}/limits")
        _wait_until(lambda: f"{CPU_SECONDS}" in limits.read_text().partition("cpu time")[2][:40], 20)
        time.sleep(0.2)  # what it asks of the system next is to end with its parent
        parent.kill()
        _wait_until(lambda: not _command_line(reading), 10)


def _command_line(process: int) -> str:
    """Arguments of a running process; empty when it has ended."""
    try:
        return Path(f"/proc/{process}/cmdline").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return ""


def _wait_until(done: Callable[[], bool], seconds: float) -> None:
    last = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < last
        time.sleep(0.05)


def test_a_reading_that_nobody_waits_for_ends_at_its_limit_of_computing() -> None:
    endless = (
        "from generator.sources import child; child.CPU_SECONDS = 1; child.limit_life()\nwhile True: pass"
    )
    ended = subprocess.run([sys.executable, "-c", endless], cwd=ROOT, timeout=60, check=False)
    assert ended.returncode == -signal.SIGXCPU

"""doc, wps, rtf, odt and the like → Document, by way of LibreOffice where it is installed.

LibreOffice runs with a profile of its own that allows no macros, no links to outside and no network.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from generator.base.messages import Message
from generator.sources.document import MAX_FILE, Document, refusal, require_size

SECONDS = 45
"""Longest that one conversion may take."""
CONVERTED = {
    "doc": (".doc", "docx"),
    "rtf": (".rtf", "docx"),
    "odt": (".odt", "docx"),
    "wordxml": (".doc", "docx"),
    "excelxml": (".xls", "xlsx"),
}
"""Kind of content → suffix under which LibreOffice opens it, and what it is converted to."""
_FILTERS = {"docx": "docx:MS Word 2007 XML", "xlsx": "xlsx:Calc MS Excel 2007 XML"}
_PLACES = (
    "/usr/bin/soffice",
    "/usr/lib/libreoffice/program/soffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.com",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.com",
)
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
{items}</oor:items>
"""
_ITEM = (
    '<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse">'
    "<value>{value}</value></prop></item>\n"
)
_LOCKED = (
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Writer/Content/Update", "Link", "0"),
    ("Office.Calc/Content/Update", "Link", "2"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)
"""Settings of the profile: no macros, no active content, no links, and a proxy that does not exist."""


def find_office() -> str | None:
    """Path of LibreOffice's command; None when it is not installed."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or next((place for place in _PLACES if Path(place).is_file()), None)


def read_office(data: bytes, name: str, kind: str) -> Document:
    """Document of a file of one of the ``CONVERTED`` kinds, which only LibreOffice opens.

    Raises: SourceError when LibreOffice is not installed, too slow, or cannot open the file.
    """
    require_size(data, name, limit=MAX_FILE)
    suffix, target = CONVERTED[kind]
    document = _reader(target)(convert(data, name, suffix, target), name)
    notes = (Message("经 LibreOffice 转换为 {target} 后读取", target=target), *document.notes)
    return replace(document, format=suffix.removeprefix("."), notes=notes)


def _reader(target: str) -> Callable[[bytes, str], Document]:
    """Reader of what LibreOffice writes; only the one that is needed is loaded."""
    if target == "docx":
        from generator.sources.word import read_docx

        return read_docx
    from generator.sources.sheets import read_xlsx

    return read_xlsx


def convert(data: bytes, name: str, suffix: str, target: str) -> bytes:
    """Bytes of the converted file.

    Raises: SourceError as above.
    """
    office = find_office()
    if office is None:
        package = "libreoffice-writer" if target == "docx" else "libreoffice-calc"
        hint = Message(
            "请安装（Debian：apt install {package}；Windows：LibreOffice 安装包），或另存为 {target} 再导入",
            package=package,
            target=target,
        )
        raise refusal(name, Message("读 {suffix} 文件要用 LibreOffice，这台机器上没有", suffix=suffix), hint)
    with tempfile.TemporaryDirectory(prefix="taizhang-", ignore_cleanup_errors=True) as folder:
        place = Path(folder)
        _write_profile(place / "profile")
        source = place / f"source{suffix}"
        source.write_bytes(data)
        _run(office, place, source, target, name)
        made = place / "out" / f"source.{target}"
        if not made.is_file():
            hint = Message("请用办公软件打开，取消密码，另存为 {target} 后再导入", target=target)
            raise refusal(name, Message("LibreOffice 打不开这份文件（可能已损坏或设了密码）"), hint)
        return made.read_bytes()


def _write_profile(folder: Path) -> None:
    """A new profile with the locked settings."""
    items = "".join(_ITEM.format(path=path, name=key, value=value) for path, key, value in _LOCKED)
    (folder / "user").mkdir(parents=True)
    (folder / "user" / "registrymodifications.xcu").write_text(
        _SETTINGS.format(items=items), encoding="utf-8"
    )


def _run(office: str, place: Path, source: Path, target: str, name: str) -> None:
    """Run one conversion.

    Raises: SourceError when it takes too long or cannot be started.
    """
    command = [
        office, f"-env:UserInstallation={(place / 'profile').as_uri()}", "--headless", "--norestore",
        "--nolockcheck", "--nodefault", "--nofirststartwizard", "--convert-to", _FILTERS[target],
        "--outdir", str(place / "out"), str(source),
    ]  # fmt: skip
    environment = {**os.environ, "HOME": str(place), "TMPDIR": str(place), "SAL_USE_VCLPLUGIN": "svp"}
    try:
        subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            env=environment,
            check=False,
            creationflags=0x08000000 if sys.platform == "win32" else 0,  # no console window
        )
    except subprocess.TimeoutExpired as error:
        what = Message("LibreOffice 转换了 {seconds} 秒还没有完成，已停止", seconds=SECONDS)
        raise refusal(
            name, what, Message("请用办公软件打开后另存为 {target} 再导入", target=target)
        ) from error
    except OSError as error:
        raise refusal(
            name,
            Message("LibreOffice 启动不了（{office}）", office=office),
            Message("请重新安装 LibreOffice"),
        ) from error

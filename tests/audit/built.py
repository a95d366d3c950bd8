"""The sites under test: built once for a test session, shared by its workers, and read back from the disk."""

from __future__ import annotations

import os
import re
import shutil
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from generator.app import conductors, inspection
from generator.base.output_folder import MANIFEST
from generator.model import Site
from tests.audit.documents import Document, parse_pages
from tests.paths import ROOT, SAMPLE

BASE_URL = "https://www.ceshi.example/taizhang"
OFFICIAL = f"""
base_url: {BASE_URL}
publisher: 测试区人民政府办公室（虚构）
identity:
  site_domain: www.ceshi.example
  site_code: '9999010001'
  organiser: 测试区人民政府办公室（虚构）
  undertaker: 测试区大数据局（虚构）
  contact: 0531-55550100
  icp: 测ICP备00000000号
  police_record: 测公网安备 99990102000001号
  badge_url: https://bszs.conac.cn/sitename?method=show&id=0
"""
_WAIT_SECONDS = 280


@dataclass(frozen=True)
class Built:
    """A built site."""

    name: str
    folder: Path
    """Where its files lie."""
    root: Path
    """Folder with its site.yaml and content/."""

    @cached_property
    def files(self) -> Mapping[str, bytes]:
        """Every file: site path → bytes."""
        return read_output(self.folder)

    @cached_property
    def pages(self) -> Mapping[str, Document]:
        """Every page of the online site; the editions below offline/ are other tests' matter."""
        return parse_pages(self.files)

    @cached_property
    def site(self) -> Site:
        """The content it was built from, masked as the build masks it."""
        return inspection.read_site(self.root)[0]

    @property
    def is_official(self) -> bool:
        """Whether it was built with an identity."""
        return self.site.config.identity is not None


def read_output(folder: Path) -> dict[str, bytes]:
    """Every file of a site as it lies on the disk, without the builder's own list of them."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != MANIFEST)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


@cache
def read_built(name: str, folder: Path, root: Path) -> Built:
    """A built site, read and parsed once in a process."""
    return Built(name, folder, root)


def build_once(shared: Path, name: str, make_root: Callable[[Path], Path], *, bundle: bool = False) -> Built:
    """The site ``name``, built below ``shared`` by the first process that asks; the others wait for it.

    make_root: folder → root with site.yaml and content/, made in that folder or standing elsewhere.
    """
    folder, root = shared / name / "output", shared / name / "root"
    done, failed = shared / f"{name}.done", shared / f"{name}.failed"
    if _is_first(shared / f"{name}.lock"):
        try:
            where = make_root(root)
            conductors.build_site(where, conductors.Options(output=folder, bundle=bundle))
            done.write_text(str(where), encoding="utf-8")
        except BaseException as error:
            failed.write_text(str(error), encoding="utf-8")
            raise
    end = time.monotonic() + _WAIT_SECONDS
    while not done.exists():
        if failed.exists() or time.monotonic() > end:
            reason = failed.read_text(encoding="utf-8") if failed.exists() else "too slow"
            raise RuntimeError(f"the site {name} could not be built: {reason}")
        time.sleep(0.1)
    return read_built(name, folder, Path(done.read_text(encoding="utf-8")))


def _is_first(lock: Path) -> bool:
    lock.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.close(os.open(lock, os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        return False
    return True


def sample_root(root: Path) -> Path:
    """A copy of the invented district; the build may keep its chart cache there."""
    shutil.copytree(SAMPLE, root)
    return root


def official_root(root: Path) -> Path:
    """The invented district with the identity of a government site, and every table's day of publication."""
    sample_root(root)
    append(root / "site.yaml", OFFICIAL)
    district = root / "content" / "ceshi" / "district.yaml"
    text = district.read_text(encoding="utf-8")
    title = "    title: 测试区2025年第二季度重点任务推进情况\n"
    assert title in text
    more = "    url: https://www.ceshi.example/2025q2.html\n    published: 2025-07-15\n"
    district.write_text(text.replace(title, title + more), encoding="utf-8")
    return root


def english_root(root: Path) -> Path:
    """The invented district under English interface words."""
    sample_root(root)
    append(root / "site.yaml", "\nlanguage: en\n")
    return root


def renumbered_root(root: Path) -> Path:
    """The invented district after a renumbering: every task keeps its id under another's number."""
    sample_root(root)
    folder = root / "content" / "ceshi" / "2025"
    names = sorted(folder.glob("*.yaml"))
    for path, number in zip(names, range(len(names), 0, -1), strict=True):
        text, count = re.subn(r"(?m)^number: \d+$", f"number: {number}", path.read_text(encoding="utf-8"))
        assert count == 1, path
        path.write_text(text, encoding="utf-8")
    return root


def real_root(_: Path) -> Path:
    """The repository's own content."""
    return ROOT


def append(path: Path, text: str) -> None:
    """Add ``text`` to a file."""
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")

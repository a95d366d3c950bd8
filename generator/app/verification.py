"""A published site or offline zip against its own manifest, and against what is built now."""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from generator.app import conductors
from generator.base import disk
from generator.base.errors import Problem, Severity, UsageError
from generator.base.messages import Message
from generator.base.output_folder import MANIFEST, make_sums, read_manifest
from generator.base.places import Place
from generator.base.zip_archive import read_zip
from generator.site.publication import BUNDLE_MANIFEST

Sums = Mapping[str, str]
"""Path → SHA-256."""
_CHANGED_SINCE = Message("内容、程序或设置在发布以后改过；重新发布，或用发布时的版本对照")
_NOT_AS_SAID = Message("请从可信的来源重新取得发布的文件，或重新发布")


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What was published, and what it says of itself."""

    said: Sums
    """Of the manifest."""
    found: Sums
    """Of the files that there are."""
    is_bundle: bool
    """An offline zip, packed or unpacked, and no site folder."""


def verify_site(root: Path, target: Path, *, base_url: str | None = None) -> tuple[int, tuple[Problem, ...]]:
    """How many files the manifest names, and every difference. Nothing is written.

    Raises: UsageError when the target is nothing that the program made, TaizhangError when content is wrong.
    """
    published = read_published(target)
    bundle = published.is_bundle or any(name.startswith("offline/") for name in published.said)
    options = conductors.Options(output=target, base_url=base_url, bundle=bundle)
    built = conductors.rebuild_site(root, options)
    now = _find_zip(built, published.said, target) if published.is_bundle else make_sums(built)
    return len(published.said), (*check_manifest(published), *compare_sums(published.said, now))


def read_published(target: Path) -> Published:
    """A site folder, an offline zip or its unpacked folder. Raises: UsageError when it is none of them."""
    data = _read_files(target)
    if MANIFEST in data and target.is_dir():
        return Published(said=read_manifest(target), found=_sums(data, MANIFEST), is_bundle=False)
    if BUNDLE_MANIFEST not in data:
        raise _refuse(target, Message("这里没有清单，不像是本程序生成的网站或离线包"))
    try:
        said = parse_sums(data[BUNDLE_MANIFEST])
    except ValueError as error:
        place, what = Place(file=f"{target}/{BUNDLE_MANIFEST}"), Message("清单读不懂：{reason}", reason=error)
        raise UsageError(Problem(place=place, what=what, hint=_NOT_AS_SAID)) from error
    return Published(said=said, found=_sums(data, BUNDLE_MANIFEST), is_bundle=True)


def _read_files(target: Path) -> dict[str, bytes]:
    """Every file of a folder or a zip: path → bytes. Raises: UsageError."""
    if target.is_dir():
        return {name: (target / name).read_bytes() for name in _names_below(target)}
    if not target.is_file():
        raise _refuse(target, Message("没有这个文件夹或压缩包"))
    try:
        return read_zip(disk.read_bytes(target))
    except (ValueError, zipfile.BadZipFile, NotImplementedError, EOFError, zlib.error) as error:
        raise _refuse(target, Message("打不开这个压缩包：{reason}", reason=error)) from error


def parse_sums(data: bytes) -> dict[str, str]:
    """``<sha256>  <path>`` a line → path → SHA-256. Raises: ValueError for another line."""
    found = {}
    for line in data.decode("utf-8").splitlines():
        checksum, gap, name = line.partition("  ")
        if not gap or not name or len(checksum) != hashlib.sha256().digest_size * 2:
            raise ValueError(line[:80])
        found[name] = checksum
    return found


def check_manifest(published: Published) -> Iterator[Problem]:
    """Files that are not what their own manifest says, in the order of their names."""
    said, found = published.said, published.found
    for name in sorted(said.keys() | found.keys()):
        place = Place(file=name)
        if name not in found:
            yield Problem(place=place, what=Message("清单里有，发布的网站里没有"), hint=_NOT_AS_SAID)
        elif name not in said:
            yield Problem(place=place, what=Message("清单里没有，不是程序生成的"), level=Severity.WARNING)
        elif said[name] != found[name]:
            yield Problem(place=place, what=Message("内容和清单不符，发布后被改过"), hint=_NOT_AS_SAID)


def compare_sums(said: Sums, now: Sums) -> Iterator[Problem]:
    """Where a manifest and what is built now differ, in the order of the names."""
    for name in sorted(said.keys() | now.keys()):
        if said.get(name) == now.get(name):
            continue
        if name not in now:
            what = Message("重新生成时没有这个文件")
        elif name not in said:
            what = Message("重新生成时多出这个文件")
        else:
            what = Message("重新生成的内容不同")
        yield Problem(place=Place(file=name), what=what, hint=_CHANGED_SINCE)


def _find_zip(built: Mapping[str, bytes], said: Sums, target: Path) -> Sums:
    """Sums of the zip built now that has most in common with a manifest. Raises: UsageError for none."""
    zips = [read_zip(data) for name, data in built.items() if PurePosixPath(name).suffix == ".zip"]
    known = [parse_sums(files[BUNDLE_MANIFEST]) for files in zips if BUNDLE_MANIFEST in files]
    best = max(known, key=lambda sums: len(sums.items() & said.items()), default={})
    if not best.items() & said.items():
        raise _refuse(target, Message("这个压缩包不是这个站点的离线版"))
    return best


def _sums(data: Mapping[str, bytes], manifest: str) -> Sums:
    return make_sums({name: each for name, each in data.items() if name != manifest})


def _names_below(folder: Path) -> Iterator[str]:
    return (path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*")) if path.is_file())


def _refuse(target: Path, what: Message) -> UsageError:
    return UsageError(Problem(place=Place(file=str(target)), what=what))

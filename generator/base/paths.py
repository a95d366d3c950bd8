"""Where each content file stands below the site folder, and how the id of a task names its file.

site.yaml
content/tianqiao/district.yaml, corrections.yaml, review.yaml
content/tianqiao/sources/2025Q2.docx
content/tianqiao/2025/093.yaml          the task tianqiao-2025-093
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

PUBLISHED_FILE = "content/published.txt"
"""Addresses that were published before, one a line: those without a page of their own point on."""
SITE_FILE = "site.yaml"
CONTENT_FOLDER = "content"
CONTENT = (SITE_FILE, CONTENT_FOLDER)
"""All that a person or ``ingest`` writes."""
DISTRICT_FILE = "district.yaml"
CORRECTIONS_FILE = "corrections.yaml"
REVIEW_FILE = "review.yaml"
SOURCES_FOLDER = "sources"
_TASK_FILE = re.compile(r"(?P<year>20\d\d)/(?P<number>\d{3,6})\.yaml")


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskKey:
    """The parts of a task's id; they never change, also where a later table gives it another number."""

    district: str
    """Id of the district; may hold hyphens."""
    year: int
    digits: str
    """Number in the table that brought the task, as file and address write it: 093."""

    @property
    def number(self) -> int:
        """The number itself: 93."""
        return int(self.digits)

    @property
    def id(self) -> str:
        """``tianqiao-2025-093``."""
        return f"{self.district}-{self.year}-{self.digits}"

    @property
    def path(self) -> str:
        """``content/tianqiao/2025/093.yaml``."""
        return f"{district_folder(self.district)}/{self.year}/{self.digits}.yaml"


def make_task_id(district_id: str, year: int, number: int) -> str:
    """``tianqiao-2025-093``."""
    return f"{district_id}-{year}-{number:03d}"


@lru_cache(maxsize=4096)
def parse_task_id(task_id: str) -> TaskKey:
    """The parts of ``tianqiao-2025-093``. Raises: ValueError for a text that is no id."""
    district, year, digits = task_id.rsplit("-", 2)
    return TaskKey(district=district, year=int(year), digits=digits)


def parse_task_path(path: str) -> TaskKey | None:
    """The task whose file this is; None for any other file."""
    district, name = split_content_path(path)
    match = _TASK_FILE.fullmatch(name)
    return TaskKey(district=district, year=int(match["year"]), digits=match["number"]) if match else None


def task_file(task_id: str) -> str:
    """File of a task."""
    return parse_task_id(task_id).path


def district_folder(district_id: str) -> str:
    """Folder of all that belongs to a district."""
    return f"{CONTENT_FOLDER}/{district_id}"


def district_file(district_id: str) -> str:
    """Name, directory of departments and received tables of a district."""
    return f"{district_folder(district_id)}/{DISTRICT_FILE}"


def corrections_file(district_id: str) -> str:
    """Later changes to published periods."""
    return f"{district_folder(district_id)}/{CORRECTIONS_FILE}"


def review_file(district_id: str) -> str:
    """Numbers that a person rejected."""
    return f"{district_folder(district_id)}/{REVIEW_FILE}"


def source_file(district_id: str, name: str) -> str:
    """A received table; ``name`` is its path below the district's folder: sources/2025Q2.docx."""
    return f"{district_folder(district_id)}/{name}"


def split_content_path(path: str) -> tuple[str, str]:
    """District and path below its folder; both empty for a file of no district."""
    folder, _, rest = path.partition("/")
    district, _, name = rest.partition("/")
    return (district, name) if folder == CONTENT_FOLDER and name else ("", "")


def find_districts(paths: Iterable[str]) -> tuple[str, ...]:
    """Ids of the districts whose district.yaml is among the paths, sorted."""
    return tuple(sorted(d for d, name in map(split_content_path, paths) if name == DISTRICT_FILE))

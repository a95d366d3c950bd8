"""YAML files → ``Site``: every file is read and every problem of every file collected."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.base.errors import ContentError, Problem, Severity, raise_if_errors
from generator.base.messages import Message
from generator.base.paths import (
    PUBLISHED_FILE,
    SITE_FILE,
    TaskKey,
    corrections_file,
    district_file,
    parse_task_path,
    review_file,
)
from generator.content import schema
from generator.content.content_checks import (
    TaskContext,
    check_config,
    check_corrections,
    check_decisions,
    check_directory,
    check_district_names,
    check_ended_offices,
    check_numbers,
    check_origins,
    check_strays,
    check_task,
    is_district_id,
)
from generator.content.decisions import parse_unused
from generator.content.decoded_files import DecodedFile, FileDecoder
from generator.content.schema import DepartmentEntry, DistrictFile
from generator.content.slugs import make_slug, make_unique
from generator.model import Correction, Department, District, Site, SiteConfig, Task, UnusedFigure


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedContent:
    """All content, as far as it can be read, and everything that is wrong with it."""

    site: Site | None
    """What can be read; files with a problem of their own are left out. None without a site.yaml."""
    problems: tuple[Problem, ...]
    """Sorted, warnings too."""
    decoder: FileDecoder
    """Knows on which line each field stands."""

    def with_lines(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """Problems that were found in the model, each with the line of its field.

        What was told of the same field already is left out.
        """
        told = {p.place for p in self.problems if p.level is Severity.ERROR}
        located = (self.decoder.locate(problem) for problem in problems)
        return tuple(problem for problem in located if problem.place not in told)


def parse_content(files: Mapping[str, bytes]) -> ParsedContent:
    """The site as far as it can be read (paths relative to the site folder), with every problem."""
    decoder = FileDecoder(files)
    config = _parse_config(decoder)
    site = None
    if config is not None:
        found = tuple(_parse_district(name, decoder) for name in config.districts if is_district_id(name))
        paths = map(district_file, config.districts)
        decoder.problems += check_district_names(
            {path: decoder.decoded[path] for path in paths if path in decoder.decoded}
        )
        site = Site(
            config=config,
            districts=tuple(district for district in found if district),
            published=tuple(files.get(PUBLISHED_FILE, b"").decode("utf-8", "replace").split()),
        )
        decoder.problems += check_strays(files, config)
    return ParsedContent(site=site, problems=tuple(sorted(set(decoder.problems))), decoder=decoder)


def parse_site(files: Mapping[str, bytes]) -> Site:
    """The whole site from its files. Raises: ContentError with every problem of every file."""
    parsed = parse_content(files)
    raise_if_errors(parsed.problems, ContentError)
    if parsed.site is None:
        raise ContentError(parsed.problems)
    return parsed.site


def parse_district(
    district_id: str, files: Mapping[str, bytes]
) -> tuple[District | None, tuple[Problem, ...]]:
    """One district with its tasks and corrections; None when district.yaml is missing or wrong."""
    decoder = FileDecoder(files)
    return _parse_district(district_id, decoder), tuple(decoder.problems)


def parse_district_file(data: bytes, path: str) -> DistrictFile:
    """district.yaml alone. Raises: ContentError."""
    decoder = FileDecoder({path: data})
    file = decoder.decode(path, schema.DISTRICT)
    if file is None:
        raise ContentError(decoder.problems)
    value: DistrictFile = file.value
    return value


def _parse_config(decoder: FileDecoder) -> SiteConfig | None:
    if SITE_FILE not in decoder.files:
        hint = Message("最小的一份：title: 我的台账 和 districts: [tianqiao] 两行")
        decoder.miss(SITE_FILE, hint)
        return None
    file = decoder.decode(SITE_FILE, schema.SITE)
    if file is None:
        return None
    decoder.problems += check_config(file)
    config: SiteConfig = file.value
    return config


def _parse_district(district_id: str, decoder: FileDecoder) -> District | None:
    path = district_file(district_id)
    if path not in decoder.files:
        hint = Message(
            "建这个文件，至少写 name: 区县名；或者从 site.yaml 的 districts 里去掉 {id}", id=district_id
        )
        decoder.miss(path, hint)
        return None
    keys = [key for path in decoder.files if (key := parse_task_path(path)) and key.district == district_id]
    file = decoder.decode(path, schema.DISTRICT)
    if file is None:
        _parse_tasks(district_id, None, decoder, keys)
        return None
    entry: DistrictFile = file.value
    departments = make_departments(entry.departments)
    decoder.problems += check_directory(file, departments)
    decoder.problems += check_ended_offices(file, departments)
    return _make_district(district_id, entry, departments, decoder, keys)


def _make_district(
    district_id: str,
    entry: DistrictFile,
    departments: tuple[Department, ...],
    decoder: FileDecoder,
    keys: Sequence[TaskKey],
) -> District:
    """The district with all that its other files say."""
    known = frozenset(key.id for key in keys)
    return District(
        id=district_id,
        name=entry.name,
        code=entry.code,
        publisher=entry.publisher,
        area_code=entry.area_code,
        departments=departments,
        sources=tuple(sorted(entry.sources, key=lambda s: s.period.order)),
        tasks=_parse_tasks(district_id, departments, decoder, keys),
        corrections=_parse_corrections(district_id, known, decoder),
        terms=tuple(sorted(entry.terms, key=lambda term: term.first)),
        absent=entry.absent,
        next_expected=entry.next_expected,
        unused=_parse_unused(district_id, known, decoder),
    )


def _parse_unused(district_id: str, tasks: frozenset[str], decoder: FileDecoder) -> tuple[UnusedFigure, ...]:
    """What review.yaml says of numbers that are not used, its decisions checked."""
    unused = parse_unused(district_id, decoder)
    if review := decoder.decoded.get(review_file(district_id)):
        decoder.problems += check_decisions(review, tasks)
    return unused


def make_departments(entries: Sequence[DepartmentEntry]) -> tuple[Department, ...]:
    """Directory entries with every slug filled in, in the order of the file."""
    return tuple(
        Department(
            name=entry.name,
            slug=slug,
            kind=entry.kind,
            aliases=entry.aliases,
            former_slugs=entry.former_slugs,
            phones=entry.phones,
            ended=entry.ended,
        )
        for entry, slug in zip(entries, _choose_slugs(entries), strict=True)
    )


def _choose_slugs(entries: Sequence[DepartmentEntry]) -> Iterator[str]:
    """The slug of each entry, by the pinyin rule where none is written."""
    taken = {entry.slug for entry in entries if entry.slug}
    for entry in entries:
        slug = entry.slug or make_unique(make_slug(entry.name), taken)
        taken.add(slug)
        yield slug


def _parse_tasks(
    district_id: str,
    departments: tuple[Department, ...] | None,
    decoder: FileDecoder,
    keys: Iterable[TaskKey],
) -> tuple[Task, ...]:
    """Tasks of a district, sorted; ``departments``: its directory, None where that cannot be read."""
    files = [file for key in sorted(keys, key=lambda key: key.path) if (file := _parse_task(key, decoder))]
    context = TaskContext(
        district=district_id,
        departments=None if departments is None else frozenset(d.name for d in departments),
        tasks=frozenset(key.id for key in keys),
        files=decoder.files,
        checksums={},
    )
    decoder.problems += check_numbers(files)
    decoder.problems += check_origins(files)
    decoder.problems += (problem for file in files for problem in check_task(file, context))
    return tuple(sorted((file.value for file in files), key=lambda task: (task.year, task.number)))


def _parse_task(key: TaskKey, decoder: FileDecoder) -> DecodedFile | None:
    """A task in the file that its id names."""
    file = decoder.decode(key.path, schema.TASK)
    if file is None or file.value.id == key.id:
        return file
    what = Message("“{id}”与文件位置不符", id=file.value.id)
    decoder.problems.append(Problem(place=file.place("id"), what=what, hint=Message("应为 {id}", id=key.id)))
    return None


def _parse_corrections(
    district_id: str, tasks: frozenset[str], decoder: FileDecoder
) -> tuple[Correction, ...]:
    path = corrections_file(district_id)
    file = decoder.decode(path, schema.CORRECTIONS) if path in decoder.files else None
    if file is None:
        return ()
    decoder.problems += check_corrections(file, tasks)
    corrections: tuple[Correction, ...] = file.value.corrections
    return corrections

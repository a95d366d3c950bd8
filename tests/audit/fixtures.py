"""Fixtures: the sites under test."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from tests.audit.built import Built, build_once, english_root, official_root, real_root, sample_root
from tests.two_periods import write_two_periods


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """One folder for all workers of this session."""
    base = tmp_path_factory.getbasetemp()
    return (base if worker_id == "master" else base.parent) / "sites"


@pytest.fixture(scope="session")
def sample(shared_folder: Path) -> Built:
    """The invented district, unofficial, with the editions for carrying away."""
    return build_once(shared_folder, "sample", sample_root, bundle=True)


@pytest.fixture(scope="session")
def official(shared_folder: Path) -> Built:
    """The invented district as a government site with an address."""
    return build_once(shared_folder, "official", official_root)


@pytest.fixture(scope="session")
def english(shared_folder: Path) -> Built:
    """The invented district with English interface words."""
    return build_once(shared_folder, "english", english_root)


@pytest.fixture(scope="session")
def real(shared_folder: Path) -> Built:
    """The repository's own content."""
    return build_once(shared_folder, "real", real_root)


@pytest.fixture(scope="session")
def two_periods(shared_folder: Path) -> Built:
    """Two invented districts whose numbers can all be told apart; a target changes between two periods."""
    return build_once(shared_folder, "two-periods", partial(write_two_periods, language="zh-CN"))


@pytest.fixture(scope="session")
def two_periods_english(shared_folder: Path) -> Built:
    """The same with English interface words."""
    return build_once(shared_folder, "two-periods-english", partial(write_two_periods, language="en"))


@pytest.fixture(params=["sample", "official", "real"])
def built(request: pytest.FixtureRequest) -> Built:
    """Each of the Chinese sites in turn."""
    found: Built = request.getfixturevalue(request.param)
    return found

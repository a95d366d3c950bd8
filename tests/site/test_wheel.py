"""The program as it is installed: packed, put into an empty environment, and used far from the repository."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

from tests.audit.built import Built, read_output
from tests.paths import ROOT, SAMPLE

PACKED = ("generator", "templates", "pyproject.toml", "setup.py", "README.md", "LICENSE")


def run(*command: str | Path, cwd: Path) -> str:
    """Output of a command; the repository is not on its path."""
    environment = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "PYTHONHOME")}
    done = subprocess.run(
        [str(c) for c in command], cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The source distribution, made in a copy of the repository."""
    copy = tmp_path_factory.mktemp("repository")
    for name in PACKED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, copy / name)
    run(sys.executable, "-c", "import setuptools.build_meta as b; b.build_sdist('dist')", cwd=copy)
    (found,) = (copy / "dist").glob("*.tar.gz")
    return found


@pytest.fixture(scope="module")
def wheel(sdist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, made from the source distribution alone."""
    folder = tmp_path_factory.mktemp("sdist")
    with tarfile.open(sdist) as archive:
        archive.extractall(folder, filter="data")
    (unpacked,) = folder.iterdir()
    pip = (sys.executable, "-m", "pip", "wheel", "--quiet", "--no-index", "--no-deps", "--no-build-isolation")
    run(*pip, "--wheel-dir", folder / "dist", unpacked, cwd=folder)
    (found,) = (folder / "dist").glob("*.whl")
    return found


def expected() -> set[str]:
    """Path in the wheel of every file of the program."""
    paths = {p: p for p in ROOT.glob("generator/**/*")} | {
        p: ROOT / "generator" / p.relative_to(ROOT) for p in ROOT.glob("templates/**/*")
    }
    return {
        place.relative_to(ROOT).as_posix()
        for path, place in paths.items()
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_the_wheel_holds_every_file_of_the_program_and_no_other(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert sorted(expected() - names) == []
    assert sorted(names - expected()) == []


def test_the_installed_command_builds_a_site_that_lies_elsewhere(
    wheel: Path, sample: Built, tmp_path: Path
) -> None:
    home, site = tmp_path / "environment", tmp_path / "site"
    venv.create(home, with_pip=False)
    binaries = home / ("Scripts" if os.name == "nt" else "bin")
    python = binaries / "python"
    pip = (sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-index", "--no-deps")
    run(*pip, wheel, cwd=tmp_path)
    packages = Path(
        run(python, "-c", "import sysconfig; print(sysconfig.get_paths()['purelib'])", cwd=home).strip()
    )
    (packages / "dependencies.pth").write_text(sysconfig.get_paths()["purelib"] + "\n", encoding="utf-8")
    shutil.copytree(SAMPLE, site)
    code = "import generator; print(generator.__file__)"
    assert Path(run(python, "-c", code, cwd=tmp_path).strip()).is_relative_to(home)
    run(binaries / "taizhang", "build", cwd=site)
    assert read_output(site / "output") == dict(sample.files), "the same site as from the repository"

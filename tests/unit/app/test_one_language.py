"""The command line speaks one language a run, wherever its options stand. All data invented."""

from __future__ import annotations

import re

import click
import pytest

from generator.app.cli import app
from tests.paths import SAMPLE
from tests.unit.app.test_cli import run

_CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
_ENGLISH = re.compile(r"\b[a-z]{2,} [a-z]{2,} [a-z]{2,}\b")
COMMANDS = app.list_commands(click.Context(app))


def help_of(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert run(*words, "--help") == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_is_in_one_language(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    words = [command] if command else []
    english = help_of(capsys, "--lang", "en", *words)
    assert _CHINESE.findall(re.sub(r'"[^"]*"', "", english)) == []
    assert english == help_of(capsys, *words, "--lang=en")
    chinese = help_of(capsys, *words)
    assert _ENGLISH.findall(chinese) == []
    assert len(_CHINESE.findall(chinese)) > 30
    options = re.compile(r"--[a-z-]+")
    assert options.findall(chinese.split("选项", 1)[1]) != []
    assert set(options.findall(english)) == set(options.findall(chinese))


def test_options_stand_before_or_after_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    site = ["--root", str(SAMPLE)]
    for words in ([*site, "--quiet", "check"], ["check", *site, "--quiet"], ["--quiet", "check", *site]):
        assert run(*words) == 0
        assert capsys.readouterr().out == ""


def test_the_later_folder_counts(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--root", "/nowhere", "check", "--root", str(SAMPLE)) == 0
    assert run("--root", str(SAMPLE), "check", "--root", "/nowhere") == 2
    capsys.readouterr()


def test_without_a_command_the_help_is_shown_in_one_language(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--lang", "en") == 2
    shown = capsys.readouterr()
    assert _CHINESE.findall(shown.out + shown.err) == []

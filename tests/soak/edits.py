"""``make soak-edits``: whatever was edited since the last build, the next one makes what a clean build makes.

Random edits of content, settings, words, styles, templates, received files, built files and of what is kept
beside the site; then the site that is built on top of the last one is compared with one that is built from
nothing, byte for byte. All data invented.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from generator.app import conductors
from generator.app.build_record import Options, find_result
from generator.base.errors import TaizhangError
from tests.paths import SAMPLE, TEMPLATES

Edit = Callable[[Path, random.Random], None]
KEPT = ".cache/districts"
_FOOTER = "parts/footer.html"


def make_root(folder: Path) -> Path:
    """Two invented districts with tables, and one without."""
    root = folder / "site"
    shutil.copytree(SAMPLE, root)
    shutil.copytree(root / "content/ceshi", root / "content/yier")
    for path in (root / "content/yier").rglob("*.yaml"):
        text = path.read_text(encoding="utf-8").replace("ceshi-", "yier-")
        path.write_text(text.replace("name: 测试区", "name: 一二区"), encoding="utf-8")
    _replace(root / "site.yaml", r"\[ceshi, ", "[ceshi, yier, ")
    return root


def _replace(path: Path, pattern: str, by: str) -> None:
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(re.sub(pattern, by, text, count=1, flags=re.M), encoding="utf-8")


def _pick(root: Path, dice: random.Random, pattern: str = "content/*/2025/*.yaml") -> Path:
    return dice.choice(sorted(path for path in root.glob(pattern) if path.is_file()))


def retitle_task(root: Path, dice: random.Random) -> None:
    """Another title."""
    _replace(_pick(root, dice), r"^title: ([^（\n]*).*$", rf"title: \1（改{dice.randrange(99)}）")


def reword_progress(root: Path, dice: random.Random) -> None:
    """More in what a period says."""
    _replace(_pick(root, dice), r"^(    progress: .*)$", r"\1工作有序推进。")


def add_task(root: Path, dice: random.Random) -> None:
    """A copy of a task under a number that is free."""
    model = _pick(root, dice)
    number = max(int(path.stem) for path in model.parent.glob("*.yaml")) + 1
    text = model.read_text(encoding="utf-8")
    for key, value in (("id", f"{model.parts[-3]}-2025-{number:03d}"), ("number", str(number))):
        text = re.sub(rf"^{key}: .*$", f"{key}: {value}", text, flags=re.M)
    text = re.sub(r"^title: ([^（\n]*).*$", rf"title: \1（{number}）", text, flags=re.M)
    (model.parent / f"{number:03d}.yaml").write_text(text, encoding="utf-8")


def remove_task(root: Path, dice: random.Random) -> None:
    """A task gone."""
    if len(list(root.glob("content/*/2025/*.yaml"))) > 6:
        _pick(root, dice).unlink()


def carry_over(root: Path, dice: random.Random) -> None:
    """A task that names another one, whose title its page shows."""
    path = _pick(root, dice)
    other = dice.choice(sorted(path.parent.glob("*.yaml")))
    line = f"carried_over_from: [{other.parts[-3]}-2025-{other.stem}]"
    _replace(path, r"^carried_over_from: .*\n", "")
    _replace(path, r"^departments:", f"{line}\ndepartments:")


def rename_district(root: Path, dice: random.Random) -> None:
    """Another name of a district, which stands on the pages of the others too."""
    path = _pick(root, dice, "content/*/district.yaml")
    _replace(path, r"^name: .*$", f"name: 测试{dice.randrange(99)}区")


def edit_source(root: Path, dice: random.Random) -> None:
    """A received file that is no longer what came."""
    path = _pick(root, dice, "content/*/sources/*.txt")
    path.write_text(path.read_text(encoding="utf-8") + f"附注{dice.randrange(99)}\n", encoding="utf-8")


def change_settings(root: Path, dice: random.Random) -> None:
    """Another key of site.yaml."""
    line, value = dice.choice(
        (
            ("title", f"测试台账{dice.randrange(99)}"),
            ("edition", f"2025-07-{dice.randrange(10, 31)}"),
            ("accent", f"'#0{dice.randrange(10)}4a7c'"),
            ("on_schedule_points", str(dice.randrange(5, 15))),
            ("base_url", f"https://example.org/{dice.randrange(9)}"),
        )
    )
    _replace(root / "site.yaml", rf"^{line}: .*\n|\Z", f"{line}: {value}\n")


def order_districts(root: Path, dice: random.Random) -> None:
    """The districts in another order, or one fewer."""
    names = dice.sample(["ceshi", "kong", "yier"], dice.choice((2, 3)))
    _replace(root / "site.yaml", r"^districts: .*$", f"districts: [{', '.join(names)}]")


def publish_before(root: Path, dice: random.Random) -> None:
    """An address that was published once and has no page any more."""
    path = root / "content/published.txt"
    path.write_text(f"ceshi/tasks/2025-{dice.randrange(1, 30):03d}.html\n", encoding="utf-8")


def restyle(root: Path, dice: random.Random) -> None:
    """A style sheet of the site's own."""
    _replace(root / "templates/static/css/90-own.css", r"(?s).*", f"main{{margin:{dice.randrange(9)}px}}\n")


def recolour(root: Path, dice: random.Random) -> None:
    """Another colour, which charts are drawn in."""
    name = "static/css/10-tokens.css"
    text = (TEMPLATES / name).read_text(encoding="utf-8")
    colours = re.findall(r"#[0-9a-f]{6}", text)
    own = root / "templates" / name
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_text(text.replace(dice.choice(colours), "#123456", 1), encoding="utf-8")


def retemplate(root: Path, dice: random.Random) -> None:
    """A template of the site's own, or none any more."""
    path = root / "templates" / _FOOTER
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_file() and dice.random() < 0.3:
        path.unlink()
        return
    own = (TEMPLATES / _FOOTER).read_text(encoding="utf-8")
    path.write_text(f"{own}<p>{dice.randrange(99)}</p>\n", encoding="utf-8")


def reword_site(root: Path, dice: random.Random) -> None:
    """A word of the interface replaced."""
    _replace(root / "site.yaml", r"^texts: .*\n|\Z", f"texts: {{pages.nav.home: 首页{dice.randrange(9)}}}\n")


def touch_output(root: Path, dice: random.Random) -> None:
    """Somebody wrote into a built file, or took it away."""
    path = _pick(root, dice, "output/**/*.html")
    if dice.random() < 0.5:
        path.write_bytes(b"changed")
    else:
        path.unlink()


def spoil_kept(root: Path, dice: random.Random) -> None:
    """What was kept is cut, empty, changed in a byte, another entry, or gone."""
    kept = sorted(path for path in (root / KEPT).iterdir() if path.is_file())
    for path in kept:
        data = bytearray(path.read_bytes())
        way = dice.randrange(6)
        if way == 0:
            path.write_bytes(data[: dice.randrange(len(data) + 1)])
        elif way == 1 and data:
            data[dice.randrange(len(data))] ^= 255
            path.write_bytes(data)
        elif way == 2:
            path.write_bytes(dice.choice(kept).read_bytes() if dice.choice(kept).is_file() else b"")
        elif way == 3:
            path.unlink()


EDITS: tuple[Edit, ...] = (
    *(retitle_task, reword_progress, add_task, remove_task, carry_over, rename_district, edit_source),
    *(change_settings, order_districts, publish_before, restyle, recolour, retemplate, reword_site),
    *(touch_output, spoil_kept),
)


def build(root: Path, *, bundle: bool = False) -> dict[str, bytes]:
    """The files of a site that is built where there may be one already. Raises: TaizhangError."""
    output = root / "output"
    options = Options(output=output, bundle=bundle, jobs=1)
    if find_result(root, options) is None:
        conductors.build_site(root, options)
    return {p.relative_to(output).as_posix(): p.read_bytes() for p in output.rglob("*") if p.is_file()}


def play(folder: Path, rounds: int, seed: int) -> int:
    """Edit at random, build on top of the last build and from nothing; how many builds were compared.

    Raises: AssertionError where they differ.
    """
    dice, root = random.Random(seed), make_root(folder)
    build(root)
    compared = 0
    for number in range(rounds):
        edits = dice.choices(EDITS, k=dice.randint(1, 3))
        good = folder / "good"
        shutil.rmtree(good, ignore_errors=True)
        shutil.copytree(root, good)
        for edit in edits:
            edit(root, dice)
        bundle = dice.random() < 0.1
        told = f"round {number} of seed {seed}: {[edit.__name__ for edit in edits]}"
        try:
            made = build(root, bundle=bundle)
        except TaizhangError as error:  # content that is refused: back to before the edits
            print(f"{told}: refused: {error}")
            shutil.rmtree(root)
            good.rename(root)
            continue
        clean = folder / "clean"
        shutil.rmtree(clean, ignore_errors=True)
        shutil.copytree(root, clean, ignore=shutil.ignore_patterns("output", "districts", ".output*"))
        shutil.rmtree(clean / ".cache/site", ignore_errors=True)
        expected = build(clean, bundle=bundle)
        assert sorted(made) == sorted(expected), told
        assert [name for name in made if made[name] != expected[name]] == [], told
        compared += 1
    return compared


def main() -> None:
    """As many rounds as asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=500)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        compared = play(Path(scratch), given.rounds, given.seed)
    print(f"seed {given.seed}: {compared} of {given.rounds} rounds equal, the others refused")


if __name__ == "__main__":
    main()

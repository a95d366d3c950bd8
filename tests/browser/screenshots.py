"""Pictures of every kind of page for people to look at: ``python -m tests.browser.screenshots [FOLDER]``."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.audit.built import build_once, real_root
from tests.browser.visits import browsing, few, find_chromium, visiting
from tests.paths import ROOT

LOOKS = (
    ("375", 375, "light", ""),
    ("768", 768, "light", ""),
    ("1366", 1366, "light", ""),
    ("1366-dark", 1366, "dark", ""),
    ("375-elder", 375, "light", "#mode=elder"),
)


def main(folder: Path) -> None:
    """One picture a kind of page and look, and each kind as it is printed."""
    path = find_chromium()
    if path is None:
        sys.exit("没有找到 Chromium；请安装，或用环境变量 CHROMIUM 指明路径")
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as scratch, browsing(path) as browser:
        built = build_once(Path(scratch), "real", real_root)
        for name, width, scheme, mode in LOOKS:
            with visiting(browser, built.folder, width=width, color_scheme=scheme) as visit:
                for kind, url in few(built).items():
                    page = visit.go(url + mode)
                    page.screenshot(path=folder / f"{kind}-{name}.png", full_page=True, timeout=60_000)
        with visiting(browser, built.folder) as visit:
            for kind, url in few(built).items():
                visit.go(url).pdf(path=folder / f"{kind}.pdf", prefer_css_page_size=True)
    print(f"{len(list(folder.iterdir()))} 张图在 {folder}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "artifacts" / "screenshots")

"""Lighthouse on the repository's own site: overview, task and department page, phone and desktop.

    python tests/bench/lighthouse.py                    builds content/ and measures it
    python tests/bench/lighthouse.py output [--plain]   measures a built site

Pages are sent gzipped, as a web server sends them; with --plain as they are. Weights are those on the disk.

Lighthouse is no part of this repository: ``npm install lighthouse`` in any folder outside it, and name the
program by the variable LIGHTHOUSE (…/node_modules/.bin/lighthouse) or put it on the PATH. Exit code 1 below
a limit.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from generator.app import conductors
from tests.browser.visits import find_chromium, serve_folder
from tests.paths import ROOT

LIMITS = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
WEIGHTS = {"task": 100_000, "overview": 400_000, "department": 400_000}
CHROME_FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
)
MISSING = """没有找到 {what}，Lighthouse 没有运行。请先在仓库以外的文件夹里：
    npm install lighthouse
    export LIGHTHOUSE=$PWD/node_modules/.bin/lighthouse"""


def main() -> int:
    """Measure six times and print a line each; 1 when a limit is missed, 0 otherwise."""
    lighthouse = os.environ.get("LIGHTHOUSE") or shutil.which("lighthouse")
    chromium = find_chromium()
    for what, found in (("lighthouse", lighthouse), ("node", shutil.which("node")), ("Chromium", chromium)):
        if not found:
            print(MISSING.format(what=what), file=sys.stderr)
            return 0
    with tempfile.TemporaryDirectory() as scratch:
        named = [word for word in sys.argv[1:] if word != "--plain"]
        folder = Path(named[0]) if named else Path(scratch) / "site"
        if not named:
            conductors.build_site(ROOT, conductors.Options(output=folder, bundle=False))
        missed = 0
        with serve_folder(folder, gzipped="--plain" not in sys.argv) as address:
            for kind, url in pick(folder).items():
                for device in ("phone", "desktop"):
                    report = measure(str(lighthouse), str(chromium), address + url, device, Path(scratch))
                    missed += tell(kind, url, device, report)
    return 1 if missed else 0


def pick(folder: Path) -> dict[str, str]:
    """The heaviest overview, task and department page of a site, by kind."""
    kinds = {"overview": "*/index.html", "task": "*/tasks/*.html", "department": "*/departments/[!i]*.html"}
    pages = {kind: [p for p in folder.glob(glob) if p.parent.name != "data"] for kind, glob in kinds.items()}
    heaviest = {kind: max(found, key=lambda path: path.stat().st_size) for kind, found in pages.items()}
    return {kind: path.relative_to(folder).as_posix() for kind, path in heaviest.items()}


def measure(lighthouse: str, chromium: str, address: str, device: str, scratch: Path) -> dict[str, Any]:
    """Lighthouse's report on one page."""
    output = scratch / "report.json"
    command = [lighthouse, address, "--output=json", f"--output-path={output}", "--quiet"]
    command += [f"--chrome-flags={CHROME_FLAGS}", f"--only-categories={','.join(LIMITS)}"]
    command += ["--preset=desktop"] if device == "desktop" else []
    subprocess.run(command, check=True, env=os.environ | {"CHROME_PATH": chromium}, cwd=scratch)
    report: dict[str, Any] = json.loads(output.read_text(encoding="utf-8"))
    return report


def tell(kind: str, url: str, device: str, report: dict[str, Any]) -> int:
    """Print one line and what lost points; the number of limits missed."""
    scores = {name: round(report["categories"][name]["score"] * 100) for name in LIMITS}
    items = report["audits"]["network-requests"]["details"]["items"]
    weight = sum(item.get("resourceSize") or 0 for item in items)
    low = [name for name, least in LIMITS.items() if scores[name] < least]
    heavy = weight >= WEIGHTS[kind]
    words = "  ".join(f"{name} {score}" for name, score in scores.items())
    print(f"{kind:<11}{device:<8}{words}  {weight} bytes  {url}{'  BELOW THE LIMIT' if low or heavy else ''}")
    for name in low:
        for part in report["categories"][name]["auditRefs"]:
            audit = report["audits"][part["id"]]
            if audit.get("score") is not None and audit["score"] < 1 and part["weight"]:
                print(f"    {name}: {audit['id']} {audit.get('displayValue', '')} {audit['title']}")
    return len(low) + heavy


if __name__ == "__main__":
    sys.exit(main())

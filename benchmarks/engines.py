"""Other ways to the PDF of the same letter, where they are installed, beside the bare loop."""

from __future__ import annotations

import os
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from building import Batch, bare, loop, made
from measure import HERE, LETTERGEN, PYTHON, Cost, run
from table import Row, missing, seconds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SLOW = 3  # letters, where each is a command of its own
TYPESETTERS = ("xelatex", "lualatex", "pdflatex", "typst", "weasyprint", "wkhtmltopdf")  # that pandoc knows


def rows(folder: Path, letters: int) -> list[Row]:
    """A row an engine; ratios are of processor seconds a letter."""
    batch = made(folder / "engines", letters, 1)
    run((*LETTERGEN, "build", "-q", "--format", "md", "--format", "html", "-C", str(batch.root)))
    plain = bare(batch).cpu / letters
    return [*_rows(batch, plain)]


def _rows(batch: Batch, plain: float) -> Iterator[Row]:
    ways: dict[str, Callable[[Batch], tuple[Cost, int] | None]] = {
        "Typst in one process": _typst,
        "LibreOffice, many files a call": _libreoffice,
        "WeasyPrint, a command a letter": _weasyprint,
        "pandoc, a command a letter": _pandoc,
        "Chromium, a command a letter": _chromium,
    }
    for name, way in ways.items():
        found = way(batch)
        if found is None:
            yield missing(name)
            continue
        cost, letters = found
        figure = f"{seconds(cost.wall / letters)} a letter, {seconds(cost.cpu / letters)} of the processors"
        yield Row(f"{name}{cost.said}", figure, cost.cpu / letters / plain, f"the bare loop: {seconds(plain)}")


def _typst(batch: Batch) -> tuple[Cost, int] | None:
    if not find_spec("typst"):
        return None
    output = _folder(batch, "typst")
    cost = loop((*PYTHON, str(HERE / "typst_loop.py"), str(batch.letters), str(output)))
    return cost._replace(said=""), batch.letters


def _libreoffice(batch: Batch) -> tuple[Cost, int] | None:
    """From the files that pandoc makes of our Markdown, whose notes are Word's; or from our web pages."""
    office, pandoc = shutil.which("soffice"), shutil.which("pandoc")
    if not office:
        return None
    files = _files(batch, "md" if pandoc else "html")
    if pandoc:
        folder = _folder(batch, "docx")
        for file in files:
            run((pandoc, str(file), "-o", str(folder / f"{file.stem}.docx")))
        files = sorted(folder.glob("*.docx"))
    profile = f"-env:UserInstallation={_folder(batch, 'profile').as_uri()}"
    output = _folder(batch, "libreoffice")
    run((office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(output), str(files[0])))  # makes it
    cost = run((office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(output), *map(str, files)))
    return cost._replace(said=""), len(files)


def _weasyprint(batch: Batch) -> tuple[Cost, int] | None:
    output = _folder(batch, "weasyprint")
    return _each(
        _files(batch, "html"), lambda file: (*PYTHON, "-m", "weasyprint", str(file), f"{output}/{file.stem}.pdf")
    )


def _pandoc(batch: Batch) -> tuple[Cost, int] | None:
    pandoc = shutil.which("pandoc")
    tools = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    engine = next(filter(None, (shutil.which(name, path=tools) for name in TYPESETTERS)), None)
    if not pandoc or not engine:
        return None
    output = _folder(batch, "pandoc")
    found = _each(
        _files(batch, "md"),
        lambda file: (pandoc, str(file), f"--pdf-engine={engine}", "-o", f"{output}/{file.stem}.pdf"),
    )
    return found[0]._replace(said=f", by {Path(engine).name}"), found[1]


def _chromium(batch: Batch) -> tuple[Cost, int] | None:
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if not browser:
        return None
    output = _folder(batch, "chromium")
    options = ("--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer")
    return _each(
        _files(batch, "html"),
        lambda file: (browser, *options, f"--print-to-pdf={output}/{file.stem}.pdf", file.as_uri()),
    )


def _each(files: list[Path], command: Callable[[Path], tuple[str, ...]]) -> tuple[Cost, int]:
    chosen = files[:SLOW]
    start = perf_counter()
    used = sum(run(command(file)).cpu for file in chosen)
    return Cost(perf_counter() - start, used, 0, 0, ""), len(chosen)


def _files(batch: Batch, form: str) -> list[Path]:
    return sorted(file for file in (batch.root / "output").rglob(f"*.{form}") if file.stem != "index")


def _folder(batch: Batch, name: str) -> Path:
    folder = batch.root / name
    folder.mkdir(exist_ok=True)
    return folder

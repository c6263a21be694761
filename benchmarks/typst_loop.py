"""Typst in one process: `python typst_loop.py COUNT OUTPUT` sets made records, tagged for PDF/UA.

It prints the seconds of the loop: by the clock, and of the processor.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from time import perf_counter, process_time

import fontpkg_ibm_plex_serif
import typst
from records import records

HERE = Path(__file__).parent


def main(count: int, output: Path) -> None:
    """Set a letter a record."""
    compiler = typst.Compiler(str(HERE / "letter.typ"), font_paths=[str(fontpkg_ibm_plex_serif.ROOT / "files")])
    start, used = perf_counter(), process_time()
    for number, record in enumerate(records(count)):
        file = str(output / f"{number}.pdf")
        compiler.compile(output=file, sys_inputs={"record": json.dumps(record)}, pdf_standards="ua-1")
    print(json.dumps([perf_counter() - start, process_time() - used]))


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))

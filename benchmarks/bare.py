"""The bare loop: WeasyPrint with one stylesheet and one set of fonts, nothing checked, nothing tagged anew.

`python bare.py FILE OUTPUT` sets what `papers.py` wrote, and prints the seconds of the loop: by the clock, and of
the processor.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from time import perf_counter, process_time

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration


def main(file: Path, output: Path) -> None:
    """Set each letter."""
    job = json.loads(file.read_text(encoding="utf-8"))
    fonts = FontConfiguration()
    css = CSS(string=job["css"], font_config=fonts)
    start, used = perf_counter(), process_time()
    for name, html in job["letters"].items():
        pdf = HTML(string=html).write_pdf(stylesheets=[css], font_config=fonts, pdf_variant=job["variant"])
        (output / f"{name}.pdf").write_bytes(pdf)
    print(json.dumps([perf_counter() - start, process_time() - used]))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))

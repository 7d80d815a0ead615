"""Take the picture of the sample article's table for README and documentation: docs/pictures/sample.svg."""

import io
import re
from dataclasses import replace
from pathlib import Path

from rich.console import Console

from dateline.cli.inputs import Reading
from dateline.cli.table import TableWriter
from dateline.run import Outcome, run

EVENTS = 6
"""As many as fit on a page."""

root = Path(__file__).parents[1]
console = Console(record=True, width=110, file=io.StringIO(), force_terminal=True, color_system="truecolor", highlight=False)
writer = TableWriter(io.BytesIO(), min_confidence=0.0, terminal=False, console=console)
sample = root / "src" / "dateline" / "data" / "samples" / "sample-2024-03-14.txt"
for done in run(Reading().documents([str(sample)])):
    if not isinstance(done, Outcome):
        raise SystemExit(f"{done.stage}: {done.message}")
    writer.write(replace(done, events=done.events[:EVENTS]))
svg = console.export_svg(title="dateline code sample-2024-03-14.txt", unique_id="sample")
# The picture must not make a reader's browser fetch a font: the local monospace serves.
svg = re.sub(r"\s*@font-face \{.*?\}", "", svg, flags=re.DOTALL)
(root / "docs" / "pictures" / "sample.svg").write_text("\n".join(line.rstrip() for line in svg.split("\n")), encoding="utf-8")

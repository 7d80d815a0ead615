"""Write the table of docs/explanation/models.md from the manifests of the weight files."""

from __future__ import annotations

import json
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "explanation" / "models.md"
NAMES = ("actor-en", "recipient-en", "confidence-en", "same-event-en")
BEGIN, END = "<!-- models:begin -->", "<!-- models:end -->"


def table() -> str:
    rows = ["| file | task | fitted on | rows | weights | `C` | threshold | F1 |"]
    rows.append("| --- | --- | --- | ---: | ---: | ---: | ---: | ---: |")
    for name in NAMES:
        data = json.loads((ROOT / "src" / "dateline" / "data" / "models" / f"{name}.json").read_text(encoding="utf-8"))
        f1 = data.get("out_of_fold_f1", data.get("out_of_fold_event_f1"))
        counts = f"{data['rows']:,} | {len(data['weights']):,}"
        rows.append(
            f"| `{name}` | {data['task']} | {data['fitted_on']} | {counts} | {data['regularisation_c']} | {data['threshold']} | {f1:.3f} |"
        )
    return "\n".join(rows)


def filled(page: str) -> str:
    """Return the page with the table between its markers."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{table()}\n\n{END}{after}"


if __name__ == "__main__":
    PAGE.write_text(filled(PAGE.read_text(encoding="utf-8")), encoding="utf-8")

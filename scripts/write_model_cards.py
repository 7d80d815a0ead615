"""Write the table of docs/explanation/models.md from the manifests of the weight files."""

from __future__ import annotations

import json
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "explanation" / "models.md"
NAMES = ("actor-en", "recipient-en", "confidence-en", "same-event-en")
CODER = ROOT / "src" / "dateline" / "data" / "models" / "coder-en"
CODER_PAGE = ROOT / "docs" / "explanation" / "learned-coder.md"
CODER_NAMES = (
    "actor", "recipient", "attribute-mode", "attribute-context", "attribute-aux", "attribute-claim", "confidence", "same-event",
)  # fmt: skip
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


def coder_table() -> str:
    """Return what the learned coder's folder says of itself."""
    manifest = json.loads((CODER / "manifest.json").read_text(encoding="utf-8"))
    sizes = {path.name: path.stat().st_size for path in sorted(CODER.iterdir())}
    course = ", ".join(f"{key.replace('_', ' ')} {value}" for key, value in manifest["course"].items())
    rows = [
        f"Fitted on {manifest['fitted_on']}. Course: {course}. All files together: {sum(sizes.values()) / 1e6:.1f} MB.",
        "",
        "| file | decides | rows | weights | threshold | F1, out of fold |",
        "| --- | --- | ---: | ---: | ---: | ---: |",
    ]
    for name in CODER_NAMES:
        data = json.loads((CODER / f"{name}.json").read_text(encoding="utf-8"))
        f1 = data.get("out_of_fold_f1", data.get("out_of_fold_event_f1"))
        rows.append(f"| `{name}.json` | {data['task']} | {data['rows']:,} | {len(data['weights']):,} | {data['threshold']} | {f1:.3f} |")
    return "\n".join(rows)


def between(page: str, name: str, text: str) -> str:
    """Return a page with text between two markers."""
    before, _, rest = page.partition(f"<!-- {name}:begin -->")
    _, _, after = rest.partition(f"<!-- {name}:end -->")
    return f"{before}<!-- {name}:begin -->\n\n{text}\n\n<!-- {name}:end -->{after}"


if __name__ == "__main__":
    PAGE.write_text(filled(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    CODER_PAGE.write_text(between(CODER_PAGE.read_text(encoding="utf-8"), "coder", coder_table()), encoding="utf-8")

"""Write docs/reference/record.schema.json from the types in dateline.record."""

import json
from pathlib import Path

from pydantic import TypeAdapter

from dateline.record import EventRecord

path = Path(__file__).parents[1] / "docs" / "reference" / "record.schema.json"
path.write_text(json.dumps(TypeAdapter(EventRecord).json_schema(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")

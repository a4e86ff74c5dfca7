"""Rendered cards held against files; `PARLEY_WRITE_GOLDEN=1 pytest` writes them anew."""

import json
import os
from pathlib import Path
from typing import Any


def assert_golden(file: Path, rendered: dict[str, Any]) -> None:
    """Compare *rendered* with the JSON in *file*."""
    if os.environ.get("PARLEY_WRITE_GOLDEN"):
        file.write_text(json.dumps(rendered, indent=2, ensure_ascii=False) + "\n", "utf-8")

    assert rendered == json.loads(file.read_text("utf-8"))

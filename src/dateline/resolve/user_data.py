"""Where a user's own data files lie: ``$DATELINE_DATA``, else the data folder of the XDG base directory specification."""

from __future__ import annotations

import os
from pathlib import Path

FOLDER = "places"


def data_home() -> Path:
    """Return the folder of the user's own data; it need not exist."""
    named = os.environ.get("DATELINE_DATA")
    if named:
        return Path(named)
    # The specification says that a relative path is to be ignored.
    xdg = Path(os.environ.get("XDG_DATA_HOME", ""))
    return (xdg if xdg.is_absolute() else Path.home() / ".local" / "share") / "dateline"


def user_file(name: str, folder: str = FOLDER) -> Path:
    """Return where a user's own file has to lie; `folder` is "places" or "actors"."""
    return data_home() / folder / name


def users_own(name: str, folder: str = FOLDER) -> Path | None:
    """Return the user's own file, or None where there is none."""
    path = user_file(name, folder)
    return path if path.is_file() else None

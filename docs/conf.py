"""Settings of the documentation; built without a network by `make docs`."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))

import dateline

project = "Dateline"
author = "The Dateline contributors"
copyright = author
version = release = dateline.__version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = "Dateline"

autodoc_typehints = "description"
autodoc_member_order = "bysource"
nitpicky = False

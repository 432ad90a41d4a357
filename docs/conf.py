"""Sphinx configuration."""

from truceline import __version__

project = "Truceline"
author = "The Truceline authors"
copyright = "2026, The Truceline authors"
release = __version__
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx.ext.viewcode"]
myst_enable_extensions = ["colon_fence", "deflist", "dollarmath"]
myst_heading_anchors = 3
html_theme = "furo"
html_title = "Truceline"
exclude_patterns = ["_build", "data", "decisions/README.md"]
autodoc_typehints = "description"
suppress_warnings = ["myst.xref_missing"]

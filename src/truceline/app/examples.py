"""Where the worked examples lie: in the installed package, or in the checkout beside it."""

from __future__ import annotations

from pathlib import Path

import truceline
from truceline.core.errors import NotFound


def example_folder(name: str) -> Path:
    """The folder of an example such as ``idlib-2018``. Raises NotFound."""
    package = Path(truceline.__file__).parent
    for root in (package / "examples", package.parents[1] / "examples"):
        if (root / name).is_dir():
            return root / name
    raise NotFound(
        f"the example {name!r} is not installed",
        hint="install Truceline from its wheel or run it from a checkout",
    )

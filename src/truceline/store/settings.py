"""What a workspace says about itself beside its accord: `workspace.yaml`, today only where its record is.

    store: postgresql://monitor@db.example/mission?schema=idlib

Without the file, or without `store`, the record is the file `evidence.sqlite` in the folder.
"""

from __future__ import annotations

from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from truceline.core.durable import flush_folder, write_in_place
from truceline.core.errors import InvalidInput
from truceline.core.input_files import read_whole

SETTINGS = "workspace.yaml"
_MOST_BYTES = 65_536


def store_address(root: Path) -> str | None:
    """The address of the record of a workspace's folder; None: its own file. Raises InvalidInput."""
    path = root / SETTINGS
    if not path.exists():
        return None
    try:
        text = read_whole(path, _MOST_BYTES, accepted="a file with store: and an address").decode()
    except UnicodeError as error:
        raise InvalidInput(f"{path} is no text in UTF-8") from error
    try:
        said = YAML(typ="safe", pure=True).load(text)
    except YAMLError as error:
        raise InvalidInput(f"{path} is no YAML: {str(error).splitlines()[0]}") from error
    if said is None:
        return None
    if not isinstance(said, dict) or not set(said) <= {"store"}:
        raise InvalidInput(f"{path} says something else than it may; accepted: store: with an address")
    address = said.get("store")
    if address is not None and not isinstance(address, str):
        raise InvalidInput(
            f"{path}: store is {address!r}; accepted: postgresql://user@host/database?schema=name"
        )
    return address


def write_store_address(root: Path, address: str | None) -> None:
    """Says where the record is from now on; None: in the folder's own file. Raises OSError."""
    if address is None:
        (root / SETTINGS).unlink(missing_ok=True)
        flush_folder(root)
        return
    quoted = address.replace("'", "''")
    write_in_place(root / SETTINGS, f"store: '{quoted}'\n".encode())

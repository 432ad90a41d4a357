"""Saves a draft: the accord file and, beside it, the text that its quotes point into."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from truceline.accord.model import Accord
from truceline.accord.save import save_accord
from truceline.core.errors import Conflict, InvalidInput
from truceline.draft.drafting import DraftDocument


@dataclass(frozen=True, slots=True)
class SavedDraft:
    """What was written; `accord` names the text file and its sha256 in its source."""

    accord: Accord
    accord_file: Path
    text_file: Path


def save_draft(draft: DraftDocument, path: Path | str, *, overwrite: bool = False) -> SavedDraft:
    """Writes ``accord.yaml`` and ``<source>.txt`` beside it. Raises Conflict where one is there already."""
    path = Path(path)
    source = draft.accord.sources[0]
    text_file = path.with_name(f"{source.id}.txt")
    for file in (path, text_file):
        if file.exists() and not overwrite and not _same(file, draft.text, text_file):
            raise Conflict(f"{file} is there already", hint="choose another name, or --force to replace it")
    data = draft.text.encode("utf-8", "surrogatepass")
    kept = source.model_copy(update={"file": text_file.name, "sha256": hashlib.sha256(data).hexdigest()})
    accord = draft.accord.model_copy(update={"sources": (kept, *draft.accord.sources[1:])})
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        text_file.write_bytes(data)
        save_accord(accord, path)
    except OSError as error:
        raise InvalidInput(f"{path} cannot be written: {error.strerror or error}") from error
    return SavedDraft(accord, path, text_file)


def _same(file: Path, text: str, text_file: Path) -> bool:
    """Whether the file is the very text that would be written (the draft of a text in its own folder)."""
    return file == text_file and file.read_bytes() == text.encode("utf-8", "surrogatepass")

"""Photographs of observations: checked, stripped of what they tell beside the picture, kept and recorded."""

from __future__ import annotations

import hashlib
import io
import tempfile
from pathlib import Path
from typing import Any

from truceline.app.desk.desk import Desk
from truceline.core.acting import acting
from truceline.core.errors import InvalidInput, NotFound, StoreUnavailable, TooLarge
from truceline.core.instants import isoformat_utc
from truceline.evidence.ports import Origin

FORMATS = {"JPEG": ("jpg", "image/jpeg"), "PNG": ("png", "image/png"), "WEBP": ("webp", "image/webp")}
MOST_PIXELS = 60_000_000
MOST_BYTES = 20 << 20
PHOTOGRAPH = "photograph"


def clean_picture(content: bytes) -> tuple[bytes, str]:
    """A picture drawn again from its pixels, upright and without EXIF, XMP, comments or thumbnails; its kind.

    Only the pixels go on: what a camera, a phone or an attacker put beside them stays behind. Raises
    InvalidInput for what is no JPEG, PNG or WebP, TooLarge.
    """
    from PIL import Image, ImageOps, UnidentifiedImageError

    if len(content) > MOST_BYTES:
        raise TooLarge(f"the picture has {len(content)} bytes; accepted: at most {MOST_BYTES}")
    try:
        with Image.open(io.BytesIO(content), formats=list(FORMATS)) as picture:
            kind = str(picture.format)
            if picture.width * picture.height > MOST_PIXELS:
                raise TooLarge(
                    f"the picture is {picture.width} x {picture.height}; accepted: up to {MOST_PIXELS} pixels"
                )
            upright = ImageOps.exif_transpose(picture)
            plain = upright.convert("RGBA" if kind != "JPEG" and "A" in upright.getbands() else "RGB")
            bare = Image.new(plain.mode, plain.size)
            bare.paste(plain)
            made = io.BytesIO()
            bare.save(made, kind, **({"quality": 90} if kind != "PNG" else {}))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        if isinstance(error, InvalidInput):
            raise
        raise InvalidInput("this is no picture that can be read; accepted: JPEG, PNG, WebP") from error
    return made.getvalue(), kind


def attach(desk: Desk, observation: str, content: bytes, *, author: str) -> dict[str, Any]:
    """Keeps a photograph with the originals, and records it: as plain JSON data.

    `observation` is a recorded id. Raises InvalidInput.
    """
    return keep_picture(desk, observation, *clean_picture(content), author=author)


def keep_picture(desk: Desk, observation: str, clean: bytes, kind: str, *, author: str) -> dict[str, Any]:
    """Keeps a photograph that `clean_picture` made, as `attach` does."""
    ending, media_type = FORMATS[kind]
    digest = hashlib.sha256(clean).hexdigest()
    origin = Origin(f"{observation}.{ending}", digest, len(clean), PHOTOGRAPH, author)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / origin.file
        path.write_bytes(clean)
        with (
            acting(author=author, command="web attach"),
            desk.workspace.store() as store,
            store.write() as writer,
        ):
            desk.workspace.keep_original(path, origin)
            writer.record_attachment(origin)
    return {"sha256": digest, "media_type": media_type, "bytes": len(clean)}


def attachments_of(desk: Desk, observation: str) -> list[dict[str, Any]]:
    """The photographs of an observation, by its recorded id."""
    return [
        {
            "sha256": one.origin.sha256,
            "media_type": _media_type(one.origin.file),
            "bytes": one.origin.size_bytes,
            "recorded_at": isoformat_utc(one.recorded_at),
            "author": one.origin.source,
        }
        for one in _photographs(desk)
        if one.origin.file.rpartition(".")[0] == observation
    ]


def _photographs(desk: Desk) -> list[Any]:
    version = desk.now().version

    def read() -> list[Any]:
        with desk.workspace.store(read_only=True) as store:
            return [one for one in store.ingests() if one.origin.format == PHOTOGRAPH]

    return desk.remembered(("photographs", version), read)


def open_attachment(desk: Desk, observation: str, sha256: str) -> tuple[bytes, str]:
    """A photograph's bytes and kind. Raises NotFound, StoreUnavailable where the file is not the one."""
    for one in _photographs(desk):
        if one.origin.sha256 == sha256 and one.origin.file.rpartition(".")[0] == observation:
            path = desk.workspace.original_path(one.origin)
            content = path.read_bytes() if path.is_file() else b""
            if hashlib.sha256(content).hexdigest() != sha256:
                raise StoreUnavailable(f"the file of the photograph {sha256[:12]} is missing or was changed")
            return content, _media_type(one.origin.file)
    raise NotFound(f"there is no photograph {sha256} of this observation")


def _media_type(file: str) -> str:
    ending = file.rpartition(".")[2]
    return next((kind for one, kind in FORMATS.values() if one == ending), "application/octet-stream")

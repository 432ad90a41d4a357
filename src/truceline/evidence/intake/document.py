"""One evidence file as it came: its checksum, its text in UTF-8, and whether it is whole.

The file is read once to check it (checksum, encoding, NUL bytes, quotes left open), before any row is
handed on, and a second time to read it: memory stays constant however long the file is. A file that comes
alone in a ``.zip`` or ``.gz`` is unpacked on the way.
"""

from __future__ import annotations

import codecs
import csv
import gzip
import hashlib
import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

import pyarrow as pa

from truceline.core.errors import Fault, InvalidEvidence
from truceline.core.limits import UNPACKED_BYTES, UNPACKED_FREE_BYTES, UNPACKED_RATIO

CHUNK = 1 << 20
ENCODINGS = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "utf-16": "utf-16",
    "utf-16-le": "utf-16-le",
    "utf-16-be": "utf-16-be",
    "cp1252": "cp1252",
    "windows-1252": "cp1252",
    "cp1256": "cp1256",
    "windows-1256": "cp1256",
    "iso-8859-1": "iso-8859-1",
    "iso-8859-6": "iso-8859-6",
    "cp1251": "cp1251",
    "windows-1251": "cp1251",
    "cp1254": "cp1254",
    "windows-1254": "cp1254",
}
"""Encodings that may be declared. Only UTF-8 and UTF-16 with a mark are found without a word."""

_DAMAGED = (EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile)
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


@dataclass(frozen=True, slots=True)
class Document:
    """An evidence file that can be read: `sha256` is of the file as it came, packed or not."""

    path: Path
    sha256: str
    encoding: str
    mark: int
    holds_nul: bool
    ends_with_newline: bool

    @property
    def name(self) -> str:
        """The name under which the file is cited: without its folders, which are of one machine only."""
        return _shown(self.path)

    def open(self) -> io.BufferedIOBase | pa.NativeFile:
        """A binary stream of the file's text in UTF-8, without a byte order mark."""
        stream = _unpacked(self.path)
        stream.read(self.mark)
        if self.encoding == "utf-8":
            return cast(io.BufferedIOBase, stream)
        return pa.transcoding_input_stream(pa.PythonFile(stream, mode="r"), self.encoding, "utf-8")

    def head(self, size: int = 1 << 16) -> str:
        """The first `size` bytes of the text; a character that is cut is left out."""
        with self.open() as stream:
            return bytes(stream.read(size)).decode("utf-8", "ignore")

    def fail(self, message: str, *, hint: str | None = None, **about: object) -> InvalidEvidence:
        """The error to raise for the file as a whole."""
        fault = Fault(message, source=self.name, code="invalid-evidence", **about)  # type: ignore[arg-type]
        return InvalidEvidence.of_faults([fault], hint=hint)


def open_document(path: Path, *, encoding: str | None = None) -> Document:
    """Checks a file and says how to read it. Raises InvalidEvidence for one that cannot be read at all."""
    name = _shown(path)
    try:
        if not path.is_file():
            raise _broken(name, "there is no such file" if not path.exists() else "this is not a file")
        checksum = _sha256(path)
        with _unpacked(path) as stream:
            start = stream.read(4)
    except _DAMAGED as error:
        raise _broken(name, f"the packed file is damaged or cut off ({error})") from error
    except OSError as error:
        raise _broken(name, f"the file cannot be read ({error.strerror or error})") from error
    if not start:
        raise _broken(name, "the file is empty")
    mark, found = next(((len(m), e) for m, e in _MARKS if start.startswith(m)), (0, None))
    used = found or _declared(name, encoding) or "utf-8"
    # Python's utf-16 takes the mark away itself.
    skip = mark if used == "utf-8" else 0
    try:
        holds_nul, quotes_open, newline = _scan(path, name, used, skip)
    except (OSError, *_DAMAGED) as error:
        raise _broken(name, f"the packed file is damaged or cut off ({error})") from error
    document = Document(path, checksum, used, skip, holds_nul, newline)
    if quotes_open:
        _refuse_open_quote(document)
    return document


def _shown(path: Path) -> str:
    # A name on disk may hold bytes that are no text.
    return path.name.encode("utf-8", "replace").decode("utf-8")


def _broken(name: str, message: str, hint: str | None = None) -> InvalidEvidence:
    return InvalidEvidence.of_faults([Fault(message, source=name, code="invalid-evidence")], hint=hint)


def _declared(name: str, encoding: str | None) -> str | None:
    if encoding is None:
        return None
    known = ENCODINGS.get(encoding.lower().replace("_", "-"))
    if known is None:
        accepted = ", ".join(sorted(set(ENCODINGS.values())))
        fault = Fault("unknown encoding", source=name, path="encoding", found=encoding, accepted=accepted)
        raise InvalidEvidence.of_faults([fault])
    return known


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _unpacked(path: Path) -> BinaryIO:
    with path.open("rb") as file:
        magic = file.read(4)
    if magic.startswith(b"\x1f\x8b"):
        return cast(BinaryIO, gzip.open(path, "rb"))
    if not magic.startswith(b"PK\x03\x04"):
        return path.open("rb")
    try:
        archive = zipfile.ZipFile(path)
        members = [m for m in archive.infolist() if not m.is_dir() and not m.filename.startswith("__MACOSX")]
        if len(members) != 1:
            raise _broken(
                _shown(path), f"the archive holds {len(members)} files; accepted: an archive of one"
            )
        return cast(BinaryIO, archive.open(members[0]))
    # zipfile raises RuntimeError for what is encrypted, NotImplementedError for unknown ways of packing.
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        raise _broken(_shown(path), f"the archive cannot be opened ({error})") from error


def _chunks(path: Path, skip: int) -> Iterator[bytes]:
    # Measured while it is unpacked: what an archive says of its own size may not be so.
    packed = path.stat().st_size
    most = min(UNPACKED_BYTES, max(UNPACKED_RATIO * packed, UNPACKED_FREE_BYTES))
    with _unpacked(path) as stream:
        unpacked = len(stream.read(skip))
        while chunk := stream.read(CHUNK):
            unpacked += len(chunk)
            if unpacked > max(most, packed):
                raise _broken(
                    _shown(path),
                    f"the packed file of {packed:,} bytes unpacks to more than {most:,}: nobody packs "
                    "evidence so; unpack it yourself if you trust it",
                )
            yield chunk


def _scan(path: Path, name: str, encoding: str, skip: int) -> tuple[bool, bool, bool]:
    """(holds NUL, an odd number of quotes, ends with a newline), having decoded the whole file."""
    decoder = codecs.getincrementaldecoder(encoding)()
    quotes, lines, position, nul, newline, blank = 0, 1, skip, False, False, True
    for chunk in _chunks(path, skip):
        try:
            text = decoder.decode(chunk)
        except UnicodeError as error:
            raise _undecodable(name, encoding, lines, error) from error
        nul = nul or "\x00" in text
        quotes += text.count('"')
        lines += text.count("\n")
        position += len(chunk)
        if text:
            newline = text.endswith(("\n", "\r"))
            blank = blank and not text.strip()
    try:
        decoder.decode(b"", final=True)
    except UnicodeError as error:
        raise _undecodable(name, encoding, lines, error) from error
    if blank:
        raise _broken(name, "the file is empty")
    return nul, quotes % 2 == 1, newline


def _undecodable(name: str, encoding: str, lines: int, error: UnicodeError) -> InvalidEvidence:
    near = lines
    found = None
    if isinstance(error, UnicodeDecodeError):
        near += error.object[: error.start].count(b"\n")
        found = f"byte 0x{error.object[error.start]:02x}"
    fault = Fault(
        f"the text is not {encoding.upper()}",
        source=name,
        line=near,
        path="encoding",
        found=found,
        accepted="UTF-8 or UTF-16 text, or the encoding declared (for example cp1256 or cp1252)",
        code="invalid-evidence",
    )
    hint = "declare the encoding in the mapping file, as in `encoding: cp1256`"
    return InvalidEvidence.of_faults([fault], hint=hint)


def _refuse_open_quote(document: Document) -> None:
    # An odd number of quotes is no fault by itself (12" guns); a row that never ends is.
    with document.open() as stream:
        text = io.TextIOWrapper(cast(BinaryIO, stream), encoding="utf-8", newline="")
        start = text.read(1 << 16)
        if start.lstrip()[:1] in ("{", "["):
            return
        delimiter = max(",;\t|", key=start.split("\n", 1)[0].count)
        if delimiter == "\t" and start.count('"\t') + start.count('\t"') == 0:
            return
    with document.open() as stream:
        text = io.TextIOWrapper(cast(BinaryIO, stream), encoding="utf-8", newline="")
        reader = csv.reader((line.replace("\x00", "") for line in text), delimiter=delimiter, strict=True)
        csv.field_size_limit(1 << 30)
        begun = 1
        try:
            for _row in reader:
                begun = reader.line_num + 1
        except csv.Error as error:
            if "unexpected end of data" in str(error):
                raise document.fail(
                    "a quote is opened and never closed: the file is cut off or damaged", line=begun
                ) from error

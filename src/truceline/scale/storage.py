"""Files wherever the cluster's Hadoop file systems reach: this machine, HDFS, object stores."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_CHUNK = 1 << 20


def is_remote(path: str) -> bool:
    """Whether it is a URI, whose scheme says where it lies."""
    return _SCHEME.match(path) is not None


def location(path: str) -> str:
    """The path as a URI; one without a scheme is a path that this machine and all workers share."""
    return path if is_remote(path) else Path(path).absolute().as_uri()


def shown(uri: str) -> str:
    """The URI as a person would name it: a path where it is on this machine."""
    parts = urlsplit(uri)
    return url2pathname(parts.path) if parts.scheme == "file" else uri


class Storage:
    """What a location holds, through the JVM, so that every file system works that Spark knows."""

    def __init__(self, spark: SparkSession) -> None:
        self._jvm: Any = spark.sparkContext._jvm
        self._settings: Any = spark.sparkContext._jsc.hadoopConfiguration()  # type: ignore[attr-defined, unused-ignore]

    def exists(self, uri: str) -> bool:
        """Whether there is a file or folder."""
        path = self._path(uri)
        return bool(path.getFileSystem(self._settings).exists(path))

    def is_folder(self, uri: str) -> bool:
        """Whether there is a folder."""
        path = self._path(uri)
        system = path.getFileSystem(self._settings)
        return bool(system.exists(path) and system.getFileStatus(path).isDirectory())

    def delete(self, uri: str) -> None:
        """Removes a file or a folder with all in it, if it is there."""
        path = self._path(uri)
        path.getFileSystem(self._settings).delete(path, True)

    def write(self, uri: str, pieces: Iterable[bytes]) -> None:
        """Writes the pieces one after another, beside the place, and renames the file there when whole."""
        path, beside = self._path(uri), self._path(uri + ".new")
        system = path.getFileSystem(self._settings)
        stream = system.create(beside, True)
        try:
            held = bytearray()
            for piece in pieces:
                held += piece
                if len(held) >= _CHUNK:
                    stream.write(held)
                    held = bytearray()
            stream.write(held)
        finally:
            stream.close()
        system.delete(path, False)
        system.rename(beside, path)

    def _path(self, uri: str) -> Any:
        return self._jvm.org.apache.hadoop.fs.Path(self._jvm.java.net.URI.create(uri))

"""The connection to a Spark cluster, and what its failures mean to the person who waits for the result."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from truceline.core.errors import ClusterFailed, DependencyMissing, InvalidInput, TrucelineError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_UNREADABLE = re.compile(
    r"FAILED_READ_FILE|CANNOT_READ_FILE_FOOTER|UNABLE_TO_INFER_SCHEMA|PARQUET_TYPE_ILLEGAL"
    r"|UNSUPPORTED_TIME_TYPE|is not a Parquet file|Could not read footer"
)
_NAMED_FILE = re.compile(r"(?:reading|read) (?:the )?file:? (?:Name: )?(\S+?\.\w+)[\s.,]")


@contextmanager
def session(master: str | None, options: Mapping[str, str]) -> Iterator[SparkSession]:
    """A Spark session, ended afterwards unless it ran before.

    `master` is Spark's URL of the cluster; None: what spark-defaults.conf or PYSPARK_SUBMIT_ARGS say, else
    all cores of this machine. `options` are Spark's properties. Workers use the Python that
    PYSPARK_PYTHON or `spark.pyspark.python` names, else the path of this one. Raises DependencyMissing
    without PySpark or Java, ClusterFailed where the cluster does not answer.
    """
    try:
        import pandas  # noqa: F401  PySpark asks for it wherever it speaks Arrow
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise DependencyMissing(
            f"the Spark engine needs {error.name}, which is not installed",
            hint="install it with: pip install 'truceline[spark]'",
        ) from error
    running = SparkSession.getActiveSession()
    if running is not None:
        yield _isolated(running)
        return
    if not _has_java():
        raise DependencyMissing(
            "the Spark engine needs Java 17 or newer, and there is no java on the PATH or in JAVA_HOME",
            hint="install a Java runtime, as with: apt-get install openjdk-17-jre-headless",
        )
    os.environ.setdefault("PYSPARK_PYTHON", options.get("spark.pyspark.python", sys.executable))
    builder = SparkSession.builder.appName("truceline screen").config("spark.ui.showConsoleProgress", "false")
    if master is not None:
        builder = builder.master(master)
    for name, value in options.items():
        builder = builder.config(name, value)
    try:
        spark = builder.getOrCreate()
    except Exception as error:  # PySpark has no common class for what goes wrong here
        raise ClusterFailed(
            f"Spark could not be started at {master or 'its configured master'}: {_first_line(error)}",
            hint="check the URL of the master and that this machine can reach it",
        ) from error
    try:
        spark.sparkContext.setLogLevel("WARN" if os.environ.get("TRUCELINE_DEBUG") else "OFF")
        yield _isolated(spark)
    finally:
        spark.stop()


@contextmanager
def explained(points: str) -> Iterator[None]:
    """Turns Spark's exceptions into ours: InvalidInput for files it cannot read, else ClusterFailed."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    try:
        yield
    except TrucelineError:
        raise
    except (PySparkException, Py4JError) as error:
        text = str(error)
        if _UNREADABLE.search(text):
            named = _NAMED_FILE.search(text)
            raise InvalidInput(
                f"{named.group(1) if named else points}: cannot be read as Parquet; it may have been cut "
                f"short; found {_first_line(error)}"
            ) from error
        raise ClusterFailed(
            f"the cluster gave up: {_first_line(error)}",
            hint="TRUCELINE_DEBUG=1 lets Spark log what it does; its workers' logs say more",
        ) from error


def _isolated(spark: SparkSession) -> SparkSession:
    """A session beside the given one, with the settings on which a right answer depends."""
    own = spark.newSession()
    for name, value in (
        ("spark.sql.session.timeZone", "UTC"),
        ("spark.sql.caseSensitive", "true"),
        # Some clusters are set to pass over what they cannot read; points must not go missing unsaid.
        ("spark.sql.files.ignoreCorruptFiles", "false"),
        ("spark.sql.files.ignoreMissingFiles", "false"),
        ("spark.sql.execution.arrow.maxRecordsPerBatch", "65536"),
        ("spark.sql.execution.arrow.useLargeVarTypes", "false"),
    ):
        own.conf.set(name, value)
    return own


def _has_java() -> bool:
    home = os.environ.get("JAVA_HOME")
    return shutil.which("java") is not None or bool(home and (Path(home) / "bin" / "java").exists())


def _first_line(error: BaseException) -> str:
    text: Any = getattr(error, "desc", None) or str(error)
    # Of a Python worker's traceback the last line is the one that says something.
    lines = [line.strip() for line in str(text).splitlines() if line.strip()]
    if not lines:
        return type(error).__name__
    first = lines[0]
    if "Python worker" in first:
        first = next((line for line in lines if re.match(r"[\w.]+(Error|Exception|Failed)\b", line)), first)
    return first[:300].rstrip(".")

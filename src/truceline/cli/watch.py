"""``truceline watch``: positions screened as they come."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from threading import Event as Flag
from typing import Annotated

import typer

from truceline.app.watch import WatchReport, WatchRequest
from truceline.app.watch import watch as run_watch
from truceline.cli.output import Json, print_json, reports_errors, say
from truceline.core.errors import InvalidInput
from truceline.watch.sources import Source
from truceline.watch.watcher import WatchRules

app = typer.Typer()


@app.command("watch")
@reports_errors
def watch(
    positions: Annotated[
        Path | None,
        typer.Argument(help="A file of positions as NDJSON; - or nothing is standard input."),
    ] = None,
    zones: Annotated[
        Path, typer.Option("--zones", help="The zones, as GeoJSON polygons; they may have times.")
    ] = ...,  # type: ignore[assignment]
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Append events to this file, durably.")
    ] = None,
    state: Annotated[
        Path | None, typer.Option(help="A folder that keeps the state, so that a watch can go on.")
    ] = None,
    lateness_s: Annotated[
        float, typer.Option(help="How late a position may come after a newer one of its object.")
    ] = 10.0,
    silence_s: Annotated[
        float, typer.Option(help="An object is forgotten after so long without a position.")
    ] = 1800.0,
    decided: Annotated[
        float, typer.Option(help="The probability from which an object near a boundary is in, or out.")
    ] = 0.99,
    dwell_s: Annotated[float, typer.Option(help="Report a stay that lasts so long; 0: never.")] = 0.0,
    default_error_m: Annotated[
        float,
        typer.Option("--default-error-m", help="The error of positions without `error_m` (95% radius)."),
    ] = 0.0,
    pseudonymise: Annotated[
        Path | None,
        typer.Option(help="Replace object ids by a keyed hash; the secret is in this file."),
    ] = None,
    follow: Annotated[bool, typer.Option("--follow", help="Wait for more at the file's end.")] = False,
    continued: Annotated[
        bool,
        typer.Option("--continued", help="Standard input goes on where it stopped, not from its beginning."),
    ] = False,
    hold: Annotated[
        bool, typer.Option("--hold", help="At the end keep what waits for late positions, for a later run.")
    ] = False,
    http: Annotated[
        int | None,
        typer.Option(min=0, max=65535, help="Take POSTs at /positions on this loopback port; 0: a free one."),
    ] = None,
    nats: Annotated[str | None, typer.Option(help="Read from JetStream of this NATS server.")] = None,
    stream: Annotated[str | None, typer.Option(help="The JetStream stream.")] = None,
    subject: Annotated[str | None, typer.Option(help="Only messages of this subject.")] = None,
    credentials: Annotated[Path | None, typer.Option(help="NATS credentials file.")] = None,
    checkpoint_s: Annotated[float, typer.Option(help="How often the state is kept.")] = 2.0,
    max_objects: Annotated[
        int, typer.Option(min=1, help="Follow at most so many objects at a time.")
    ] = 1_000_000,
    as_json: Json = False,
) -> None:
    """Screens a stream of positions as they come: enter, leave, near and dwell, once per crossing.

    It is for vehicles, convoys, patrols and sensors that monitors track under the agreement, not for
    following people, and it serves no targeting: events hold no coordinates, positions are kept no longer
    than late ones may come, and `--pseudonymise` hides who is who.

    A position is one line: object, time, lon, lat, and error_m where it is known. Events are NDJSON on
    standard output, or appended to a file. With `--state` a watch that ended, however it ended, goes on
    without loss or repetition.

    Example: `truceline watch positions.ndjson --zones zones.geojson -o events.ndjson --state watch-state`
    """
    if as_json and output is None:
        raise InvalidInput(
            "with --json standard output holds one document, so the events need a file; accepted: -o FILE"
        )
    sources = [positions is not None and str(positions) != "-", http is not None, nats is not None]
    if sum(sources) > 1:
        raise InvalidInput("there is one source at a time: a file, --http or --nats")
    if follow and not sources[0]:
        raise InvalidInput("--follow needs a file of positions")
    if continued and any(sources):
        raise InvalidInput("--continued is for standard input; other sources know where they stand")
    if (http is not None or nats is not None) and state is None:
        raise InvalidInput("--http and --nats need --state FOLDER, which keeps where they stand")
    if (nats is None) != (stream is None):
        raise InvalidInput("--nats URL and --stream NAME go together")

    def open_source() -> Source:
        if http is not None:
            from truceline.watch.sources.http import HttpSource

            assert state is not None
            return HttpSource(http, state / "spool")
        if nats is not None:
            from truceline.watch.sources.nats import NatsSource, check_url

            assert stream is not None
            return NatsSource(check_url(nats), stream, subject=subject, credentials=credentials, say=say)
        from truceline.watch.sources.lines import file_source, standard_input

        if sources[0]:
            assert positions is not None
            return file_source(positions, follow=follow)
        return standard_input(continued=continued)

    stop = Flag()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    request = WatchRequest(
        zones=zones,
        rules=WatchRules(lateness_s, silence_s, decided, dwell_s, default_error_m, max_objects),
        output=output,
        state=state,
        key_file=pseudonymise,
        checkpoint_s=checkpoint_s,
        hold=hold,
    )
    report = run_watch(request, open_source, emit=_print, stop=stop, started=_tell)
    if as_json:
        print_json(report.as_dict())
    _sum_up(report)


def _print(data: bytes) -> bool:
    """Writes events to standard output at once; False where its reader has left."""
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # Python would complain when it flushes at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return False
    return True


def _tell(source: Source) -> None:
    url = getattr(source, "url", None)
    say(f"watching {source.name}" + (f" at {url}" if url else "") + "; Ctrl+C ends it")


def _sum_up(report: WatchReport) -> None:
    n = report.numbers
    kinds = ", ".join(f"{count:,} {kind}" for kind, count in report.by_kind.items())
    say(f"{n['positions']:,} positions of {n['objects']:,} objects; {n['events']:,} events ({kinds})")
    if n["bad"]:
        say(f"{n['bad']:,} lines could not be used")
        for fault in report.faults[:1]:
            say(f"the first of this run: {fault.sentence()}")
    if n["late"] * 2 > n["positions"] > 0:
        say(f"{n['late']:,} positions came too late: --lateness-s is how late they may come")
    if n["refused"]:
        say(f"{n['refused']:,} positions of too many objects were left out: --max-objects is how many may be")

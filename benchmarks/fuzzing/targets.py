"""Every reader of Truceline as a function of bytes: a new reader is a function and a line in one of these."""

from __future__ import annotations

from collections.abc import Iterator

from fuzzing.target import Target


def targets() -> Iterator[tuple[str, Target]]:
    """Name and target of every reader."""
    from fuzzing.agreements import agreement_targets
    from fuzzing.bundles import bundle_targets
    from fuzzing.documents import document_targets
    from fuzzing.evidence import evidence_targets
    from fuzzing.field import field_targets
    from fuzzing.ground import ground_targets
    from fuzzing.server import server_targets
    from fuzzing.tracks import track_targets

    yield from track_targets()
    yield from bundle_targets()
    yield from document_targets()
    yield from field_targets()
    yield from agreement_targets()
    yield from evidence_targets()
    yield from ground_targets()
    yield from server_targets()

"""Assessments that are published: recorded with their digest, and what has changed since."""

from __future__ import annotations

from typing import Any

from truceline.accord.digests import accord_digest
from truceline.assess.explain import Inquiry
from truceline.assess.publish import changes_since, content_of, last_published
from truceline.core.errors import InvalidInput
from truceline.evidence.records import Publication
from truceline.store.workspace import Workspace


def publish(workspace: Workspace, inquiry: Inquiry, author: str) -> Publication:
    """Records an assessment: its digest, what was asked, and the state of every obligation.

    Raises InvalidInput without an author.
    """
    if not author.strip():
        raise InvalidInput(
            "a published assessment needs an author", hint="--author NAME, or TRUCELINE_AUTHOR"
        )
    text = workspace.accord_text()
    content = content_of(inquiry.assessment, accord_digest(text))
    with workspace.store() as store, store.write() as writer:
        writer.record_accord(text)
        return writer.record_publication(
            content, as_of=inquiry.as_of, known_at=inquiry.known_at, author=author
        )


def since_published(workspace: Workspace, inquiry: Inquiry) -> dict[str, Any] | None:
    """What changed since the assessment that was published last, as known at the inquiry's known-at; None
    where none was published by then."""
    published = last_published(inquiry.publications)
    if published is None:
        return None
    return changes_since(inquiry, published, accord_digest(workspace.accord_text()))

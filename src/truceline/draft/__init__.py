"""From the text of an agreement, or a report of one, to a draft accord in which every provision is quoted."""

from truceline.draft.drafting import DraftDocument, draft_text

__all__ = ["DraftDocument", "draft_text"]

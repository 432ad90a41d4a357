"""The log of readings as administrators look at it: who read which sensitive data, newest first, in pages."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from truceline.app.accounts import find_account
from truceline.core.errors import InvalidInput
from truceline.core.instants import isoformat_utc
from truceline.evidence.permissions import Kind
from truceline.store.accounts import AccountFile


def readings_page(
    accounts: AccountFile,
    *,
    limit: int,
    before: int | None = None,
    account: str | None = None,
    kind: str | None = None,
    since: datetime | None = None,
) -> dict[str, Any]:
    """A page as plain JSON data: `items`, and as `next` what `before` is for the page after; None: the last.

    `first_bad` is the number of the first entry that is not as it was recorded. `account` is a name or id;
    `since` is aware. Raises NotFound for an unknown account, InvalidInput for an unknown kind.
    """
    if kind is not None and kind not in list(Kind):
        raise InvalidInput(f"kind: found {kind!r}; accepted: {', '.join(Kind)}")
    id = find_account(accounts, account).id if account is not None else None
    found = accounts.readings(before=before, limit=limit + 1, account=id, kind=kind, since=since)
    names = {one.id: one.name for one in accounts.accounts()}
    items = [
        {
            "seq": one.seq,
            "at": isoformat_utc(one.at),
            "account": one.account,
            "name": names.get(one.account),
            "role": one.role,
            "party": one.party,
            "kinds": list(one.kinds),
            "what": one.what,
        }
        for one in found[:limit]
    ]
    following = items[-1]["seq"] if len(found) > limit else None
    return {"items": items, "next": following, "first_bad": accounts.readings_hold()}

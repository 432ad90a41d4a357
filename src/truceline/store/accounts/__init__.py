"""Accounts, sessions and the log of readings of a workspace, in a file of their own beside the record.

They are no part of the record: accounts end, sessions expire, and nothing of them goes to other offices.
"""

from truceline.store.accounts.file import ACCOUNTS, NAMES_KEY, AccountFile, copy_accounts
from truceline.store.accounts.model import Account, Reading, Session

__all__ = ["ACCOUNTS", "NAMES_KEY", "Account", "AccountFile", "Reading", "Session", "copy_accounts"]

"""Accounts, sessions, alerts and the log of readings, in a file of their own beside the record.

They are no part of the record: accounts end, sessions expire, and nothing of them goes to other offices.
"""

from truceline.store.accounts.database import ACCOUNTS, NAMES_KEY, copy_accounts
from truceline.store.accounts.file import AccountFile
from truceline.store.accounts.model import Account, Alert, Reading, Session, Waiting

__all__ = [
    "ACCOUNTS",
    "NAMES_KEY",
    "Account",
    "AccountFile",
    "Alert",
    "Reading",
    "Session",
    "Waiting",
    "copy_accounts",
]

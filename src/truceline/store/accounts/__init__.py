"""Accounts, sessions, alerts and the log of readings, in a file of their own beside the record.

They are no part of the record: accounts end, sessions expire, and nothing of them goes to other offices.
"""

from truceline.store.accounts.database import ACCOUNTS, NAMES_KEY, copy_accounts
from truceline.store.accounts.file import AccountFile, session_id
from truceline.store.accounts.model import Account, Alert, Reading, Session, SignIn, Waiting

__all__ = [
    "ACCOUNTS",
    "NAMES_KEY",
    "Account",
    "AccountFile",
    "Alert",
    "Reading",
    "Session",
    "SignIn",
    "Waiting",
    "copy_accounts",
    "session_id",
]

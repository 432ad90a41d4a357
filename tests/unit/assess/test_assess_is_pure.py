"""The verdict is a function of its arguments: no clock, no file, no network."""

from __future__ import annotations

import builtins
import io
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import pytest
from freezegun import freeze_time

# Freezing the clock asks every module for all that it offers; `truceline` would load this one only then.
import truceline.app.notebook  # noqa: F401

FIRE = {"id": "p", "kind": "cessation", "parties": ["north"], "area": "zone"}


def test_no_clock_file_or_network_is_read(
    make_case: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    case = make_case(FIRE)
    case.report("shelling", "2018-10-01", "north")
    case.assess("2018-10-31")  # vocabularies, messages and libraries are loaded once
    with freeze_time("2018-10-02"):
        first = case.assess("2018-10-31").as_dict()

    def refuse(*_: object, **__: object) -> NoReturn:
        raise AssertionError("assess may not read files or the network")

    monkeypatch.setattr(builtins, "open", refuse)
    monkeypatch.setattr(io, "open", refuse)
    monkeypatch.setattr(Path, "open", refuse)
    monkeypatch.setattr(socket, "socket", refuse)
    with freeze_time("2031-01-01"):
        again = case.assess("2018-10-31").as_dict()
    assert again == first


def test_a_moment_without_a_time_zone_is_refused(make_case: Callable[..., Any]) -> None:
    import datetime as dt

    from truceline.core.errors import InvalidInput

    with pytest.raises(InvalidInput, match="known_at needs a time zone"):
        make_case(FIRE).assess("2018-10-31", known_at=dt.datetime(2019, 1, 1))  # noqa: DTZ001

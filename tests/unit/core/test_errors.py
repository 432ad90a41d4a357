import importlib
import pkgutil
from pathlib import Path

import truceline
from truceline.core.errors import Fault, InvalidEvidence, TrucelineError

# Raised and caught within one package: the first becomes the fault of a row, the second undoes a dry run.
SIGNALS = {"UnacceptableError", "_DryRun", "Rejected", "Refused", "AmbiguousJson"}

REFERENCE = Path(__file__).parents[3] / "docs" / "reference" / "errors.md"


def every_error() -> set[type[TrucelineError]]:
    for module in pkgutil.walk_packages(truceline.__path__, "truceline."):
        if "migrations" not in module.name:
            importlib.import_module(module.name)
    found: set[type[TrucelineError]] = set()
    waiting: list[type[TrucelineError]] = [TrucelineError]
    while waiting:
        kind = waiting.pop()
        found.add(kind)
        waiting.extend(kind.__subclasses__())
    return found


def test_a_sentence_names_the_file_the_row_the_field_what_was_found_and_what_is_accepted() -> None:
    fault = Fault(
        "not a longitude", source="events.csv", row=7, path="lon", found="'361.2'", accepted="-180 to 180"
    )
    assert fault.sentence() == "events.csv, row 7, lon: not a longitude; found '361.2'; accepted: -180 to 180"


def test_an_error_of_several_faults_says_the_first_and_how_many_more_and_carries_all() -> None:
    error = InvalidEvidence.of_faults([Fault("a", source="f.csv", row=1, path="x"), Fault("b")])
    assert str(error) == "f.csv, row 1, x: a (and 1 more)"
    problem = error.problem()
    assert (problem["source"], problem["row"], problem["field"]) == ("f.csv", 1, "x")
    assert [fault["message"] for fault in problem["faults"]] == ["a", "b"]
    assert problem["type"].endswith(problem["code"])


def test_every_error_has_a_code_of_its_own_that_the_reference_documents() -> None:
    errors = every_error()
    codes = [error.code for error in errors]
    assert len(codes) == len(set(codes))
    text = REFERENCE.read_text(encoding="utf-8")
    assert [code for code in codes if f"`{code}`" not in text] == []


def test_no_other_exception_of_ours_bypasses_the_root() -> None:
    every_error()
    strays = [
        kind.__qualname__
        for kind in _descendants(Exception)
        if kind.__module__.startswith("truceline.")
        and not issubclass(kind, TrucelineError)
        and kind.__name__ not in SIGNALS
    ]
    assert strays == []


def _descendants(kind: type[Exception]) -> set[type[Exception]]:
    found: set[type[Exception]] = set()
    for child in kind.__subclasses__():
        found |= {child} | _descendants(child)
    return found

"""Every message that the code names exists, and every message of the file is named in the code."""

from __future__ import annotations

import ast as python
import re
from pathlib import Path

import pytest
from fluent.syntax import FluentParser, ast

import truceline
from truceline.assess.assessment import Status
from truceline.assess.engine import RULES
from truceline.assess.ruleset import RULESETS
from truceline.core.messages import Messages, listed
from truceline.evidence.cases import RESULTS
from truceline.evidence.confirmations import STATES

PACKAGE = Path(truceline.__file__).parent
FTL = PACKAGE / "locale" / "en" / "assess.ftl"
FORBIDDEN = re.compile(r"\b(terroris|regime|rebel|liberat|martyr)", re.IGNORECASE)


def _messages() -> dict[str, str]:
    resource = FluentParser().parse(FTL.read_text(encoding="utf-8"))
    junk = [entry.content for entry in resource.body if isinstance(entry, ast.Junk)]
    assert junk == []
    text = FTL.read_text(encoding="utf-8")
    return {
        entry.id.name: text[entry.span.start : entry.span.end]
        for entry in resource.body
        if isinstance(entry, ast.Message) and entry.span is not None
    }


def _named_in_code() -> set[str]:
    source = "\n".join(path.read_text(encoding="utf-8") for path in (PACKAGE / "assess").rglob("*.py"))
    named = set(re.findall(r'"([a-z]+(?:-[a-z]+)*)"', source))
    named |= {f"status-{str(status).replace('_', '-')}" for status in Status}
    named |= {f"rule-{kind.replace('_', '-')}" for kind in RULES}
    named |= {f"finding-result-{result.replace('_', '-')}" for result in RESULTS}
    named |= {f"zone-{state}" for state in STATES}
    return named | {"finding-possible", "finding-probable", "patrols-joint", "patrols-coordinated"}


def test_every_message_is_used_and_every_message_used_exists() -> None:
    known, named = set(_messages()), _named_in_code()
    assert known - named == set(), "messages that nothing says"
    # Every call of reason(...) names a message of the file.
    source = "\n".join(path.read_text(encoding="utf-8") for path in (PACKAGE / "assess").rglob("*.py"))
    said = set(re.findall(r'(?:\.reason|words\.say)\(\s*"([a-z-]+)"', source))
    messages = set(re.findall(r'\b(?:\w+_)?message(?:: str)? ?= ?"([a-z-]+)"', source))
    assert (said | messages) - known == set(), "messages that nobody wrote"


def _factors_in_code() -> set[str]:
    """The names of all factors: keys of the mappings from names to what is asked of rows."""
    found: set[str] = {"report", "inquiry"}
    for path in (PACKAGE / "assess").rglob("*.py"):
        for node in python.walk(python.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, python.Dict):
                continue
            asked = [
                isinstance(value, python.Lambda)
                or (isinstance(value, python.Call) and python.unparse(value.func) == "partial")
                or python.unparse(value).startswith("self.p_")
                for value in node.values
            ]
            if any(asked):
                found |= {str(key.value) for key in node.keys if isinstance(key, python.Constant)}
    return found


@pytest.mark.parametrize("language", ["en", "ar", "ru", "tr"])
def test_every_factor_of_a_probability_has_a_word(language: str) -> None:
    factors = _factors_in_code()
    assert {"time", "party", "shows", "on_route"} <= factors
    words = (PACKAGE / "locale" / language / "report.ftl").read_text(encoding="utf-8")
    assert [name for name in sorted(factors) if f"\nfactor-{name} = " not in words] == []


def test_the_words_are_neutral() -> None:
    assert [name for name, text in _messages().items() if FORBIDDEN.search(text)] == []


def test_plurals_read_well() -> None:
    messages = Messages("assess")
    one = {"reports": 1, "incidents": 1, "voices": 1, "probability": "0.65"}
    many = {"reports": 3, "incidents": 2, "voices": 1, "probability": "0.84"}
    assert messages.say("breach-reports", one).startswith("One report spoke of a breach")
    assert messages.say("breach-reports", many) == (
        "3 reports, of 2 incidents and from one independent source, spoke of a breach, "
        "with a joint probability of 0.84."
    )
    assert listed(["a", "b", "c"]) == "a, b and c"


def test_a_message_that_does_not_exist_or_lacks_an_argument_is_a_defect() -> None:
    with pytest.raises(KeyError, match="no-such-message"):
        Messages("assess").say("no-such-message")
    with pytest.raises(KeyError, match="day"):
        Messages("assess").say("begins-later")


def test_the_numbers_of_the_ruleset_are_documented() -> None:
    page = (PACKAGE.parents[1] / "docs" / "reference" / "assessment.md").read_text(encoding="utf-8")
    names = [name for name in RULESETS["v1"].__dataclass_fields__ if name not in ("name", "grace_days")]
    assert [name for name in names if f"`{name}`" not in page] == []

"""Every message in every language: nothing missing, every variable, the plural forms of CLDR, nothing left in
English. A missing translation fails here, and so the build."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel import Locale
from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor
from ruamel.yaml import YAML

import truceline
from truceline.accord.acts import families
from truceline.accord.weapons import classes
from truceline.core.bidi import CLOSE, OPEN, flat, isolated
from truceline.core.messages import LANGUAGES, Messages, listed

LOCALE = Path(truceline.__file__).parent / "locale"
DOMAINS = tuple(sorted(path.stem for path in (LOCALE / "en").glob("*.ftl")))
OTHERS = tuple(language for language in LANGUAGES if language != "en")
CATEGORIES = frozenset({"zero", "one", "two", "few", "many", "other"})

# Letters of formulas, commands and keys, which are the same in every language.
SAME_EVERYWHERE = re.compile(
    r"SHA-256|PDF|HTML|REF|truceline \w+|Escape|Enter|\bP\(|\bP\b|\b[cpx]\b|GPS|UTC|WGS 84|Ed25519|RFC \d+"
)


class _Held(Visitor):
    """The variables, texts and selections of one message."""

    def __init__(self) -> None:
        self.variables: set[str] = set()
        self.texts: list[str] = []
        self.selections: list[tuple[str, list[str], str]] = []

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802
        self.variables.add(node.id.name)

    def visit_TextElement(self, node: ast.TextElement) -> None:  # noqa: N802
        self.texts.append(node.value)

    def visit_SelectExpression(self, node: ast.SelectExpression) -> None:  # noqa: N802
        def key(variant: ast.Variant) -> str:
            return variant.key.name if isinstance(variant.key, ast.Identifier) else variant.key.value

        selector = node.selector
        name = selector.id.name if isinstance(selector, ast.VariableReference) else "?"
        default = next(key(variant) for variant in node.variants if variant.default)
        self.selections.append((name, [key(variant) for variant in node.variants], default))
        self.generic_visit(node)


def _messages(language: str, domain: str) -> dict[str, _Held]:
    text = (LOCALE / language / f"{domain}.ftl").read_text(encoding="utf-8")
    body = FluentParser().parse(text).body
    assert [entry.content for entry in body if isinstance(entry, ast.Junk)] == []
    found: dict[str, _Held] = {}
    for entry in body:
        if isinstance(entry, ast.Message):
            assert entry.id.name not in found, f"{entry.id.name} stands twice"
            held = found[entry.id.name] = _Held()
            held.visit(entry)
    return found


@pytest.mark.parametrize("domain", DOMAINS)
@pytest.mark.parametrize("language", OTHERS)
def test_every_message_is_there_with_every_variable(language: str, domain: str) -> None:
    english, other = _messages("en", domain), _messages(language, domain)
    assert sorted(set(english) - set(other)) == [], "not translated"
    assert sorted(set(other) - set(english)) == [], "not in English"
    differing = {
        id: (english[id].variables, other[id].variables)
        for id in english
        if english[id].variables != other[id].variables
    }
    assert differing == {}


@pytest.mark.parametrize("domain", DOMAINS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_plurals_have_exactly_the_forms_of_the_language(language: str, domain: str) -> None:
    wanted = set(Locale.parse(language).plural_form.tags) | {"other"}
    for id, held in _messages(language, domain).items():
        for variable, keys, default in held.selections:
            named = set(keys) & CATEGORIES
            if named == {"other"} or not named:  # a choice that is no plural, such as signed or not
                continue
            assert named == wanted, f"{id}, {variable}"
            assert default == "other", id
            assert len(set(keys)) == len(keys), id


@pytest.mark.parametrize("domain", DOMAINS)
@pytest.mark.parametrize("language", OTHERS)
def test_a_count_that_english_declines_is_declined_in_every_language(language: str, domain: str) -> None:
    english, other = _messages("en", domain), _messages(language, domain)
    for id, held in english.items():
        plain = [name for name, keys, _ in held.selections if set(keys) & CATEGORIES == {"other"}]
        assert [n for n, keys, _ in other[id].selections if set(keys) & CATEGORIES == {"other"}] == plain, id
        if held.selections and not plain:
            assert other[id].selections, id


@pytest.mark.parametrize("domain", DOMAINS)
@pytest.mark.parametrize("language", OTHERS)
def test_nothing_is_left_in_english(language: str, domain: str) -> None:
    english, other = _messages("en", domain), _messages(language, domain)
    left = []
    for id, held in other.items():
        text = SAME_EVERYWHERE.sub("", " ".join(held.texts))
        same = " ".join(english[id].texts) == " ".join(held.texts)
        if same and re.search(r"[A-Za-z]{4}", text):
            left.append(id)
        latin = re.findall(r"[A-Za-z]{2,}", text)
        if language in ("ar", "ru") and latin:
            left.append(f"{id}: {latin}")
        if re.search(r"\b(the|and|of|is|was|that|report|reports|with)\b", text):
            left.append(f"{id}: {text}")
    assert left == []


def _numbers() -> Iterator[int]:
    yield from (0, 1, 2, 3, 5, 11, 21, 22, 25, 100, 101, 102, 111, 1000)


@pytest.mark.parametrize("domain", DOMAINS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_can_be_said_with_every_number(language: str, domain: str) -> None:
    messages = Messages(domain, language)
    for id, held in _messages(language, domain).items():
        counted = {name for name, _, _ in held.selections}
        for number in _numbers() if counted else (1,):
            given = {name: number if name in counted else "x" for name in held.variables}
            assert flat(messages.say(id, given)).strip(), id


def test_the_six_forms_of_arabic_and_the_three_of_russian_are_said() -> None:
    arabic, russian = Messages("report", "ar"), Messages("report", "ru")

    def said(words: Messages, count: int) -> str:
        return flat(words.say("board-days-left", {"count": count, "shown": str(count)}))

    assert [said(arabic, n) for n in (0, 1, 2, 3, 11, 100)] == [
        "لم يبق يوم", "بقي يوم واحد", "بقي يومان", "بقيت 3 أيام", "بقي 11 يوماً", "بقي 100 يوم",
    ]  # fmt: skip
    assert [said(russian, n) for n in (1, 2, 5, 11, 21, 22)] == [
        "остался 1 день", "осталось 2 дня", "осталось 5 дней", "осталось 11 дней", "остался 21 день",
        "осталось 22 дня",
    ]  # fmt: skip


def test_lists_have_the_comma_of_the_language() -> None:
    assert [flat(listed(["a", "b", "c"], language)) for language in LANGUAGES] == [
        "a, b and c", "a، b وc", "a, b и c", "a, b ve c",
    ]  # fmt: skip


def test_arguments_of_an_arabic_sentence_are_set_apart_and_cannot_break_out() -> None:
    said = Messages("assess", "ar").say("condition", {"text": "SANA (15\u2069) \u2068" + CLOSE})
    assert said.endswith(f"{OPEN}SANA (15\\u2069) \\u2068{CLOSE}")


def test_kinds_and_weapons_have_a_name_in_every_language() -> None:
    for kinds in families().values():
        assert {kind: set(LANGUAGES) - set(names) for kind, names in kinds.items()} == {
            kind: set() for kind in kinds
        }
    assert {one.id: set(LANGUAGES) - set(one.names) for one in classes().values()} == {
        id: set() for id in classes()
    }


def test_the_glossary_names_a_source_for_every_term_and_the_messages_use_it() -> None:
    terms = YAML(typ="safe").load((LOCALE / "glossary.yaml").read_text(encoding="utf-8"))
    for term, entry in terms.items():
        assert set(LANGUAGES) <= set(entry), term
        assert len(entry["source"]) > 20, term
        assert isinstance(entry["seen"], bool), term
        domain, _, message = entry["message"].partition("/")
        for language in LANGUAGES:
            wanted = entry.get("stem", {}).get(language, entry[language])
            text = " ".join(_messages(language, domain)[message].texts)
            fold = str.maketrans({"İ": "i", "I": "ı"}) if language == "tr" else {}
            assert wanted.casefold() in text.translate(fold).casefold(), (term, language, text)


def test_a_date_within_an_arabic_sentence_reads_from_right_to_left() -> None:
    day = Messages("calendar", "ar").say("day", {"day": "5", "month": "آذار/مارس", "year": "2020"})
    said = isolated(Messages("assess", "ar").say("holds-since", {"day": day}))
    # RLI around the date: all that it holds are isolates and spaces, and UAX 9 would make it left to right.
    assert said == "كان هذا سارياً منذ \u2067\u20665\u2069 \u2068آذار/مارس\u2069 \u20662020\u2069\u2069."

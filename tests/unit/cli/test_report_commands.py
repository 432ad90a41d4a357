from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from truceline.app.ingest import ingest
from truceline.app.report import ReportRequest, report_html
from truceline.cli.main import run
from truceline.store.workspace import Workspace

Ran = tuple[int, str, str]


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory, idlib: Path) -> Path:
    root = tmp_path_factory.mktemp("report-commands") / "idlib"
    made = Workspace.create(root, idlib / "accord.yaml")
    ingest(made, [idlib / "reported-events.csv"])
    return root


@pytest.fixture
def truceline(capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    def command(*arguments: object) -> Ran:
        with pytest.raises(SystemExit) as ended:
            run([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return ended.value.code, captured.out, captured.err

    return command


def test_a_report_is_written_and_described_as_json(
    truceline: Callable[..., Ran], workspace: Path, tmp_path: Path
) -> None:
    file = tmp_path / "report.html"
    code, out, _ = truceline("report", workspace, "--as-of", "2018-10-15", "-o", file, "--json")
    assert code == 0
    said = json.loads(out)
    content = file.read_bytes()
    assert said["bytes"] == len(content)
    assert said["sha256"] == hashlib.sha256(content).hexdigest()
    assert said["as_of"] == ["2018-10-15T21:00:00Z"]
    assert said["observations"] == 29


def test_without_json_nothing_goes_to_standard_output(
    truceline: Callable[..., Ran], workspace: Path, tmp_path: Path
) -> None:
    code, out, err = truceline("report", workspace, "--as-of", "2018-10-15", "-o", tmp_path / "r.html")
    assert (code, out) == (0, "")
    assert "1 date; open it in a browser" in " ".join(err.split())


def test_the_same_workspace_gives_the_same_bytes(
    truceline: Callable[..., Ran], workspace: Path, tmp_path: Path
) -> None:
    files = [tmp_path / "one.html", tmp_path / "two.html"]
    for file in files:
        assert truceline("report", workspace, "--as-of", "2018-10-15", "-o", file)[0] == 0
    assert files[0].read_bytes() == files[1].read_bytes()


def test_without_a_date_the_deadlines_and_the_newest_report_are_assessed(
    truceline: Callable[..., Ran], workspace: Path, tmp_path: Path
) -> None:
    _, out, _ = truceline("report", workspace, "-o", tmp_path / "r.html", "--json")
    assert json.loads(out)["as_of"] == [
        "2018-10-10T21:00:00Z",
        "2018-10-15T21:00:00Z",
        "2018-12-31T22:00:00Z",
        "2020-03-05T22:00:00Z",
    ]


def test_dates_are_put_in_order_and_each_counts_once(
    truceline: Callable[..., Ran], workspace: Path, tmp_path: Path
) -> None:
    dates = ("--as-of", "2018-12-31", "--as-of", "2018-10-10", "--as-of", "2018-10-10T21:00:00Z")
    _, out, _ = truceline("report", workspace, *dates, "-o", tmp_path / "r.html", "--json")
    assert json.loads(out)["as_of"] == ["2018-10-10T21:00:00Z", "2018-12-31T22:00:00Z"]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("-o", "report.odt"), "accepted: a file that ends in .html, .pdf or .docx, or a folder"),
        (("-o", "report.pdf", "--period", "year"), "period: found 'year'"),
        (("-o", "report.html", "--language", "fr"), "language: found 'fr'; accepted: en, ar, ru, tr"),
        (("-o", "report.html", "--as-of", "2018-13-01"), "as-of: found '2018-13-01'"),
        (("-o", "report.html", "--known-at", "soon"), "known-at: found 'soon'"),
        (("-o", "report.html", "--reading", "nonsense"), "no reading 'nonsense'"),
        (("-o", "report.html", "--draft", "nothing.yaml"), "draft: nothing.yaml does not exist"),
        (("-o", "report.html", "--basemap", "nothing"), "basemap: nothing does not exist"),
        (("-o", "nowhere/report.html"), "nowhere is not a folder"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_exit_code_2(
    truceline: Callable[..., Ran],
    workspace: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    options: tuple[str, ...],
    sentence: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, err = truceline("report", workspace, *options)
    assert (code, out) == (2, "")
    assert sentence in " ".join(err.split())
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_no_workspace_is_named(truceline: Callable[..., Ran], tmp_path: Path) -> None:
    code, _, err = truceline("report", tmp_path / "nothing", "-o", tmp_path / "r.html")
    assert code == 2
    assert "there is no workspace" in err


def test_an_existing_report_is_replaced_whole(
    truceline: Callable[..., Ran], workspace: Path, tmp_path: Path
) -> None:
    file = tmp_path / "r.html"
    file.write_text("old")
    assert truceline("report", workspace, "--as-of", "2018-10-15", "-o", file)[0] == 0
    assert file.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert [path.name for path in tmp_path.iterdir()] == ["r.html"]


def test_serving_a_folder_that_is_no_workspace_ends_at_once(
    truceline: Callable[..., Ran], tmp_path: Path
) -> None:
    code, _, err = truceline("serve", tmp_path / "nothing", "--port", "0")
    assert code == 2
    assert "there is no workspace" in err


def test_a_served_page_can_ask_for_another_date_and_a_written_one_cannot(workspace: Path) -> None:
    request = ReportRequest(as_of=("2018-10-15",))
    assert 'name="as_of"' in report_html(workspace, request, served=True)
    assert 'name="as_of"' not in report_html(workspace, request)


def test_evidence_recorded_after_known_at_is_not_shown(workspace: Path) -> None:
    with Workspace.open(workspace).store(read_only=True) as store:
        made = store.accord_versions()[0].recorded_at
    page = report_html(workspace, ReportRequest(as_of=("2018-10-15",), known_at=made.isoformat()))
    assert "The workspace holds no evidence yet" in page


@pytest.mark.parametrize("name", ["golan-1974", "korea-2018", "minsk-2015"])
def test_every_other_example_gives_a_report_without_evidence(name: str, idlib: Path, tmp_path: Path) -> None:
    Workspace.create(tmp_path / name, idlib.parent / name / "accord.yaml")
    page = report_html(tmp_path / name, ReportRequest())
    assert "The workspace holds no evidence yet" in page
    assert page.count("data-id=") >= 10

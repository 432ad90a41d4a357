"""``truceline correct``: what was judged later about what is recorded; nothing recorded is edited."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from truceline.app import corrections
from truceline.app.corrections import Said
from truceline.cli.key import Passphrase, passphrase_of
from truceline.cli.output import Json, print_json, reports_errors, stdout
from truceline.core.errors import InvalidInput
from truceline.core.instants import isoformat_utc
from truceline.evidence.corrections import Correction
from truceline.store.workspace import Workspace

app = typer.Typer(
    help="Corrections and objections: entries beside what is recorded, with an author and a reason."
)

Folder = Annotated[Path, typer.Argument(metavar="WORKSPACE", help="The workspace.")]
Ids = Annotated[list[str], typer.Argument(metavar="ID…", help="What it is about; several ids are allowed.")]
Author = Annotated[
    str, typer.Option("--author", envvar="TRUCELINE_AUTHOR", help="Who records it and answers for it.")
]
Reason = Annotated[str, typer.Option("--reason", help="Why, in words.")]
Party = Annotated[
    str | None, typer.Option("--party", help="Whose position it is: the id of a party of the accord.")
]
KeyFile = Annotated[
    Path | None,
    typer.Option("--key-file", help="The party's key, which signs it; without: as the party reported it."),
]
Document = Annotated[
    str | None,
    typer.Option("--document", help="What was handed in: a file, which is kept, or where to find it."),
]


@app.command("supersede")
@reports_errors
def supersede(
    workspace: Folder,
    author: Author,
    reason: Reason,
    ids: Annotated[
        list[str] | None,
        typer.Argument(metavar="[ID…]", help="Observations that all get the values of --set."),
    ] = None,
    values: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="FIELD=VALUE", help="A corrected value; nothing after = empties it."),
    ] = None,
    file: Annotated[
        Path | None, typer.Option("--from", help="A CSV file: a column id, and the fields to correct.")
    ] = None,
    document: Document = None,
    as_json: Json = False,
) -> None:
    """Records corrected values of observations: the corrected version counts instead from now on.

    Example: `truceline correct supersede idlib obs-0f3 --set fatalities=3 --author NAME --reason "a slip"`
    """
    if (file is None) == (not ids):
        raise InvalidInput("give either ID… with --set FIELD=VALUE, or --from FILE.csv")
    changes = (
        corrections.read_changes(file)
        if file is not None
        else dict.fromkeys(ids or [], _fields(values or []))
    )
    said = Said(author, reason, document=document)
    _show(corrections.supersede(Workspace.open(workspace), changes, said), as_json)


@app.command("retract")
@reports_errors
def retract(
    workspace: Folder,
    ids: Ids,
    author: Author,
    reason: Reason,
    document: Document = None,
    as_json: Json = False,
) -> None:
    """Takes observations out of account from now on; what was known before keeps them.

    Example: `truceline correct retract idlib obs-0f3c... --author "A. Analyst" --reason "reported twice"`
    """
    said = Said(author, reason, document=document)
    _show(corrections.correct(Workspace.open(workspace), "retract", ids, said), as_json)


@app.command("reinstate")
@reports_errors
def reinstate(
    workspace: Folder,
    ids: Ids,
    author: Author,
    reason: Reason,
    document: Document = None,
    as_json: Json = False,
) -> None:
    """Lets observations count again that were retracted or superseded; what replaced them counts no more.

    Example: `truceline correct reinstate idlib obs-0f3c... --author NAME --reason "two incidents"`
    """
    said = Said(author, reason, document=document)
    _show(corrections.correct(Workspace.open(workspace), "reinstate", ids, said), as_json)


POSITIONS = {
    "dispute": (
        """Objects to an observation, a case's finding or an obligation's status.

    With `--party` it is the party's formal objection, which makes the status disputed; without, it is the
    author's doubt, which is shown and changes nothing.""",
        "turkey",
    ),
    "support": (
        "Records that a party holds an observation, a finding or a status to be right: the other position.",
        "russia",
    ),
    "undispute": ("Withdraws an objection or a support; that it was held stays on record.", "turkey"),
}


def _position_command(act: str, what: str, party: str) -> Any:
    def taken(
        workspace: Folder,
        ids: Ids,
        author: Author,
        reason: Reason,
        party: Party = None,
        key_file: KeyFile = None,
        document: Document = None,
        passphrase: Passphrase = False,
        as_json: Json = False,
    ) -> None:
        secret = passphrase_of(passphrase) if key_file is not None else None
        said = Said(author, reason, party, document, key_file, secret)
        _show(corrections.correct(Workspace.open(workspace), act, ids, said), as_json)

    taken.__doc__ = (
        f"{what}\n\n    Example: `truceline correct {act} idlib zone-established --party {party} "
        f'--author NAME --reason "..."`\n    '
    )
    return reports_errors(taken)


for _act, (_what, _party) in POSITIONS.items():
    app.command(_act)(_position_command(_act, _what, _party))


def _fields(values: list[str]) -> dict[str, str]:
    fields: dict[str, str] = {}
    for text in values:
        name, found, value = text.partition("=")
        if not found or not name.strip() or name.strip() in fields:
            raise InvalidInput(f"--set: found {text!r}; accepted: FIELD=VALUE, each field once")
        fields[name.strip()] = value
    return fields


def _show(made: list[Correction], as_json: bool) -> None:
    if as_json:
        print_json({"corrections": [one.as_dict() for one in made]})
        return
    for one in made:
        by = f" by {one.replacement}" if one.replacement else ""
        whose = f" of {one.party} ({'signed' if one.statement else 'as reported'})" if one.party else ""
        stdout.print(
            f"{one.id}: {one.act}{whose} {one.target}{by}, {isoformat_utc(one.recorded_at)}",
            markup=False,
            soft_wrap=True,
        )

"""``truceline serve``: the API and the web application of a workspace, on this machine or for a mission."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from truceline.cli.output import print_json, reports_errors, say
from truceline.core.errors import InvalidInput
from truceline.store.workspace import Workspace

app = typer.Typer()

LOOPBACK = ("127.0.0.1", "localhost", "::1")


@app.command()
@reports_errors
def serve(
    workspace: Annotated[Path, typer.Argument(help="The workspace to serve.")],
    port: Annotated[int, typer.Option(help="The port; 0 takes a free one.", min=0, max=65535)] = 8000,
    host: Annotated[str, typer.Option(help="The address to bind.")] = "127.0.0.1",
    name: Annotated[
        list[str] | None,
        typer.Option("--name", help="A host name that is served, as in the address; may repeat."),
    ] = None,
    certificate: Annotated[
        Path | None, typer.Option("--certificate", help="A TLS certificate (PEM), with --key.", exists=True)
    ] = None,
    key: Annotated[Path | None, typer.Option("--key", help="Its key (PEM).", exists=True)] = None,
    proxy: Annotated[
        list[str] | None,
        typer.Option(
            "--proxy", help="The address of a reverse proxy whose headers are believed; may repeat."
        ),
    ] = None,
    local: Annotated[
        bool,
        typer.Option(
            "--local-sign-in/--no-local-sign-in",
            help="On a loopback address, print an address that signs in as administrator.",
        ),
    ] = True,
    alert_to: Annotated[
        list[str] | None,
        typer.Option(
            "--alert-to", help="A host that alerts may be sent to; may repeat. None: nothing is sent."
        ),
    ] = None,
    provider: Annotated[
        Path | None,
        typer.Option("--provider", help="A JSON file that names an OpenID Connect provider.", exists=True),
    ] = None,
    keep_drafts: Annotated[
        bool,
        typer.Option("--keep-drafts", help="Keep drafts and their history in the workspace's folder drafts."),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the address as a JSON document.")] = False,
) -> None:
    """Serves a workspace: the web application, its API, and the static report at /report.

    Whoever has no account sees what is public. On a loopback address the start prints an address that signs
    in whoever opens it; everybody else needs an account (`truceline account add`).

    Example: `truceline serve idlib-workspace --port 8000`
    """
    # The web framework loads here, so that no other command waits for it.
    from truceline.web.oidc import read_provider
    from truceline.web.serving import bind, run
    from truceline.web.site import Settings, Site, new_token

    if (certificate is None) != (key is None):
        raise InvalidInput("--certificate and --key go together")
    loopback = host in LOOPBACK
    opened = Workspace.open(workspace)
    opened.accord()
    token = new_token() if loopback and local else None
    hosts = frozenset(name or (LOOPBACK if loopback else ()))
    site = Site.of(
        opened,
        Settings(
            hosts=hosts,
            local_token=token,
            trusted_proxies=frozenset(proxy or ()),
            alert_hosts=frozenset(alert_to or ()),
            keep_drafts=keep_drafts,
        ),
    )
    try:
        bound = bind(host, port)
        with bound:
            scheme = "https" if certificate else "http"
            shown = (name or [f"[{host}]" if ":" in host else host])[0]
            address = f"{scheme}://{shown}:{bound.getsockname()[1]}/"
            sign_in = f"{address}api/v1/session/local?token={token}" if token else None

            def ready() -> None:
                if as_json:
                    print_json({"url": address, "workspace": str(workspace), "sign_in": sign_in})
                say(f"serving {workspace} at {address}; Ctrl+C ends it")
                if sign_in is not None:
                    say(f"sign in as the operator: {sign_in}")
                if not loopback and certificate is None and not proxy:
                    say("warning: without TLS whoever listens reads passwords; --certificate, or a proxy")

            run(
                site,
                bound,
                ready,
                certificate=str(certificate) if certificate else None,
                key=str(key) if key else None,
                proxies=bool(proxy),
                provider=read_provider(provider) if provider else None,
            )
            say("stopped")
    finally:
        site.close()

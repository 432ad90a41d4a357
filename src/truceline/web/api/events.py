"""What is new, as it is recorded: server-sent events."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import msgspec
from fastapi import APIRouter, Request
from starlette.responses import Response, StreamingResponse

from truceline.evidence.permissions import Kind
from truceline.web.asking import TheAsker, TheSite, need

router = APIRouter(tags=["events"])

BEAT_S = 15.0


@router.get(
    "/events",
    dependencies=[need(Kind.VERDICTS)],
    responses={200: {"content": {"text/event-stream": {}}}},
    response_class=Response,
)
async def events(request: Request, site: TheSite, asker: TheAsker) -> Response:
    """`log`: something was recorded. `entry`: observations that the role may see. `status`: an obligation's
    status changed. `order`: what became of something that the account ordered. Ends with the session."""
    account = asker.account.id if asker.account is not None else None

    async def stream() -> AsyncIterator[bytes]:
        newsroom = request.app.state.newsroom
        async with newsroom.listening(asker.reader, account) as queue:
            yield b"retry: 2000\n: listening\n\n"
            while True:
                try:
                    news = await asyncio.wait_for(queue.get(), BEAT_S)
                except TimeoutError:
                    if asker.token is not None and not _still(site, asker.token):
                        return
                    yield b": still here\n\n"
                    continue
                if asker.token is not None and not _still(site, asker.token):
                    return
                data = msgspec.json.encode(news.data).decode()
                yield f"event: {news.event}\ndata: {data}\n\n".encode()

    return StreamingResponse(
        stream(),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


def _still(site: TheSite, token: str) -> bool:
    """Whether the session still is one."""
    now = site.desk.clock()
    return site.accounts.session(token, now=now, idle=site.settings.session_idle) is not None

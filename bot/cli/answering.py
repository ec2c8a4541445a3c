"""`rits ask` and `rits chat`: the assistant in this terminal, with no server."""

from __future__ import annotations

import asyncio
import io
import json
import sys
from typing import IO, TYPE_CHECKING, Any

import typer

from bot.turn import AUDIENCES

if TYPE_CHECKING:
    from bot.assistant import Assistant


def add_to(app: typer.Typer) -> None:
    app.command()(ask)
    app.command()(chat)


def ask(
    jsonl: bool = typer.Option(False, "--jsonl", help="One JSON object a line on stdin, one a line on stdout."),
    question: str = typer.Argument(None, help="A single question, when --jsonl is not given."),
    gemeente: str = typer.Option(None, help="Slug of the municipality, such as oudewater."),
    audience: str = typer.Option(None, help="ouder, jongere or professional."),
) -> None:
    """Ask one question, or many as JSON lines. The shapes are in docs/commands.md."""
    if not jsonl and not question:
        raise typer.BadParameter("give a question, or --jsonl")
    _demand_audience(audience)
    assistant = _load()
    if jsonl:
        _speak_utf8()
        asyncio.run(_answer_lines(assistant, sys.stdin, sys.stdout))
        return
    turn = {"id": "1", "text": question, "gemeente": gemeente, "audience": audience}
    print_reply(asyncio.run(assistant.turn(turn)))


def chat(
    gemeente: str = typer.Option(None, help="Slug of the municipality, such as oudewater."),
    audience: str = typer.Option(None, help="ouder, jongere or professional."),
) -> None:
    """Talk with Rits in the terminal. A number chooses a button; an empty line or Ctrl-D ends it."""
    _demand_audience(audience)
    asyncio.run(_talk(_load(), {"gemeente": gemeente, "audience": audience, "conversation": "terminal"}))


def parse_line(line: str) -> dict[str, Any]:
    """A line of input as a turn; ValueError with what is wrong with it."""
    turn = json.loads(line)
    if not isinstance(turn, dict) or not isinstance(turn.get("id"), str):
        raise ValueError('expected an object with "id" (a string)')
    if isinstance(turn.get("text"), str) == isinstance(turn.get("payload"), str):
        raise ValueError('expected either "text" or "payload" (a string)')
    if turn.get("audience") not in (None, *AUDIENCES):
        raise ValueError(f"audience is one of {', '.join(AUDIENCES)}")
    return turn


def print_reply(reply: dict[str, Any]) -> list[str]:
    """Show a reply to a person; returns the payloads of its buttons in the order of their numbers."""
    payloads: list[str] = []
    for message in reply["messages"]:
        typer.echo(message["text"])
        for button in message["buttons"]:
            payloads.append(button["payload"])
            typer.echo(f"  [{len(payloads)}] {button['title']}")
        for source in message["sources"]:
            typer.echo(f"  bron: {source['title']} ({source['checked_on']})")
        typer.echo("")
    return payloads


def _demand_audience(audience: str | None) -> None:
    if audience and audience not in AUDIENCES:
        raise typer.BadParameter(f"audience is one of {', '.join(AUDIENCES)}")


async def _answer_lines(assistant: Assistant, lines: IO[str], out: IO[str]) -> None:
    await assistant.warm_up()
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            turn = parse_line(line)
        except (ValueError, RecursionError) as error:
            problem = f"line {number}: {error}"
            typer.echo(f"rits: {problem}", err=True)
            reply: dict[str, Any] = {"id": None, "error": {"code": "bad_line", "message": problem}}
        else:
            reply = await assistant.turn(turn)
        out.write(_printable(json.dumps(reply, ensure_ascii=False)) + "\n")
        out.flush()


def _printable(line: str) -> str:
    """Half a character (a lone surrogate) can be in an id, and in no file."""
    return line.encode("utf-8", "replace").decode("utf-8")


async def _talk(assistant: Assistant, known: dict[str, Any]) -> None:
    payloads: list[str] = []
    while True:
        try:
            typed = input("> ").strip()
        except EOFError:
            return
        if not typed:
            return
        turn = {**known, "id": "terminal", "text": typed}
        if typed.isdigit() and 0 < int(typed) <= len(payloads):
            turn = {**known, "id": "terminal", "payload": payloads[int(typed) - 1]}
        payloads = print_reply(await assistant.turn(turn))


def _speak_utf8() -> None:
    """Whatever the terminal is set to; a byte that is no UTF-8 spoils its line and not the rest."""
    for stream in (sys.stdin, sys.stdout):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _load() -> Assistant:
    from bot.assistant import Assistant
    from bot.settings import settings
    from bot.trained_model import model_path

    return Assistant.load(model_path(settings()))

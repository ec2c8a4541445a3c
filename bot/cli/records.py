"""`rits handovers` and `rits retention`: what is kept, and its erasure."""

from __future__ import annotations

import json
from collections.abc import Mapping

import typer

from bot.settings import settings

retention = typer.Typer(help="Erase what is kept no longer.", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    app.command()(handovers)
    retention.command("run")(run_retention)
    retention.command("show")(show_retention)
    app.add_typer(retention, name="retention")


@retention.callback()
def _group() -> None:
    """Erase what is kept no longer."""


def handovers(
    jsonl: bool = typer.Option(False, "--jsonl", help="Whole documents, one JSON object a line."),
    limit: int = typer.Option(1000, min=1, help="At most this many, newest first."),
) -> None:
    """List stored handovers; the documents are decrypted for you, the operator."""
    from bot.services import services

    for stored in services().handovers.list(limit):
        if jsonl:
            record = {
                "reference": stored.reference,
                "status": stored.status,
                "created_at": stored.created_at.isoformat(),
                "gemeente": stored.gemeente,
                "urgency": stored.urgency,
                "expires_at": stored.expires_at.isoformat(),
                "document": json.loads(stored.document.to_json()) if stored.document else None,
            }
            typer.echo(json.dumps(record, ensure_ascii=False))
        else:
            typer.echo(f"{stored.reference}  {stored.created_at:%Y-%m-%d %H:%M}  {stored.urgency}  {stored.status}")


def run_retention(
    dry_run: bool = typer.Option(False, "--dry-run", help="Say what would be erased, erase nothing."),
) -> None:
    """Erase what is past its date: handovers, conversations, chats with a worker, and what was learned."""
    from bot.retention import erase_all
    from bot.services import amsterdam_now, services

    erased = erase_all(services(), amsterdam_now(), dry_run=dry_run)
    verb = "would erase" if dry_run else "erased"
    typer.echo(f"handovers: {verb} {len(erased.handovers.references)}{_by_status(erased.handovers.by_status)}")
    before = f"from before {erased.conversations_before:%Y-%m-%d %H:%M}"
    typer.echo(f"conversations: {verb} {erased.conversation_lines} lines {before}")
    typer.echo(f"chats with a worker: {verb} {erased.chats} {before}")
    typer.echo(f"learning: {verb} {erased.lessons} rows from before {erased.lessons_before}")


def show_retention() -> None:
    """Say how long each thing is kept."""
    from bot.handover.conversation.compose import KEEP_DAYS
    from bot.handover.retention import rules

    closed = rules(settings().keep_closed_days)
    typer.echo(f"handovers, new or taken: until their own date, {KEEP_DAYS} days after they came")
    typer.echo(f"handovers, closed: {closed['closed']} days (RITS_KEEP_CLOSED_DAYS), and never past their own date")
    typer.echo(f"handovers, withdrawn: content gone at once; reference and dates {closed['withdrawn']} days")
    typer.echo(f"conversations and chats: {settings().conversation_hours:g} hours (RITS_CONVERSATION_HOURS)")
    typer.echo(f"learning, de-identified: {settings().learning_days} days (RITS_LEARNING_DAYS)")
    typer.echo("audit log: is only added to, and holds no names or texts")


def _by_status(counted: Mapping[str, int]) -> str:
    parts = ", ".join(f"{number} {status}" for status, number in sorted(counted.items()))
    return f" ({parts})" if parts else ""

"""`rits handovers` and `rits retention`: what is kept, and its erasure."""

from __future__ import annotations

import json

import typer

from bot.settings import settings

retention = typer.Typer(help="Erase what is kept no longer.", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    app.command()(handovers)
    retention.command("run")(run_retention)
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
                "document": json.loads(stored.document.to_json()),
            }
            typer.echo(json.dumps(record, ensure_ascii=False))
        else:
            typer.echo(f"{stored.reference}  {stored.created_at:%Y-%m-%d %H:%M}  {stored.urgency}  {stored.status}")


def run_retention(
    dry_run: bool = typer.Option(False, "--dry-run", help="Say what would be erased, erase nothing."),
) -> None:
    """Erase handovers past their date and conversations past their hours."""
    from datetime import timedelta

    from bot.conversations import erase_before
    from bot.services import amsterdam_now, services

    now = amsterdam_now()
    store = services().handovers
    due = store.expired(now.date())
    erased = len(due) if dry_run else store.erase(due)
    verb = "would erase" if dry_run else "erased"
    typer.echo(f"handovers: {verb} {erased}")
    before = now - timedelta(hours=settings().conversation_hours)
    lines = erase_before(settings().tracker_file, before, dry_run=dry_run)
    typer.echo(f"conversations: {verb} {lines} lines from before {before:%Y-%m-%d %H:%M}")

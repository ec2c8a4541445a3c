"""`rits worker` delivers what waits in the outbox; `rits deliveries` shows what did not arrive, and tries it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from bot.errors import HandoverError

if TYPE_CHECKING:
    from bot.handover.delivery_state import DeliveryState
    from bot.services import Services

deliveries = typer.Typer(help="What must still be delivered, and what could not be.", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    app.command()(worker)
    deliveries.command("list")(list_deliveries)
    deliveries.command("retry")(retry)
    app.add_typer(deliveries, name="deliveries")


@deliveries.callback()
def _group() -> None:
    """What must still be delivered, and what could not be."""


def worker() -> None:
    """Deliver what waits, until Ctrl-C or TERM. `rits run` starts one; a second one does no harm."""
    import os
    import signal
    import threading
    from secrets import token_hex

    from bot.handover.worker import PAUSE_S, work
    from bot.services import services

    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    # The random part: in a container every process has the same small number.
    postman = services().postman(f"w{os.getpid()}-{token_hex(4)}", round_s=PAUSE_S)
    raise typer.Exit(work(postman, stop))


def list_deliveries(
    team: str = typer.Option("", "--team", help="Slug of a team; empty is all."),
    everything: bool = typer.Option(False, "--all", help="Also what was delivered or called back."),
    limit: int = typer.Option(200, min=1, help="At most this many."),
) -> None:
    """What did not arrive (yet): the dead first, then the oldest. Shows no content."""
    from bot.handover.model import DELIVERY_STATES
    from bot.services import services

    states = DELIVERY_STATES if everything else ("dead", "pending")
    found = services().outbox.overview(team or None, states=states, limit=limit)
    for delivery in found:
        typer.echo(_line(delivery))
    if not found:
        typer.echo("Nothing is waiting.", err=True)


def retry(
    key: str = typer.Argument("", help="As `rits deliveries list` shows it."),
    dead: bool = typer.Option(False, "--dead", help="Everything that was given up."),
) -> None:
    """Try again, from the first attempt. The receiver knows a repeat by its key."""
    from bot.services import services

    if bool(key) == dead:
        raise typer.BadParameter("give one KEY, or --dead")
    here = services()
    chosen = here.outbox.overview(states=("dead",), limit=100_000) if dead else [_known(here, key)]
    retried = sum(_retry(here, delivery) for delivery in chosen)
    if key and not retried:
        raise HandoverError(f"{key} is on its way at this moment: look again in some minutes")
    typer.echo(f"{retried} will be tried again")


def _known(here: Services, key: str) -> DeliveryState:
    found = here.outbox.find(key)
    if found is None:
        raise HandoverError("there is no delivery with that key: `rits deliveries list` shows them")
    if found.state not in ("dead", "pending"):
        raise HandoverError(f"{found.key} is {found.state}: there is nothing to try again")
    return found


def _retry(here: Services, delivery: DeliveryState) -> bool:
    retried = here.outbox.retry(delivery.id)
    if retried:
        here.audit.record("operator", "delivery.retried", delivery.reference, delivery.delivery)
    return retried


def _line(delivery: DeliveryState) -> str:
    moments = {"delivered": delivery.delivered_at, "pending": delivery.next_attempt_at}
    moment = moments.get(delivery.state) or delivery.created_at
    attempts = f"{delivery.attempts} attempts"
    error = delivery.last_error or "-"
    return f"{delivery.state:9}  {delivery.key}  {delivery.team}  {attempts}  {error}  {moment:%Y-%m-%d %H:%M}Z"

"""`rits knowledge report`, `diff`, `preview` and `questions`: what an editor looks at before and after a change."""

from __future__ import annotations

import io
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from bot.errors import SettingsError, UnknownTopicError
from bot.settings import ROOT, settings

if TYPE_CHECKING:
    from bot.answers.schema import Knowledge

FOLDER = typer.Option(None, help="The content; default: knowledge/ of this installation.")


def add_to(knowledge: typer.Typer) -> None:
    for command in (report, diff, preview, questions):
        knowledge.command()(command)


def report(
    folder: Path = FOLDER,
    day: str = typer.Option(None, "--day", help="The day to judge freshness on, as 2027-01-01; default: today."),
    worst: bool = typer.Option(False, "--worst", help="Only the twenty answers that are hardest to read."),
) -> None:
    """Counts, what must be looked at again, and how the answers read."""
    from bot.answers.load import load_knowledge
    from bot.answers.report import make_report
    from bot.cli.report_text import report_lines, worst_lines

    content = content_folder(folder)
    made = make_report(load_knowledge(content), content, today=_day(day))
    for line in worst_lines(made, content) if worst else report_lines(made, content):
        typer.echo(line)


def diff(
    against: str = typer.Option("HEAD", help="A git revision, or a folder with other content, to compare with."),
    folder: Path = FOLDER,
) -> None:
    """Show what your change does to the answers that people read. Exit code 1 when there is a difference."""
    from bot.answers.difference import differences
    from bot.answers.load import load_knowledge
    from bot.cli.report_text import difference_lines
    from bot.services import amsterdam_now

    content = content_folder(folder)
    with _other(against, content) as other:
        before = load_knowledge(other)
    found = differences(before, load_knowledge(content), now=amsterdam_now())
    for line in difference_lines(found):
        typer.echo(line)
    raise typer.Exit(1 if found else 0)


def preview(
    topic: str = typer.Argument(..., help="The topic, such as slaapproblemen_peuter."),
    audience: str = typer.Option(None, help="ouder, jongere or professional; default: all it is written for."),
    gemeente: str = typer.Option(None, help="Slug of the municipality, such as oudewater."),
    age: int = typer.Option(None, help="The child's age in years."),
    folder: Path = FOLDER,
) -> None:
    """Show the answer as it will stand in the chat. Needs no trained model."""
    from bot.answers.load import load_knowledge
    from bot.answers.render import render
    from bot.answers.select import select_answer
    from bot.cli.answering import print_reply
    from bot.services import amsterdam_now
    from bot.turn import AUDIENCES

    knowledge = load_knowledge(content_folder(folder))
    demand_topic(knowledge, topic)
    if audience not in (None, *AUDIENCES):
        raise typer.BadParameter(f"audience is one of {', '.join(AUDIENCES)}")
    now = amsterdam_now()
    readers = [one for one in AUDIENCES if any(one in file.audiences for file in knowledge.files_of(topic))]
    for reader in [one for one in AUDIENCES if one == audience] or readers:
        answer = select_answer(knowledge, topic, audience=reader, gemeente=gemeente, age=age, today=now.date())
        typer.echo(f"=== {reader}: {answer.topic.title} ({shown(answer.topic.path)})\n")
        messages = render(answer, knowledge=knowledge, audience=reader, now=now)
        print_reply({"messages": [message.as_json() for message in messages]})


def questions(topic: str = typer.Argument(..., help="The topic, such as slaapproblemen_peuter.")) -> None:
    """Show which questions lead to a topic, and how the held-out ones score. Needs the trained model."""
    import asyncio

    from bot.answers.load import load_knowledge
    from bot.cli.report_text import question_lines
    from bot.topic_questions import held_out, score_topic, training_messages
    from bot.trained_model import model_path

    knowledge = load_knowledge(content_folder(None))
    demand_topic(knowledge, topic)
    theme = knowledge.topic(topic).theme
    asked = held_out(ROOT / "tests" / "nlu" / "tuning")
    from bot.assistant import Assistant  # ten seconds; a mistake in the command is said before that

    scored = asyncio.run(score_topic(Assistant.load(model_path(settings())), topic, asked))
    for line in question_lines(topic, theme, training_messages(ROOT / "data" / "nlu", theme, topic), scored):
        typer.echo(line)


def content_folder(folder: Path | None) -> Path:
    """The folder that was named, or that of this installation."""
    content = folder or settings().knowledge_dir
    if not content.is_dir():
        raise SettingsError(f"no folder {content}")
    return content


def demand_topic(knowledge: Knowledge, topic: str) -> None:
    """One line with a likely name, when a topic does not exist."""
    from bot.answers.fields import suggestion

    if not knowledge.files_of(topic):
        raise UnknownTopicError(f"geen onderwerp '{topic}'.{suggestion(topic, knowledge.slugs())}")


def shown(path: Path) -> str:
    """The path as seen from the project, when it lies in it."""
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)


def _day(text: str | None) -> date:
    from bot.services import amsterdam_now

    if text is None:
        return amsterdam_now().date()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter("day is written as 2027-01-01") from None


@contextmanager
def _other(against: str, content: Path) -> Iterator[Path]:
    """The content to compare with: a folder as it is, or what git has of this one."""
    if Path(against).is_dir():
        yield Path(against)
        return
    top = _git(content, "rev-parse", "--show-toplevel").decode().strip()
    inside = content.resolve().relative_to(Path(top).resolve())
    with tempfile.TemporaryDirectory() as made:
        with tarfile.open(fileobj=io.BytesIO(_git(Path(top), "archive", against, str(inside)))) as archive:
            archive.extractall(made)
        yield Path(made) / inside


def _git(where: Path, *words: str) -> bytes:
    ran = subprocess.run(["git", "-C", str(where), *words], capture_output=True, check=False)
    if ran.returncode:
        raise SettingsError(f"git {words[0]}: {ran.stderr.decode(errors='replace').strip()}")
    return ran.stdout

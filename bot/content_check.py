"""The whole linter of knowledge/: the topics and what is built on them. A part with its own files adds a checker."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from bot.answers.check import check_read
from bot.answers.load import read_knowledge
from bot.answers.problem import Problem, by_place
from bot.answers.schema import Knowledge
from bot.ordinary_or_care.check import check_worries
from bot.planner.check import check_plan
from bot.routes.check import check_routes

Checker = Callable[[Path, Knowledge], Iterable[Problem]]
CHECKERS: tuple[Checker, ...] = (check_plan, check_routes, check_worries)
"""Each gets the folder of the content and what could be read of it, and gives what is wrong with its own files."""


def check_content(folder: Path, nlu_folder: Path | None = None) -> list[Problem]:
    """All problems by file and line. Without `nlu_folder` the training messages are not looked at."""
    knowledge, unread = read_knowledge(folder)
    problems = check_read(knowledge, unread, folder, nlu_folder)
    for checker in CHECKERS:
        problems += checker(folder, knowledge)
    return by_place(problems)

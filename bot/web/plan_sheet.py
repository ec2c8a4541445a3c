"""The plan as HTML: the values that the page and the loose sheet share, and the sheet that stands by itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.planner.plan import Plan, PlannedStep
from bot.planner.texts import day_words, first_intro, first_title, place_note, questions_title, say
from bot.web.look import page_sheets
from bot.web.page import environment
from bot.web.static_files import FOLDER
from bot.wording import wording


@dataclass(frozen=True)
class Link:
    """A page of ours with more about a step."""

    title: str
    address: str


def sheet_values(plan: Plan, more: Callable[[PlannedStep], Link | None] = lambda planned: None) -> dict[str, Any]:
    """What plan_parts.html needs. `p` says a text of the planner for who reads the plan; `more` is where to read on."""

    def text(key: str, **values: object) -> str:
        return say(key, plan, **values)

    return {
        "plan": plan,
        "p": text,
        "more": more,
        "first_title": first_title(plan),
        "first_intro": first_intro(plan),
        "place_note": place_note(plan),
        "questions_title": questions_title(plan),
        "names": ", ".join(situation.name for situation in plan.situations),
        "made_on": day_words(plan.today),
        "day_words": day_words,
    }


def plan_sheet(plan: Plan) -> str:
    """One file with its own style: to send, keep or print."""
    css = "\n".join((FOLDER / name).read_text(encoding="utf-8") for name in (*page_sheets(), "plan.css"))
    template = environment(lambda name: name).get_template("plan_sheet.html")
    return template.render(css=css, title=wording().text("planner.title", plan.request.audience), **sheet_values(plan))

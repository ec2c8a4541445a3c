"""Looks at a page with axe-core in the browser itself: every rule of WCAG 2.2 A and AA, and its best practices.

The text of axe goes in through the debugger and not by a script tag, because our own security policy refuses that. Axe
looks into an open shadow root by itself. What it cannot judge ("incomplete") counts too, unless somebody looked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.sync_api import Page

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
RUN = """async (tags) => {
  const options = {resultTypes: ["violations", "incomplete"], preload: false, elementRef: true};
  options.rules = {"target-size": {enabled: true}};
  options.runOnly = {type: "tag", values: tags};
  const lines = (found, kind) => found.flatMap((rule) => rule.nodes.map((node) => ({
    kind, rule: rule.id, target: node.target.flat().join(" >> "), html: node.html.slice(0, 160), element: node.element,
    why: [...node.any, ...node.all, ...node.none].map((check) => check.message).join("; "),
  })));
  const looked = async (place, how) => {
    const {violations, incomplete} = await axe.run(place, how);
    return [...lines(violations, "wrong"), ...lines(incomplete, "undecided")];
  };
  // What lies half out of a part that scrolls cannot be judged for its colour: once more, in the middle of it.
  const again = async (one) => {
    if (one.kind !== "undecided" || one.rule !== "color-contrast") return [one];
    one.element.scrollIntoView({block: "center"});
    return looked({include: [one.element]}, {...options, runOnly: {type: "rule", values: [one.rule]}});
  };
  const found = [];
  for (const one of await looked(document, options)) found.push(...await again(one));
  return found.map(({element, ...words}) => words);
}"""


@dataclass(frozen=True)
class LookedAt:
    """What axe could not decide and a person did: which rule, about what (part of its target or message), and why."""

    rule: str
    about: str
    why: str


LOOKED_AT = (
    LookedAt(
        "color-contrast",
        "background color could not be determined due to a pseudo element",
        "The line of the queue is made clickable by an empty ::after of its link, without a colour. The colours of "
        "text and line are in test_contrast.py.",
    ),
    LookedAt(
        "color-contrast",
        "because it partially overlaps other elements",
        "Words over two lines in what lies above the rest of the page (the panel, the header that stays). Axe finds "
        "other things behind the first line than behind the second, and does not see that what is between has a colour "
        "of its own without holes. Each pair of colours is in test_contrast.py.",
    ),
)


@cache
def _axe() -> str:
    return Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8")


def complaints(page: Page) -> list[str]:
    """One line for each thing that is wrong or that nobody looked at yet; nothing when all is well."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(_axe())
    found = page.evaluate(RUN, list(TAGS))
    return list(_lines(found))


def _lines(found: list[dict[str, Any]]) -> Iterator[str]:
    for one in found:
        if one["kind"] == "undecided" and _was_looked_at(one):
            continue
        yield f"{one['kind']}: {one['rule']} at {one['target']}\n    {one['html']}\n    {one['why']}"


def _was_looked_at(one: dict[str, Any]) -> bool:
    said = f"{one['target']} {one['why']}".lower()
    return any(seen.rule == one["rule"] and seen.about.lower() in said for seen in LOOKED_AT)

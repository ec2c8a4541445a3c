"""A theme from the design tokens that a municipality published: which of its tokens becomes which of ours.

NL Design System names the same thing in a few ways (`basis.…`, `utrecht.…`), so each of ours has candidates in order.
What nobody publishes (soft backgrounds, lines) is mixed, and what cannot be read well enough is made lighter or darker.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bot.theme.colours import BLACK, WHITE, Colour, mix, ratio, read_colour, readable
from bot.theme.contrast import EDGE, TEXT

# Ours: theirs, best first.
COLOURS = {
    "page": ("utrecht.document.background-color", "basis.body.background-color"),
    "surface": ("basis.color.secondary.bg-2", "utrecht.alert.background-color"),
    "text": ("utrecht.document.color", "basis.body.color"),
    "text-subtle": ("basis.document.subtle.color", "utrecht.form-field-description.color"),
    "control": ("utrecht.form-control.border-color", "utrecht.textbox.border-color"),
    "accent": ("basis.color.primary.text-1", "utrecht.button.primary-action.background-color"),
    "accent-strong": ("utrecht.button.primary-action.hover.background-color",),
    "on-accent": ("utrecht.button.primary-action.color", "utrecht.button.color"),
    "link": ("utrecht.link.color",),
    "danger": ("utrecht.form-field-error-message.color", "basis.color.error.text-1", "utrecht.feedback.error.color"),
    "inverse": ("basis.color.secondary.text-1", "utrecht.document.color"),
    "focus": ("utrecht.focus.outline-color", "utrecht.focus-visible.outline-color", "utrecht.focus.color"),
    "focus-glow": ("utrecht.focus.background-color", "basis.focus.background-color"),
}
# In the dark another of theirs comes first.
IN_THE_DARK = {"focus": ("utrecht.focus.inverse.outline-color",)}
SIZES = {
    "font-line-height": ("utrecht.document.line-height", "basis.body.line-height"),
    "font-weight-bold": ("utrecht.heading.font-weight", "utrecht.heading-1.font-weight"),
    "font-weight-semibold": ("utrecht.button.font-weight",),
    "border-width": ("basis.border-width.md",),
    "radius-small": ("basis.border-radius.sm",),
    "radius-medium": ("utrecht.form-control.border-radius", "basis.border-radius.md", "utrecht.textbox.border-radius"),
    "radius-large": ("utrecht.alert.border-radius", "basis.border-radius.md"),
    "radius-bubble": ("basis.border-radius.lg",),
    "radius-button": ("utrecht.button.border-radius", "basis.border-radius.round"),
    "size-target": ("utrecht.pointer-target.min-size", "basis.pointer-target.min-block-size"),
}
# When a municipality publishes none of the candidates.
DEFAULT_COLOURS = {
    "page": "#ffffff",
    "text": "#1a1a1a",
    "danger": "#b3261e",
    "focus": "#000000",
    "focus-glow": "#ffdd00",
}
DEFAULT_SIZES = {
    "font-line-height": "1.5",
    "font-weight-bold": "700",
    "font-weight-semibold": "600",
    "border-width": "2px",
    "radius-small": "4px",
    "radius-medium": "6px",
    "radius-large": "8px",
    "radius-bubble": "12px",
    "radius-button": "6px",
    "size-target": "44px",
}
# Ours for every theme: the panel is narrower than an article, and no font file is fetched.
FIXED = {"font-size": "1.125em", "space-small": ".4em", "space-medium": ".75em", "space-large": "1em"}
SYSTEM_FONTS = 'system-ui, -apple-system, "Segoe UI", Roboto, Arial, sans-serif'
LEAST_TARGET = 44

# Mixed: this share of one colour on the page.
MIXED = {"accent-soft": ("accent", 0.1), "danger-soft": ("danger", 0.09), "separator": ("text", 0.22)}
# What has to be read or seen on which backgrounds; in this order, as a later one leans on an earlier one.
BACKS = ("page", "surface", "accent-soft", "danger-soft")
NEEDS: tuple[tuple[str, tuple[str, ...], float], ...] = (
    ("text", BACKS, 7.0),
    ("text-subtle", BACKS, TEXT),
    ("link", BACKS, TEXT),
    ("danger", BACKS, TEXT),
    ("accent", BACKS, TEXT),
    ("accent-strong", BACKS, TEXT),
    ("control", BACKS, EDGE),
    ("focus", BACKS, EDGE),
    ("inverse", BACKS, EDGE),
    ("on-accent", ("accent", "accent-strong"), TEXT),
    ("on-danger", ("danger",), TEXT),
    ("on-inverse", ("inverse",), TEXT),
)

Tokens = Mapping[str, str]


def flat(tree: Mapping[str, Any], path: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """Each token of a design tokens file with its whole name."""
    value = tree.get("$value", tree.get("value"))
    if isinstance(value, (str, int, float)):
        yield ".".join(path), str(value)
        return
    for key, inner in tree.items():
        if isinstance(inner, Mapping):
            yield from flat(inner, (*path, key))


def colours(published: Tokens, *, dark: bool = False) -> tuple[dict[str, Colour], dict[str, str]]:
    """Ours, and for each that had to change the colour that was published."""
    made = _taken(published, IN_THE_DARK if dark else {})
    for name, (front, share) in MIXED.items():
        made[name] = mix(made[front], made["page"], share)
    changed = {}
    for name, backs, least in NEEDS:
        wanted = made[name]
        made[name] = readable(_on(wanted, made, backs), [made[back] for back in backs], least)
        if made[name] != wanted and _first(published, COLOURS.get(name, ())):
            changed[name] = wanted.hex
    return made, changed


def sizes(published: Tokens) -> dict[str, str]:
    """What is not a colour: fonts, corners, the least size of what is pressed."""
    made = {name: _first(published, theirs) or DEFAULT_SIZES[name] for name, theirs in SIZES.items()}
    made["size-target"] = f"{max(LEAST_TARGET, round(_pixels(made['size-target'])))}px"
    body = _fonts(_first(published, ("utrecht.document.font-family", "basis.typography.font-family.default")))
    heading = _first(published, ("utrecht.heading.font-family", "utrecht.heading-1.font-family"))
    made["font-family"] = body
    made["font-heading-family"] = _fonts(heading) if heading else "var(--rits-font-family)"
    return made | FIXED


def theme_css(head: str, published: Tokens, published_dark: Tokens | None) -> str:
    """The whole style sheet; `head` says whose it is. Without published dark colours the theme is light only."""
    light, changed = colours(published)
    scheme = "light dark" if published_dark else "light"
    lines = [f"  --rits-color-scheme: {scheme};", *_colour_lines(light, changed)]
    lines += [f"  --rits-{name}: {value};" for name, value in sorted(sizes(published).items())]
    lines += _shadows(light["text"], 0.08, 0.24)
    css = f"/* {head} */\n:root {{\n" + "\n".join(lines) + "\n}\n"
    if published_dark:
        dark, changed = colours(published_dark, dark=True)
        inner = [*_colour_lines(dark, changed), *_shadows(BLACK, 0.0, 0.6)]
        body = "\n".join(f"  {line}" for line in inner)
        css += f"\n@media screen and (prefers-color-scheme: dark) {{\n  :root {{\n{body}\n  }}\n}}\n"
    return css


def _taken(published: Tokens, first: Mapping[str, tuple[str, ...]]) -> dict[str, Colour]:
    made: dict[str, Colour] = {}
    for name, theirs in COLOURS.items():
        found = read_colour(_first(published, first.get(name, ()) + theirs) or DEFAULT_COLOURS.get(name, ""))
        made[name] = (found or _instead(name, made)).over(made.get("page", WHITE))
    made["on-danger"] = _clearest(made["danger"], made["page"])
    made["on-inverse"] = _clearest(made["inverse"], made["page"])
    return made


def _instead(name: str, made: Mapping[str, Colour]) -> Colour:
    """Not published and without a default: what comes nearest."""
    near = {"surface": "page", "text-subtle": "text", "control": "text", "accent-strong": "accent", "inverse": "text"}
    if name == "on-accent":
        return _clearest(made["accent"], made["page"])
    return made[near.get(name, "text")]


def _on(wanted: Colour, made: Mapping[str, Colour], backs: tuple[str, ...]) -> Colour:
    """On a strong colour the words are white, black or the page, nothing in between."""
    if backs == BACKS or ratio(wanted, made[backs[0]]) >= TEXT:
        return wanted
    return _clearest(made[backs[0]], made["page"])


def _clearest(back: Colour, page: Colour) -> Colour:
    return max((WHITE, page, BLACK), key=lambda colour: (ratio(colour, back) >= TEXT, ratio(colour, back)))


def _first(published: Tokens, names: tuple[str, ...]) -> str | None:
    return next((published[name] for name in names if published.get(name)), None)


def _pixels(size: str) -> float:
    number = float(size.removesuffix("px").removesuffix("rem"))
    return number * 16 if size.endswith("rem") else number


def _fonts(families: str | None) -> str:
    named = [one.strip() for one in (families or "").split(",") if one.strip()]
    own = [one for one in named if one.strip("\"'").lower() not in ("sans-serif", "arial", "serif")]
    return ", ".join([*own, SYSTEM_FONTS])


def _colour_lines(made: Mapping[str, Colour], changed: Mapping[str, str]) -> list[str]:
    lines = []
    for name, colour in sorted(made.items()):
        note = f" /* published as {changed[name]}; moved for contrast */" if name in changed else ""
        lines.append(f"  --rits-color-{name}: {colour.hex};{note}")
    return lines


def _shadows(colour: Colour, soft: float, hard: float) -> list[str]:
    red, green, blue = (round(part * 255) for part in (colour.red, colour.green, colour.blue))
    plain = f"0 1px 2px rgb({red} {green} {blue} / {round(soft * 100)}%)" if soft else "none"
    raised = f"0 2px 6px rgb({red} {green} {blue} / {round(hard * 100)}%)"
    return [
        f"  --rits-shadow: {plain};",
        f"  --rits-shadow-raised: {raised}, 0 10px 32px rgb({red} {green} {blue} / {round(hard * 100)}%);",
    ]

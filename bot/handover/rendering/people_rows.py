"""Who speaks, about whom, and where they live."""

from __future__ import annotations

from collections.abc import Iterator

from bot.handover.document import HandoverDocument
from bot.handover.rendering.readable import on_one_line
from bot.handover.rendering.row import Row, choice, fact, say, typed
from bot.handover.text_dates import month

_SMALL_IN_NAMES = frozenset({"aan", "bij", "den", "de", "en", "in", "op", "van", "ten", "ter"})
# What the audience says already.
_CODES = frozenset({"parent", "self", "professional"})


def people(document: HandoverDocument) -> Iterator[Row]:
    reporter = document.reporter
    yield from fact("audience", choice("audience", document.audience))
    yield from typed("name", reporter.name)
    yield from typed("relation", None if reporter.relation in _CODES else reporter.relation)
    yield from typed("organisation", _organisation(reporter.organisation or "", reporter.role or ""))
    label = "age_own" if document.audience == "jongere" else "age_child"
    yield from fact(label, choice("age_band", document.child.age_band or "unknown"))
    if document.child.birth_month:
        yield from fact("birth_month", month(document.child.birth_month))
    yield from fact("gemeente", _gemeente(document))
    yield from _authority(document)


def _organisation(organisation: str, role: str) -> str:
    """The role is not said again after "huisarts, praktijk De Linde"."""
    is_said = role.lower() in organisation.lower()
    return organisation if is_said else ", ".join(filter(None, (organisation, role)))


def _gemeente(document: HandoverDocument) -> str:
    if document.gemeente_name:
        return on_one_line(document.gemeente_name)
    return _place(document.gemeente) if document.gemeente else say("value_gemeente_unknown")


def _place(slug: str) -> str:
    """The name of the municipality, as far as its slug tells: bergen_op_zoom is Bergen op Zoom."""
    words = (word if word in _SMALL_IN_NAMES else word.capitalize() for word in slug.split("_"))
    name = " ".join(words)
    return f"’s-{name[2:]}" if name.startswith("S ") else name[:1].upper() + name[1:]


def _authority(document: HandoverDocument) -> Iterator[Row]:
    """A professional needs it; of others it is shown when they told."""
    authority = document.authority
    if authority.known != "unknown" or document.audience == "professional":
        yield from fact("authority", choice("authority", authority.known))
    if authority.second_parent_informed != "unknown":
        yield from fact("second_parent", choice("ynu", authority.second_parent_informed))

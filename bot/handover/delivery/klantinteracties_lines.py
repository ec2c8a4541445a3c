"""What each line of the explanation says, in the order in which a worker needs it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.handover.delivery.fitting import flat, shortened, whole_items
from bot.handover.delivery.klantinteracties_address import digital_address, unsafe_to_call
from bot.handover.document import Big5, HandoverDocument, Network, SafetySignal, Transition
from bot.handover.text_dates import day, moment
from bot.wording import wording

_GRAVEST = ("life_threatening", "urgent", "concern", "none")
_LAWS = ("jeugdwet", "wmo", "zvw", "wlz")
_TIGHT = 60
_TIGHT_REASON = 80
_ENDLESS = 100_000


def say(key: str, **values: object) -> str:
    """A text of bot/texts/deliveries.yml on one line."""
    return flat(wording().text(f"deliveries.{key}", None, **values))


def first_line(document: HandoverDocument, promised_by: datetime | None, *, tight: bool = False) -> str:
    """Urgency, promise, consent, referrer: the API has no field for any of these."""
    return ". ".join(filter(None, [_urgency(document, tight), _promise(promised_by), *_terms(document, tight)]))


def safety_lines(document: HandoverDocument) -> list[str]:
    """Literally what was said about danger, and which numbers were given; the gravest first, since it may be cut."""
    gravest = sorted(document.safety.signals, key=lambda signal: _GRAVEST.index(signal.level))
    return [say("line_safety", value=_signal(signal)) for signal in gravest]


def safe_lines(document: HandoverDocument, *, tight: bool = False) -> list[str]:
    """Whether and how contact is safe, and the way to reach somebody."""
    safety = document.safety
    value = say(f"safe_{safety.can_we_call_safely or 'unknown'}")
    note = flat(safety.call_note)
    safe = say("line_safe_note", value=value, note=note) if note else say("line_safe", value=value)
    return [safe, say("line_reach", value=_reach(document, _TIGHT if tight else _ENDLESS))]


def rest_lines(document: HandoverDocument) -> list[str]:
    """Request and situation, then everything else that a worker can use."""
    return [
        *_quotes("line_question", (document.question_own_words,)),
        *_quotes("line_needs", document.needs_to_happen),
        *_quotes("line_situation", (document.situation,)),
        *_quotes("line_background", (document.background,)),
        *_quotes("line_worries", document.worries),
        *_quotes("line_going_well", document.going_well),
        *_scale(document),
        *_network(document.network),
        *_big5(document.big5),
        *_transition(document.transition),
        *_circumstances(document),
        *_quotes("line_unanswered", document.unanswered),
    ]


def _urgency(document: HandoverDocument, tight: bool) -> str:
    value, reason = say(f"urgency_{document.urgency.level}"), flat(document.urgency.reason)
    if not reason:
        return say("line_urgency", value=value)
    return say("line_urgency_reason", value=value, reason=shortened(reason, _TIGHT_REASON if tight else _ENDLESS))


def _promise(promised_by: datetime | None) -> str:
    return say("line_promised", moment=moment(promised_by)) if promised_by else ""


def _terms(document: HandoverDocument, tight: bool) -> Iterator[str]:
    items = ("contact", "share_summary", "share_transcript")
    given = [say(f"consent_{item}") for item in items if getattr(document.consent, item).given]
    yield say("line_consent", value=", ".join(given) or say("consent_none"))
    referrer = flat(document.referral.referrer) if document.referral else ""
    if referrer:
        yield say("line_referrer", value=shortened(referrer, _TIGHT if tight else _ENDLESS))


def _signal(signal: SafetySignal) -> str:
    numbers = ", ".join(filter(None, map(flat, signal.numbers_shown)))
    if numbers:
        return say("line_signal_shown", quote=flat(signal.quote), numbers=numbers)
    return say("line_signal", quote=flat(signal.quote))


def _reach(document: HandoverDocument, limit: int) -> str:
    contact = document.contact
    parts = [say(f"channel_{contact.channel}")]
    if unsafe_to_call(document):
        parts.append(say("unsafe_number"))
    elif contact.address and digital_address(document) is None:
        parts.append(shortened(flat(contact.address), limit))
    parts.append(whole_items(map(flat, contact.times), limit))
    return ", ".join(filter(None, parts))


def _quotes(key: str, texts: tuple[str | None, ...]) -> Iterator[str]:
    said = [say("quoted", value=flat(text)) for text in texts if flat(text)]
    if said:
        yield say(key, value=" ".join(said))


def _scale(document: HandoverDocument) -> Iterator[str]:
    scale = document.scale_0_10
    if scale:
        yield say("line_scale", value=scale.value, asked_of=flat(scale.asked_of), wording=flat(scale.wording))


def _network(network: Network) -> Iterator[str]:
    person = network.trusted_person
    named = ", ".join(filter(None, (flat(person.name), flat(person.relation)))) if person else ""
    if named:
        yield say("line_trusted", value=named)
    helped = ", ".join(filter(None, map(flat, network.informal_help)))
    if helped:
        yield say("line_informal", value=helped)


def _big5(big5: Big5 | None) -> Iterator[str]:
    if big5 is None:
        return
    told = [(name, getattr(big5, name)) for name in ("support", "wonen", "school_werk", "inkomen", "welzijn")]
    parts = [
        " ".join(filter(None, (say(f"big5_{name}"), say(f"state_{item.state}"), flat(item.note))))
        for name, item in told
        if item.state != "unknown" or item.note
    ]
    if parts:
        yield say("line_big5", value="; ".join(parts))


def _transition(transition: Transition | None) -> Iterator[str]:
    if transition is None:
        return
    parts = [
        say("transition_help", value=say(f"known_{transition.help_now}")),
        say("transition_ends", value=day(transition.ends_on)) if transition.ends_on else "",
        say("transition_plan", value=say(f"known_{transition.plan_exists}")),
        say("transition_law", value=transition.law_after) if transition.law_after in _LAWS else "",
    ]
    yield say("line_transition", value=", ".join(filter(None, parts)))


def _circumstances(document: HandoverDocument) -> Iterator[str]:
    if document.money_worries != "not_asked":
        yield say("line_money", value=say(f"known_{document.money_worries}"))
    step = document.meldcode
    if step and step.advice_asked_of_veilig_thuis != "unknown":
        advice = say(f"known_{step.advice_asked_of_veilig_thuis}")
        yield say("line_meldcode_advice", value=step.step, advice=advice)
    elif step:
        yield say("line_meldcode", value=step.step)

"""A weighing in words: the step, why, what would change it, who first, and a person always near."""

from __future__ import annotations

from collections.abc import Iterator

from bot.answers.help_lines import help_line_list
from bot.answers.local_team import human_button, team_lines
from bot.answers.placeholders import fill
from bot.answers.render import topic_button
from bot.answers.schema import Topic
from bot.answers.select import choose_topic, fits
from bot.answers.source_notes import source_notes
from bot.ordinary_or_care.model import TODAY, Register
from bot.ordinary_or_care.questions import say
from bot.ordinary_or_care.thresholds import decide
from bot.ordinary_or_care.weighing import Weighing
from bot.short_form import Setting
from bot.turn import Audience, Button, Message
from bot.wording import wording

MONEY_TOPIC = "geldzorgen_gezin"
WHO_FIRST = "Wie eerst vragen"
MOST_SIGNALS = 4


def render_weighing(
    weighing: Weighing, register: Register, setting: Setting, *, slug: str | None, audience: Audience | None
) -> tuple[Message, ...]:
    """At most two bubbles. On the day itself the numbers come first."""
    topic = topic_at(weighing, setting, slug, audience)
    if weighing.step == TODAY:
        return _today(weighing, register, setting, topic, audience)
    blocks = [
        say(f"step_{weighing.step}", audience),
        " ".join(_why(weighing, register, audience)),
        _who_first(weighing, setting, topic, audience),
        _changes(weighing, audience),
        _signals(weighing, register, audience),
        _closing(weighing, audience),
    ]
    text = "\n\n".join(block for block in blocks if block)
    keys = weighing.decision.sources if weighing.decision else ()
    first = Message(_filled(text, setting, audience), (), source_notes(setting.knowledge, keys))
    return first, _nearby(weighing, setting, topic, slug, audience)


def topic_at(weighing: Weighing, setting: Setting, slug: str | None, audience: Audience | None) -> Topic | None:
    """The topic for this worry at this age: the one the person read when it fits, else the first that does."""
    slugs = weighing.worry.topics_at(weighing.told.age) if weighing.worry else ()
    known = [each for each in dict.fromkeys([slug, *slugs]) if each and setting.knowledge.files_of(each)]
    topics = [
        choose_topic(setting.knowledge, each, audience=audience, gemeente=setting.gemeente)
        for each in known
        if each in slugs or not slugs
    ]
    return next((topic for topic in topics if fits(topic, weighing.told.age)), topics[0] if topics else None)


def _today(
    weighing: Weighing, register: Register, setting: Setting, topic: Topic | None, audience: Audience | None
) -> tuple[Message, ...]:
    unsafe = weighing.told.unsafe
    blocks = [say("unsafe", audience), say("unsafe_panic", audience)] if unsafe else [say("step_4", audience)]
    lines = _help_lines(setting, topic, weighing, audience)
    if lines:
        blocks += [wording().text("answers.help_lines_heading", audience) + "\n\n" + lines]
    if not unsafe:
        blocks += [" ".join(_why(weighing, register, audience)), say("no_diagnosis", audience)]
    keys = weighing.decision.sources if weighing.decision else ()
    notes = source_notes(setting.knowledge, keys)
    buttons = (human_button(), *_topic_button(topic, None, audience))
    return (Message("\n\n".join(block for block in blocks if block), buttons, notes),)


def _help_lines(setting: Setting, topic: Topic | None, weighing: Weighing, audience: Audience | None) -> str:
    keys = topic.help_lines if topic else ()
    lines = help_line_list(setting.knowledge, keys, audience=audience, age=weighing.told.age, now=setting.now)
    return "\n".join(lines)


def _why(weighing: Weighing, register: Register, audience: Audience | None) -> Iterator[str]:
    told = weighing.told
    how_long, hindrance = say(f"for_{told.how_long}", audience), say(f"with_{told.hindrance}", audience)
    if not told.unsure:
        yield say("why", audience, how_long=how_long, hindrance=hindrance)
    elif told.not_known == ("how_long",):
        yield say("why_hindrance", audience, hindrance=hindrance)
    elif told.not_known == ("hindrance",):
        yield say("why_how_long", audience, how_long=how_long)
    if told.unsure:
        yield say("unsure", audience)
    if weighing.weighs_differently and weighing.worry:
        usual = decide(
            register, None, age=told.age, how_long=told.how_long, hindrance=told.hindrance, gemeente=None
        ).step
        if weighing.step != usual:
            key = "weighs_sooner" if weighing.step > usual else "weighs_lighter"
            yield say(key, audience, worry=weighing.worry.name)


def _who_first(weighing: Weighing, setting: Setting, topic: Topic | None, audience: Audience | None) -> str:
    """Who the topic names; from the third step on always the huisarts or the team."""
    if weighing.step == 1:
        return ""
    sections = topic.sections if topic else ()
    named = next((each.text_for(weighing.told.age) for each in sections if each.heading == WHO_FIRST), "")
    parts = [say("who_help", audience, team="{team}")] if weighing.step == 3 else [named or say("who_advice", audience)]
    return "\n\n".join([say("who_first", audience), *parts])


def _changes(weighing: Weighing, audience: Audience | None) -> str:
    lines = []
    if weighing.longer:
        how_long = say(f"becomes_longer_{weighing.longer.how_long}", audience)
        lines.append(say("longer", audience, how_long=how_long, step=_then(weighing.longer.step, audience)))
    if weighing.worse:
        lines.append(say("worse", audience, step=_then(weighing.worse.step, audience)))
    if weighing.better:
        lines.append(say("better", audience, step=_then(weighing.better.step, audience)))
    return "\n\n".join([say("change", audience), "\n".join(f"- {line}" for line in lines)]) if lines else ""


def _then(step: int, audience: Audience | None) -> str:
    return say(f"then_{step}", audience)


def _signals(weighing: Weighing, register: Register, audience: Audience | None) -> str:
    keys = weighing.worry.signals if weighing.worry else ()
    known = [register.signals[key] for key in keys if key in register.signals]
    signals = [signal for signal in known if signal.is_for(weighing.told.age)]
    texts = [signal.youth if audience == "jongere" else signal.parent for signal in signals]
    lines = [f"- {text}" for text in texts if text][:MOST_SIGNALS]
    return "\n\n".join([say("today", audience), "\n".join(lines)]) if lines else ""


def _closing(weighing: Weighing, audience: Audience | None) -> str:
    young = [say("young", audience)] if weighing.is_young else []
    return " ".join([*young, say("no_diagnosis", audience)])


def _nearby(
    weighing: Weighing, setting: Setting, topic: Topic | None, slug: str | None, audience: Audience | None
) -> Message:
    """The team, the gentle line about money, and the buttons."""
    blocks = []
    if weighing.step > 1:
        blocks += team_lines(setting.knowledge, setting.gemeente, audience=audience, now=setting.now)
    money = _money(weighing, setting, audience)
    blocks += [say("money", audience)] if money else []
    blocks = blocks or [wording().text("answers.more_help", audience)]
    return Message("\n\n".join(blocks), (*_topic_button(topic, slug, audience), *money, human_button()))


def _money(weighing: Weighing, setting: Setting, audience: Audience | None) -> tuple[Button, ...]:
    """Money is asked about where it often drives the worry, and wherever help is needed; never as a cause."""
    driven = weighing.worry is not None and weighing.worry.money
    if not (driven or weighing.step >= 3) or not setting.knowledge.files_of(MONEY_TOPIC):
        return ()
    topic = choose_topic(setting.knowledge, MONEY_TOPIC, audience=audience, gemeente=setting.gemeente)
    return (Button(say("money_button", audience), topic_button(topic).payload),)


def _topic_button(topic: Topic | None, slug: str | None, audience: Audience | None) -> tuple[Button, ...]:
    """The answer for this age; "the tips" when that is the one the person came from."""
    if topic is None:
        return ()
    button = topic_button(topic)
    return (Button(say("tips_button", audience), button.payload),) if topic.slug == slug else (button,)


def _filled(text: str, setting: Setting, audience: Audience | None) -> str:
    return fill(text, knowledge=setting.knowledge, gemeente=setting.gemeente, audience=audience)

"""Every form of a document says the same, nothing more than was agreed to, and cannot be broken by what is typed."""

from __future__ import annotations

import html
import json
import re
import unicodedata
from email import message_from_string, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from handover_examples import AT, EXAMPLES, LINK, PROMISED, REFERENCE
from handover_forms import FORMS, GOLDEN
from handover_strategies import NASTY, documents
from hypothesis import HealthCheck, given, settings
from ruamel.yaml import YAML

from bot.handover.document import (
    Consent,
    ConsentItem,
    Contact,
    HandoverDocument,
    Inference,
    Reporter,
    Safety,
    SafetySignal,
)
from bot.handover.render import plain_markdown, preview
from bot.handover.rendering import row
from bot.handover.rendering.as_json import as_json
from bot.handover.rendering.card import card
from bot.handover.rendering.email import full, notice
from bot.handover.rendering.first_rows import KINDS
from bot.handover.rendering.sbar import WIDTH, sbar
from bot.safety import lexicon
from bot.wording import TEXTS, wording

TEXT = YAML(typ="safe", pure=True).load(TEXTS / "rendering.yml")
CODE = "\n".join(path.read_text() for path in Path(row.__file__).parent.glob("*.py"))
TEXTS_ONLY = [name for name in FORMS if name not in ("card.html", "json")]
YES = ConsentItem(given=True, by="youth", at=AT)
plenty = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("example", EXAMPLES)
@pytest.mark.parametrize("form", FORMS)
def test_the_golden_files(example: str, form: str) -> None:
    """Renew them with scripts/renew_renderings.py, and read what changed."""
    made = FORMS[form](EXAMPLES[example]())
    assert made == (GOLDEN / f"{example}.{form}").read_text(encoding="utf-8")


def test_no_golden_file_is_left_over() -> None:
    assert {path.name for path in GOLDEN.iterdir()} == {f"{example}.{form}" for example in EXAMPLES for form in FORMS}


@plenty
@given(document=documents())
def test_the_preview_is_the_card_and_sbar_and_mail_leave_nothing_out(document: HandoverDocument) -> None:
    shown = card(document)
    lines = [f"- **{one.label}:** {plain_markdown(one.value)}" for one in shown.rows]
    titles = [f"**{section.title}**" for section in shown.sections]
    seen = [line for line in preview(document, "ouder").split("\n") if line]
    assert [line for line in seen if line in titles] == titles
    assert [line for line in seen if line.startswith("- ")] == lines
    assert len(seen) == len(titles) + len(lines)
    text, mail = squeezed(sbar(document)), squeezed(full("handover.created", REFERENCE, LINK, document).body)
    for one in shown.rows:
        assert squeezed(f"{one.label}: {one.value}") in text
        assert squeezed(f"{one.label}: {one.value}") in mail


@plenty
@given(document=documents())
def test_nothing_unseen_and_no_markup_comes_through(document: HandoverDocument) -> None:
    for name, form in FORMS.items():
        made = form(document)
        assert not [char for char in made if unicodedata.category(char) in ("Cc", "Cs") and char != "\n"], name
        assert not set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\ufeff\u2028") & set(made), (
            name
        )
    page = FORMS["card.html"](document)
    assert set(re.findall(r"</?([a-z0-9]+)", page)) <= {"div", "section", "h2", "dl", "dt", "dd", "small"}
    assert page.count("<section") == page.count("</section>") == len(card(document).sections)
    assert page.count("<dd>") == len(card(document).rows)
    assert "](" not in preview(document, "ouder") and "<" not in preview(document, "ouder")
    assert max(map(len, sbar(document).split("\n"))) <= WIDTH
    json.loads(FORMS["json"](document))


@pytest.mark.parametrize("typed", NASTY)
def test_a_mail_keeps_its_own_headers(typed: str) -> None:
    document = EXAMPLES["ouder"]().copy(
        update={"reporter": Reporter(name=typed), "gemeente_name": typed, "team": typed, "question_own_words": typed}
    )
    for mail in (full("handover.created", REFERENCE, LINK, document), notice("x" + typed, REFERENCE, LINK)):
        assert "\n" not in mail.subject and mail.subject.isprintable() and REFERENCE in mail.subject
        message = EmailMessage(policy=policy.SMTP)
        message["Subject"] = mail.subject
        message.set_content(mail.body)
        again = message_from_string(message.as_string(), policy=policy.default)
        assert again["Bcc"] is None and again["Subject"] == mail.subject


@pytest.mark.parametrize("example", EXAMPLES)
@pytest.mark.parametrize("event", ["handover.created", "handover.changed", "handover.withdrawn"])
def test_the_notice_holds_nothing_of_the_person(example: str, event: str) -> None:
    document = EXAMPLES[example]()
    mail = notice(event, REFERENCE, LINK, urgency=document.urgency.level, promised_by=PROMISED)
    told = [document.reporter.name, document.contact.address, document.question_own_words, document.situation]
    assert LINK in mail.body and not [text for text in told if text and text in mail.subject + mail.body]


def test_a_mail_after_a_withdrawal_holds_no_content_and_asks_to_erase() -> None:
    mail = full("handover.withdrawn", REFERENCE, LINK, EXAMPLES["ouder"](), promised_by=PROMISED)
    assert "Samira" not in mail.body and "Wis ook" in mail.body and "beloofd" not in mail.body


def test_the_promise_is_on_the_clock_of_the_team() -> None:
    assert "donderdag 26 november, 17.00 uur" in " ".join(
        notice("handover.created", REFERENCE, LINK, promised_by=PROMISED).body.split()
    )


@pytest.mark.parametrize("form", FORMS)
def test_a_conversation_without_consent_is_nowhere(form: str) -> None:
    assert "niemand lezen" not in FORMS[form](EXAMPLES["gevaar"]())
    if form != "notice.txt":
        assert "wat als ik 18 word" in FORMS[form](EXAMPLES["jongere"]())


@pytest.mark.parametrize("form", FORMS)
def test_parents_who_are_left_out_are_nowhere(form: str) -> None:
    document = EXAMPLES["gevaar"]()
    made = FORMS[form](document)
    assert "moeder" not in made and '"known": "yes"' not in made
    shared = document.copy(update={"consent": document.consent.copy(update={"parents_left_out": False})})
    if form != "notice.txt":
        assert "moeder" in FORMS[form](shared)


@pytest.mark.parametrize("form", FORMS)
def test_without_consent_to_contact_the_number_is_nowhere(form: str) -> None:
    document = EXAMPLES["ouder"]()
    refused = document.copy(update={"consent": Consent(share_summary=YES)})
    assert "06 1234 5678" not in FORMS[form](refused) and "0612345678" not in FORMS[form](refused)
    before = document.copy(update={"consent": Consent()})
    if form not in ("notice.txt", "json"):
        assert "06 1234 5678" in FORMS[form](before)


def test_what_cannot_wait_comes_first_and_a_guess_last() -> None:
    shown = card(EXAMPLES["gevaar"]())
    assert shown.is_urgent and shown.sections[0].name == "first"
    assert [one.name for one in shown.rows][:2] == ["urgency", "safety_signal"]
    names = [section.name for section in card(EXAMPLES["ouder"]()).sections]
    assert names == ["first", "question", "wish", "situation", "people", "consent", "law", "told", "guess"]


def test_own_words_facts_and_guesses_are_kept_apart() -> None:
    kinds = {one.name: one.kind for one in card(EXAMPLES["ouder"]()).rows}
    assert kinds["own_words"] == kinds["worries"] == "own_words"
    assert kinds["name"] == kinds["age_child"] == "fact"
    assert kinds["guess"] == "guess" and kinds["who_decides"] == "reminder"
    page = FORMS["card.html"](EXAMPLES["ouder"]())
    assert "is-guess" in page and "kan fout zijn" in page and "is-own-words" in page


@pytest.mark.parametrize(
    ("band", "says"),
    [(None, "vraag die eerst"), ("0-3", "ouders met gezag"), ("4-11", "ouders met gezag"),
     ("12-15", "de jongere en de"), ("16-17", "geeft zelf"), ("18-22", "volwassen"), ("23+", "volwassen")],
)  # fmt: skip
def test_the_law_by_age(band: str | None, says: str) -> None:
    document = HandoverDocument.parse_obj({**json.loads(EXAMPLES["ouder"]().to_json()), "child": {"age_band": band}})
    (rule,) = [one for one in card(document).rows if one.name == "who_decides"]
    assert says in rule.value


def test_what_is_not_known_is_said_where_it_matters_and_left_out_elsewhere() -> None:
    document = HandoverDocument(
        handover_id="voorbeeld-0001", created_at=AT, trigger="asked", audience="ouder", expires_at=AT.date(),
        contact=Contact(channel="phone", address="0612345678"),
    )  # fmt: skip
    values = {one.name: one.value for one in card(document).rows}
    assert values["safe"] == "niet gezegd" and values["age_child"] == "niet gezegd"
    assert values["gemeente"] == "niet bekend" and "money" not in values and "situation" not in values


def test_paragraphs_stay_in_the_card_and_are_one_line_in_the_preview() -> None:
    assert "wakker.\n\nOp school" in html.unescape(FORMS["card.html"](EXAMPLES["ouder"]()))
    assert "wakker. Op school" in preview(EXAMPLES["ouder"](), "ouder")


def test_every_kind_of_danger_has_a_word() -> None:
    signal = SafetySignal(kind="iets_nieuws", quote="help")
    document = EXAMPLES["ouder"]().copy(update={"safety": Safety(signals=(signal,))})
    assert "help" in preview(document, "ouder")
    assert all(f"value_kind_{kind}" in TEXT for kind in KINDS)
    assert {rule.kind for rule in lexicon.load().rules.values() if rule.kind} <= KINDS


def test_the_notes_of_the_json_say_what_was_left_out() -> None:
    said = " ".join(as_json(EXAMPLES["gevaar"]())["notes"])
    assert "Bellen is niet veilig" in said and "ouders" in said and "zit er niet bij" in said


def test_a_guess_without_a_title_is_readable() -> None:
    guess = Inference(topic="ruzie_thuis", confidence=0.5)
    assert "ruzie thuis" in preview(EXAMPLES["ouder"]().copy(update={"bot_inference": (guess,)}), "ouder")


def test_every_text_is_used() -> None:
    made = r"^(section|label|value|mark|reminder|json|mail|mail_subject|sbar)_"
    unused = [key for key in TEXT if not re.match(made, key) and f'"{key}"' not in CODE]
    assert unused == ["moment"]
    assert all(f"rendering.{key}" in wording().keys() for key in TEXT)

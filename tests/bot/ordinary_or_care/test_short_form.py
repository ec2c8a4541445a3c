from __future__ import annotations

import json
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.answers.local_team import ASK_FOR_HUMAN
from bot.ordinary_or_care.age_form import AgeForm
from bot.ordinary_or_care.shelf import RegisterShelf
from bot.ordinary_or_care.short_form import WeighingForm
from bot.short_form import Outcome, Said, Setting

MONEY = '/vraag{"topic": "geldzorgen_gezin"}'


@pytest.fixture
def form(register):
    return WeighingForm(lambda _: register)


@pytest.fixture
def setting(knowledge, now: datetime):
    def make(audience="ouder", gemeente=None, age=None) -> Setting:
        return Setting(knowledge, audience, gemeente, age, now)

    return make


def run(form, setting: Setting, topic: str | None, *said: str) -> Outcome:
    """Typed words; what stands between < > is a pressed button."""
    outcome = form.begin({"topic": topic} if topic else {}, setting)
    for words in said:
        pressed = words.startswith("<")
        message = Said(value=words.strip("<>")) if pressed else Said(text=words)
        outcome = form.receive(json.loads(json.dumps(dict(outcome.values))), message, setting)
    return outcome


def whole(outcome: Outcome) -> str:
    return "\n".join(message.text for message in outcome.messages)


def payloads(outcome: Outcome) -> list[str]:
    return [button.payload for message in outcome.messages for button in message.buttons]


def test_it_asks_three_things_and_why(form, setting) -> None:
    outcome = form.begin({"topic": "verhuizing"}, setting())
    questions = [outcome.messages[0].text]
    for value in ("4-6", "weeks"):
        outcome = form.receive(outcome.values, Said(value=value), setting())
        questions.append(outcome.messages[0].text)
    assert ["oud" in questions[0], "Hoe lang" in questions[1], "in de weg" in questions[2]] == [True] * 3
    assert form.receive(outcome.values, Said(value="little"), setting()).status == "done"


def test_a_known_age_is_not_asked(form, setting) -> None:
    assert "Hoe lang" in form.begin({"topic": "verhuizing"}, setting(age=5)).messages[0].text


def test_buttons_fit_and_carry_the_value(form, setting) -> None:
    for said in ((), ("<4-6>",), ("<4-6>", "<weeks>")):
        buttons = run(form, setting(), "verhuizing", *said).messages[0].buttons
        assert all(button.payload.startswith('/choose{"value": "') and len(button.title) <= 32 for button in buttons)


def test_youths_are_asked_as_youths(form, setting) -> None:
    outcome = form.begin({"topic": "somberheid_tiener"}, setting("jongere"))
    assert "Hoe oud ben je" in outcome.messages[0].text
    assert len(outcome.messages[0].buttons) == 4


def test_a_professional_reads_of_the_child(form, setting) -> None:
    assert "Hoe oud is het kind" in form.begin({"topic": "verhuizing"}, setting("professional")).messages[0].text


def test_step_one_leaves_the_door_open(form, setting) -> None:
    outcome = run(form, setting(age=9), "druk_gedrag", "een paar dagen", "valt mee")
    assert outcome.values["step"] == 1 and outcome.category == "ordinary_or_care"
    assert "gewoon opgroeien" in whole(outcome) and "Dat mag altijd" in whole(outcome)
    assert payloads(outcome)[-1] == ASK_FOR_HUMAN


def test_step_two_names_who_the_topic_names(form, setting, knowledge) -> None:
    outcome = run(form, setting(age=9), "verhuizing", "drie weken", "een beetje")
    assert outcome.values["step"] == 2
    assert "De nieuwe leerkracht" in whole(outcome) and "geen verwijzing" in whole(outcome)


def test_step_three_says_why_and_names_the_team(form, setting) -> None:
    outcome = run(form, setting(gemeente="schiedam", age=9), "ruzie_broers_zussen", "al maanden", "veel")
    assert outcome.values["step"] == 3
    assert "een tot drie maanden duurt" in whole(outcome) and "in de knel" in whole(outcome)
    assert "010 754 15 15" in whole(outcome)
    assert MONEY in payloads(outcome)


def test_step_four_puts_numbers_first(form, setting) -> None:
    outcome = run(form, setting(age=14), "zelfbeschadiging", "een week", "veel")
    assert outcome.values["step"] == 4
    assert "112" in outcome.messages[0].text.split("\n\n")[0] and "huisartsenpost" in outcome.messages[0].text
    assert "113" in outcome.messages[0].text
    assert payloads(outcome)[0] == ASK_FOR_HUMAN


UNSAFE_PARENT = (
    "Is er nu gevaar? Bel **112**. Is iemand thuis niet veilig? Bel Veilig Thuis: **0800-2000**, dag en nacht. "
    "Wil iemand niet meer leven? Bel **113**, dag en nacht."
)
UNSAFE_YOUTH = (
    "Is er nu gevaar? Bel **112**. Ben jij of is iemand anders thuis niet veilig? Bel Veilig Thuis: **0800-2000**, "
    "dag en nacht. Wil je er liever niet meer zijn? Bel **113**, of chat op 113.nl."
)


@pytest.mark.parametrize(("audience", "text"), [("ouder", UNSAFE_PARENT), ("jongere", UNSAFE_YOUTH)])
@pytest.mark.parametrize("said", [("<weeks>", "<unsafe>"), ("al weken, en ik ben bang voor hem",)])
def test_unsafe_is_today_word_for_word(form, setting, audience, text, said) -> None:
    outcome = run(form, setting(audience, age=14), "ruzie_thuis_tiener", *said)
    assert outcome.status == "done" and outcome.values["step"] == 4
    assert outcome.messages[0].text.split("\n\n")[0] == text


def test_under_six_asking_is_never_too_early(form, setting) -> None:
    for how_long in ("days", "weeks", "months", "longer"):
        for hindrance in ("none", "little", "much"):
            outcome = run(form, setting(age=3), "slaapproblemen_peuter", f"<{how_long}>", f"<{hindrance}>")
            assert "vragen nooit te vroeg" in whole(outcome), (how_long, hindrance)


def test_signals_are_of_the_age(form, setting) -> None:
    assert "baby" not in whole(run(form, setting(age=9), "slaapproblemen_schoolkind", "<weeks>", "<little>"))
    assert "uw baby suf" in whole(run(form, setting(age=0), "slaapproblemen_baby", "<weeks>", "<little>"))


def test_the_topic_of_the_age_is_offered(form, setting) -> None:
    outcome = run(form, setting(), "slaapproblemen_peuter", "14", "<weeks>", "<little>")
    assert outcome.topic == "slaapproblemen_puber"
    assert '/vraag{"topic": "slaapproblemen_puber"}' in payloads(outcome)


def test_what_would_change_it_goes_up_and_down(form, setting) -> None:
    outcome = run(form, setting(age=9), "verhuizing", "<weeks>", "<little>")
    text = whole(outcome)
    assert "Duurt het langer dan drie maanden" in text and "Gaat het erger" in text and "minder in de weg" in text


def test_who_does_not_know_is_weighed_with_care(form, setting) -> None:
    outcome = run(form, setting(age=9), "verhuizing", "weet ik niet", "geen idee")
    assert outcome.values["step"] == 2 and "voorzichtig" in whole(outcome)


def test_a_worry_that_weighs_sooner_says_so(form, setting) -> None:
    assert "eerder mee dan bij andere" in whole(run(form, setting(age=9), "gepest_worden", "<weeks>", "<little>"))


def test_a_question_is_no_answer(form, setting) -> None:
    asked = form.begin({"topic": "verhuizing"}, setting(age=9))
    outcome = form.receive(
        asked.values, Said(text="wat kost het als ik een psycholoog voor mijn kind wil?"), setting(age=9)
    )
    assert outcome.status == "not_understood" and outcome.values == asked.values
    assert outcome.messages[0].buttons


def test_an_age_that_the_caller_recognised_counts(form, setting) -> None:
    asked = form.begin({"topic": "verhuizing"}, setting())
    assert form.receive(asked.values, Said(text="hij zit net op de kleuterschool"), setting(age=4)).values["age"] == 4


@pytest.mark.parametrize("topic", [None, "bestaat_niet", "waar_begin_ik"])
def test_any_topic_can_be_weighed(form, setting, topic) -> None:
    outcome = run(form, setting(), topic, "9", "al maanden", "veel")
    assert outcome.status == "done" and payloads(outcome)[-1] == ASK_FOR_HUMAN


def test_every_topic_of_the_theme_can_be_weighed_at_every_age(form, setting, knowledge) -> None:
    for slug in (slug for slug in knowledge.slugs() if knowledge.topic(slug).theme == "gewoon_of_zorg"):
        for age in (0, 3, 5, 9, 14, 17):
            for audience in ("ouder", "jongere"):
                outcome = run(form, setting(audience, age=age), slug, "<months>", "<much>")
                assert outcome.status == "done" and ASK_FOR_HUMAN in payloads(outcome), (slug, age)
                assert "{" not in whole(outcome) and len(outcome.messages) <= 2, (slug, age)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(texts=st.lists(st.text(max_size=60), min_size=1, max_size=4))
def test_no_text_breaks_the_form(form, setting, texts) -> None:
    outcome = form.begin({"topic": "verhuizing"}, setting())
    for text in texts:
        if outcome.status == "done":
            break
        outcome = form.receive(outcome.values, Said(text=text), setting())
        assert outcome.messages
        json.dumps(dict(outcome.values))


def test_the_age_form_gives_the_part_of_that_age(setting) -> None:
    form = AgeForm()
    asked = form.begin({"topic": "scheiding_kind"}, setting())
    assert asked.status == "asking" and "Hoe oud is uw kind" in asked.messages[0].text
    outcome = form.receive(asked.values, Said(text="bijna 6"), setting())
    assert outcome.status == "done" and outcome.values["age"] == 5 and outcome.category == "ordinary_or_care"
    assert "kleuters denken dat het door hen komt" in whole(outcome)
    assert "tiener maakt zich los" not in whole(outcome)


def test_the_age_form_waits_for_an_age(setting) -> None:
    form = AgeForm()
    asked = form.begin({"topic": "scheiding_kind"}, setting())
    assert form.receive(asked.values, Said(text="waarom?"), setting()).status == "not_understood"
    assert form.begin({"topic": "scheiding_kind"}, setting(age=9)).status == "done"
    assert form.begin({"topic": "bestaat_niet"}, setting()).status == "done"


@pytest.mark.parametrize(
    ("slug", "suits"),
    [("slaapproblemen_peuter", True), ("online_naaktbeeld_chantage", False), ("waar_begin_ik", False)],
)
def test_it_is_offered_under_everyday_worries_that_can_wait(form, setting, knowledge, slug, suits) -> None:
    assert form.suits(knowledge.topic(slug), setting()) is suits


def test_without_a_register_it_is_not_offered(setting, knowledge, tmp_path) -> None:
    form = WeighingForm(RegisterShelf(tmp_path).at)
    assert not form.suits(knowledge.topic("slaapproblemen_peuter"), setting())


def test_the_age_is_asked_where_it_adds_something(setting, knowledge) -> None:
    form, topic = AgeForm(), knowledge.topic("scheiding_kind")
    assert form.suits(topic, setting()) and not form.suits(topic, setting(age=4))
    assert not form.suits(knowledge.topic("waar_begin_ik"), setting())

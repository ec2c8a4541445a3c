"""The three forms in the chat: few questions, typed or pressed, and never a guess."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from bot.intake import REMOVED_NUMBER
from bot.routes.jw315_form import Jw315Form
from bot.routes.meldcode_form import MeldcodeForm
from bot.routes.short_form import RouteForm
from bot.short_form import Said

FORMS = (RouteForm, Jw315Form, MeldcodeForm)


@pytest.fixture
def talk(book, setting):
    """Give the answers one after another; a text in `<>` is a pressed button."""

    def run(form_class, *answers, given=None, within=setting):
        form = form_class(lambda: book)
        outcome = form.begin(given or {}, within)
        outcomes = [outcome]
        for answer in answers:
            said = Said(value=answer[1:-1]) if answer.startswith("<") else Said(text=answer)
            outcome = form.receive(json.loads(json.dumps(outcome.values)), said, within)
            outcomes.append(outcome)
        return outcomes

    return run


def text_of(outcome):
    return "\n".join(message.text for message in outcome.messages)


def test_pressing_leads_to_a_route_in_four_questions(talk):
    outcomes = talk(RouteForm, "<huisarts>", "<jeugd_ggz>", "<12-16>", "<vrijwillig>")
    assert [outcome.status for outcome in outcomes] == ["asking"] * 4 + ["done"]
    done = outcomes[-1]
    assert done.category == "referral_route" and done.topic == "jeugd_ggz_verwijzen"
    assert len(done.messages) <= 3 and "U verwijst rechtstreeks" in done.messages[0].text
    assert done.messages[0].text.index("112") < done.messages[0].text.index("Wie beslist")
    assert done.messages[0].sources
    link = "/routes?rol=huisarts&vraag=jeugd_ggz&leeftijd=12-16&kader=vrijwillig"
    assert link in done.messages[-1].text
    payloads = [button.payload for button in done.messages[-1].buttons]
    assert any(payload.startswith("/vraag") for payload in payloads) and "/ask_for_human" in payloads


def test_typing_is_understood_and_may_say_several_things_at_once(talk):
    done = talk(RouteForm, "ik ben IB'er, dyslexie, 8 jaar", "geen maatregel", "Woerden")[-1]
    assert done.status == "done" and "leesdossier" in text_of(done)
    done = talk(RouteForm, "poh-jeugd", "Ernstige psychische klachten", "ze is 15", "er is een OTS")[-1]
    assert "GI bepaalt" in text_of(done)


def test_what_is_known_is_not_asked(talk, setting):
    within = replace(setting, age=14, gemeente="zoetermeer")
    outcomes = talk(
        RouteForm, "<vrijwillig>", given={"topic": "verwijzen_als_huisarts", "question": "jeugd_ggz"}, within=within
    )
    assert [outcome.status for outcome in outcomes] == ["asking", "done"]
    assert "Hier in Zoetermeer" in text_of(outcomes[-1]) and "gemeente=zoetermeer" in text_of(outcomes[-1])


def test_the_topic_under_which_it_opens_gives_the_question(talk):
    first = talk(RouteForm, given={"topic": "dyslexie_route"})[0]
    assert first.values["question"] == "dyslexie" and first.values["asking"] == "role"


def test_danger_does_not_ask_for_the_frame(talk):
    outcomes = talk(RouteForm, "<school>", "<crisis>", "<unknown>")
    assert outcomes[-1].status in ("asking", "done")
    assert "frame" not in [outcome.values.get("asking") for outcome in outcomes]


def test_the_municipality_is_asked_only_when_a_question_is_left(talk):
    outcomes = talk(RouteForm, "huisarts, dyslexie", "8", "<vrijwillig>", "Linschoten")
    assert outcomes[-2].values["asking"] == "gemeente"
    assert outcomes[-1].status == "done" and "Hier in Montfoort" in text_of(outcomes[-1])
    assert max(len(talk(RouteForm, *["<unknown>"] * count)) for count in range(5)) == 5


def test_not_knowing_is_an_answer(talk):
    done = talk(RouteForm, "weet ik niet", "geen idee", "weet ik niet", "weet ik niet")[-1]
    assert done.status == "done" and "Wij verzinnen er geen" in text_of(done)


@pytest.mark.parametrize("form", FORMS)
def test_a_new_question_is_not_taken_for_an_answer(talk, form):
    outcomes = talk(
        form, "mag ik eigenlijk informatie over een huisarts of school met anderen delen zonder toestemming?"
    )
    assert outcomes[-1].status == "not_understood" and outcomes[-1].messages[0].buttons
    assert talk(form, "blauw")[-1].status == "not_understood"


@pytest.mark.parametrize("form", FORMS)
def test_the_state_is_json_and_holds_no_typed_words(talk, form):
    outcomes = talk(form, "de dochter van Kanariegeel, huisarts, arts, ja")
    assert "kanariegeel" not in json.dumps(outcomes[-1].values).lower()


def test_jw315_complete_and_missing(talk):
    done = talk(Jw315Form, "<arts>", "<ja>", "<ja>", "<ja>")
    assert [outcome.status for outcome in done] == ["asking"] * 4 + ["done"]
    assert "Alles is er" in text_of(done[-1]) and len(done[-1].messages) <= 3
    missing = text_of(talk(Jw315Form, "huisarts", "ja", "de productcode mist nog", "ja alles")[-1])
    assert "Productcategorie" in missing and "contractbeheer" in missing and "Omvang" not in missing
    assert "product=nee" in missing and "omvang=ja" in missing


def test_jw315_through_the_team_needs_none(talk):
    outcomes = talk(Jw315Form, "via het wijkteam")
    assert outcomes[-1].status == "done" and "geen JW315 nodig" in text_of(outcomes[-1])


def test_jw315_asks_other_things_of_a_gi(talk):
    assert "Bepaling van de GI" in text_of(talk(Jw315Form, "<gi>")[-1])
    assert "Verwijsbrief" in text_of(talk(Jw315Form, "<arts>")[-1])


@pytest.mark.parametrize("number", ["111222333", "bsn 1112.22.333", REMOVED_NUMBER])
def test_jw315_refuses_a_bsn_and_keeps_it_nowhere(talk, number):
    outcome = talk(Jw315Form, "<arts>", number)[-1]
    assert outcome.status == "asking" and "burgerservicenummer" in text_of(outcome)
    assert "111" not in json.dumps(outcome.values) + text_of(outcome)


@pytest.mark.parametrize(
    ("weighed", "says"),
    [("<ja>", "meldt u bij Veilig Thuis"), ("<nee>", "Regel die hulp"), ("<unknown>", "voor advies: 0800-2000")],
)
def test_the_meldcode_ends_in_a_decision_and_phoning(talk, weighed, says):
    outcomes = talk(MeldcodeForm, "<ja>", "ja", "<ja>", weighed)
    assert [outcome.status for outcome in outcomes] == ["asking"] * 4 + ["done"]
    assert all("112" in outcome.messages[0].text.splitlines()[0] for outcome in outcomes[:-1])
    done = text_of(outcomes[-1])
    assert says in done and "Bel Veilig Thuis: 0800-2000" in done and "/routes/meldcode" in done


def test_steps_that_were_not_taken_come_back(talk):
    done = text_of(talk(MeldcodeForm, "<ja>", "nog niet", "<ja>", "<nee>")[-1])
    assert "Stap 2: overleg" in done and "Stap 1: zet" not in done


@pytest.mark.parametrize("at", range(4))
def test_danger_at_any_step_is_112_first(talk, at):
    outcomes = talk(MeldcodeForm, *["<ja>"] * at, "<nu>")
    assert outcomes[-1].status == "done"
    assert "Bel nu 112" in outcomes[-1].messages[0].text and outcomes[-1].messages[0].text.index("112") < 120
    assert talk(MeldcodeForm, "er is nu gevaar")[-1].status == "done"


def test_they_are_offered_to_professionals_under_fitting_answers(book, knowledge, setting):
    forms = {form.name: form(lambda: book) for form in FORMS}
    offered = {
        slug: [name for name, form in forms.items() if form.suits(knowledge.topic(slug), setting)]
        for slug in ("dyslexie_route", "jw315_toewijzing", "meldcode_stappen", "driftbuien_peuter")
    }
    assert offered == {
        "dyslexie_route": ["route"],
        "jw315_toewijzing": ["jw315"],
        "meldcode_stappen": ["meldcode"],
        "driftbuien_peuter": [],
    }
    parent = replace(setting, audience="ouder")
    assert not any(form.suits(knowledge.topic("meldcode_stappen"), parent) for form in forms.values())

"""What a change does to the answers that people read."""

from __future__ import annotations

from bot.answers.difference import differences


def compared(before, after, now) -> list[tuple[str, str, str | None, str]]:
    return [(one.what, one.audience, one.gemeente, one.change) for one in differences(before, after, now=now)]


def test_nothing_changed_is_no_difference(folder, now) -> None:
    folder.topic()
    folder.gemeente()
    assert compared(folder.load(), folder.load(), now) == []


def test_a_changed_sentence_is_shown_for_who_reads_it(folder, now) -> None:
    folder.topic()
    before = folder.load()
    folder.topic(body=folder.body(short="Vaak is dat gewoon."))
    (found,) = differences(before, folder.load(), now=now)
    assert (found.what, found.audience, found.change) == ("slecht_slapen", "ouder", "changed")
    assert found.lines == ("-Veel peuters worden 's nachts wakker. Dat is vaak gewoon.", "+Vaak is dat gewoon.")


def test_a_new_and_a_removed_topic(folder, now) -> None:
    folder.topic()
    before = folder.load()
    folder.topic("nieuw", doelgroep="[ouder, jongere]")
    after = folder.load()
    assert compared(before, after, now) == [
        ("nieuw", "ouder", None, "added"),
        ("nieuw", "jongere", None, "added"),
    ]
    assert {change for *_, change in compared(after, before, now)} == {"removed"}


def test_a_local_answer_changes_only_that_gemeente(folder, now) -> None:
    folder.topic()
    folder.gemeente()
    before = folder.load()
    folder.topic(gemeente="ede", body=folder.body(short="In Ede is dit anders."))
    found = compared(before, folder.load(), now)
    assert found == [("slecht_slapen", "ouder", "ede", "changed")]


def test_other_words_about_the_team_change_what_everybody_there_reads(folder, now) -> None:
    folder.gemeente()
    before = folder.load()
    folder.gemeente(omschrijving="Voor alle gezinnen.")
    assert {what for what, *_ in compared(before, folder.load(), now)} == {"ede"}


def test_a_button_of_another_topic_counts_as_a_change(folder, now) -> None:
    folder.topic("ander")
    folder.topic(zie_ook="[ander]")
    before = folder.load()
    folder.topic("ander", knop="Heel anders")
    assert ("slecht_slapen", "ouder", None, "changed") in compared(before, folder.load(), now)

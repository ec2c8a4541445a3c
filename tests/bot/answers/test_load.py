from __future__ import annotations

import pytest

from bot.answers.load import KnowledgeShelf, load_knowledge, read_knowledge
from bot.errors import InvalidFileError


class Clock:
    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def test_everything_is_read(folder) -> None:
    folder.topic()
    folder.topic(gemeente="ede")
    folder.gemeente()
    folder.write("gemeenten/plaatsen.yml", "Lunteren: ede\nBeek: [ede, elders]\n")
    folder.write("begrippen.yml", "beschikking: brief met het besluit\n")
    knowledge = folder.load()
    assert knowledge.slugs() == ("slecht_slapen",)
    assert len(knowledge.topics) == 2
    assert knowledge.sources["bron_een"].title == "NJi: slapen"
    assert knowledge.help_lines["veilig_thuis"].number == "0800-2000"
    assert knowledge.gemeenten["ede"].team.name == "Wijkteam Ede"
    assert knowledge.places["Beek"] == ("ede", "elders")
    assert knowledge.terms["beschikking"] == "brief met het besluit"


def test_hidden_files_of_an_editing_program_are_left_alone(folder) -> None:
    path = folder.topic()
    folder.write("antwoorden/gewoon_of_zorg/._slecht_slapen.md", "rommel")
    (path.parent / ".#slecht_slapen.md").symlink_to("nergens")
    assert KnowledgeShelf(folder.root).current.slugs() == ("slecht_slapen",)


def test_an_empty_folder_is_empty_knowledge(tmp_path) -> None:
    assert load_knowledge(tmp_path).slugs() == ()


def test_a_broken_file_stops_a_start(folder) -> None:
    folder.topic(stap="vliegen")
    with pytest.raises(InvalidFileError):
        folder.load()


def test_every_broken_file_is_reported_and_the_rest_is_read(folder) -> None:
    folder.topic("goed")
    folder.topic("fout", stap="vliegen")
    folder.write("bronnen/kapot.yml", "x: [")
    knowledge, errors = read_knowledge(folder.root)
    assert knowledge.slugs() == ("goed",)
    assert {error.path.name for error in errors} == {"fout.md", "kapot.yml"}


def test_a_source_in_two_files_is_an_error(folder) -> None:
    folder.write("bronnen/twee.yml", "bron_een:\n  titel: X\n  bekeken_op: 2026-11-21\n")
    errors = read_knowledge(folder.root)[1]
    assert "bestaat al" in errors[0].remedy


def test_a_topic_in_two_themes_is_an_error(folder) -> None:
    folder.topic("zelfde")
    folder.topic("zelfde", theme="rechten")
    assert "bestaat al" in read_knowledge(folder.root)[1][0].remedy


@pytest.mark.parametrize(
    ("line", "remedy"),
    [
        ("telefoon: 0801234", "aanhalingstekens"),
        ("openingstijden: {maandag: ['9-17']}", "openingstijden"),
        ("openingstijden: {mandag: ['09:00-17:00']}", "openingstijden"),
        ("openingstijden: {maandag: ['17:00-09:00']}", "openingstijden"),
        ("reactie_werkdagen: 'snel'", "heel getal"),
        ("telefon: null", "Bedoelde u 'telefoon'?"),
    ],
)
def test_mistakes_in_a_gemeente_name_their_own_line(folder, line, remedy) -> None:
    path = folder.gemeente()
    path.write_text(path.read_text() + f"  {line}\n")
    errors = read_knowledge(folder.root)[1]
    assert remedy in errors[0].remedy
    assert errors[0].line == len(path.read_text().splitlines())


def test_a_number_without_quotes_in_a_help_line_is_refused(folder) -> None:
    path = folder.root / "hulplijnen.yml"
    path.write_text(path.read_text().replace("'0800-0432'", "0113"))
    error = read_knowledge(folder.root)[1][0]
    assert "aanhalingstekens" in error.remedy and error.line == 13


def test_a_reload_takes_new_words(folder) -> None:
    path = folder.topic()
    shelf = KnowledgeShelf(folder.root)
    path.write_text(path.read_text().replace("Mijn peuter", "Onze peuter"))
    assert shelf.reload() == []
    assert shelf.current.topic("slecht_slapen").title == "Onze peuter slaapt slecht"


def test_a_broken_reload_keeps_all_of_the_last_good_content(folder) -> None:
    path, other = folder.topic(), folder.topic("anders")
    shelf = KnowledgeShelf(folder.root)
    good = shelf.current
    other.write_text(other.read_text().replace("Mijn peuter", "Onze peuter"))
    path.write_text("kapot")
    assert [error.path for error in shelf.reload()] == [path]
    assert shelf.current is good


def test_refresh_looks_once_in_a_while_and_reads_only_after_a_change(folder) -> None:
    path, clock = folder.topic(), Clock()
    shelf = KnowledgeShelf(folder.root, pause=5, clock=clock)
    first = shelf.current
    clock.seconds = 6
    shelf.refresh()
    assert shelf.current is first
    path.write_text(path.read_text().replace("Mijn peuter", "Onze lieve peuter"))
    clock.seconds = 8
    shelf.refresh()
    assert shelf.current is first
    clock.seconds = 12
    shelf.refresh()
    assert shelf.current is not first


def test_a_broken_file_is_read_once_until_it_changes(folder) -> None:
    path, clock = folder.topic(), Clock()
    shelf = KnowledgeShelf(folder.root, pause=1, clock=clock)
    good = path.read_text()
    path.write_text("kapot")
    clock.seconds = 2
    assert len(shelf.refresh()) == 1
    clock.seconds = 4
    assert len(shelf.refresh()) == 1  # still told, content still there
    assert shelf.current.slugs() == ("slecht_slapen",)
    path.write_text(good + "\n")
    clock.seconds = 6
    assert shelf.refresh() == []

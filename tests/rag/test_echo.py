"""Sentences that say again what was asked."""

import pytest

from rag.echo import is_echo


@pytest.mark.parametrize(
    ("question", "sentence", "language"),
    [
        ("What is the number of the law on forests?", "There is a law on forests.", "en"),
        ("In which town did the council of Brevik meet?", "The council of Brevik did meet in a town.", "en"),
        ("Sur quelle île le pont d'Ekvik prend-il fin ?", "Le pont d'Ekvik prend fin sur l'île.", "fr"),
        ("Varför öppnades hamnen i Ekvik?", "Hamnen i Ekvik öppnades.", "sv"),
        ("Varför öppnades hamnen i Ekvik?", "Hamnen i Ekvik öppnades för detta.", "sv"),
        ("Ai đã ký nghị quyết về rừng?", "Nghị quyết về rừng đã được ký.", "vi"),
    ],
)
def test_who_is_told_what_was_asked_is_told_nothing(question: str, sentence: str, language: str) -> None:
    assert is_echo(question, sentence, language)


@pytest.mark.parametrize(
    ("question", "sentence", "language"),
    [
        ("What is the number of the law on forests?", "The number of the law on forests is 12/2019.", "en"),
        ("Where did the council meet?", "The council met in Brevik.", "en"),
        ("Did the council of Brevik meet?", "The council of Brevik did meet.", "en"),  # that is: yes
        ("Did the mayor who signed the law resign?", "The mayor who signed the law did resign.", "en"),
        ("Which is longer, the Loire or the Seine?", "The Loire is longer.", "en"),
        ("How many doors has the hall?", "The hall has one door.", "en"),
        ("Combien de portes la salle a-t-elle ?", "La salle a une porte.", "fr"),
        ("Vem skrev boken?", "Boken skrevs av Per Holm.", "sv"),
        ("Việt Nam có luật về AI không?", "Việt Nam có luật về AI.", "vi"),
        ("Vem skrev boken?", "Ki írta a könyvet.", "hu"),
    ],
)
def test_what_adds_a_word_or_says_yes_is_no_echo(question: str, sentence: str, language: str) -> None:
    assert not is_echo(question, sentence, language)


def test_without_a_question_nothing_is_an_echo() -> None:
    assert not is_echo("", "The bridge opened.", "en")

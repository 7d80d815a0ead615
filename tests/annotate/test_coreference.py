"""Chains: names, short forms, pronouns, epithets; and the spelling rules behind them."""

from __future__ import annotations

import functools
import re

import pytest

from dateline.annotate import names
from dateline.annotate.coreference import Coreference
from dateline.annotate.syntax import Syntax
from dateline.types import Analysis, Block, Chain, Document, Layer, Span


@functools.cache
def parser() -> Syntax:
    return Syntax()


@functools.cache
def read(text: str) -> Analysis:
    blocks = tuple(Block(span=Span(m.start(), m.end())) for m in re.finditer(r"\S(?:.|\n(?!\s*\n))*", text))
    (parsed,) = parser()([Analysis(document=Document(id="test", text=text, blocks=blocks))])
    (linked,) = Coreference()([parsed])
    return linked


def chain_with(text: str, words: str) -> Chain:
    """Return the chain that a mention with these words is in."""
    return next(c for c in read(text).chains if any(m.text == words for m in c.mentions))


def texts(chain: Chain) -> list[str]:
    return [m.text for m in chain.mentions]


def test_a_surname_belongs_to_the_full_name_before_it() -> None:
    text = "The deputy minister of transport, Pablo Quiroga, spoke in the capital. Quiroga rejected the demands of the drivers."
    chain = chain_with(text, "Quiroga")
    assert chain.name == "Pablo Quiroga"
    assert chain.label == "PERSON"


def test_an_acronym_in_brackets_names_the_body_before_it() -> None:
    text = "The Confederation of Port Workers (FTP) called a strike. On Tuesday the FTP marched through the harbour."
    chain = chain_with(text, "FTP")
    assert chain.acronym == "FTP"
    assert chain.name == "Confederation of Port Workers"
    assert texts(chain).count("FTP") == 2


def test_an_acronym_that_comes_first_joins_its_name() -> None:
    text = "The NUB criticised the plan. The leaders of the National Union of Bakers met in Leeds."
    assert "NUB" in texts(chain_with(text, "the National Union of Bakers"))


def test_a_pronoun_takes_the_speaker_of_its_own_sentence() -> None:
    text = "President Maria Valdez said she would not resign."
    assert "she" in texts(chain_with(text, "Maria Valdez"))


def test_a_pronoun_takes_the_subject_of_the_sentence_before() -> None:
    text = "Senator James Holloway met the strikers on Monday. He promised to carry their demands to the cabinet."
    assert "He" in texts(chain_with(text, "James Holloway"))


def test_gender_keeps_a_pronoun_from_the_nearer_name() -> None:
    text = "Mary Okafor criticised the mayor, Peter Lund. She accused him of lying."
    assert "She" in texts(chain_with(text, "Mary Okafor"))
    assert "She" not in texts(chain_with(text, "Peter Lund"))


def test_a_plural_pronoun_takes_up_a_common_noun() -> None:
    text = "Hundreds of miners blocked the road. They demanded higher wages."
    chain = chain_with(text, "They")
    assert chain.name is None
    assert any("miners" in m or m == "Hundreds" for m in texts(chain))


def test_an_empty_it_stands_for_nothing() -> None:
    text = "The ministry published the report. It is likely that the strike will go on."
    assert all("It" not in texts(c) for c in read(text).chains)


def test_a_definite_epithet_takes_the_one_body_that_it_fits() -> None:
    text = "The Federation of Teachers rejected the offer. On Friday the union called for a march."
    assert "union" in texts(chain_with(text, "The Federation of Teachers"))


def test_two_people_of_one_surname_stay_apart() -> None:
    text = "Rosa Mendes met Paulo Mendes in court. The judge asked Paulo Mendes to leave."
    assert chain_with(text, "Rosa Mendes").index != chain_with(text, "Paulo Mendes").index


def test_mentions_quote_the_text_and_only_the_own_layer_is_set() -> None:
    text = "The Port Authority (PA) fined the company. It appealed."
    analysis = read(text)
    assert all(m.span.of(text) == m.text for c in analysis.chains for m in c.mentions)
    assert [c.index for c in analysis.chains] == list(range(len(analysis.chains)))
    assert analysis.sides == ()
    assert Coreference.provides == frozenset({Layer.CHAINS})


def test_an_empty_document_has_no_chains() -> None:
    (empty,) = Coreference()([Analysis(document=Document(id="empty", text=""))])
    assert empty.chains == ()


def test_the_same_text_gives_the_same_chains() -> None:
    text = "The Union of Nurses (UN2) met Minister Karl Brandt. He thanked the union. They went home."
    (again,) = Coreference()([read(text)])
    assert again.chains == read(text).chains


@pytest.mark.parametrize(
    ("acronym", "name", "fits"),
    [
        ("NUB", "the National Union of Bakers", True),
        ("UoM", "University of Mines", True),
        ("COB", "Bakers' Federation", False),
        ("N", "Nurses", False),
    ],
)
def test_an_acronym_abbreviates_a_name(acronym: str, name: str, fits: bool) -> None:
    assert names.abbreviates(acronym, name) is fits


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("jeanine", "anez"), ("jeanine", "anez", "chavez"), True),
        (("j", "anez"), ("jeanine", "anez"), True),
        (("rosa", "mendes"), ("paulo", "mendes"), False),
    ],
)
def test_full_names_of_one_person(one: tuple[str, ...], other: tuple[str, ...], same: bool) -> None:
    assert names.same_person(one, other) is same


def test_titles_are_no_part_of_a_name() -> None:
    assert names.person_words("Prime Minister Ana López") == ("ana", "lopez")
    assert names.bare("the Ministry’s") == "Ministry"
    assert names.gender_of("Mrs Holt") == "f"
    assert names.gender_of("Quiroga") is None

"""What a person typed, as description fields."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yidang.holdings.description import Description, Field, check, specs
from yidang.holdings.entry import enter
from yidang.holdings.showing import shown_fields, text_of
from yidang.holdings.veil import Veil

READ = Description(
    {
        "title": Field("住院费用结算清单", confidence=0.7, page=1, box=(0.1, 0.1, 0.5, 0.2)),
        "amount_total": Field(123450, confidence=0.9, page=1, box=(0.5, 0.5, 0.6, 0.6)),
        "id_number": Field("110105194912310021"),
        "phone": Field("13812345678"),
    }
)


def test_what_was_left_alone_keeps_its_source_and_place():
    entry = enter(READ, {"title": "住院费用结算清单", "amount_total": "1,234.50"})
    assert entry.description == READ


def test_what_was_changed_is_the_persons_and_certain():
    title = enter(READ, {"title": " 改正的题名 "}).description.fields["title"]
    assert (title.value, title.source, title.confidence, title.page) == ("改正的题名", "person", None, 1)


def test_what_was_emptied_is_gone():
    assert "title" not in enter(READ, {"title": "  "}).description.fields


@pytest.mark.parametrize(("typed", "problem"), [("敏感级", "security_class_unknown"), ("绝密", "state_secret_refused")])
def test_a_class_nobody_knows_does_not_open_a_record(typed, problem):
    assert enter(READ, {"security_class": typed}).problems["security_class"].code == problem


def test_a_known_class_is_taken():
    assert enter(READ, {"security_class": "敏感"}).description.text("security_class") == "敏感"


@pytest.mark.parametrize("typed", ["2024-05-06", "2024年5月6日", "20240506", "2024.5.6", "２０２４/５/６"])
def test_dates_as_people_write_them(typed):
    assert enter(READ, {"formed_on": typed}).description.text("formed_on") == "2024-05-06"


@pytest.mark.parametrize(("key", "typed"), [("formed_on", "昨天"), ("amount_fund", "一百元"), ("pages", "三")])
def test_a_value_of_the_wrong_kind_is_named_by_its_field(key, typed):
    assert list(enter(READ, {key: typed}).problems) == [key]


def test_unknown_names_are_ignored():
    assert enter(READ, {"csrfmiddlewaretoken": "x", "reason": "y"}).description == READ


def test_numbers_are_masked_until_a_reason_is_given():
    shown = {one.spec.key: one for one in shown_fields(READ, Veil(READ))}
    assert shown["id_number"].is_masked
    assert "1949" not in shown["id_number"].text
    assert shown["phone"].text == "138****5678"
    assert not shown["title"].is_masked


@given(st.dictionaries(st.sampled_from(sorted(specs())), st.text(max_size=40)))
def test_whatever_is_typed_is_refused_by_field_or_can_be_saved(typed):
    entry = enter(READ, typed)
    if not entry.problems and not any("\x00" in text for text in typed.values()):
        check(entry.description)


@given(st.integers(-(10**12), 10**12))
def test_an_amount_survives_being_shown_and_typed_again(fen):
    spec = specs()["amount_total"]
    before = Description({"amount_total": Field(0, source="person")})
    typed = text_of(spec, Field(fen))
    assert enter(before, {"amount_total": typed}).description.value("amount_total") == fen

"""What everybody in a bureau would think of first is not taken as a password."""

from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError

from yidang.identity.bureau_words import NAME, BureauWordsValidator


@pytest.fixture(autouse=True)
def home(tmp_path, settings):
    settings.YIDANG = replace(settings.YIDANG, home=tmp_path, bureau_name="西湖区医保中心")
    return tmp_path


def is_taken(password: str) -> bool:
    try:
        BureauWordsValidator().validate(password)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize(
    "password", ["Yidang2026!", "yibaoju-2026", "西湖区医保中心2026", "Password123456", "医保局888888"]
)
def test_words_of_the_house_make_no_password(password):
    assert not is_taken(password)


@pytest.mark.parametrize("password", ["correct horse battery", "yidang-kVr7Wq2p", "晴川历历汉阳树芳草"])
def test_beside_enough_else_they_do_no_harm(password):
    assert is_taken(password)


def test_a_bureau_adds_its_own_and_need_not_restart(home):
    assert is_taken("songshulou-09")
    (home / NAME).write_text("# our building\nsongshulou\n", encoding="utf-8")
    assert not is_taken("songshulou-09")

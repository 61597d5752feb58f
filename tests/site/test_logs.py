import logging

import pytest

from yidang.kernel.errors import Invalid
from yidang.site.logs import Discreet


def logged(problem: BaseException) -> str:
    record = logging.LogRecord("x", logging.ERROR, "x", 1, "it failed", None, (type(problem), problem, None))
    return Discreet("%(message)s").format(record)


def raised(code):
    with pytest.raises(BaseException) as caught:  # noqa: PT011 - whatever comes
        code()
    return caught.value


def test_what_was_being_handled_does_not_reach_the_log():
    number, name = "x110101199003071234", "张三"

    def read():
        try:
            int(number)
        except ValueError as problem:
            raise RuntimeError(name) from problem

    text = logged(raised(read))
    assert "builtins.RuntimeError" in text
    assert "builtins.ValueError" in text
    assert "1101011990" not in text
    assert name not in text


def test_our_own_errors_say_their_code_and_no_facts():
    text = logged(Invalid("file_empty", file="张三.pdf"))
    assert text.endswith("Invalid: file_empty")
    assert "张三" not in text


def test_a_chain_that_leads_back_to_itself_ends():
    first, second = ValueError("a"), KeyError("b")
    first.__context__, second.__context__ = second, first
    assert "builtins.KeyError" in logged(first)

import pytest

from yidang.kernel.errors import Invalid
from yidang.kernel.texts import say
from yidang.site.config import load


def test_defaults_need_nothing_in_the_environment(tmp_path):
    config = load({"YIDANG_HOME": str(tmp_path)})
    assert config.home == tmp_path
    assert config.port == 8080
    assert config.second_factor_roles == "all"
    assert config.store_url == (tmp_path / "store").as_uri()


def test_the_environment_wins_over_the_file(tmp_path):
    (tmp_path / "yidang.toml").write_text('port = 1111\nlanguage = "en"\n')
    config = load({"YIDANG_HOME": str(tmp_path), "YIDANG_PORT": "2222"})
    assert (config.port, config.language) == (2222, "en")


def test_a_blank_variable_counts_as_not_set(tmp_path):
    assert load({"YIDANG_HOME": str(tmp_path), "YIDANG_PORT": ""}).port == 8080


def test_an_unknown_variable_is_refused_with_the_allowed_names(tmp_path):
    with pytest.raises(Invalid) as refusal:
        load({"YIDANG_HOME": str(tmp_path), "YIDANG_PROT": "8080"})
    assert refusal.value.code == "setting_unknown"
    assert "YIDANG_PROT" in say(refusal.value.code, "en", **refusal.value.facts)
    assert "YIDANG_PORT" in say(refusal.value.code, "zh", **refusal.value.facts)


def test_an_unknown_name_in_the_file_is_refused(tmp_path):
    (tmp_path / "yidang.toml").write_text("prot = 1\n")
    with pytest.raises(Invalid, match="setting_unknown"):
        load({"YIDANG_HOME": str(tmp_path)})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "many"),
        ("PORT", "70000"),
        ("WEB_WORKERS", "0"),
        ("OCR_WORKERS", "-1"),
        ("LANGUAGE", "fr"),
        ("LOG_LEVEL", "loud"),
        ("FILING_CONFIDENCE", "1.5"),
        ("STORE", "ftp://somewhere"),
        ("DATABASE_URL", "mysql://root@localhost/x"),
    ],
)
def test_a_value_outside_its_range_is_refused_with_what_is_allowed(tmp_path, name, value):
    with pytest.raises(Invalid) as refusal:
        load({"YIDANG_HOME": str(tmp_path), f"YIDANG_{name}": value})
    assert refusal.value.code == "setting_value"
    assert refusal.value.facts["allowed"]


def test_a_file_that_is_not_toml_is_named(tmp_path):
    (tmp_path / "yidang.toml").write_text("port = = 1")
    with pytest.raises(Invalid) as refusal:
        load({"YIDANG_HOME": str(tmp_path)})
    assert str(tmp_path / "yidang.toml") in refusal.value.facts["path"]


def test_a_relative_home_becomes_absolute(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert load({"YIDANG_HOME": "here"}).home == tmp_path / "here"

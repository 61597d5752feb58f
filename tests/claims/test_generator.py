"""What is invented: sums that hold, the same rows for the same seed, planted cases that are what they say."""

import csv
from hashlib import sha256

import pytest

from yidang.claims.generator.catalogue import catalogue
from yidang.claims.generator.errors import OutputNotEmpty
from yidang.claims.generator.making import generate
from yidang.claims.generator.schemes import all_schemes

_LINES = 40_000


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("claims") / "made"
    summary = generate(lines=_LINES, seed=5, out=folder, workers=1)
    return folder, summary


@pytest.fixture(scope="module")
def ask(made):
    import duckdb

    folder, _ = made
    base = duckdb.connect(config={"threads": 1})
    for table in sorted(one.name for one in folder.iterdir() if one.is_dir()):
        base.execute(f"create view {table} as select * from '{folder}/{table}/**/*.parquet'")
    base.execute(f"create view truth as select * from '{folder}/truth.csv'")
    return lambda query: base.sql(query).fetchall()


def test_there_are_about_as_many_lines_as_asked_for(made):
    assert 0.98 * _LINES <= made[1]["lines"] <= _LINES


def test_lines_add_up_to_settlements_and_their_parts(ask):
    assert not ask("""
        select claim from settlements
        join (select claim, sum(amount_fen) as total from lines group by claim) using (claim)
        where total <> total_fen or fund_fen + own_fen <> total_fen or own_fen < 0""")
    assert not ask("select line from lines where round(quantity * unit_price_fen) <> amount_fen or amount_fen <= 0")


def test_every_line_stands_in_a_claim_within_its_time(ask):
    assert not ask("select line from lines left join settlements using (claim) where settlements.claim is null")
    assert not ask("""
        select line from lines join settlements using (claim)
        where served_at < admitted_at or settled_at < discharged_at or discharged_at < admitted_at""")


def test_plain_persons_are_in_one_place_at_a_time(ask):
    planted = "select person from truth"
    assert not ask(f"""
        select a.claim from settlements a join settlements b on a.person = b.person and a.claim < b.claim
        where a.visit = 'inpatient' and b.admitted_at < a.discharged_at and a.admitted_at < b.discharged_at
        and a.person not in ({planted} where person is not null)
        and a.claim < (select min(claim) from truth)""")


def test_nobody_is_treated_before_birth_and_everybody_is_known(ask):
    assert not ask("""
        select claim from settlements left join persons using (person)
        where persons.person is null or cast(admitted_at as date) < born_on""")
    assert not ask("select doctor from lines anti join doctors using (doctor, provider)")


def test_every_claim_has_one_main_diagnosis(ask):
    assert not ask("""
        select claim from settlements left join diagnoses using (claim)
        group by claim, main_diagnosis having count(*) filter (where is_main and code = main_diagnosis) <> 1""")


def test_trace_codes_are_twenty_digits_and_split_boxes_no_more_than_whole(ask):
    assert not ask("select trace from traces where not regexp_full_match(trace, '[0-9]{20}')")
    assert not ask("select trace from traces where is_split group by trace having sum(quantity) > 1.0001")


def test_a_box_is_sold_twice_only_where_that_is_planted(ask):
    rows = ask("""
        select count(distinct claim) from traces where kind = 'sale' and not is_split
        and trace not in (select trace from traces where kind = 'return')
        group by trace having count(distinct claim) > 1""")
    planted = ask("select count(*) from truth where scheme = 'box_sold_twice' and planted = 1")
    assert len(rows) == planted[0][0]


@pytest.mark.parametrize(
    ("scheme", "holds"),
    [
        ("served_after_death", "cast(served_at as date) > (select died_on from deaths d where d.person = l.person)"),
        ("above_the_ceiling", "unit_price_fen > 0"),
        ("beyond_24_hours", "quantity > 24"),
        ("box_without_code", "trace is null"),
        ("too_much_prescribed", "days_supply > 7"),
    ],
)
def test_planted_lines_are_what_they_say(ask, scheme, holds):
    rows = ask(f"select {holds} from lines l join truth t using (line) where t.scheme = '{scheme}' and planted = 1")
    assert rows
    assert all(row[0] for row in rows)


def test_all_rules_of_the_catalogue_have_a_scheme_with_a_look_alike():
    assert {rule for one in all_schemes() for rule in one.rules} == set(range(1, 57))
    assert all(one.alike for one in all_schemes())


def test_the_truth_names_every_scheme_both_ways(made):
    with (made[0] / "truth.csv").open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source))
    wanted = {one.name for one in all_schemes()}
    for planted in ("0", "1"):
        assert {row["scheme"] for row in rows if row["planted"] == planted} == wanted


def test_the_same_seed_gives_the_same_bytes(tmp_path):
    digests = []
    for name in ("one", "two"):
        generate(lines=4_000, seed=9, out=tmp_path / name, workers=1)
        files = sorted(path for path in (tmp_path / name).rglob("*") if path.is_file())
        digests.append([(str(path.relative_to(tmp_path / name)), sha256(path.read_bytes()).digest()) for path in files])
    assert digests[0] == digests[1]


def test_two_seeds_share_no_number(ask, tmp_path):
    """So what is invented can be taken in beside what was invented before."""
    generate(lines=2000, seed=6, out=tmp_path / "other", workers=1)
    for table, key in (("lines", "line"), ("settlements", "claim"), ("persons", "person"), ("traces", "trace")):
        other = f"select {key} from '{tmp_path}/other/{table}/**/*.parquet'"
        assert ask(other)
        assert not ask(f"select {key} from {table} where {key} in ({other})")


def test_it_writes_into_no_folder_that_holds_something(tmp_path):
    (tmp_path / "kept").write_text("mine")
    with pytest.raises(OutputNotEmpty):
        generate(lines=4_000, seed=1, out=tmp_path)


def test_item_codes_have_the_national_shapes():
    items = catalogue()
    lengths = {"drug": {20, 23}, "herb": {10}, "service": {15}, "material": {20}}
    assert all(len(code) in lengths[kind] for code, kind in zip(items.codes, items.classes, strict=True))
    assert len(set(items.codes)) == len(items.codes)

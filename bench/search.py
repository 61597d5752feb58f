"""The search's figures. `python -m bench.search [--items N] [--real N]`

A fixture writes the bulk of the documents straight into the index, put together from sentences whose keyed tokens are
made once, without rows and stored files. `--real` items are filed whole, newest of all and holding
every word that is asked for, so that the pages rendered are made of real rows and decrypted text.
The floor beside a figure is the same words asked of tantivy alone: no grant, filters, facets or count.
"""

import argparse
import os
import random
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

from bench.embedded import archive

DEPARTMENTS = [f"section{n:02d}" for n in range(40)]
YEARS = range(2012, 2027)
CHARACTERS = (
    "医保参合住院门诊慢病特殊费用结算清单诊断证明申请表备案异地就稽核通知书发票缴核定统筹基金个人账户支付比例起付线封顶"
    "高血压糖尿冠心脑卒中肝炎肾衰竭透析肿瘤化疗放药品材料检查治疗手术护理床位县市区乡镇村卫生院中心人民科主任审批准"
)
SENTENCES = 8  # of a document
STOCK = 50_000  # sentences to draw from
ASKED = ["甲状腺", "门诊", "高血压", "住院费用", "结算清单"]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--items", type=int, default=50_000)
    parser.add_argument("--real", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=300)
    chosen = parser.parse_args()
    with archive():
        measure(chosen.items, chosen.real, chosen.rounds)


def measure(items: int, real: int, rounds: int) -> None:
    from yidang.access.engine import search_index

    index = search_index()
    vocabulary = Vocabulary(random.Random(1))
    started = time.process_time()
    index.apply(documents=bulk(items, vocabulary), removed=[], watermark=0)
    index.close()
    spent = (time.process_time() - started) / items * 1000
    size = sum(path.stat().st_size for path in Path(os.environ["YIDANG_HOME"], "index").rglob("*.*"))
    words, made = cost_of_words(vocabulary)
    say("items in the index, written by a fixture", f"{items:,}")
    say("a record's folding, grams and keyed tokens", f"{words:.2f} CPU-ms for {made:.0f} tokens")
    say("a record's way into the index, fixture and merging included", f"{spent:.2f} CPU-ms")
    say("index bytes a record", f"{size / items:,.0f}")
    queries = asked(vocabulary, rounds)
    floor = times(floor_search(), queries)
    say("floor: the words alone, tantivy's ten newest", figures(floor))
    say("three of 40 departments, a year, count, nine facets", figures(times(scoped(), queries)) + " (must: p95 10)")
    say("unscoped, count, nine facets", figures(times(unscoped(), queries)) + " (must: p95 30)")
    say("unscoped, eight at once", figures(at_once(unscoped(), queries)) + " (must: p95 60)")
    file_real(real)
    say("page of 20 rendered, texts decrypted", figures(times(rendered(), asked_pages(rounds))) + " (must: p95 80)")


class Vocabulary:
    """Words of two to four characters, used as words are: few often, most seldom."""

    def __init__(self, dice: random.Random) -> None:
        self._dice = dice
        lengths = dice.choices((2, 3, 4), (6, 3, 2), k=20_000)
        drawn = {"".join(dice.choices(CHARACTERS, k=length)) for length in lengths}
        self.words = sorted(drawn - {word for word in drawn if any(a in word for a in ASKED)})
        dice.shuffle(self.words)
        self._weights = [1 / (rank + 20) for rank in range(len(self.words))]

    def sentences(self, count: int) -> list[str]:
        """About 25 characters each."""
        marks = self._dice.choices(("", " ", "\n", ",", ":"), (4, 2, 2, 1, 1), k=count * 9)
        words = self._dice.choices(self.words, self._weights, k=count * 9)
        joined = list(map("".join, zip(words, marks, strict=True)))
        return ["".join(joined[start : start + 9]) for start in range(0, len(joined), 9)]

    def amounts(self) -> list[str]:
        return [f"{self._dice.random() * 9000:.2f}" for _ in range(20)]


def cost_of_words(vocabulary: Vocabulary, count: int = 2000) -> tuple[float, float]:
    """CPU-ms and tokens of a record whose text goes the whole way: folding, grams, keyed tokens."""
    from yidang.access.engine import tokens
    from yidang.access.words.canonical import canonical_of_folded
    from yidang.access.words.folding import fold
    from yidang.access.words.grams import grams

    sentences = vocabulary.sentences(count * SENTENCES)
    texts = [
        " ".join([*sentences[start : start + SENTENCES], *vocabulary.amounts()])
        for start in range(0, len(sentences), SENTENCES)
    ]
    started = time.process_time()
    made = sum(len(tokens().of_grams(grams(canonical_of_folded(fold(text))))) for text in texts)
    return (time.process_time() - started) / count * 1000, made / count


def bulk(count: int, vocabulary: Vocabulary) -> Iterator[Any]:
    """Documents of sentences drawn from a stock whose tokens are made once, and of amounts of their own."""
    from yidang.access.documents import scope
    from yidang.access.engine import tokens
    from yidang.access.ports import IndexedItem
    from yidang.access.words.canonical import canonical
    from yidang.access.words.grams import grams

    dice = random.Random(2)
    stock = [tokens().of_grams(grams(canonical(text))) for text in vocabulary.sentences(STOCK)]
    for number in range(count):
        department = dice.choice(DEPARTMENTS)
        facets = {
            "year": str(dice.choice(YEARS)),
            "series": f"S{dice.randrange(18):02d}",
            "process": f"P{dice.randrange(18):02d}",
            "type": f"type{dice.randrange(11)}",
            "department": department,
            "term": dice.choice(("Y", "D100", "D50", "D30", "D10")),
            "institution": f"H{dice.randrange(200):04d}",
            "seal": dice.choice(("yes", "no")),
            "state": "filed",
        }
        made = set(tokens().of_grams(vocabulary.amounts())).union(*dice.choices(stock, k=SENTENCES))
        item, scopes = UUID(int=dice.getrandbits(128)), [scope("department", department)]
        yield IndexedItem(item, sorted(made), [f"i{number}"], scopes, facets, number, 20240101, number)


def asked(vocabulary: Vocabulary, count: int) -> list[str]:
    """One word, half of them from the two hundred commonest, or two words."""
    dice = random.Random(3)
    common, all_words = vocabulary.words[:200], vocabulary.words
    draw = [
        lambda: dice.choice(common),
        lambda: dice.choice(all_words),
        lambda: f"{dice.choice(common)} {dice.choice(common)}",
    ]
    return [dice.choice(draw)() for _ in range(count)]


def asked_pages(count: int) -> list[str]:
    return [ASKED[place % len(ASKED)] for place in range(min(count, 100))]


def floor_search() -> Callable[[str], object]:
    import tantivy

    from yidang.access.criteria import criteria_of
    from yidang.access.engine import search_index
    from yidang.access.query import parse
    from yidang.identity.policy import SYSTEM

    searcher = search_index()._searcher()  # noqa: SLF001 - the floor goes round the port
    schema = search_index()._schema  # noqa: SLF001 - see above

    def search(words: str) -> object:
        grams = [gram for clause in criteria_of(SYSTEM, parse(words)).clauses for gram in clause.ways[0].grams]
        terms = [(tantivy.Occur.Must, tantivy.Query.term_query(schema, "grams", gram, "basic")) for gram in grams]
        return searcher.search(tantivy.Query.boolean_query(terms), 10, count=False, order_by_field="filed")

    return search


def scoped() -> Callable[[str], object]:
    return _asking(frozenset(DEPARTMENTS[:3]), {"year": frozenset({"2024"})})


def unscoped() -> Callable[[str], object]:
    return _asking(None, {})


def _asking(departments: frozenset[str] | None, facets: dict[str, frozenset[str]]) -> Callable[[str], object]:
    from yidang.access.criteria import criteria_of
    from yidang.access.engine import search_index
    from yidang.access.ports import FACETS
    from yidang.access.query import parse
    from yidang.identity.policy import SYSTEM

    grant = replace(SYSTEM, departments=departments)

    def search(words: str) -> object:
        query = replace(parse(words), facets=facets)
        criteria = criteria_of(grant, query)
        return search_index().find(criteria, order=query.order, offset=0, limit=query.page_size, facets=FACETS)

    return search


def file_real(count: int) -> None:
    from yidang.access.feeding import feed
    from yidang.holdings import operations
    from yidang.identity.policy import SYSTEM

    made = operations.create_drafts(SYSTEM, [_draft(number) for number in range(count)])
    operations.file_items(SYSTEM, [item.pk for item in made])
    while feed():
        pass


def _draft(number: int) -> Any:
    from yidang.crypto.fields import content_digest
    from yidang.crypto.sm import sm3
    from yidang.holdings.description import Description, Field
    from yidang.holdings.drafts import Draft, DraftFile, DraftPage, PageProperties
    from yidang.holdings.reading import Line, PageReading
    from yidang.preservation import staging

    lines = [f"第{number}号 {'、'.join(CHARACTERS[n : n + 9] for n in range(0, 90, 9))}", *ASKED] * 8
    reading = PageReading([Line(text, (0.1, 0.02, 0.9, 0.04), 0.99) for text in lines])
    data = f"invented {number}".encode()
    page = DraftPage(0, PageProperties(1654, 2339, text_origin="ocr"), reading)
    digest = sm3(data)
    file = DraftFile(f"staged:{staging.put(data)}", "image/jpeg", len(data), content_digest(digest), pages=[page])
    return Draft("DYJS", 2026, Description({"title": Field(f"第{number}号结算清单")}), [file])


def rendered() -> Callable[[str], object]:
    """Question to HTML in one process: index, database, decryption, proof, snippets, template, ledger row."""
    from django.template.loader import render_to_string

    from yidang.access.query import parse
    from yidang.access.search import search
    from yidang.identity.policy import SYSTEM

    def page(words: str) -> object:
        results = search(SYSTEM, parse(words))
        if len(results.hits) != results.query.page_size:
            raise RuntimeError(words)
        return [render_to_string("access/_hit.html", {"hit": hit, "rank": 1}) for hit in results.hits]

    return page


Taken = tuple[float, float]  # ms by the clock, ms of this thread's processor


def times(ask: Callable[[str], object], queries: Sequence[str]) -> list[Taken]:
    for words in queries[: len(queries) // 4]:
        ask(words)
    return [_timed(ask, words) for words in queries]


def at_once(ask: Callable[[str], object], queries: Sequence[str], threads: int = 8) -> list[Taken]:
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(lambda words: _timed(ask, words), queries))


def _timed(ask: Callable[[str], object], words: str) -> Taken:
    clock, processor = time.perf_counter(), time.thread_time()
    ask(words)
    return (time.perf_counter() - clock) * 1000, (time.thread_time() - processor) * 1000


def figures(taken: Sequence[Taken]) -> str:
    """On a machine with other work the processor's time is the steadier of the two."""
    clock, processor = zip(*taken, strict=True)
    return f"p50 {statistics.median(clock):.1f} ms, p95 {_p95(clock):.1f} ms; processor p95 {_p95(processor):.1f} ms"


def _p95(values: Sequence[float]) -> float:
    return sorted(values)[int(len(values) * 0.95)]


def say(what: str, figure: str) -> None:
    print(f"{what:<62}{figure}", flush=True)


if __name__ == "__main__":
    main()

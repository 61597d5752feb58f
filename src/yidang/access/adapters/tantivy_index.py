"""SearchIndex on tantivy: one writer process, any number of readers over the same memory-mapped folder."""

import json
import shutil
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from uuid import UUID

import tantivy

from yidang.access.adapters import tantivy_schema as layout
from yidang.access.adapters.tantivy_query import translate
from yidang.access.ports import Criteria, Found, IndexedItem, Order
from yidang.kernel.errors import Unavailable

_HEAP = 30_000_000  # bytes the writer gathers before it writes a segment; twice the least tantivy accepts
_MOST_VALUES = 500  # of one facet
_SLICES = 64
_FOOTER_MAGIC = 1337


class TantivyIndex:
    """The folder is made when first written to; until then everything is empty."""

    def __init__(self, folder: Path, *, keys: int = 1) -> None:
        """`keys`: the version under whose keys its tokens are."""
        self._folder = folder / (f"v{layout.VERSION}" if keys == 1 else f"v{layout.VERSION}-{keys}")
        self._schema = layout.build()
        self._index: tantivy.Index | None = None
        self._writer: tantivy.IndexWriter | None = None
        self._seen: tuple[int, int] | None = None
        self._lock = RLock()

    def watermark(self) -> int | None:
        searcher = self._searcher()
        if searcher is None:
            return None
        marks = searcher.search(self._mark_query(), 1).hits
        values = searcher.fast_field_values("stamp", [address for _, address in marks])
        return int(values[0]) if values and values[0] is not None else None

    def apply(self, *, documents: Iterable[IndexedItem], removed: Iterable[UUID], watermark: int) -> None:
        with self._writing() as writer:
            for item in removed:
                self._remove(writer, item)
            for entry in documents:
                self._remove(writer, entry.item)
                self._add(writer, layout.document(entry))
            self._commit(writer, watermark)

    def replace_all(self, *, documents: Iterable[IndexedItem], watermark: int) -> None:
        with self._writing() as writer:
            with _engine_errors():
                writer.delete_all_documents()
            for entry in documents:
                self._add(writer, layout.document(entry))
            self._commit(writer, watermark)

    def find(self, criteria: Criteria, *, order: Order, offset: int, limit: int, facets: Sequence[str] = ()) -> Found:
        searcher = self._searcher()
        if searcher is None:
            return Found(0, [], {name: {} for name in facets})
        query = translate(self._schema, criteria)
        by = "filed" if order is Order.NEWEST else None
        window = searcher.search(query, max(limit, 1), count=True, order_by_field=by, offset=offset)
        addresses = [address for _, address in window.hits[:limit]]
        total: int = window.count  # type: ignore[attr-defined]  # there, and left out of the stub
        return Found(total, _items(searcher, addresses), _counts(searcher, query, facets))

    def stamps(self) -> Iterator[tuple[UUID, int]]:
        searcher = self._searcher()
        if searcher is None:
            return
        for query in self._slices():
            held = searcher.search(query, max(searcher.num_docs, 1), count=False).hits
            addresses = [address for _, address in held]
            values = searcher.fast_field_values("stamp", addresses)
            yield from sorted(zip(_items(searcher, addresses), map(_whole, values), strict=True))

    def damaged_files(self) -> list[str]:
        """Tantivy ends its files with a JSON footer holding a CRC-32; only `meta.json` and locks have none."""
        try:
            in_use = _segments(self._folder / "meta.json")
            names = json.loads((self._folder / ".managed.json").read_bytes())
        except FileNotFoundError:
            return []
        except (ValueError, KeyError, TypeError):
            return ["meta.json / .managed.json"]
        paths = [self._folder / name for name in sorted(names) if name != "meta.json"]
        return [path.name for path in paths if not _is_sound(path, may_be_gone=path.stem not in in_use)]

    def close(self) -> None:
        """Waits for running merges and gives the writer's lock back."""
        with self._lock:
            if self._writer is not None:
                self._writer.wait_merging_threads()
                self._writer = None

    def discard(self) -> None:
        """Deletes the whole index, readable or not, before it is built anew."""
        with self._lock:
            self.close()
            self._index = self._seen = None
            shutil.rmtree(self._folder, ignore_errors=True)

    @contextmanager
    def _writing(self) -> Iterator[tantivy.IndexWriter]:
        with self._lock:
            writer = self._writer = self._writer or self._open_writer()
            try:
                yield writer
            except BaseException:
                self._undo(writer)
                raise

    def _undo(self, writer: tantivy.IndexWriter) -> None:
        """A writer that met a full disk or a lost folder is dead; the next call opens another."""
        try:
            writer.rollback()
        except ValueError:
            self._writer = self._index = self._seen = None

    def _open_writer(self) -> tantivy.IndexWriter:
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with _engine_errors():
            self._index = self._index or _by_hand(tantivy.Index(self._schema, path=str(self._folder)))
            return self._index.writer(_HEAP, 1)

    def _commit(self, writer: tantivy.IndexWriter, watermark: int) -> None:
        with _engine_errors():
            writer.delete_documents_by_term("kind", layout.MARK)
            writer.add_document(layout.mark(watermark))
            writer.commit()

    def _remove(self, writer: tantivy.IndexWriter, item: UUID) -> None:
        with _engine_errors():
            writer.delete_documents_by_term("item", item.hex)

    def _add(self, writer: tantivy.IndexWriter, document: tantivy.Document) -> None:
        with _engine_errors():
            writer.add_document(document)

    def _searcher(self) -> tantivy.Searcher | None:
        with self._lock:
            try:
                status = (self._folder / "meta.json").stat()
            except FileNotFoundError:
                return None
            seen = (status.st_ino, status.st_mtime_ns)
            with _engine_errors():
                if self._index is None:
                    self._index = _by_hand(tantivy.Index.open(str(self._folder)))
                if seen != self._seen:
                    self._index.reload()
                    self._seen = seen
                return self._index.searcher()

    def _mark_query(self) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, "kind", layout.MARK, "basic")

    def _slices(self) -> Iterator[tantivy.Query]:
        width = (1 << 64) // _SLICES
        for place in range(_SLICES):
            first, last = place * width, (place + 1) * width - 1
            yield tantivy.Query.range_query(self._schema, "high", tantivy.FieldType.Unsigned, first, last)


def _by_hand(index: tantivy.Index) -> tantivy.Index:
    """Reloaded when `meta.json` is seen to have changed, not by a thread of tantivy's that polls for ever."""
    index.config_reader("manual")
    return index


def _items(searcher: tantivy.Searcher, addresses: list[tantivy.DocAddress]) -> list[UUID]:
    highs = searcher.fast_field_values("high", addresses)
    lows = searcher.fast_field_values("low", addresses)
    return [layout.whole(_whole(high), _whole(low)) for high, low in zip(highs, lows, strict=True)]


def _counts(searcher: tantivy.Searcher, query: tantivy.Query, names: Sequence[str]) -> dict[str, dict[str, int]]:
    if not names:
        return {}
    asked = {name: {"terms": {"field": name, "size": _MOST_VALUES}} for name in names}
    answer = searcher.aggregate(query, asked)
    return {
        name: {str(bucket["key"]): int(bucket["doc_count"]) for bucket in answer[name]["buckets"]} for name in names
    }


def _whole(value: float | bool | None) -> int:  # noqa: FBT001 - tantivy's own type of a fast value
    return int(value or 0)


@contextmanager
def _engine_errors() -> Iterator[None]:
    """All that tantivy says arrives as ValueError."""
    try:
        yield
    except ValueError as problem:
        code = "index_busy" if "LockBusy" in str(problem) else "index_unreadable"
        raise Unavailable(code) from problem


def _segments(meta: Path) -> set[str]:
    """The stems of the files that make up the index now; files of merged segments may go at any moment."""
    return {str(one["segment_id"]).replace("-", "") for one in json.loads(meta.read_bytes())["segments"]}


def _is_sound(path: Path, *, may_be_gone: bool) -> bool:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return may_be_gone
    size, magic = int.from_bytes(data[-8:-4], "little"), int.from_bytes(data[-4:], "little")
    if magic != _FOOTER_MAGIC:
        return False
    body, footer = data[: -8 - size], data[-8 - size : -8]
    try:
        return bool(json.loads(footer)["crc"] == zlib.crc32(body))
    except (ValueError, KeyError):
        return False

"""What other rooms and the keeper have done by this one."""

from yidang.storeroom.climate.watching import watch_climate
from yidang.storeroom.keeping.lending import put_back, take_out
from yidang.storeroom.keeping.moving import forget

__all__ = ["forget", "put_back", "take_out", "watch_climate"]

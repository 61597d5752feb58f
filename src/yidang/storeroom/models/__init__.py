"""Where paper lies, who went in, what the air was like, what a round found. Words about people are sealed."""

from yidang.storeroom.models.climate import Alarm, HourlyReading, Reading, Sensor
from yidang.storeroom.models.keeping import Box, Keeping, Outgoing, Place, ZoneEntry
from yidang.storeroom.models.rounds import Answer, Finding, Photo, Round
from yidang.storeroom.models.stock import Difference, Expectation, Scan, StockTake

__all__ = [
    "Alarm",
    "Answer",
    "Box",
    "Difference",
    "Expectation",
    "Finding",
    "HourlyReading",
    "Keeping",
    "Outgoing",
    "Photo",
    "Place",
    "Reading",
    "Round",
    "Scan",
    "Sensor",
    "StockTake",
    "ZoneEntry",
]

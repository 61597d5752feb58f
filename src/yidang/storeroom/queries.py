"""What other rooms ask of this one."""

from yidang.storeroom.keeping.lending import Whereabouts, place_of

__all__ = ["Whereabouts", "place_of"]

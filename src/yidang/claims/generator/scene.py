from dataclasses import dataclass
from pathlib import Path
from typing import Any

from yidang.claims.generator.catalogue import Catalogue
from yidang.claims.generator.columns import Pool
from yidang.claims.generator.people import People
from yidang.claims.generator.world import World


@dataclass(frozen=True)
class Scene:
    """What all steps of one cohort share. `rng` decides everything it draws, in the order it is asked."""

    world: World
    people: People
    items: Catalogue
    pool: Pool
    rng: Any
    cohort: int
    series: int  # of the numbers it gives
    folder: Path

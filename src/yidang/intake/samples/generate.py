"""Draws a batch: `python -m yidang.intake.samples.generate DEST [--seed N] [--fonts DIR]`.

The batch in the package was drawn so, with seed 1, from the fonts of Debian's fonts-noto-cjk, fonts-arphic-uming,
fonts-arphic-ukai, fonts-wqy-zenhei, fonts-wqy-microhei and fonts-lxgw-wenkai.
"""

from pathlib import Path

import click

from yidang.intake.samples.batch import Batch, make_batch, save

SHIPPED_SEED = 1


def generate(target: Path, *, seed: int = SHIPPED_SEED, fonts: Path | None = None) -> Batch:
    """Raises Unavailable `fonts_missing` where no known Chinese font is found."""
    batch = make_batch(seed, fonts=fonts)
    save(batch, target, seed=seed)
    return batch


@click.command()
@click.argument("target", type=click.Path(file_okay=False, path_type=Path))
@click.option("--seed", default=SHIPPED_SEED, show_default=True)
@click.option("--fonts", type=click.Path(exists=True, file_okay=False, path_type=Path))
def main(target: Path, seed: int, fonts: Path | None) -> None:
    batch = generate(target, seed=seed, fonts=fonts)
    click.echo(f"{len(batch.samples)} files, {batch.pages} pages, {batch.size / 2**20:.1f} MiB")


if __name__ == "__main__":
    main()

"""Make the reference pictures anew, for a person to look at.

python -m tests.references [SAMPLE…]
"""

from __future__ import annotations

import sys

from exports.pdf import make_pdf
from exports.samples import samples
from exports.templating import page
from tests.references.pictures import STAMP, keep, pictures_of


def main(names: list[str]) -> None:
    """Keep new pictures of the samples of these names, or of all."""
    for name, document in samples().items():
        if not names or name in names:
            keep(name, pictures_of(name, make_pdf(page(document, STAMP))))
            sys.stdout.write(f"Look at tests/references/{name}\n")


if __name__ == "__main__":
    main(sys.argv[1:])

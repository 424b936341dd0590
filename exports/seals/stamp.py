"""What is printed on a document so that anybody can check it: an identifier and where to ask."""

from __future__ import annotations

from dataclasses import dataclass

import segno
from markupsafe import Markup, escape

_BORDER = 4
"""Modules of white round the code, without which some cameras do not see it."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """The identifier of one document and the address of the service that knows it.

    `address` is a base address without a slash at its end, such as `https://boards.example.org`.
    """

    identifier: str
    address: str

    @property
    def link(self) -> str:
        """The page that says whether the document is genuine and its framework still current."""
        return f"{self.address}/verify/{self.identifier}"

    @property
    def words(self) -> str:
        """What the code is, for those who do not see it."""
        return f"QR code that leads to {self.link}"

    @property
    def qr(self) -> Markup:
        """The link as a QR code: an `svg` element that fills its box, its words as its title."""
        code = segno.make(self.link, error="m", micro=False)
        size = code.symbol_size(scale=1, border=_BORDER)[0]
        # WeasyPrint reads the alternative text of a drawing from its title.
        return Markup(
            '<svg xmlns="http://www.w3.org/2000/svg" class="qr" role="img" width="{size}"'
            ' height="{size}" viewBox="0 0 {size} {size}"><title>{words}</title>'
            '<path fill="#fff" d="M0 0h{size}v{size}H0z"/><path fill="#000" d="{modules}"/></svg>'
        ).format(size=size, words=escape(self.words), modules=_modules(code))


def _modules(code: segno.QRCode) -> str:
    """Return the dark modules as one path, each run of a row a rectangle."""
    runs = []
    for row, line in enumerate(code.matrix_iter(scale=1, border=_BORDER)):
        start = None
        for column, dark in enumerate((*line, 0)):
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                runs.append(f"M{start} {row}h{column - start}v1H{start}z")
                start = None
    return "".join(runs)

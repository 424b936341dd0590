"""Every sample document, made once by the press."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from exports.document import Document
from exports.samples import samples
from exports.worker import Press


@pytest.fixture(scope="session")
def press() -> Iterator[Press]:
    """A press of one process, which is ended after the last test."""
    press = Press(processes=1)
    yield press
    press.close()


@pytest.fixture(scope="session")
def documents() -> Mapping[str, Document]:
    """Every sample by name."""
    return samples()


@pytest.fixture(scope="session")
def printed(
    press: Press, documents: Mapping[str, Document], tmp_path_factory: pytest.TempPathFactory
) -> Mapping[str, Path]:
    """The file of every sample by name."""
    folder = tmp_path_factory.mktemp("documents")
    files = {name: folder / f"{name}.pdf" for name in documents}
    for name, document in documents.items():
        files[name].write_bytes(press.make(document))
    return files

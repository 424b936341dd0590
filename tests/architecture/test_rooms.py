"""What the import contracts in setup.cfg cannot say, because it compares two names."""

import grimp
import pytest

PRIVATE = {"store", "models"}


@pytest.fixture(scope="module")
def imports() -> grimp.ImportGraph:
    return grimp.build_graph("webapp", cache_dir=None)


def test_rows_of_a_room_are_reached_through_its_services(imports: grimp.ImportGraph) -> None:
    # Migrations load every room's tables, and nothing else of them.
    reached = [
        f"{importer} -> {module}"
        for module in sorted(imports.modules)
        if PRIVATE.intersection(module.split(".")[2:3])
        for importer in sorted(imports.find_modules_that_directly_import(module))
        if importer.split(".")[1] not in {module.split(".")[1], "migrations"}
    ]

    assert reached == []

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
import hashlib
import io
import json
import zipfile
from pathlib import Path

import pytest

from exports.fields import COPY_IDENTIFIER
from exports.forms.blank_forms import NothingAssessed, blank_appraisal, blank_scorecard
from exports.forms.prefill import Base, copy_of
from exports.issuing import Issuer, issue
from exports.packs.packing import (
    FolderPacking,
    PackedFile,
    PackFacts,
    Packing,
    ZipPacking,
    add_manifest,
    assign,
    manifest_csv,
    pack_file,
)
from exports.packs.people import LONGEST_VALUE, PackForm, read_people
from exports.seals.signing import Keyring, SigningKey
from exports.seals.verifying import FileState, verify
from exports.worker import Press
from frameworks.library import Library, Published
from frameworks.model import AssessAt, Reference
from frameworks.questions import AnswerKey

DAY = dt.date(2026, 11, 23)
CHAIR = "provider-chair"
KEYRING = Keyring(SigningKey(b"k" * 32))
TABLE = """name,role,organisation,appraiser
Anna Köster,,North Trust,Sam Hill
anna köster,Chair of an NHS provider,South Trust,
=1+1,Chair/lead,,
"""


@pytest.fixture(scope="module")
def published() -> Published:
    return Library.shipped().get(Reference.parse("board-leadership@1.0.0"), DAY)


@pytest.fixture(scope="module")
def base(press: Press, published: Published) -> Base:
    blank = blank_appraisal(published, CHAIR, DAY)
    return Base.of(issue(press, blank, Issuer("http://127.0.0.1:8000", KEYRING)).content)


def filled(packing: Packing, base: Base, press: Press) -> list[PackedFile]:
    """Put everybody of the table into a pack."""
    profiles = {CHAIR: "Chair of an NHS provider"}
    people = read_people(TABLE, PackForm.APPRAISAL, profiles, CHAIR)
    files = [
        pack_file(packing, each, copy_of(base, each.written(PackForm.APPRAISAL), KEYRING, press))
        for each in assign(people, PackForm.APPRAISAL, profiles, "Meadowbank")
    ]
    add_manifest(packing, PackFacts(PackForm.APPRAISAL, DAY), files)
    return files


@pytest.fixture(scope="module")
def zipped(base: Base, press: Press) -> bytes:
    file = io.BytesIO()
    packing = ZipPacking(file, DAY)
    filled(packing, base, press)
    packing.stream.close()
    return file.getvalue()


class TestAPack:
    def test_everybody_has_a_file_and_the_manifests_say_what_it_is(self, zipped: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(zipped)) as archive:
            assert archive.testzip() is None
            assert archive.namelist() == [
                "Anna Köster - Chair of an NHS provider.pdf",
                "anna köster - Chair of an NHS provider (2).pdf",
                "=1+1 - Chair lead.pdf",
                "manifest.csv",
                "manifest.json",
            ]
            manifest = json.loads(archive.read("manifest.json"))
            assert (manifest["form"], manifest["count"]) == ("appraisal", 3)
            for line in manifest["files"]:
                content = archive.read(line["file"])
                assert hashlib.sha256(content).hexdigest() == line["sha256"]
                assert line["citation"] == "board-leadership@1.0.0"

    def test_each_file_is_ours_unchanged_and_names_its_base(
        self, zipped: bytes, base: Base
    ) -> None:
        with zipfile.ZipFile(io.BytesIO(zipped)) as archive:
            lines = json.loads(archive.read("manifest.json"))["files"]
            for line in lines:
                verdict = verify(archive.read(line["file"]), KEYRING)
                assert verdict.state is FileState.UNCHANGED
                assert verdict.seal is not None
                assert verdict.seal.identifier == line["identifier"]
                assert verdict.seal.base == line["base"] == base.seal.identifier
        assert len({line["identifier"] for line in lines}) == 3

    def test_what_a_row_leaves_out_is_filled_in_and_what_it_says_stays(self, zipped: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(zipped)) as archive:
            first, second, third = json.loads(archive.read("manifest.json"))["files"]
        assert first["role"] == "Chair of an NHS provider"
        assert second["organisation"] == "South Trust"
        assert third["organisation"] == "Meadowbank"
        assert "appraiser" not in second

    def test_no_cell_of_the_manifest_is_a_formula(self, zipped: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(zipped)) as archive:
            text = archive.read("manifest.csv").decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(text)))
        assert [row["name"] for row in rows] == ["Anna Köster", "anna köster", "'=1+1"]
        assert rows[2]["file"] == "'=1+1 - Chair lead.pdf"
        assert not any(
            cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values()
        )

    def test_a_folder_holds_the_same_files_to_the_byte(
        self, zipped: bytes, base: Base, press: Press, tmp_path: Path
    ) -> None:
        filled(FolderPacking(tmp_path), base, press)
        with zipfile.ZipFile(io.BytesIO(zipped)) as archive:
            assert {path.name for path in tmp_path.iterdir()} == set(archive.namelist())
            for name in archive.namelist():
                assert (tmp_path / name).read_bytes() == archive.read(name)

    def test_a_name_in_any_script_has_its_form(self, base: Base, press: Press) -> None:
        names = ["王小明", "مریم رضایی", "Олена Шевченко", "Zoë 👩‍⚖️", "नरेन्द्र", "<b>Jo & Al</b>"]
        table = "name\n" + "".join(f"{name}\n" for name in names)
        people = read_people(table, PackForm.APPRAISAL, {CHAIR: "Chair"}, CHAIR)
        for assigned in assign(people, PackForm.APPRAISAL, {CHAIR: "Chair"}):
            copy = copy_of(base, assigned.written(PackForm.APPRAISAL), KEYRING, press)
            assert verify(copy.content, KEYRING).state is FileState.UNCHANGED
            assert copy.content.startswith(base.content)

    def test_the_same_people_make_the_same_pack_to_the_byte(
        self, zipped: bytes, base: Base, press: Press
    ) -> None:
        file = io.BytesIO()
        packing = ZipPacking(file, DAY)
        filled(packing, base, press)
        packing.stream.close()
        assert file.getvalue() == zipped


class TestWhatIsWritten:
    def test_every_column_has_its_field_and_every_value_fits(
        self, base: Base, published: Published
    ) -> None:
        people = read_people(
            "name,role,organisation,period,appraiser\n"
            + ",".join(letter * LONGEST_VALUE for letter in "abcde")
            + "\n",
            PackForm.APPRAISAL,
            {CHAIR: "Chair"},
            CHAIR,
        )
        (assigned,) = assign(people, PackForm.APPRAISAL, {CHAIR: "Chair"})
        values = assigned.written(PackForm.APPRAISAL)
        assert {str(key) for key in values} == {
            "about:person",
            "about:position",
            "about:organisation",
            "about:period",
            "about:appraiser",
        }
        copied = base.copy(values, KEYRING)
        assert COPY_IDENTIFIER.name in copied.seal.written
        card = blank_scorecard(published, CHAIR, AssessAt.INTERVIEW)
        assert {AnswerKey("about", "candidate"), AnswerKey("about", "assessor")} <= {
            field.key for field in card.fields
        }

    def test_a_scorecard_for_nothing_is_refused(self, published: Published) -> None:
        chair = published.framework.profile(CHAIR).model_copy(update={"requirements": ()})
        framework = published.framework.model_copy(update={"profiles": (chair,)})
        bare = dataclasses.replace(published, framework=framework)
        with pytest.raises(NothingAssessed, match="nothing is assessed at the stage"):
            blank_scorecard(bare, CHAIR, AssessAt.INTERVIEW)

    def test_a_manifest_of_scorecards_has_their_columns(self) -> None:
        header = manifest_csv(PackForm.SCORECARD, []).splitlines()[0]
        assert header == (
            "\ufefffile,candidate,assessor,profile,identifier,sha256,base,citation,digest"
        )

"""A lead downloads the whole record of a consultation, as it can be shown to others."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from pathlib import Path

import pytest

from exports.bundles.verifying import verify_bundle
from tests.pages.client import Client
from tests.pages.lead import Lead
from tests.pages.outreach import OutreachLog
from tests.pages.respondent import Respondent
from tests.program import Program
from webapp.operations.routines import ROUTINES
from webapp.security import Role

BUNDLES = "/organisations/meadowbank/consultations/example-region/bundles"
LETTER = b"%PDF-1.7\nA letter.\n%%EOF\n"


@pytest.fixture
def lead(program: Program) -> Client:
    """The lead of a consultation that is open, with one response."""
    browser = program.staff(Role.CONSULTATION_LEAD)
    Lead(browser).create_open()
    OutreachLog(browser).add(file=(io.BytesIO(LETTER), "letter.pdf"))
    person = Respondent(program.browser())
    person.write("canary-words")
    person.send()
    return browser


def make(program: Program, lead: Client) -> bytes:
    """Make a bundle and download it."""
    lead.open(BUNDLES)
    lead.press("Make the bundle")
    assert "Being made" in lead.screen.text
    program.deliver_mail()
    screen = lead.follow("Look again")
    return bytes(lead.flask.get(screen.link("Download the bundle")).data)


def test_a_lead_makes_and_downloads_the_record(
    program: Program, lead: Client, tmp_path: Path
) -> None:
    lead.open(Lead(lead).one())
    assert lead.follow("Download the whole record").heading == "The whole record as evidence"
    content = make(program, lead)
    assert hashlib.sha256(content).hexdigest() in lead.screen.text
    path = tmp_path / "bundle.zip"
    path.write_bytes(content)
    assert verify_bundle(path).consultation == "example-region"
    with zipfile.ZipFile(path) as archive:
        folder = "record-of-example-region"
        lines = archive.read(f"{folder}/entries.jsonl").splitlines()
        everything = b"".join(archive.read(name) for name in archive.namelist())
    kinds = [json.loads(line)["kind"] for line in lines]
    assert kinds[0] == "consultations.created"
    assert kinds[-1] == "outreach.added"
    assert LETTER in everything
    assert b"canary-words" not in everything
    assert b"Sam Okafor" not in everything


def test_the_next_bundle_tells_of_the_one_before(program: Program, lead: Client) -> None:
    first = hashlib.sha256(make(program, lead)).hexdigest()
    program.clock.move(minutes=5)
    second = make(program, lead)
    with zipfile.ZipFile(io.BytesIO(second)) as archive:
        entries = archive.read("record-of-example-region/entries.jsonl").decode()
    assert first in entries


def test_a_bundle_goes_after_a_week_and_its_digest_stays(program: Program, lead: Client) -> None:
    digest = hashlib.sha256(make(program, lead)).hexdigest()
    address = lead.screen.link("Download the bundle")
    program.clock.move(days=8)
    with program.database.writing() as session:
        for routine in ROUTINES:
            routine(session, program.clock())
    lead = program.sign_in("consultation-lead@meadowbank.example")
    screen = lead.open(BUNDLES)
    assert "The file is gone." in screen.text
    assert digest in screen.text
    lead.open(address, status=410)


def test_a_draft_has_a_record_too(program: Program) -> None:
    lead = program.staff(Role.CONSULTATION_LEAD)
    Lead(lead).create()
    content = make(program, lead)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        page = archive.read("record-of-example-region/index.html").decode()
    assert "Nothing yet: the consultation was not opened." in page


def test_nobody_else_sees_or_makes_one(program: Program, lead: Client) -> None:
    make(program, lead)
    address = lead.screen.link("Download the bundle")
    far = program.add_organisation("elsewhere", "Elsewhere NHS Trust")
    for browser in (
        program.staff(Role.CONSULTATION_OFFICER),
        program.staff(Role.MODERATOR),
        program.staff(Role.CONSULTATION_LEAD, "far@elsewhere.example", far),
    ):
        browser.open(BUNDLES, status=403)
        browser.open(address, status=403)
        browser.post(BUNDLES, {"csrf_token": browser.proof()}, status=403)


def test_a_bundle_of_another_consultation_is_not_found(program: Program, lead: Client) -> None:
    make(program, lead)
    address = lead.screen.link("Download the bundle")
    Lead(lead).create(slug="not-yet")
    lead.open(address.replace("example-region", "not-yet"), status=404)

"""The proof of the proof: what veraPDF says can be believed."""

from pathlib import Path

import pikepdf
import pytest
import weasyprint

from tests import verapdf


def write_good_file(path: Path) -> Path:
    page = "<html lang=en><title>A page</title><h1>A page</h1><p>Llŷn, and its structure."
    weasyprint.HTML(string=page).write_pdf(path, pdf_variant="pdf/ua-1")
    return path


def write_page_without_structure(path: Path) -> Path:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(path)
    return path


def test_one_run_tells_good_files_from_bad_ones(tmp_path: Path) -> None:
    good = write_good_file(tmp_path / "good.pdf")
    bad = write_page_without_structure(tmp_path / "bad.pdf")
    torn = tmp_path / "torn.pdf"
    torn.write_bytes(good.read_bytes()[:200])

    found = verapdf.check([good, bad, torn])

    assert found[good] == []
    assert "7.1-11" in [failure.rule for failure in found[bad]]
    assert [failure.rule for failure in found[torn]] == ["unreadable"]


def test_a_run_without_rules_is_not_believed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verapdf, "JAXB", ())

    with pytest.raises(verapdf.VeraPdfBroken):
        verapdf.check([write_page_without_structure(tmp_path / "bad.pdf")])

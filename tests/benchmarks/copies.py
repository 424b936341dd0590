"""What a prefilled copy costs beside rendering it, and how much memory a large pack takes.

Run with `python -m tests.benchmarks.copies`. Three ways of making the same copies are timed in one
run: rendering the form again, setting the same fields in the form with pikepdf and saving the
whole file (the form is parsed once and stays open, which is as fast as that can be), and what we
do: appending a section. What every copy needs whichever way it is made is timed apart: its seal,
its place in a ZIP, its lines in the manifests, and a QR code, of which a base has one and a copy
none of its own. The pack is made by a process of its own, whose largest size the kernel keeps.
"""

from __future__ import annotations

import datetime as dt
import io
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from operator import attrgetter
from pathlib import Path
from statistics import median
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from exports.document import Document
from exports.forms.blank_forms import blank_appraisal
from exports.forms.field_text import draw_text
from exports.forms.prefill import Base, as_given
from exports.issuing import Issuer, issue
from exports.packs.packing import PackFacts, ZipPacking, add_manifest, assign, pack_file
from exports.packs.people import PackForm, read_people
from exports.packs.zip_stream import CommonStart, ZipStream
from exports.seals.signing import Keyring, SigningKey
from exports.seals.stamp import Stamp
from exports.worker import Press
from frameworks.library import Library
from frameworks.model import Reference
from frameworks.questions import AnswerKey, Given
from tests.benchmarks.measuring import seconds

PROFILE = "provider-chair"
TITLES = {PROFILE: "Chair of an NHS provider"}
DAY = dt.date(2026, 11, 23)
COPIES = 3_600
SOME = 200
RENDERINGS = 3
AIM = 5_000
KEYRING = Keyring(SigningKey(bytes(range(32))))
ISSUER = Issuer("https://boards.example.org", KEYRING)
_READ_ONLY = 1
_PEAK = "VmHWM:"


@dataclass(frozen=True, slots=True)
class Costs:
    """Seconds for one copy, each way, and for what is timed apart; sizes are in bytes."""

    rendering: float
    whole_save: float
    section: float
    seal: float
    zipped: float
    manifest: float
    qr: float
    fields: int
    base: int
    tail: int

    @property
    def ratio(self) -> float:
        """How many copies are made in the time of one rendering."""
        return self.rendering / self.section


def the_form() -> Document:
    """Return the blank appraisal form of the framework that ships."""
    published = Library.shipped().get(Reference.parse("board-leadership@1.0.0"), DAY)
    return blank_appraisal(published, PROFILE, DAY)


def people(count: int) -> str:
    """Return a table of made-up people."""
    rows = [
        f"Zoë Łukasiewicz-O'Connor {number},Non-executive director,Meadowbank {number % 200} NHS"
        f" Foundation Trust,April 2025 to March 2026,Huw Pritchard {number % 200}"
        for number in range(count)
    ]
    return "\n".join(["name,role,organisation,period,appraiser", *rows])


def values_of(count: int) -> list[dict[AnswerKey, Given]]:
    """Return what is written into the forms of this many people."""
    table = read_people(people(count), PackForm.APPRAISAL, TITLES, PROFILE)
    assigned = assign(table, PackForm.APPRAISAL, TITLES)
    return [as_given(each.written(PackForm.APPRAISAL)) for each in assigned]


@contextmanager
def whole_saves(base: Base) -> Iterator[Callable[[Mapping[AnswerKey, Given], str], bytes]]:
    """Give a function that makes a copy by saving the whole file, without a seal."""
    with pikepdf.open(io.BytesIO(base.content)) as pdf:
        fields = {str(field.T): field for field in pdf.Root.AcroForm.Fields}
        resources = pdf.Root.AcroForm.DR

        def copy(given: Mapping[AnswerKey, Given], identifier: str) -> bytes:
            texts = {key.pdf_name: each.text for key, each in given.items()}
            for name, text in {**texts, "copy:identifier": identifier}.items():
                field = fields[name]
                left, bottom, right, top = (float(each) for each in field.Rect)
                width, height = right - left, top - bottom
                field.V = String(text)
                field.Ff = int(field.get(Name.Ff, 0)) | _READ_ONLY
                field.AP = Dictionary(
                    N=pdf.make_stream(
                        draw_text(text, width, height) or b"",
                        Type=Name.XObject,
                        Subtype=Name.Form,
                        BBox=Array([0, 0, round(width, 2), round(height, 2)]),
                        Resources=resources,
                    )
                )
            written = io.BytesIO()
            pdf.save(written, deterministic_id=True, compress_streams=False)
            return written.getvalue()

        yield copy


def usual(work: Callable[..., object], arguments: Iterable[tuple[Any, ...]]) -> float:
    """Return the median of the seconds that something takes with each of these arguments."""
    return median(seconds(partial(work, *each)) for each in arguments)


def sealed_form(press: Press) -> bytes:
    """Return the form that the copies are made from."""
    return issue(press, the_form(), ISSUER).content


def costs(
    press: Press, sealed: bytes, *, copies: int = SOME, renderings: int = RENDERINGS
) -> Costs:
    """Return what each step takes with a sealed form, the median of so many."""
    form, base = the_form(), Base.of(sealed)
    given = values_of(copies)
    identifiers = [base.identifier_of(each, KEYRING) for each in given]
    both = list(zip(given, identifiers, strict=True))
    filled = [base.fill(*each) for each in both]
    to_seal = [(*each, section, KEYRING) for each, section in zip(both, filled, strict=True)]
    tails = [base.sealed(*each).tail for each in to_seal]
    stream, start = ZipStream(io.BytesIO(), DAY), CommonStart.of(base.content)
    stamps = [Stamp(each, ISSUER.address) for each in identifiers]
    with whole_saves(base) as save:
        whole_save = usual(save, both[: 5 * renderings])
    return Costs(
        rendering=usual(press.make, [(form,)] * renderings),
        whole_save=whole_save,
        section=usual(copy_without_seal, ((base, each) for each in given)),
        seal=usual(base.sealed, to_seal),
        zipped=usual(stream.add, ((f"{n}.pdf", tail, start) for n, tail in enumerate(tails))),
        manifest=manifest_of(base, copies) / copies,
        qr=usual(attrgetter("qr"), ((stamp,) for stamp in stamps)),
        fields=len(form.fields),
        base=len(base.content),
        tail=len(tails[0]),
    )


def copy_without_seal(base: Base, given: Mapping[AnswerKey, Given]) -> bytes:
    """Return a whole copy as it is before its seal, with its identifier."""
    return base.content + base.fill(given, base.identifier_of(given, KEYRING))


def manifest_of(base: Base, count: int) -> float:
    """Return the seconds that both manifests of a pack of this many people take."""
    packing = ZipPacking(io.BytesIO(), DAY)
    table = read_people(people(count), PackForm.APPRAISAL, TITLES, PROFILE)
    files = [
        pack_file(packing, each, base.copy(each.written(PackForm.APPRAISAL), KEYRING))
        for each in assign(table, PackForm.APPRAISAL, TITLES)
    ]
    return seconds(partial(add_manifest, packing, PackFacts(PackForm.APPRAISAL, DAY), files))


def pack_memory(base: bytes, count: int) -> tuple[float, int, float]:
    """Return seconds, size of the ZIP and peak memory in megabytes of a pack made by a process."""
    with tempfile.TemporaryDirectory() as folder:
        form, zipped = Path(folder) / "form.pdf", Path(folder) / "pack.zip"
        form.write_bytes(base)
        command = [sys.executable, "-m", "tests.benchmarks.copies", str(form), str(zipped)]
        done = subprocess.run(
            [*command, str(count)], check=True, capture_output=True, encoding="utf-8"
        )
        took, peak = done.stdout.split()
        return float(took), zipped.stat().st_size, float(peak)


def make_pack(form: Path, zipped: Path, count: int) -> None:
    """Make a pack of this many people and print the seconds and the largest size of this process.

    The size is in megabytes and includes the interpreter and its libraries.
    """
    begun = time.perf_counter()
    base = Base.of(form.read_bytes())
    table = read_people(people(count), PackForm.APPRAISAL, TITLES, PROFILE)
    with zipped.open("wb") as file:
        packing = ZipPacking(file, DAY)
        files = [
            pack_file(packing, each, base.copy(each.written(PackForm.APPRAISAL), KEYRING))
            for each in assign(table, PackForm.APPRAISAL, TITLES)
        ]
        add_manifest(packing, PackFacts(PackForm.APPRAISAL, DAY), files)
        packing.stream.close()
    took = time.perf_counter() - begun
    status = Path("/proc/self/status").read_text().splitlines()
    (peak,) = (int(line.split()[1]) for line in status if line.startswith(_PEAK))
    sys.stdout.write(f"{took:.3f} {peak / 1024:.1f}\n")


def main() -> None:
    """Print a line each way, then the memory of a small and of a large pack."""
    press = Press(processes=1)
    try:
        base = sealed_form(press)
        found = costs(press, base)
    finally:
        press.close()
    unit = found.section
    sys.stdout.write(
        f"copies of a form of {found.fields} fields, {found.base // 1024} kB, rendering : whole"
        f" save : section = {found.rendering / unit:,.0f} : {found.whole_save / unit:,.0f} : 1"
        f" (at least {AIM:,}); a section takes {unit * 1e6:.0f} µs\n"
        f"apart, in sections: seal {found.seal / unit:.1f}, its place in a ZIP"
        f" {found.zipped / unit:.1f}, its lines in the manifests"
        f" {found.manifest / unit:.1f}, a QR code {found.qr / unit:.1f};"
        f" a copy adds {found.tail / 1024:.1f} kB\n"
    )
    for count in (COPIES // 10, COPIES):
        took, size, peak = pack_memory(base, count)
        sys.stdout.write(
            f"a pack of {count:,}: {took / count / found.rendering:.5f} of rendering each,"
            f" {size / count / 1024:.0f} kB each, peak memory {peak:.0f} MB\n"
        )


if __name__ == "__main__":
    if len(sys.argv) > 1:
        make_pack(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
    else:
        main()

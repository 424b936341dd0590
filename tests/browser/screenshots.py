"""Pictures of the example installation.

    python -m tests.browser.screenshots             the handful in docs/screenshots
    python -m tests.browser.screenshots FOLDER      every page of the tour, in full, to look at

Each page is taken at the width of a desktop and of a phone. What a page is called, and the width,
is its file's name; those of the handful are in `SHOWN`.
"""

from __future__ import annotations

import io
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, FilePayload

from exports.worker import Press
from frameworks.questions import AnswerKey, Given
from tests.browser.chromium import running, visitor
from tests.browser.server import free_port, serving
from tests.browser.signing_in import sign_in
from tests.browser.tab import Tab
from tests.conftest import make_tables
from tests.factories.filling import fill_with_pypdf
from tests.pages.respondent import Respondent
from tests.pages.review_files import ReviewFiles
from tests.program import Program
from webapp.operations.example import load_example
from webapp.operations.example.crowd import WHOLE
from webapp.operations.example.people import CHAIR, LEAD, RECRUITER, SECRETARY
from webapp.persistence import Database

DOCS = Path(__file__).parents[2] / "docs/screenshots"
WINDOWS = {"desktop": (1280, 900), "phone": (390, 844)}
SHOWN = {
    "comparison-desktop",
    "competency-desktop",
    "counts-desktop",
    "form-changes-desktop",
    "plan-desktop",
    "review-2-desktop",
    "review-2-inside-desktop",
    "scorecard-desktop",
    "task-list-phone",
    "verify-file-desktop",
}
"""Those that the README shows."""

COLOURS = 128
INSIDE = "a[href*='/sections/domain.'], a[href*='/revisions/']"
SLUG = "board-leadership-1-1"
FRAMEWORK = "/frameworks/board-leadership"
KEY = "culture.speaking-up"


@dataclass
class Tour:
    """A walk through the pages, which takes a picture of each."""

    program: Program
    browser: Browser
    folder: Path
    wanted: Callable[[str], bool]
    is_whole: bool

    def tab(self, email: str = "") -> Tab:
        """Return a fresh browser, signed in as a member of staff where one is named."""
        # The mail with the link is then the newest, whatever the example has mailed.
        self.program.clock.move(minutes=1)
        tab = Tab(visitor(self.browser).new_page(), self.program.url)
        return sign_in(self.program, tab, email) if email else tab

    def visit(self, tab: Tab, name: str, path: str) -> None:
        """Go to a page and take its picture."""
        tab.open(path)
        self.shoot(tab, name)

    def shoot(self, tab: Tab, name: str) -> None:
        """Take the present page at the widths that are wanted of it."""
        for window, (width, height) in WINDOWS.items():
            if not self.wanted(f"{name}-{window}"):
                continue
            tab.page.set_viewport_size({"width": width, "height": height})
            picture = tab.page.screenshot(full_page=self.is_whole, animations="disabled")
            small = Image.open(io.BytesIO(picture)).convert("RGB").quantize(COLOURS)
            path = self.folder / f"{name}-{window}.png"
            small.save(path, optimize=True)  # codespell:ignore optimize
        width, height = WINDOWS["desktop"]
        tab.page.set_viewport_size({"width": width, "height": height})

    def anyone(self) -> None:
        """Take what anybody sees."""
        tab = self.tab()
        self.visit(tab, "home", "/")
        self.visit(tab, "about", "/about")
        self.visit(tab, "frameworks", "/frameworks")
        self.visit(tab, "framework", FRAMEWORK)
        self.visit(tab, "version", f"{FRAMEWORK}/1.0.0")
        self.visit(tab, "competency-of-framework", f"{FRAMEWORK}/1.0.0/competencies/{KEY}")
        self.visit(tab, "position", f"{FRAMEWORK}/1.0.0/positions/provider-chair")
        self.visit(tab, "comparison", f"{FRAMEWORK}/compare?from=1.0.0-beta.1&to=1.0.0")
        self.visit(tab, "consultations", "/consultations")
        self.visit(tab, "verify", "/verify")
        tab.open("/verify/5NRH-CGNQ-4TR4-80B5", status=404)
        self.shoot(tab, "verify-unknown")
        self.visit(tab, "sign-in", "/sign-in")
        self.visit(tab, "sent-mail", "/sent-mail")
        tab.open("/nowhere", status=404)
        self.shoot(tab, "not-found")

    def respondent(self) -> None:
        """Take a response from its start to its receipt."""
        tab = self.tab()
        Respondent(tab, SLUG).start()
        self.shoot(tab, "responding-as")
        tab.press("Save and continue", status=422)
        self.shoot(tab, "responding-as-error")
        tab = self.tab()
        person = Respondent(tab, SLUG)
        self.visit(tab, "consultation", person.page)
        person.introduce(positions=["provider-chair"], name="Sam Okafor")
        self.shoot(tab, "choose")
        person.choose(KEY, "culture.compassion", "culture.succession")
        person.open_item(KEY)
        self.shoot(tab, "competency")
        answers = {f"{KEY}:clarity": "mostly-clear", f"{KEY}:comment": "Say who listens."}
        person.save(answers)
        self.shoot(tab, "task-list")
        self.visit(tab, "check", f"{person.response}/check")
        person.send()
        self.shoot(tab, "sent")
        tab.follow("See exactly what you sent")
        self.shoot(tab, "receipt")

    def lead(self) -> None:
        """Take what a consultation lead sees."""
        tab = self.tab(LEAD)
        self.shoot(tab, "your-work")
        here = "/organisations/board-programme/consultations"
        self.visit(tab, "lead-list", here)
        self.visit(tab, "counts", f"{here}/{SLUG}")
        self.visit(tab, "new-consultation", f"{here}/new")

    def recruiter(self) -> None:
        """Take a vacancy, its plan and its documents."""
        tab = self.tab(RECRUITER)
        self.visit(tab, "vacancies", "/organisations/northmoor/vacancies")
        tab.click(tab.page.locator("main tbody a").first)
        vacancy = tab.screen.path
        self.shoot(tab, "vacancy")
        self.visit(tab, "plan", f"{vacancy}/stages/interview")
        self.visit(tab, "pick", f"{vacancy}/stages/interview/pick")
        self.visit(tab, "write", f"{vacancy}/stages/interview/write")
        self.visit(tab, "scorecard", f"{vacancy}/stages/interview/scorecard")
        self.visit(tab, "person-specification", f"{vacancy}/person-specification")
        here = "/organisations/northmoor/scorecard-packs"
        self.visit(tab, "scorecard-packs", here)
        self.visit(tab, "new-scorecard-pack", f"{here}/new")

    def appraiser(self) -> None:
        """Take the reviews of an appraiser, and the list of a secretary."""
        tab = self.tab(CHAIR)
        self.visit(tab, "reviews", "/organisations/northmoor/reviews")
        reviews = [
            str(link["href"]) for link in tab.screen.soup.select("main a[href^='/reviews/']")
        ]
        for number, path in enumerate(reviews, 1):
            self.visit(tab, f"review-{number}", path)
            inside = tab.screen.soup.select_one(INSIDE)
            if inside is not None:
                self.visit(tab, f"review-{number}-inside", str(inside["href"]))
        self.visit(tab, "start-review", "/organisations/northmoor/reviews/start")
        self.review_packs()
        self.visit(self.tab(SECRETARY), "reviews-of-secretary", "/organisations/northmoor/reviews")

    def review_packs(self) -> None:
        """Take a pack of review forms from its table to its ZIP."""
        tab = self.tab(SECRETARY)
        tab.open("/organisations/northmoor/review-packs")
        tab.follow("Make review forms")
        self.shoot(tab, "new-review-pack")
        position = "board-leadership@1.0.0 provider-chair"
        table = "name,role\nAde Cole,Chair\nJo Hall,\n"
        tab.press("Check the table", {"position": position, "table": "name,rolle\n"}, status=422)
        self.shoot(tab, "new-review-pack-error")
        tab.press("Check the table", {"position": position, "table": table})
        self.shoot(tab, "review-pack-checked")
        tab.press("Make 2 review forms")
        path = tab.screen.path
        self.visit(tab, "review-packs", "/organisations/northmoor/review-packs")
        self.program.deliver_mail()
        self.visit(tab, "review-pack-ready", path)

    def review_files(self) -> None:
        """Take the form of a draft away, bring it back filled in, and attach one on paper."""
        tab = self.tab(CHAIR)
        tab.open("/organisations/northmoor/reviews")
        links = tab.screen.soup.select("main a[href^='/reviews/']")
        paths = [str(link["href"]) for link in links]
        offering = (path for path in paths if "Download the form" in tab.open(path + "/files").text)
        path = next(offering)
        self.shoot(tab, "review-files")
        # Drawn before the browser asks for it, which would not wait for a busy machine.
        self.program.clock.move(minutes=1)
        ReviewFiles(self.program.sign_in(CHAIR), path).download()
        form = tab.download(tab.page.get_by_role("button", name="Download the form"))
        said = {AnswerKey("feedback", "summary"): "Ten were asked and seven answered."}
        said[AnswerKey("comments", "appraisee")] = "I see the third paragraph otherwise."
        said[AnswerKey("continuation", "page-1")] = "Two more wrote after the form was printed."
        filled = fill_with_pypdf(form, {key: Given(text=text) for key, text in said.items()})
        tab.open(f"{path}/bring-back")
        self._send(tab, "See what it would change", form[:5000], status=422)
        self.shoot(tab, "bring-back-error")
        self._send(tab, "See what it would change", filled)
        self.shoot(tab, "form-changes")
        tab.open("/verify")
        self._send(tab, "Check this file", filled)
        self.shoot(tab, "verify-file")
        self.visit(tab, "attach", f"{path}/attach")
        self._send(tab, "Attach this file", b"%PDF-1.7 a scan")
        self.shoot(tab, "paper")
        tab.follow("Feedback")
        self.shoot(tab, "typing")
        tab.press("Save and go back", {"feedback:summary": "Eleven were asked."})
        tab.press("Everything is typed")
        self.shoot(tab, "paper-typed")

    @staticmethod
    def _send(tab: Tab, button: str, content: bytes, status: int = 200) -> None:
        file = FilePayload(name="form.pdf", mimeType="application/pdf", buffer=content)
        tab.page.set_input_files("#file", file)
        tab.press(button, status=status)


def take(
    browser: Browser,
    folder: Path,
    *,
    is_whole: bool,
    wanted: Callable[[str], bool],
    responses: int = WHOLE,
) -> None:
    """Serve the example installation and go through it."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        home, port, press = Path(name), free_port(), Press(processes=1)
        make_tables(url := f"sqlite:///{home / 'boardmark.sqlite3'}")
        database = Database(url)
        program = Program(database, home, press, url=f"http://127.0.0.1:{port}", demo=True)
        with database.writing() as session:
            load_example(
                session, program.library, program.settings, program.clock(), responses=responses
            )
        with serving(program.app, port):
            tour = Tour(program, browser, folder, wanted, is_whole)
            walks = (tour.anyone, tour.respondent, tour.lead, tour.recruiter, tour.appraiser)
            for walk in (*walks, tour.review_files):
                walk()
        press.close()
        database.close()


if __name__ == "__main__":
    with running() as chromium:
        if len(sys.argv) > 1:
            take(chromium, Path(sys.argv[1]), is_whole=True, wanted=lambda name: True)
        else:
            take(chromium, DOCS, is_whole=False, wanted=SHOWN.__contains__)

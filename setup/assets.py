"""Builds the style sheet, script and fonts of the pages and the fonts of print from npm packages.

    webapp/static/vendor/   nhsuk.css, nhsuk.js, fonts.css, images/, fonts/, and each compressed
    exports/fonts/          the complete fonts that documents are printed with, and their licences

nhsuk-frontend's style sheet fetches Frutiger, which only NHS organisations may use, from another
host, and its icons from the root of the site. Both are taken out here. How often each is found is
written down, so that a new release that is made differently stops set-up instead of slipping a
request to another host into a page.
"""

import re
import shutil
import sys
from pathlib import Path
from typing import NamedTuple

from whitenoise.compress import Compressor

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ROOT / "node_modules"
NHSUK = PACKAGES / "nhsuk-frontend/dist/nhsuk"
SOURCE_SANS = PACKAGES / "source-sans"
DEJAVU = PACKAGES / "dejavu-fonts-ttf"
NOTO = PACKAGES / "@expo-google-fonts"
NOTO_EMOJI = NOTO / "noto-emoji"

VENDOR = ROOT / "webapp/static/vendor"
PRINT_FONTS = ROOT / "exports/fonts"


class Unexpected(Exception):
    """A package is not made as it was when this was written."""


class Change(NamedTuple):
    """A pattern to replace, and how often it has to be there."""

    what: str
    pattern: str
    replacement: str
    times: int


CSS_CHANGES = (
    Change("the faces of Frutiger", r"@font-face\{font-family:Frutiger W01;[^}]*\}", "", 2),
    Change(
        "the stack of fonts",
        r"font-family:Frutiger W01,arial,sans-serif",
        'font-family:"Source Sans 3",arial,sans-serif',
        1,
    ),
    Change("addresses of icons", r"url\(/assets/images/([\w-]+\.svg)\)", r"url(images/\1)", 12),
    Change("the source map", r"\n/\*# sourceMappingURL=\S+ \*/", "", 1),
)
JS_CHANGES = (Change("the source map", r"//# sourceMappingURL=\S+", "", 1),)
# After the changes neither may be left in the style sheet or the script.
FOREIGN = re.compile(r"https?:|frutiger|url\((?!images/)|@import", re.IGNORECASE)

# Source Sans draws its letters smaller than what the style sheet was made for: enlarged by this
# much, they stand as high as Frutiger's and Arial's, so that lines do not jump when it arrives.
SIZE_ADJUST = "107%"
WEB_FONTS = (("Regular", 400, "normal"), ("It", 400, "italic"), ("Semibold", 600, "normal"))
PRINT_FACES = ("Regular", "It", "Semibold", "SemiboldIt", "Bold", "BoldIt")
# The scripts of names and of what people write that the others draw badly or not at all; the
# package is named like the script.
NOTO_SCRIPTS = ("Arabic", "Bengali", "Devanagari", "Gujarati", "Gurmukhi", "Tamil")


def noto_face(script: str, face: str) -> Path:
    """Return the file of a Noto Sans, such as `noto_face("Tamil", "700Bold")`."""
    return NOTO / f"noto-sans-{script.lower()}" / face / f"NotoSans{script}_{face}.ttf"


# For what people write in Greek or Hebrew letters, in those of the scripts above, in Chinese
# and Japanese, in symbols or emoji. A bold Chinese face would be another 10 MB.
FALLBACK_FONTS = (
    DEJAVU / "ttf/DejaVuSans.ttf",
    DEJAVU / "ttf/DejaVuSans-Bold.ttf",
    *(noto_face(script, face) for script in NOTO_SCRIPTS for face in ("400Regular", "700Bold")),
    noto_face("SC", "400Regular"),
    NOTO_EMOJI / "400Regular/NotoEmoji_400Regular.ttf",
)
LICENCES = (
    (SOURCE_SANS / "LICENSE.md", "SourceSans3-licence.txt"),
    (DEJAVU / "LICENSE", "DejaVuSans-licence.txt"),
    *(
        (NOTO / f"noto-sans-{script.lower()}/LICENSE_FONT", f"NotoSans{script}-licence.txt")
        for script in (*NOTO_SCRIPTS, "SC")
    ),
    (NOTO_EMOJI / "LICENSE_FONT", "NotoEmoji-licence.txt"),
)


def rewrite(name: str, text: str, changes: tuple[Change, ...]) -> str:
    """Return the text with each change made; raise Unexpected where a count is wrong."""
    for change in changes:
        text, times = re.subn(change.pattern, change.replacement, text)
        if times != change.times:
            raise Unexpected(
                f"{name} has {change.what} {times} times, not {change.times}: "
                "look at what changed upstream, then correct setup/assets.py"
            )
    if left := FOREIGN.search(text):
        around = text[max(left.start() - 40, 0) : left.end() + 40]
        raise Unexpected(f"{name} still has what must not be on a page: …{around}…")
    return text


def font_faces() -> str:
    """Return the style sheet that names the fonts of the pages."""
    return "".join(
        f'@font-face{{font-family:"Source Sans 3";font-weight:{weight};font-style:{style};'
        f"font-display:swap;size-adjust:{SIZE_ADJUST};"
        f'src:url(fonts/SourceSans3-{face}.woff2) format("woff2")}}\n'
        for face, weight, style in WEB_FONTS
    )


def build_web(folder: Path) -> None:
    """Fill the folder with what pages load."""
    css = (NHSUK / "nhsuk-frontend.min.css").read_text(encoding="utf-8")
    css = rewrite("nhsuk-frontend.min.css", css, CSS_CHANGES)
    js = (NHSUK / "nhsuk-frontend.min.js").read_text(encoding="utf-8")
    js = rewrite("nhsuk-frontend.min.js", js, JS_CHANGES)
    (folder / "nhsuk.css").write_text(css, encoding="utf-8")
    (folder / "nhsuk.js").write_text(js, encoding="utf-8")
    (folder / "fonts.css").write_text(font_faces(), encoding="utf-8")

    (folder / "images").mkdir()
    for icon in sorted(set(re.findall(r"url\(images/([\w-]+\.svg)\)", css))):
        shutil.copyfile(NHSUK / "assets/images" / icon, folder / "images" / icon)
    (folder / "fonts").mkdir()
    for face, _, _ in WEB_FONTS:
        source = SOURCE_SANS / f"WOFF2/TTF/SourceSans3-{face}.ttf.woff2"
        shutil.copyfile(source, folder / "fonts" / f"SourceSans3-{face}.woff2")
    shutil.copyfile(SOURCE_SANS / "LICENSE.md", folder / "fonts/SourceSans3-licence.txt")

    compressor = Compressor(quiet=True)
    for path in sorted(folder.rglob("*")):
        if path.suffix in {".css", ".js", ".svg"}:
            list(compressor.compress(str(path)))


def build_print(folder: Path) -> None:
    """Fill the folder with what documents are printed with."""
    faces = [SOURCE_SANS / f"TTF/SourceSans3-{face}.ttf" for face in PRINT_FACES]
    for source in (*faces, *FALLBACK_FONTS):
        shutil.copyfile(source, folder / source.name)
    for source, name in LICENCES:
        shutil.copyfile(source, folder / name)


def main() -> int:
    """Build both folders anew; return the exit status."""
    for folder, build in ((VENDOR, build_web), (PRINT_FONTS, build_print)):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        try:
            build(folder)
        except (Unexpected, FileNotFoundError) as error:
            shutil.rmtree(folder)
            print(f"setup/assets.py: {error}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

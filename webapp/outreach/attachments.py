"""What may be attached to an entry: the letter or the poster, told by its content."""

from __future__ import annotations

from webapp.consultations.attaching import NotADocument
from webapp.consultations.attaching import media_type_of as document_type_of

PICTURES = (
    (b"\xff\xd8\xff", "image/jpeg", (".jpg", ".jpeg")),
    (b"\x89PNG\r\n\x1a\n", "image/png", (".png",)),
)
"""How the content of a picture begins, its media type, and how its name may end."""

ACCEPTED = ".pdf,.docx,.odt,.txt,.jpg,.jpeg,.png"


def media_type_of(name: str, content: bytes) -> str:
    """Return what a file is, from its content; raises NotADocument.

    Its name has to say the same: people open a file by its ending.
    """
    for begins, media_type, endings in PICTURES:
        if content.startswith(begins) and name.lower().endswith(endings):
            return media_type
        if content.startswith(begins) or name.lower().endswith(endings):
            raise NotADocument(
                "The name of the file does not fit what is in it: rename it or choose another"
            )
    try:
        return document_type_of(name, content)
    except NotADocument as refused:
        if "must be a PDF" not in str(refused):
            raise
        raise NotADocument(
            "The file must be a PDF, a Word file (.docx), an OpenDocument text (.odt),"
            " plain text (.txt), or a JPEG or PNG picture"
        ) from None

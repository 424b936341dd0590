"""What a Word file says about an item before it comes to the questions."""

from __future__ import annotations

from exports.consultation_items import Item
from exports.word.sheet import Sheet
from frameworks.digest import short


def write_item(sheet: Sheet, item: Item) -> None:
    """Write what is consulted on, what it asks for, and where it stands."""
    sheet.heading(2, f"{item.code} {item.title}".strip(), item.language)
    if item.within:
        sheet.text(item.within)
    if item.statement:
        sheet.text(item.statement, "Quote", item.language)
    for title, signs in (("Effective", item.effective), ("Ineffective", item.ineffective)):
        if signs:
            sheet.heading(3, title)
            for sign in signs:
                sheet.bullet(sign.text, sign.language)
    if item.needs:
        sheet.table(
            f"What this position asks for now: {item.title}",
            ("Competency", "Essential or desirable", "Weight"),
            (
                (each.competency, "Essential" if each.essential else "Desirable", str(each.weight))
                for each in item.needs
            ),
        )
    sheet.small(f"{item.citation} · {short(item.digest)}")

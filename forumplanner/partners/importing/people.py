"""A person as a row says, and how a row that goes on is joined to the one above."""

from dataclasses import dataclass, field

from forumplanner.core.thai import PhoneNumber
from forumplanner.partners.importing import remarks
from forumplanner.partners.importing.remarks import Remark
from forumplanner.places.gazetteer import Place

_LONGEST = {"honorific": 60, "given_name": 150, "surname": 150, "post": 200, "organisation_text": 300, "line_name": 100}
# What notes of them are called; notes are kept in Thai, as headings are.
_CALLED = {
    "honorific": "คำนำหน้า",
    "given_name": "ชื่อ",
    "surname": "นามสกุล",
    "post": "ตำแหน่ง",
    "organisation_text": "กลุ่มหรือองค์กร",
    "line_name": "ชื่อในไลน์",
    "email": "อีเมล",
}


@dataclass(slots=True)
class ReadRow:
    """A person as a row says; `number` as the spreadsheet shows it. Facts are "" or None where the row has none."""

    number: int
    honorific: str = ""
    given_name: str = ""
    surname: str = ""
    phones: tuple[PhoneNumber, ...] = ()
    email: str | None = None
    line_name: str = ""
    post: str = ""
    organisation_text: str = ""
    place: Place | None = None
    region: str = ""
    # What is kept beside: the name of the note and its text, in the order of the columns.
    notes: list[tuple[str, str]] = field(default_factory=list)
    remark: str = ""
    # The row as it stands in the spreadsheet.
    cells: tuple[str, ...] = ()
    remarks: list[Remark] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The name without title."""
        return f"{self.given_name} {self.surname}".strip()

    @property
    def is_faulty(self) -> bool:
        """Whether the row is left out."""
        return any(remark.is_error for remark in self.remarks)


def shorten(read: ReadRow) -> None:
    """Cut what is longer than can be kept; the whole of it becomes a note."""
    for name, longest in _LONGEST.items():
        text = getattr(read, name)
        if len(text) > longest:
            setattr(read, name, text[:longest].rstrip())
            read.notes.append((_CALLED[name], text))
            read.remarks.append(Remark(remarks.TOO_LONG, {"typed": f"{text[:40]}..."}))


def join_rows(above: ReadRow, read: ReadRow) -> None:
    """Add what a row says to the person above it."""
    known = {phone.number for phone in above.phones}
    above.phones += tuple(phone for phone in read.phones if phone.number not in known)
    for name in ("email", "line_name", "post", "organisation_text", "surname"):
        text, kept = getattr(read, name), getattr(above, name)
        if text and not kept:
            setattr(above, name, text)
        elif text and text != kept:
            above.notes.append((_CALLED[name], text))
    above.notes += [note for note in read.notes if note not in above.notes]
    above.remark = "\n".join(filter(None, (above.remark, read.remark)))
    above.remarks += read.remarks
    above.remarks.append(Remark(remarks.CONTINUES, {"row": read.number}))

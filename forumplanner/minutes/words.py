"""The words of printed minutes in each language. The Thai ones are prescribed for form 11 and must not be varied."""

from collections.abc import Mapping
from dataclasses import dataclass

from forumplanner.core.i18n import Lang
from forumplanner.outcomes.models import OutcomeKind


@dataclass(frozen=True, slots=True)
class Words:
    """One language's headings; `{}` places are filled by the methods."""

    minutes: str
    number: str
    on: str
    at: str
    came: str
    absent: str
    participants: str
    substitute: str
    chair: str
    opened: str
    closed: str
    hour_unknown: str
    item: str
    resolution: str
    none: str
    owner: str
    due: str
    between: str
    recorder: str
    checker: str
    kinds: dict[OutcomeKind, str]
    # Words a body's name may begin with that the title has already said.
    said: tuple[str, ...]
    # What a body's name says otherwise within the title: Minutes of the Regional Forum, South.
    within_title: Mapping[str, str]

    def title(self, body_name: str) -> str:
        """The first line: the word for minutes and the body's name."""
        name = body_name.strip()
        for word in self.said:
            name = name.removeprefix(word)
        for word, within in self.within_title.items():
            name = name.replace(word, within)
        return self.minutes.format(name)

    def numbered(self, number: int, buddhist: int, gregorian: int) -> str:
        """The line with the number in its Buddhist calendar year."""
        return self.number.format(number=number, buddhist=buddhist, gregorian=gregorian)


# At the foot of every paper that is compiled from a sample database.
SAMPLE_NOTE: dict[Lang, str] = {
    "th": "ข้อมูลตัวอย่าง บุคคลและผลการประชุมสมมติขึ้น",
    "en": "Sample data: people and outcomes are invented",
}

WORDS: dict[Lang, Words] = {
    "th": Words(
        minutes="รายงานการประชุม{}",
        number="ครั้งที่ {number}/{buddhist}",
        on="เมื่อวันที่",
        at="ณ",
        came="ผู้มาประชุม",
        absent="ผู้ไม่มาประชุม",
        participants="ผู้เข้าร่วมประชุม",
        substitute="(แทน)",
        chair="ประธานที่ประชุม",
        opened="เริ่มประชุมเวลา",
        closed="เลิกประชุมเวลา",
        hour_unknown="น.",
        item="ระเบียบวาระที่",
        resolution="มติที่ประชุม",
        none="-ไม่มี-",
        owner="ผู้รับผิดชอบ",
        due="กำหนดเสร็จ",
        between=" ",
        recorder="ผู้จดรายงานการประชุม",
        checker="ผู้ตรวจรายงานการประชุม",
        kinds={
            OutcomeKind.PROGRESS: "ความคืบหน้า",
            OutcomeKind.PROBLEM: "ปัญหา",
            OutcomeKind.PROPOSAL: "ข้อเสนอ",
            OutcomeKind.RESOLUTION: "มติที่ประชุม",
            OutcomeKind.COMMITMENT: "งานที่รับไป",
        },
        said=("รายงาน", "การประชุม", "ประชุม"),
        within_title={},
    ),
    "en": Words(
        minutes="Minutes of the {}",
        number="No. {number}/{buddhist} ({gregorian})",
        on="Held on",
        at="At",
        came="Present",
        absent="Absent",
        participants="Also attending",
        substitute="in place of",
        chair="Chair",
        opened="The meeting began at",
        closed="The meeting ended at",
        hour_unknown="",
        item="Agenda item",
        resolution="Resolution",
        none="-None-",
        owner="responsible:",
        due="due",
        between=", ",
        recorder="Recorder",
        checker="Reviewer",
        kinds={
            OutcomeKind.PROGRESS: "Progress",
            OutcomeKind.PROBLEM: "Problem",
            OutcomeKind.PROPOSAL: "Proposal",
            OutcomeKind.RESOLUTION: "Resolution",
            OutcomeKind.COMMITMENT: "Commitment",
        },
        said=(),
        within_title={"Regional forum: ": "Regional Forum, ", "National meeting": "National Meeting"},
    ),
}

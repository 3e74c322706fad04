"""The words of the national brief in each language. A document's language is not its reader's, so not the catalogue."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from forumplanner.briefs.rules import Standing
from forumplanner.core.i18n import Lang
from forumplanner.core.thai import format_range_short, format_short
from forumplanner.outcomes.rules import OutcomeKind


@dataclass(frozen=True, slots=True)
class Words:
    """One language's headings and sentences; `{}` places are filled by the methods."""

    title: str
    running: str
    national: str
    place: str
    compiled: str
    overview: str
    region: str
    forum_days: str
    standing: str
    outcomes: str
    accepted_of: str
    situation: str
    by_question: str
    question: str
    resolutions: str
    resolution: str
    no_resolutions: str
    procedural: str
    commitments: str
    task: str
    owner: str
    owner_hidden: str
    sample_person: str
    due: str
    source: str
    no_commitments: str
    others: str
    sources: str
    source_line: str
    source_waiting: str
    look_up: str
    nothing_accepted: str
    names_hidden: str
    not_heard: str
    nothing_here: str
    no_such_kind: str
    kinds: Mapping[OutcomeKind, str]
    standings: Mapping[Standing, str]
    missing: Mapping[Standing, str]

    def empty_cell(self, kind: OutcomeKind | None) -> str:
        """What stands where a region that is heard said nothing on a question, or nothing of the kind asked for."""
        return self.no_such_kind.format(kind=self.kinds[kind]) if kind else self.nothing_here


WORDS: dict[Lang, Words] = {
    "th": Words(
        title="เอกสารสรุปประกอบการประชุมระดับประเทศ",
        running="เอกสารสรุป รอบ {code} ข้อมูล ณ {day}",
        national="ประชุมระดับประเทศ {days}",
        place="ณ {place}",
        compiled="ข้อมูล ณ วันที่ {day}",
        overview="ภาคที่นำเสนอในเอกสารนี้",
        region="ภาค",
        forum_days="วันประชุมวงภาค",
        standing="สถานะของข้อสรุป",
        outcomes="ข้อสรุป",
        accepted_of="ส่วนกลางรับข้อสรุปแล้ว {accepted} จาก {regions} ภาค เอกสารนี้เสนอเฉพาะข้อสรุปที่ส่วนกลางรับแล้ว",
        situation="สถานการณ์องค์กรการเงินชุมชน",
        by_question="ข้อสรุปของภาคตามประเด็นร่วม",
        question="ประเด็นที่ {number}",
        resolutions="มติของเวทีภาค",
        resolution="มติ",
        no_resolutions="ยังไม่มีมติในข้อสรุปที่ส่วนกลางรับแล้ว",
        procedural="ไม่รวมมติเกี่ยวกับการประชุมเอง เช่น การรับรองรายงานการประชุม",
        commitments="งานที่ภาครับไป",
        task="งาน",
        owner="ผู้รับผิดชอบ",
        owner_hidden="บุคคลที่ผู้ประสานงานภาคทราบ",
        sample_person="{name} (ตัวอย่าง)",
        due="กำหนดเสร็จ",
        source="ที่มา",
        no_commitments="ยังไม่มีงานที่รับไปในข้อสรุปที่ส่วนกลางรับแล้ว",
        others="ข้อสรุปอื่นนอกประเด็นร่วม",
        sources="แหล่งที่มา",
        source_line="ประชุมวงภาค{region} {days} ส่วนกลางรับข้อสรุปเมื่อ {day}",
        source_waiting="ประชุมวงภาค{region} {days} ส่งข้อสรุปแล้ว รอส่วนกลางพิจารณา",
        look_up="อ่านข้อสรุปทั้งหมดได้ที่",
        nothing_accepted="ยังไม่มีข้อสรุปของภาคใดที่ส่วนกลางรับแล้ว",
        names_hidden="ฉบับนี้ไม่แสดงชื่อบุคคล",
        not_heard="ภาคที่ยังไม่มีข้อสรุปในเอกสารนี้",
        nothing_here="ไม่มีข้อสรุปในประเด็นนี้",
        no_such_kind="ไม่มี{kind}ในประเด็นนี้",
        kinds={
            OutcomeKind.PROGRESS: "ความคืบหน้า",
            OutcomeKind.PROBLEM: "ปัญหา",
            OutcomeKind.PROPOSAL: "ข้อเสนอ",
            OutcomeKind.RESOLUTION: "มติ",
            OutcomeKind.COMMITMENT: "งานที่รับไป",
        },
        standings={
            Standing.ACCEPTED: "ส่วนกลางรับแล้ว",
            Standing.SUBMITTED: "ส่งแล้ว รอส่วนกลางพิจารณา",
            Standing.RETURNED: "ส่งคืนให้ภาคแก้ไข",
            Standing.HELD: "ยังไม่ส่ง",
            Standing.AHEAD: "ยังไม่ถึงกำหนด",
            Standing.CANCELLED: "ยกเลิกการประชุม",
            Standing.NOT_ANNOUNCED: "ยังไม่ประกาศวันประชุม",
            Standing.NO_FORUM: "ไม่มีเวทีในรอบนี้",
        },
        missing={
            Standing.ACCEPTED: "",
            Standing.SUBMITTED: "ส่งข้อสรุปแล้ว รอส่วนกลางพิจารณา จึงยังไม่แสดงในที่นี้",
            Standing.RETURNED: "ส่งข้อสรุปคืนให้ภาคแก้ไขแล้ว ภาคยังไม่ส่งอีกครั้ง",
            Standing.HELD: "ประชุมแล้วเมื่อ {days} ยังไม่ส่งข้อสรุป",
            Standing.AHEAD: "กำหนดประชุม {days} จึงยังไม่มีข้อสรุป",
            Standing.CANCELLED: "การประชุมของภาคนี้ยกเลิก จึงไม่มีข้อสรุป",
            Standing.NOT_ANNOUNCED: "ยังไม่ประกาศวันประชุม จึงยังไม่มีข้อสรุป",
            Standing.NO_FORUM: "ภาคนี้ไม่มีเวทีในรอบนี้",
        },
    ),
    "en": Words(
        title="Brief for the national meeting",
        running="Brief of round {code} as of {day}",
        national="National meeting, {days}",
        place="at {place}",
        compiled="As of {day}",
        overview="The regions in this brief",
        region="Region",
        forum_days="Forum",
        standing="Its outcomes",
        outcomes="Outcomes",
        accepted_of="Outcomes accepted from {accepted} of {regions} regions. This brief covers only what was accepted.",
        situation="The situation of community finance",
        by_question="What the regions concluded on each question",
        question="Question {number}",
        resolutions="Resolutions of the regional forums",
        resolution="Resolution",
        no_resolutions="No resolution has been accepted yet.",
        procedural="Resolutions on the sitting itself, such as the adoption of minutes, are left out.",
        commitments="Commitments of the regions",
        task="Commitment",
        owner="Owner",
        owner_hidden="a person known to the region's coordinator",
        sample_person="{name} (sample)",
        due="Due",
        source="Source",
        no_commitments="No commitment has been accepted yet.",
        others="Other outcomes, outside the questions",
        sources="Sources",
        source_line="Regional forum {region}, {days}; outcomes accepted on {day}",
        source_waiting="Regional forum {region}, {days}; outcomes not accepted yet",
        look_up="All outcomes can be read at",
        nothing_accepted="No region's outcomes have been accepted yet.",
        names_hidden="This copy names no persons.",
        not_heard="Regions without outcomes in this brief",
        nothing_here="Nothing was concluded on this question.",
        no_such_kind="None of this kind on this question: {kind}.",
        kinds={
            OutcomeKind.PROGRESS: "Progress",
            OutcomeKind.PROBLEM: "Problem",
            OutcomeKind.PROPOSAL: "Proposal",
            OutcomeKind.RESOLUTION: "Resolution",
            OutcomeKind.COMMITMENT: "Commitment",
        },
        standings={
            Standing.ACCEPTED: "Accepted",
            Standing.SUBMITTED: "Submitted, waiting for the organisers",
            Standing.RETURNED: "Returned to the region",
            Standing.HELD: "Not submitted",
            Standing.AHEAD: "Not due yet",
            Standing.CANCELLED: "Forum cancelled",
            Standing.NOT_ANNOUNCED: "Forum not announced yet",
            Standing.NO_FORUM: "No forum in this round",
        },
        missing={
            Standing.ACCEPTED: "",
            Standing.SUBMITTED: "Submitted; not shown before the organisers accept it.",
            Standing.RETURNED: "Returned to the region for correction; not submitted again yet.",
            Standing.HELD: "The forum was held on {days}; its outcomes have not been submitted.",
            Standing.AHEAD: "The forum is on {days}, so there are no outcomes yet.",
            Standing.CANCELLED: "The forum was cancelled, so there are no outcomes.",
            Standing.NOT_ANNOUNCED: "The forum is not announced yet, so there are no outcomes.",
            Standing.NO_FORUM: "This region has no forum in this round.",
        },
    ),
}


def missing_words(standing: Standing, days: tuple[date, date] | None, lang: Lang) -> str:
    """Why a region is not heard, in its place; empty for one that is."""
    shown = format_range_short(days[0], days[1], lang) if days else ""
    return WORDS[lang].missing[standing].format(days=shown)


def running_words(code: str, day: date, lang: Lang) -> str:
    """The line at the foot of every page."""
    return WORDS[lang].running.format(code=code, day=format_short(day, lang))

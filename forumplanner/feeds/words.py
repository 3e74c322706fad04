"""The words of calendars in each language. A calendar has its own language, whatever the reader's pages are in."""

from dataclasses import dataclass, replace
from datetime import date, time

from forumplanner.core import thai
from forumplanner.core.i18n import Lang
from forumplanner.invitations.models import Answer, Capacity


@dataclass(frozen=True, slots=True)
class Words:
    """One language's words; `{}` places are filled by the caller."""

    lang: Lang
    all_name: str
    all_about: str
    region: str
    region_name: str
    region_about: str
    round_about: str
    region_of_round_name: str
    meeting_about: str
    person_name: str
    person_about: str

    cancelled: str
    is_cancelled: str
    hours: str
    hours_not_set: str
    hours_not_given: str
    local_time: str
    map: str
    contact: str
    agenda: str
    more_items: str

    capacities: dict[Capacity, str]
    answers: dict[Answer, str]
    no_answer: str
    other_days: str
    not_coming: str
    sends_delegate: str

    ended_title: str
    ended: tuple[str, ...]

    def day_with_hours(self, day: date, opens: time, closes: time) -> str:
        """วันอังคารที่ 30 มกราคม 2550 เวลา 09.00-16.30 น."""
        return self.hours.format(
            day=thai.format_full(day, self.lang), hours=thai.format_time_range(opens, closes, self.lang)
        )

    def days_without_hours(self, first: date, last: date, *, is_past: bool) -> str:
        """วันพุธที่ 31 มกราคม 2550 (ยังไม่กำหนดเวลา); a day that was past already is (ไม่ได้ระบุเวลา)."""
        pattern = self.hours_not_given if is_past else self.hours_not_set
        return pattern.format(day=thai.format_range_full(first, last, self.lang))


WORDS: dict[Lang, Words] = {
    "th": Words(
        lang="th",
        all_name="เวทีองค์กรการเงินชุมชน ทุกภาค",
        all_about="วันประชุมวงภาคของทุกภาค การประชุมระดับประเทศ และประชุมหารือ",
        region="ภาค{}",
        region_name="{} เวทีองค์กรการเงินชุมชน",
        region_about="วันประชุมวงภาค{} และการประชุมระดับประเทศ",
        round_about="วันประชุมทุกครั้งของรอบ {}",
        region_of_round_name="{region} {round}",
        meeting_about="ประชุมครั้งเดียว ปฏิทินนี้ไม่เปลี่ยนตามเมื่อวันประชุมเลื่อน",
        person_name="การประชุมที่ท่านได้รับเชิญ",
        person_about="วันประชุมที่ท่านได้รับเชิญ พร้อมคำตอบของท่าน กรุณาอย่าส่งที่อยู่ปฏิทินนี้ให้ผู้อื่น",
        cancelled="ยกเลิก: {}",
        is_cancelled="การประชุมนี้ยกเลิกแล้ว",
        hours="{day} เวลา {hours}",
        hours_not_set="{day} (ยังไม่กำหนดเวลา)",
        hours_not_given="{day} (ไม่ได้ระบุเวลา)",
        local_time="เวลาตามท้องถิ่น ({})",
        map="แผนที่: {}",
        contact="ติดต่อ: {}",
        agenda="ระเบียบวาระ",
        more_items="และระเบียบวาระอื่น ๆ ตามหน้าการประชุม",
        capacities={
            Capacity.MEMBER: "ท่านได้รับเชิญเป็นสมาชิกที่ประชุม",
            Capacity.PARTICIPANT: "ท่านได้รับเชิญเป็นผู้เข้าร่วมประชุม",
        },
        answers={
            Answer.ACCEPTED: "คำตอบของท่าน: มาร่วมประชุม",
            Answer.DECLINED: "คำตอบของท่าน: ไม่สามารถมาได้",
            Answer.DELEGATE: "คำตอบของท่าน: ส่งผู้แทน",
        },
        no_answer="ท่านยังไม่ได้ตอบรับ",
        other_days="การประชุมเปลี่ยนวันหลังจากท่านตอบ กรุณาตอบอีกครั้ง",
        not_coming="ไม่มา: {}",
        sends_delegate="ส่งผู้แทน: {}",
        ended_title="ปฏิทินนี้หยุดแล้ว",
        ended=(
            "ที่อยู่ปฏิทินนี้เลิกใช้แล้ว จึงไม่แสดงวันประชุมอีก",
            "กรุณาลบปฏิทินนี้ออก หากยังต้องการรับวันประชุม กรุณาเปิดลิงก์ตอบรับของท่านเพื่อดูที่อยู่ปฏิทินใหม่ หรือรับปฏิทินของทุกคนได้ที่",
        ),
    ),
    "en": Words(
        lang="en",
        all_name="Community finance forums, all regions",
        all_about="The regional forums of all regions, the national meetings and the working meetings",
        region="{}",
        region_name="{}: community finance forums",
        region_about="The regional forums: {}, and the national meetings",
        round_about="Every meeting of the round: {}",
        region_of_round_name="{region}: {round}",
        meeting_about="A single meeting; this file does not follow when the meeting moves",
        person_name="Meetings you are invited to",
        person_about="The meetings you are invited to, with your answers. Please keep its address to yourself.",
        cancelled="Cancelled: {}",
        is_cancelled="This meeting is cancelled.",
        hours="{day}, {hours}",
        hours_not_set="{day} (hours not set yet)",
        hours_not_given="{day} (hours not given)",
        local_time="Local times ({})",
        map="Map: {}",
        contact="Contact: {}",
        agenda="Agenda",
        more_items="and more; please see the meeting's page",
        capacities={
            Capacity.MEMBER: "You are invited as a member of the meeting.",
            Capacity.PARTICIPANT: "You are invited as a participant.",
        },
        answers={
            Answer.ACCEPTED: "Your answer: coming",
            Answer.DECLINED: "Your answer: not coming",
            Answer.DELEGATE: "Your answer: sending a delegate",
        },
        no_answer="You have not answered yet.",
        other_days="The meeting moved after your answer. Please answer once more.",
        not_coming="Not coming: {}",
        sends_delegate="Delegate sent: {}",
        ended_title="This calendar has ended",
        ended=(
            "The address of this calendar is no longer in use, so it shows no meetings.",
            "Please remove it. To have the dates again, please open your reply link, where you find the new address,"
            " or take everybody's calendar here:",
        ),
    ),
}

# A calendar of a monk's own; English has no words apart.
TO_MONKS: dict[Lang, Words] = {
    "th": replace(
        WORDS["th"],
        person_name="การประชุมที่ท่านได้รับนิมนต์",
        person_about="วันประชุมที่ท่านได้รับนิมนต์ พร้อมคำตอบของท่าน กรุณาอย่าส่งที่อยู่ปฏิทินนี้ให้ผู้อื่น",
        capacities={
            Capacity.MEMBER: "ท่านได้รับนิมนต์เป็นสมาชิกที่ประชุม",
            Capacity.PARTICIPANT: "ท่านได้รับนิมนต์เป็นผู้เข้าร่วมประชุม",
        },
        answers={
            Answer.ACCEPTED: "คำตอบของท่าน: รับนิมนต์",
            Answer.DECLINED: "คำตอบของท่าน: ไม่สะดวกรับนิมนต์",
            Answer.DELEGATE: "คำตอบของท่าน: ส่งผู้แทน",
        },
        no_answer="ท่านยังไม่ได้ตอบรับนิมนต์",
        not_coming="ไม่สะดวกรับนิมนต์: {}",
    ),
    "en": WORDS["en"],
}


def words_of(lang: Lang, *, to_monk: bool) -> Words:
    """The words of a calendar that speaks to one person, or to everybody."""
    return (TO_MONKS if to_monk else WORDS)[lang]

"""Numbers that private links and history name are never given twice, not even after the sample was emptied."""

import pytest
from flask import Flask
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from forumplanner.agenda.models import AgendaItem
from forumplanner.invitations.models import Invitation, Reply
from forumplanner.rounds.models import Meeting


@pytest.mark.both_databases
def test_a_deleted_invitations_number_is_not_given_again(sample: Flask, session: Session) -> None:
    last = session.scalars(select(Invitation).order_by(Invitation.id.desc())).first()
    assert last is not None
    number, meeting, partner = last.id, last.meeting_id, last.partner_id
    session.execute(delete(Reply).where(Reply.invitation_id == number))
    session.execute(delete(Invitation).where(Invitation.id == number))
    session.expunge_all()
    again = Invitation(meeting_id=meeting, partner_id=partner)
    session.add(again)
    session.flush()
    assert again.id > number
    assert session.get(Meeting, meeting) is not None


@pytest.mark.both_databases
def test_a_deleted_agenda_items_number_is_not_given_again(sample: Flask, session: Session) -> None:
    last = session.scalars(select(AgendaItem).order_by(AgendaItem.id.desc())).first()
    assert last is not None
    number, meeting = last.id, last.meeting_id
    session.delete(last)
    session.flush()
    again = AgendaItem(meeting_id=meeting, position=9, title_th="เรื่องใหม่", discussion="")
    session.add(again)
    session.flush()
    assert again.id > number

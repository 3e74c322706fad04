"""What the values of invitations are called; untranslated, the pages translate them."""

from forumplanner.core.i18n import N_
from forumplanner.invitations.models import Answer, Capacity, Channel, Food, ReplyChannel

# In a list: what somebody answered.
ANSWERS = {
    Answer.ACCEPTED: N_("coming"),
    Answer.DECLINED: N_("not coming"),
    Answer.DELEGATE: N_("sends a delegate"),
}
NO_ANSWER = N_("no reply yet")
REVOKED = N_("withdrawn")
OTHER_DAYS = N_("answered for other days")
# Reasons for not coming that the reply page offers; kept and printed in Thai, as the lists of form 11 are. None of them
# tells of health or faith (sections 24 and 26 of the law on personal data).
REASONS = {
    "ติดภารกิจ": N_("Other engagements"),
    "ติดราชการ": N_("Official duties"),
    "ลา": N_("On leave"),
}
REASONS_OF_MONKS = {"ติดกิจนิมนต์": N_("Invited elsewhere as a monk"), "ติดภารกิจ": N_("Other engagements")}
# On a button: what one answers.
OWN_ANSWERS = {
    Answer.ACCEPTED: N_("I will come"),
    Answer.DECLINED: N_("I will not come"),
    Answer.DELEGATE: N_("I will send a delegate"),
}
CAPACITIES = {
    Capacity.MEMBER: N_("member"),
    Capacity.PARTICIPANT: N_("participant"),
}
CHANNELS = {
    Channel.EMAIL: N_("E-mail"),
    Channel.LETTER: N_("Letter"),
    Channel.LINE: N_("LINE"),
    Channel.TELEPHONE: N_("Telephone"),
}
REPLY_CHANNELS = {
    ReplyChannel.LINK: N_("by the private link"),
    ReplyChannel.TELEPHONE: N_("by telephone"),
    ReplyChannel.PAPER: N_("on paper"),
    ReplyChannel.LINE: N_("by LINE"),
    ReplyChannel.EMAIL: N_("by e-mail"),
}
FOODS = {
    Food.HALAL: N_("Halal"),
    Food.VEGETARIAN: N_("Vegetarian"),
    Food.JAY: N_("Jay (Thai vegan)"),
}
FIELDS = {
    "channel": N_("Channel"),
    "capacity": N_("Capacity"),
    "link": N_("Private link"),
    "revoked": N_("Invitation"),
    "reached": N_("Reached"),
    "seat": N_("Seat"),
    "needs": N_("Food and help needed"),
}

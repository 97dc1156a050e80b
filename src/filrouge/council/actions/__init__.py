"""Everything that is written about the council, one function per thing a user does."""

from filrouge.council.actions.agenda import (
    convene,
    move_down,
    move_up,
    plan_session,
    remove_item,
    reschedule,
    schedule,
)
from filrouge.council.actions.consulting import (
    answer_consultation,
    ask_consultation,
    record_on_site,
)
from filrouge.council.actions.deciding import adjourn, decide, decide_urgently
from filrouge.council.actions.holding import (
    change_chair,
    close_session,
    open_session,
    record_arrival,
    record_departure,
    withdraw_member,
)
from filrouge.council.actions.minuting import approve_minutes, keep_remarks, sign_minutes
from filrouge.council.actions.seats import (
    change_body,
    change_seat,
    create_body,
    end_seats,
    give_seat,
    remove_seat,
)

__all__ = [
    "adjourn",
    "answer_consultation",
    "approve_minutes",
    "ask_consultation",
    "change_body",
    "change_chair",
    "change_seat",
    "close_session",
    "convene",
    "create_body",
    "decide",
    "decide_urgently",
    "end_seats",
    "give_seat",
    "keep_remarks",
    "move_down",
    "move_up",
    "open_session",
    "plan_session",
    "record_arrival",
    "record_departure",
    "record_on_site",
    "remove_item",
    "remove_seat",
    "reschedule",
    "schedule",
    "sign_minutes",
    "withdraw_member",
]

"""Statuses move forward, whatever order the news come in."""

from collections.abc import Sequence
from itertools import pairwise
from typing import get_args

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from estafette.deliveries.models.deliveries import PublicStatus, Status
from estafette.deliveries.models.messages import Channel
from estafette.deliveries.rules.receipts import status_of
from estafette.deliveries.rules.statuses import FINAL, RANK, may_become, public_status

statuses: st.SearchStrategy[Status] = st.sampled_from(get_args(Status))
channels: st.SearchStrategy[Channel] = st.sampled_from(get_args(Channel))
reasons = st.sampled_from([None, "no_receipt", "awaiting_receipt", "outcome_unknown", "bad_destination"])
news = st.tuples(statuses, reasons)


def walk(channel: Channel, told: Sequence[tuple[Status, str | None]]) -> list[tuple[Status, str | None]]:
    """The steps that a delivery takes when it is told all this."""
    steps: list[tuple[Status, str | None]] = [("CREATED", None)]
    for status, reason in told:
        if may_become(channel, *steps[-1], status, reason):
            steps.append((status, reason))
    return steps


def test_every_status_has_a_rank() -> None:
    assert RANK.keys() == set(get_args(Status))


@given(channels, st.lists(news, max_size=12))
def test_no_news_lead_back(channel: Channel, told: list[tuple[Status, str | None]]) -> None:
    steps = walk(channel, told)
    ranks = [RANK[status] for status, _ in steps]
    assert ranks == sorted(ranks)
    assert sum(1 for rank in ranks if rank == FINAL) <= 3


@given(channels, st.lists(news, max_size=12))
@example("sms", [("UNCERTAIN", "outcome_unknown"), ("SENT", None)])
def test_who_was_told_of_a_failure_is_not_told_that_it_is_on_its_way(
    channel: Channel, told: list[tuple[Status, str | None]]
) -> None:
    steps = [public_status(*step) for step in walk(channel, told)]
    ends = [place for place, public in enumerate(steps) if public not in ("CREATED", "SENT")]
    assert all(public not in ("CREATED", "SENT") for public in steps[ends[0] :]) if ends else True


@given(channels, st.lists(news, max_size=12))
def test_a_final_status_changes_only_as_listed(channel: Channel, told: list[tuple[Status, str | None]]) -> None:
    steps = walk(channel, told)
    for (before, why), (after, because) in pairwise(steps):
        if RANK[before] == FINAL:
            late_receipt = why == "no_receipt" and after in ("DELIVERED", "RECEIVER_ERROR", "OPERATOR_ERROR")
            bounce = channel == "email" and (before, after) == ("DELIVERED", "OPERATOR_ERROR")
            assert late_receipt or bounce
            assert (after, because) != (before, why)


@given(channels, st.lists(news, max_size=12))
def test_the_same_news_again_change_nothing(channel: Channel, told: list[tuple[Status, str | None]]) -> None:
    twice = [each for each in told for _ in range(2)]
    assert walk(channel, twice) == walk(channel, told)


@given(statuses, reasons)
def test_every_status_has_one_of_the_six_public_ones(status: Status, reason: str | None) -> None:
    assert public_status(status, reason) in get_args(PublicStatus)


@pytest.mark.parametrize(
    ("status", "reason", "public"),
    [
        ("CREATED", None, "CREATED"),
        ("UNCERTAIN", "awaiting_receipt", "CREATED"),
        ("UNCERTAIN", "outcome_unknown", "SYSTEM_ERROR"),
        ("SENT", None, "SENT"),
        ("DELIVERED", None, "DELIVERED"),
        ("CANCELLED", None, "SYSTEM_ERROR"),
        ("SUPPRESSED", "suppressed", "SYSTEM_ERROR"),
        ("EXPIRED", "expired", "SYSTEM_ERROR"),
        ("EXPIRED", "gateway_unreachable", "RECEIVER_ERROR"),
        ("OPERATOR_ERROR", "no_receipt", "OPERATOR_ERROR"),
    ],
)
def test_what_the_six_say(status: Status, reason: str | None, public: PublicStatus) -> None:
    assert public_status(status, reason) == public


@pytest.mark.parametrize(
    ("outcomes", "status"),
    [
        ([], None),
        ([None], None),
        (["delivered"], "DELIVERED"),
        (["delivered", None], None),
        (["delivered", "delivered"], "DELIVERED"),
        ([None, "OPERATOR_ERROR", None], "OPERATOR_ERROR"),
        (["delivered", "RECEIVER_ERROR"], "RECEIVER_ERROR"),
    ],
)
def test_what_the_receipts_of_all_segments_say(outcomes: list[str | None], status: Status | None) -> None:
    assert status_of(outcomes) == status

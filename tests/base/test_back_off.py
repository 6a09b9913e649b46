"""How long is waited before something is tried again."""

import pytest

from estafette.base.back_off import back_off


def test_each_wait_is_twice_the_one_before_up_to_a_limit() -> None:
    assert [back_off(failures, 0.5, 3.0) for failures in range(1, 6)] == [0.5, 1.0, 2.0, 3.0, 3.0]


def test_another_factor_makes_it_grow_more_slowly() -> None:
    assert [back_off(failures, 10.0, 100.0, factor=1.5) for failures in (1, 2, 3)] == [10.0, 15.0, 22.5]


def test_failures_without_end_keep_to_the_limit() -> None:
    assert back_off(100_000, 300.0, 14_400.0, factor=1.3) == 14_400.0


@pytest.mark.parametrize("failures", [1, 5, 50])
def test_jitter_keeps_within_its_share(failures: int) -> None:
    without = back_off(failures, 1.0, 8.0)
    waits = {back_off(failures, 1.0, 8.0, jitter=0.5) for _ in range(100)}
    assert len(waits) > 1
    assert all(0.5 * without <= each <= 1.5 * without for each in waits)

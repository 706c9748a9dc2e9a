"""Work that is spread gives what one process gives, in the same order."""

import time

import pytest

from triptych.parallel import fork_map

COUNT = 40


def slow_first(number: int) -> tuple[int, str]:
    """Take the longer, the earlier the item."""
    time.sleep((COUNT - number) / 2000)
    return number, str(number) * number


@pytest.mark.parametrize("jobs", [0, 1, 2, 3, 7, 100])
@pytest.mark.parametrize("count", [0, 1, 2, 3, COUNT])
def test_results_come_in_the_order_of_their_items(jobs: int, count: int) -> None:
    with fork_map(slow_first, range(count), jobs) as results:
        assert list(results) == [slow_first(number) for number in range(count)]


@pytest.mark.parametrize("jobs", [1, 3])
def test_what_goes_wrong_in_one_is_raised(jobs: int) -> None:
    def work(number: int) -> int:
        return 1 // (number - 5)

    with pytest.raises(ZeroDivisionError), fork_map(work, range(9), jobs) as results:
        list(results)

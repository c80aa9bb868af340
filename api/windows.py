"""How often something happened within the last minute, by name; in the memory of this process."""

import math
import time

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

MOST_NAMES = 10_000
"""Of names that are remembered at once: over it all counting begins anew, so that memory has a bound."""


class Windows:
    """Moving windows of one minute."""

    def __init__(self) -> None:
        self._storage = MemoryStorage()
        self._windows = MovingWindowRateLimiter(self._storage)

    def take(self, most: int, *name: str) -> bool:
        """Counts one more, unless there were `most` of them already: then it is not counted."""
        if len(self._storage.events) > MOST_NAMES:
            self._storage.events.clear()
        return self._windows.hit(RateLimitItemPerMinute(most), *name)

    def is_full(self, most: int, *name: str) -> bool:
        """Whether there were `most` of them."""
        return not self._windows.test(RateLimitItemPerMinute(most), *name)

    def wait_s(self, most: int, *name: str) -> int:
        """In how many seconds there is room for one more."""
        ends = self._windows.get_window_stats(RateLimitItemPerMinute(most), *name).reset_time
        return max(1, math.ceil(ends - time.time()))

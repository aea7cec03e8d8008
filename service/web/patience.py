"""How long a client may take to send a request, so that a few slow ones do not take all places.

waitress cuts off who is silent, but a byte a second is not silence to it.
"""

from __future__ import annotations

from waitress.channel import HTTPChannel

LEAST_BYTES = 16 * 1024  # in the time for which a client may be silent: half a kilobyte a second


class PatientChannel(HTTPChannel):  # type: ignore[misc]
    """A connection on which a request that comes in drops counts as silence.

    Its head, which is smaller than LEAST_BYTES, must come whole in the time for which a client
    may be silent; its body must go on coming.
    """

    last_activity: float
    _dripped = 0
    _moved_on = 0.0

    def received(self, data: bytes) -> bool:
        """Take bytes; `handle_read` has just noted the time as that of the last activity."""
        self._dripped += len(data)
        if self.request is None or self._dripped >= LEAST_BYTES:
            self._dripped, self._moved_on = 0, self.last_activity
        else:
            self.last_activity = self._moved_on
        return bool(super().received(data))

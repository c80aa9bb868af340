"""How long somebody stays signed in at a browser (NIST SP 800-63B-4, AAL2: idle an hour, a day in all)."""

from datetime import timedelta

IDLE = timedelta(minutes=30)
"""A session of whose browser nothing was heard for so long is over."""

LONGEST = timedelta(hours=12)
"""A session is over after so long whatever is heard: a working day, and the provider is asked anew."""

MOST_AT_ONCE = 5
"""Browsers at which one person is signed in; a further sign-in ends the oldest session."""

SIGNING_IN = timedelta(minutes=10)
"""Between leaving for the provider and coming back."""

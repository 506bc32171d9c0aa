"""What apps above may have to act on when the campaign itself changes."""

from django.dispatch import Signal

# Sent inside the transaction that changes the zone: days of the campaign begin at another moment from now on.
zone_changed = Signal()

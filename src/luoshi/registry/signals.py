"""What the registry tells the rooms above it."""

from typing import Final

from django.dispatch import Signal

# Sent inside the transaction of the action when printed names can be matched that could not be matched before.
# Arguments: ``forms`` (tuple of the printed forms), ``acting_user`` and ``now``. The sender is the model that the forms
# name (Organization, Group, Person). A receiver that raises undoes the action.
name_learned: Final = Signal()

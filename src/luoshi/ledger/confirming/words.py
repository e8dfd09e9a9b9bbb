"""The doubts about findings in words: what is the matter, and what to do about it."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from luoshi.ledger.confirming.checks import (
    AMBIGUOUS_NAME,
    GROUP_UNKNOWN,
    LINE_IN_DOUBT,
    NEW_NAME,
    NO_TEXT,
    NOBODY_ANSWERS,
    OTHER_UNIT,
)

Words = tuple[Promise, Promise]

DOUBTS: Final[Mapping[str, Words]] = {
    NO_TEXT: (_("Nothing says what is to be done."), _("Write the task with Edit, or reject the finding.")),
    NOBODY_ANSWERS: (_("Nobody answers for this task."), _("Add the unit that leads or is responsible with Edit.")),
    NEW_NAME: (
        _("The registry does not know this name."),
        _("Say who it is, or accept the task: the name waits in the registry to be settled."),
    ),
    GROUP_UNKNOWN: (
        _("Nobody has said yet who belongs to this group."),
        _("Name its members, or accept the task and name them later."),
    ),
    AMBIGUOUS_NAME: (_("Several people can be meant."), _("Compare with the document, then settle it with Edit.")),
    OTHER_UNIT: (
        _("The figure has another unit than this indicator had so far."),
        _("Compare it with the document; correct the unit with Edit if it was read wrongly."),
    ),
    LINE_IN_DOUBT: (
        _("The print was hard to read here."),
        _("Compare the words with the picture of the page."),
    ),
    "unclosed_bracket": (
        _("The bracket around the names is not closed."),
        _("Check that no name is missing at the end."),
    ),
    "mismatched_bracket": (
        _("The bracket around the names opens and closes differently."),
        _("Check that all names were read."),
    ),
    "leader_looks_like_unit": (
        _("Named as a leader, but it looks like a unit."),
        _("Check the role; change it with Edit."),
    ),
    "unit_looks_like_leader": (
        _("Named as a unit, but it looks like a person."),
        _("Check the role; change it with Edit."),
    ),
    "duplicate_party": (_("Named twice in the same role."), _("It will stand in the ledger once.")),
    "same_unit_leads_and_cooperates": (
        _("The same unit leads and cooperates."),
        _("Check the document; take it out of one role with Edit if it is a slip."),
    ),
    "etc_list": (
        _("The printed list ends in “and others”."),
        _("More units may take part; add those you know with Edit."),
    ),
    "post_instead_of_name": (_("A post is printed instead of a person's name."), _("Say who holds it.")),
    "odd_name": (_("This does not look like a name."), _("Check that the names were divided rightly.")),
    "number_gap": (_("A number is missing before this one."), _("Check that no item was passed over.")),
    "number_repeated": (_("This number is used twice."), _("Check that both are tasks of their own.")),
    "empty_clause": (_("A role is printed without a name."), _("Check the document; add the name with Edit.")),
    "empty_text": (_("Nothing says what is to be done."), _("Write the task with Edit, or reject the finding.")),
    "text_after_clause": (
        _("Words follow behind the names."),
        _("They were put at the end of the task; check that they belong to it."),
    ),
    "several_clauses": (
        _("The item names units several times."),
        _("Each time was read as a task of its own; merge them if they are one."),
    ),
    "long_list": (
        _("The list of names is so long that only its beginning was read."),
        _("Compare it with the document; add the missing names with Edit."),
    ),
    "bare_list": (
        _("Units stand in brackets, without a word on their part."),
        _("They were read as responsible units; choose another role with Edit if they only help."),
    ),
    "prose_clause": (
        _("Who answers was read from a sentence."),
        _("Check that the sentence sets a task; reject the finding if it only describes."),
    ),
    "no_lead": (_("Only helpers are named, nobody who leads."), _("Add the unit that leads with Edit.")),
}
UNKNOWN_DOUBT: Final[Words] = (_("The reading is not sure of this finding."), _("Compare it with the document."))

# What is only to be looked at; everything else may change who answers for what.
MILD: Final = frozenset(
    {OTHER_UNIT, "mismatched_bracket", "duplicate_party", "etc_list", "several_clauses", "text_after_clause"}
)

FILTER_LABELS: Final[Mapping[str, Promise]] = {
    "todo": _("Waiting for a decision"),
    "doubtful": _("Doubtful"),
    "clean": _("Without doubt"),
    "accepted": _("Accepted"),
    "rejected": _("Rejected"),
    "all": _("All"),
}

MATCH_LABELS: Final[Mapping[str, Promise]] = {
    "known": _("in the registry"),
    "alias": _("known by another name"),
    "group": _("a group of units"),
    "group_unknown": _("a group, members unknown"),
    "ambiguous": _("several can be meant"),
    "new": _("not in the registry"),
}

MATCH_ICONS: Final[Mapping[str, str]] = {
    "known": "check",
    "alias": "arrows-exchange",
    "group": "sitemap",
    "group_unknown": "users-group",
    "ambiguous": "users",
    "new": "question-mark",
}

REASONS: Final[tuple[Promise, ...]] = (
    _("It is background or explanation, no task."),
    _("It repeats another finding."),
    _("It was read wrongly and cannot be corrected."),
)

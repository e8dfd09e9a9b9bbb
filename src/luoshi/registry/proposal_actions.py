"""Deciding about names that documents brought: each decision settles the proposal and enters the name together."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from luoshi.access.models import User
from luoshi.registry.actions import (
    add_group,
    add_group_alias,
    add_organization,
    add_organization_alias,
    add_person,
    add_post,
    settle_proposal,
)
from luoshi.registry.models import (
    Division,
    Group,
    NameProposal,
    Organization,
    OrganizationKind,
    Person,
    ProposalStatus,
)
from luoshi.standards.names import fold_name


@transaction.atomic
def accept_as_alias(
    *, acting_user: User, proposal: NameProposal, target: Organization | Group, now: dt.datetime
) -> None:
    """Let the proposed name be another form of a unit or group that is known.

    :raises UnableToChangeRegistry: where somebody settled the proposal, or the form stands for something else.
    """
    settle_proposal(acting_user=acting_user, proposal=proposal, status=ProposalStatus.ALIAS, now=now)
    if isinstance(target, Organization):
        add_organization_alias(acting_user=acting_user, organization=target, alias=proposal.name, now=now)
    else:
        add_group_alias(acting_user=acting_user, group=target, alias=proposal.name, now=now)


@transaction.atomic
def accept_as_post(
    *, acting_user: User, proposal: NameProposal, person: Person, organization: Organization, now: dt.datetime
) -> None:
    """Let the proposed name be a post that a known person holds.

    :raises UnableToChangeRegistry: where somebody settled the proposal, or the person holds the post already.
    """
    settle_proposal(acting_user=acting_user, proposal=proposal, status=ProposalStatus.ALIAS, now=now)
    add_post(acting_user=acting_user, person=person, organization=organization, post=proposal.name, now=now)


@transaction.atomic
def accept_as_organization(
    *,
    acting_user: User,
    proposal: NameProposal,
    key: str,
    name: str,
    short_name: str,
    kind: OrganizationKind,
    now: dt.datetime,
    division: Division | None = None,
    parent: Organization | None = None,
    aliases: Iterable[str] = (),
) -> Organization:
    """Enter a new unit that is found under the proposed name, whatever its official name is.

    :raises UnableToChangeRegistry: where somebody settled the proposal, or a name stands for something else.
    """
    settle_proposal(acting_user=acting_user, proposal=proposal, status=ProposalStatus.ADDED, now=now)
    return add_organization(
        acting_user=acting_user,
        key=key,
        name=name,
        short_name=short_name,
        kind=kind,
        division=division,
        parent=parent,
        aliases=[*aliases, proposal.name],
        now=now,
    )


@transaction.atomic
def accept_as_group(
    *,
    acting_user: User,
    proposal: NameProposal,
    key: str,
    name: str,
    now: dt.datetime,
    members: Iterable[Organization] | None = None,
) -> Group:
    """Enter a new group that is found under the proposed name; ``members=None`` where nobody knows them yet.

    :raises UnableToChangeRegistry: where somebody settled the proposal, or a name stands for something else.
    """
    settle_proposal(acting_user=acting_user, proposal=proposal, status=ProposalStatus.ADDED, now=now)
    return add_group(acting_user=acting_user, key=key, name=name, members=members, aliases=[proposal.name], now=now)


@transaction.atomic
def accept_as_person(
    *,
    acting_user: User,
    proposal: NameProposal,
    key: str,
    name: str,
    now: dt.datetime,
    is_leader: bool,
    organization: Organization | None,
    post: str = "",
) -> Person:
    """Enter a new person who bears the proposed name, or holds it as a post.

    :raises UnableToChangeRegistry: where somebody settled the proposal, or the key is taken.
    """
    settle_proposal(acting_user=acting_user, proposal=proposal, status=ProposalStatus.ADDED, now=now)
    person = add_person(
        acting_user=acting_user,
        key=key,
        name=name,
        is_leader=is_leader,
        organization=organization,
        post=post,
        now=now,
    )
    spoken_for = {fold_name(name), fold_name(post)}
    if organization is not None and fold_name(proposal.name) not in spoken_for:
        add_post(acting_user=acting_user, person=person, organization=organization, post=proposal.name, now=now)
    return person


def reject_proposal(*, acting_user: User, proposal: NameProposal, now: dt.datetime) -> NameProposal:
    """Say that the name is none (a slip of print or of reading); it is not proposed again.

    :raises UnableToChangeRegistry: where somebody settled the proposal.
    """
    return settle_proposal(acting_user=acting_user, proposal=proposal, status=ProposalStatus.REJECTED, now=now)

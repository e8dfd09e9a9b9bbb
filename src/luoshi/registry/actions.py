"""Everything that writes to the registry."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from luoshi.access.audit import record, snapshot
from luoshi.access.models import User
from luoshi.access.permissions import Action
from luoshi.registry.models import (
    Division,
    Group,
    GroupMember,
    GroupName,
    Membership,
    NameKind,
    NameProposal,
    Organization,
    OrganizationKind,
    OrganizationName,
    Person,
    ProposalStatus,
)
from luoshi.standards.names import fold_name


class UnableToChangeRegistry(Exception):
    """The registry was left as it was; the message says why."""


@transaction.atomic
def add_organization(
    *,
    acting_user: User,
    key: str,
    name: str,
    short_name: str,
    kind: OrganizationKind,
    now: dt.datetime,
    division: Division | None = None,
    parent: Organization | None = None,
    sort: int = 1000,
    aliases: Iterable[str] = (),
) -> Organization:
    """Enter an organization with every form of its name.

    :raises UnableToChangeRegistry: where a name already stands for something else, or the key is taken.
    """
    acting_user.must_be_allowed(Action.EDIT_REGISTRY)
    if Organization.objects.filter(key=key).exists():
        raise UnableToChangeRegistry(_("The key “%(key)s” is taken.") % {"key": key})
    organization = Organization(
        key=key, name=name, short_name=short_name, kind=kind, division=division, parent=parent, sort=sort
    )
    organization.scope_key = organization.make_scope_key()
    organization.save()
    for form in _forms(name, short_name, *aliases):
        _add_form(organization, form)
    after = {**snapshot(organization, "key", "name", "short_name", "kind", "sort"), "aliases": list(aliases)}
    record(acting_user=acting_user, action="registry.add_organization", subject=organization, now=now, after=after)
    return organization


@transaction.atomic
def add_organization_alias(
    *, acting_user: User, organization: Organization, alias: str, now: dt.datetime
) -> OrganizationName:
    """Let the organization be found under one more form of its name.

    :raises UnableToChangeRegistry: where that form already stands for something.
    """
    acting_user.must_be_allowed(Action.EDIT_REGISTRY)
    form = _add_form(organization, alias)
    record(
        acting_user=acting_user,
        action="registry.add_alias",
        subject=organization,
        now=now,
        after={"alias": alias},
    )
    return form


@transaction.atomic
def add_group(
    *,
    acting_user: User,
    key: str,
    name: str,
    now: dt.datetime,
    kind: str = "",
    members: Iterable[Organization] | None = None,
    aliases: Iterable[str] = (),
) -> Group:
    """Enter a group term; ``members=None`` says that nobody knows its members yet.

    :raises UnableToChangeRegistry: where a name already stands for something else.
    """
    acting_user.must_be_allowed(Action.EDIT_REGISTRY)
    if Group.objects.filter(key=key).exists():
        raise UnableToChangeRegistry(_("The key “%(key)s” is taken.") % {"key": key})
    group = Group.objects.create(key=key, name=name, kind=kind, members_known=members is not None)
    for form in _forms(name, *aliases):
        _refuse_taken(fold_name(form), form)
        GroupName.objects.create(group=group, name=form, folded=fold_name(form))
    listed = list(members or ())
    GroupMember.objects.bulk_create([GroupMember(group=group, organization=each) for each in listed])
    after = {"name": name, "members": [each.key for each in listed], "aliases": list(aliases)}
    record(acting_user=acting_user, action="registry.add_group", subject=group, now=now, after=after)
    return group


@transaction.atomic
def set_group_members(*, acting_user: User, group: Group, members: Iterable[Organization], now: dt.datetime) -> Group:
    """Say who belongs to a group; tasks accepted before keep the members they were accepted with."""
    acting_user.must_be_allowed(Action.EDIT_REGISTRY)
    before = sorted(group.members.values_list("key", flat=True))
    wanted = {each.pk: each for each in members}
    group.memberships.exclude(organization__in=wanted).delete()
    present = set(group.memberships.values_list("organization_id", flat=True))
    GroupMember.objects.bulk_create(
        [GroupMember(group=group, organization=each) for pk, each in wanted.items() if pk not in present]
    )
    group.members_known = True
    group.save(update_fields=["members_known"])
    record(
        acting_user=acting_user,
        action="registry.set_group_members",
        subject=group,
        now=now,
        before={"members": before},
        after={"members": sorted(each.key for each in wanted.values())},
    )
    return group


@transaction.atomic
def add_person(
    *,
    acting_user: User,
    key: str,
    name: str,
    now: dt.datetime,
    is_leader: bool = False,
    sort: int = 1000,
    organization: Organization | None = None,
    post: str = "",
    since: dt.date | None = None,
) -> Person:
    """Enter a person, with the post they hold where one is given."""
    acting_user.must_be_allowed(Action.EDIT_REGISTRY)
    if Person.objects.filter(key=key).exists():
        raise UnableToChangeRegistry(_("The key “%(key)s” is taken.") % {"key": key})
    person = Person(key=key, name=name, folded=fold_name(name), is_leader=is_leader, sort=sort)
    person.scope_key = person.make_scope_key()
    person.save()
    if organization is not None:
        Membership.objects.create(person=person, organization=organization, post=post, since=since)
    after = {**snapshot(person, "key", "name", "is_leader"), "post": post}
    record(acting_user=acting_user, action="registry.add_person", subject=person, now=now, after=after)
    return person


def propose_names(*, names: Iterable[tuple[str, NameKind]], seen_in: str, now: dt.datetime) -> int:
    """Put unknown names of a document before the office and return how many are new; called inside an action.

    A name already proposed is counted once more; one already rejected stays rejected.
    """
    made = 0
    for name, kind in names:
        folded = fold_name(name)[:128]
        proposal, created = NameProposal.objects.get_or_create(
            folded=folded, kind=kind, defaults={"name": name[:128], "seen_in": seen_in[:300], "proposed_at": now}
        )
        if not created:
            NameProposal.objects.filter(pk=proposal.pk).update(times_seen=proposal.times_seen + 1)
        made += created
    return made


@transaction.atomic
def settle_proposal(
    *, acting_user: User, proposal: NameProposal, status: ProposalStatus, now: dt.datetime
) -> NameProposal:
    """Say what became of a proposed name, once.

    :raises UnableToChangeRegistry: where somebody settled it already.
    """
    acting_user.must_be_allowed(Action.EDIT_REGISTRY)
    changed = NameProposal.objects.filter(pk=proposal.pk, status=ProposalStatus.OPEN).update(
        status=status, decided_at=now, decided_by=acting_user.username
    )
    if not changed:
        raise UnableToChangeRegistry(_("Somebody has already decided about “%(name)s”.") % {"name": proposal.name})
    record(
        acting_user=acting_user,
        action="registry.settle_proposal",
        subject=proposal,
        now=now,
        before={"status": ProposalStatus.OPEN},
        after={"status": status},
    )
    proposal.refresh_from_db()
    return proposal


def _forms(*names: str) -> list[str]:
    """Return the names without those that only differ in width or space."""
    return list({fold_name(name): name for name in reversed(names) if name}.values())[::-1]


def _add_form(organization: Organization, form: str) -> OrganizationName:
    folded = fold_name(form)
    _refuse_taken(folded, form)
    return OrganizationName.objects.create(organization=organization, name=form, folded=folded)


def _refuse_taken(folded: str, form: str) -> None:
    taken = (
        OrganizationName.objects.filter(folded=folded).select_related("organization").first()
        or GroupName.objects.filter(folded=folded).first()
    )
    if taken:
        owner = taken.organization.name if isinstance(taken, OrganizationName) else taken.group.name
        raise UnableToChangeRegistry(_("“%(form)s” already stands for %(owner)s.") % {"form": form, "owner": owner})

"""Everything that writes to the registry; what becomes of proposed names stands in ``proposal_actions.py``."""

import datetime as dt
import hashlib
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import F
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
from luoshi.registry.pack_files import CityPack
from luoshi.registry.pack_recording import PackRecorder
from luoshi.registry.signals import name_learned
from luoshi.standards.names import fold_name

LONGEST_FORM = 128


class UnableToChangeRegistry(Exception):
    """The registry was left as it was; the message says why, ``field`` names the wrong input where one is to blame."""

    def __init__(self, message: object, *, field: str = "") -> None:
        super().__init__(str(message))
        self.field = field


def make_key(prefix: str, name: str) -> str:
    """Return a key for a name that has none of its own, the same one for every printing of the name."""
    return f"{prefix}-{hashlib.sha256(fold_name(name).encode()).hexdigest()[:10]}"


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
    organization = Organization(
        key=key, name=name, short_name=short_name, kind=kind, division=division, parent=parent, sort=sort
    )
    organization.scope_key = organization.make_scope_key()
    _save_new(organization)
    forms = _forms(name, short_name, *aliases)
    for form in forms:
        _add_form(organization, form, field=_field_of(form, name, short_name))
    after = {**snapshot(organization, "key", "name", "short_name", "kind", "sort"), "aliases": forms}
    record(acting_user=acting_user, action="registry.add_organization", subject=organization, now=now, after=after)
    _learn(Organization, forms, acting_user, now)
    return organization


@transaction.atomic
def add_organization_alias(
    *, acting_user: User, organization: Organization, alias: str, now: dt.datetime
) -> OrganizationName:
    """Let the organization be found under one more form of its name.

    :raises UnableToChangeRegistry: where that form already stands for something.
    """
    acting_user.must_be_allowed(Action.EDIT_REGISTRY)
    form = _add_form(organization, alias.strip(), field="alias")
    after = {"alias": form.name}
    record(acting_user=acting_user, action="registry.add_alias", subject=organization, now=now, after=after)
    _learn(Organization, [form.name], acting_user, now, ProposalStatus.ALIAS)
    return form


@transaction.atomic
def correct_organization_alias(
    *, acting_user: User, form: OrganizationName, alias: str, now: dt.datetime
) -> OrganizationName:
    """Write an alias differently; tasks that were matched by the old form keep their unit.

    :raises UnableToChangeRegistry: for the official names, and where the new form already stands for something.
    """
    acting_user.must_be_allowed(Action.EDIT_REGISTRY)
    _refuse_official(form)
    organization, before = form.organization, form.name
    form.delete()
    new = _add_form(organization, alias.strip(), field="alias")
    record(
        acting_user=acting_user,
        action="registry.correct_alias",
        subject=organization,
        now=now,
        before={"alias": before},
        after={"alias": new.name},
    )
    _learn(Organization, [new.name], acting_user, now, ProposalStatus.ALIAS)
    return new


@transaction.atomic
def remove_organization_alias(*, acting_user: User, form: OrganizationName, now: dt.datetime) -> None:
    """Let the organization no longer be found under this form; tasks that were matched by it keep their unit.

    :raises UnableToChangeRegistry: for the official names.
    """
    acting_user.must_be_allowed(Action.EDIT_REGISTRY)
    _refuse_official(form)
    organization, before = form.organization, {"alias": form.name}
    form.delete()
    record(acting_user=acting_user, action="registry.remove_alias", subject=organization, now=now, before=before)


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
    group = Group(key=key, name=name, kind=kind, members_known=members is not None)
    _save_new(group)
    forms = _forms(name, *aliases)
    for form in forms:
        _add_group_form(group, form, field=_field_of(form, name))
    listed = list(members or ())
    GroupMember.objects.bulk_create([GroupMember(group=group, organization=each) for each in listed])
    after = {"name": name, "members": [each.key for each in listed], "aliases": forms}
    record(acting_user=acting_user, action="registry.add_group", subject=group, now=now, after=after)
    _learn(Group, forms, acting_user, now)
    return group


@transaction.atomic
def add_group_alias(*, acting_user: User, group: Group, alias: str, now: dt.datetime) -> GroupName:
    """Let the group be found under one more form of its name.

    :raises UnableToChangeRegistry: where that form already stands for something.
    """
    acting_user.must_be_allowed(Action.EDIT_REGISTRY)
    form = _add_group_form(group, alias.strip(), field="alias")
    after = {"alias": form.name}
    record(acting_user=acting_user, action="registry.add_group_alias", subject=group, now=now, after=after)
    _learn(Group, [form.name], acting_user, now, ProposalStatus.ALIAS)
    return form


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
    _learn(Group, list(group.names.values_list("name", flat=True)), acting_user, now)
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
    """Enter a person, with the post they hold where one is given.

    :raises UnableToChangeRegistry: where the key is taken or the name is none.
    """
    acting_user.must_be_allowed(Action.EDIT_REGISTRY)
    person = Person(key=key, name=name, folded=fold_name(name), is_leader=is_leader, sort=sort)
    person.scope_key = person.make_scope_key()
    _save_new(person)
    if organization is not None:
        Membership.objects.create(person=person, organization=organization, post=post, since=since)
    after = {**snapshot(person, "key", "name", "is_leader"), "post": post}
    record(acting_user=acting_user, action="registry.add_person", subject=person, now=now, after=after)
    _learn(Person, _forms(name, post), acting_user, now)
    return person


@transaction.atomic
def add_post(
    *,
    acting_user: User,
    person: Person,
    organization: Organization,
    post: str,
    now: dt.datetime,
    since: dt.date | None = None,
) -> Membership:
    """Say that a person holds a post, beside those they hold already.

    :raises UnableToChangeRegistry: for a post that the person holds already, or that is empty or too long.
    """
    acting_user.must_be_allowed(Action.EDIT_REGISTRY)
    post = post.strip()
    held = person.memberships.filter(organization=organization, until=None).values_list("post", flat=True)
    if fold_name(post) in {fold_name(each) for each in held}:
        raise UnableToChangeRegistry(_("%(name)s holds this post already.") % {"name": person.name}, field="post")
    membership = Membership(person=person, organization=organization, post=post, since=since)
    _save_new(membership)
    after = {"post": post, "organization": organization.key}
    record(acting_user=acting_user, action="registry.add_post", subject=person, now=now, after=after)
    _learn(Person, [post], acting_user, now, ProposalStatus.ALIAS)
    return membership


@transaction.atomic
def load_city_pack(*, acting_user: User, pack: CityPack, now: dt.datetime) -> tuple[dict[str, int], dict[str, int]]:
    """Enter what a checked city pack holds and the registry lacks; return rows added and rows present, by table.

    :raises UnableToLoadCity: where the registry holds another city, or a form stands for something else in it.
    """
    acting_user.must_be_allowed(Action.EDIT_REGISTRY)
    recorder = PackRecorder(pack)
    recorder.record()
    if any(recorder.added.values()):
        city = Division.objects.get(code=pack.facts["division_code"])
        after = {"city": pack.city, "sha256": pack.sha256, "added": recorder.added}
        record(acting_user=acting_user, action="registry.load_city", subject=city, now=now, after=after)
        _learn(Organization, recorder.forms, acting_user, now)
    return recorder.added, recorder.present


def propose_names(*, names: Iterable[tuple[str, NameKind]], seen_in: str, now: dt.datetime) -> int:
    """Put unknown names of a document before the office and return how many are new; called inside an action.

    A name already proposed is counted once more; one already rejected stays rejected.
    """
    made = 0
    for name, kind in names:
        folded = fold_name(name)[:LONGEST_FORM]
        proposal, created = NameProposal.objects.get_or_create(
            folded=folded, kind=kind, defaults={"name": name[:128], "seen_in": seen_in[:300], "proposed_at": now}
        )
        if not created:
            NameProposal.objects.filter(pk=proposal.pk).update(times_seen=F("times_seen") + 1)
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


def _learn(
    sender: type[models.Model],
    forms: list[str],
    acting_user: User,
    now: dt.datetime,
    status: ProposalStatus = ProposalStatus.ADDED,
) -> None:
    """Close the proposals that these forms answer and tell the rooms above that the forms can be matched."""
    folded = {fold_name(form) for form in forms}
    still_open = NameProposal.objects.filter(status=ProposalStatus.OPEN).values_list("pk", "folded")
    NameProposal.objects.filter(pk__in=[pk for pk, name in still_open if name in folded]).update(
        status=status, decided_at=now, decided_by=acting_user.username
    )
    name_learned.send(sender=sender, forms=tuple(forms), acting_user=acting_user, now=now)


def _forms(*names: str) -> list[str]:
    """Return the names without those that only differ in width or space."""
    return list({fold_name(name): name for name in reversed(names) if name}.values())[::-1]


def _field_of(form: str, name: str, short_name: str = "") -> str:
    """Return the input that a form came from."""
    return "name" if form == name else "short_name" if form == short_name else "aliases"


def _save_new(instance: models.Model) -> None:
    """Write a new row or say which of its fields is wrong."""
    # Every row may stand without its optional relations, which Django's forms would ask for.
    optional = [field.name for field in instance._meta.fields if field.null]
    try:
        instance.full_clean(exclude=optional)
        with transaction.atomic():
            instance.save(force_insert=True)
    except ValidationError as error:
        field, problems = next(iter(error.message_dict.items()))
        raise UnableToChangeRegistry(_problem(instance, field, problems), field=field) from error
    except IntegrityError as error:
        # Somebody took the key between the check and the write.
        raise UnableToChangeRegistry(_problem(instance, "key", []), field="key") from error


def _problem(instance: models.Model, field: str, problems: list[str]) -> Any:
    is_taken = field in {"key", "scope_key"} and (
        not problems or type(instance)._default_manager.filter(key=getattr(instance, "key", "")).exists()
    )
    if is_taken:
        return _("The key “%(key)s” is taken.") % {"key": getattr(instance, "key", "")}
    return " ".join(problems)


def _add_form(organization: Organization, form: str, *, field: str) -> OrganizationName:
    made = OrganizationName(organization=organization, name=form, folded=_free(form, field))
    _save_form(made, form, field)
    return made


def _add_group_form(group: Group, form: str, *, field: str) -> GroupName:
    made = GroupName(group=group, name=form, folded=_free(form, field))
    _save_form(made, form, field)
    return made


def _save_form(row: models.Model, form: str, field: str) -> None:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        # Somebody entered the form between the check and the write.
        message = _("“%(form)s” already stands for something else.") % {"form": form}
        raise UnableToChangeRegistry(message, field=field) from error


def _free(form: str, field: str) -> str:
    """Return the folded form.

    :raises UnableToChangeRegistry: where it is empty, too long, or stands for something already.
    """
    folded = fold_name(form)
    if not folded or max(len(form), len(folded)) > LONGEST_FORM:
        message = _("A name has between 1 and %(longest)s characters.") % {"longest": LONGEST_FORM}
        raise UnableToChangeRegistry(message, field=field)
    taken = (
        OrganizationName.objects.filter(folded=folded).select_related("organization").first()
        or GroupName.objects.filter(folded=folded).select_related("group").first()
    )
    if taken:
        owner = taken.organization.name if isinstance(taken, OrganizationName) else taken.group.name
        message = _("“%(form)s” already stands for %(owner)s.") % {"form": form, "owner": owner}
        raise UnableToChangeRegistry(message, field=field)
    return folded


def _refuse_official(form: OrganizationName) -> None:
    if form.name in {form.organization.name, form.organization.short_name}:
        raise UnableToChangeRegistry(_("The official name and the short name stay."), field="alias")

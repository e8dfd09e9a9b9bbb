"""Who and where: divisions, organizations, groups, people and their posts (Popolo's terms)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from luoshi.access.scopes import person_scope, unit_scope


class Level(models.TextChoices):
    """The levels of the administrative tree that a city's documents speak of."""

    PREFECTURE = "prefecture", _("Prefecture-level city")
    COUNTY = "county", _("County, city or district")
    ZONE = "zone", _("Development zone")
    TOWNSHIP = "township", _("Township or sub-district")


class Division(models.Model):
    """One administrative division; ``code`` is the national code, a local one with a letter where there is none."""

    code = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=64)
    level = models.CharField(max_length=16, choices=Level.choices)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class OrganizationKind(models.TextChoices):
    """What an organization is; group terms such as "all county governments" are read off these."""

    GOVERNMENT = "government", _("City government")
    GOVERNMENT_OFFICE = "government_office", _("Government office")
    DEPARTMENT = "department", _("Department")
    PARTY = "party", _("Party body")
    COUNTY_GOVERNMENT = "county_government", _("County government")
    ZONE_COMMITTEE = "zone_committee", _("Zone committee")
    ENTERPRISE = "enterprise", _("Enterprise")
    INSTITUTION = "institution", _("Institution")
    MASS_ORGANIZATION = "mass_organization", _("Mass organization")
    COURT_PROCURATORATE = "court_procuratorate", _("Court or procuratorate")
    OTHER = "other", _("Other")


class Organization(models.Model):
    """One unit that can answer for something.

    ``name`` is the official name and ``short_name`` the form that plans print; every form by which it may be met,
    these two included, is an :class:`OrganizationName`.
    """

    key = models.SlugField(max_length=64, unique=True)
    name = models.CharField(max_length=128)
    short_name = models.CharField(max_length=128)
    kind = models.CharField(max_length=24, choices=OrganizationKind.choices)
    division = models.ForeignKey(Division, null=True, on_delete=models.PROTECT, related_name="organizations")
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    scope_key = models.CharField(max_length=200, unique=True)
    sort = models.PositiveIntegerField(default=1000)

    class Meta:
        ordering = ["sort", "key"]

    def __str__(self) -> str:
        return self.short_name

    def make_scope_key(self) -> str:
        """Return the key that says "this unit's", below the parent's key."""
        path = self.parent.scope_key.removeprefix("unit:").rstrip("/") + "/" if self.parent else ""
        return unit_scope(f"{path}{self.key}")


class OrganizationName(models.Model):
    """One form of an organization's name; ``folded`` is what names are compared by (``standards.names.fold_name``)."""

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(max_length=128)
    folded = models.CharField(max_length=128, unique=True)

    def __str__(self) -> str:
        return self.name


class Group(models.Model):
    """A term that stands for several organizations: 各县（市、区）人民政府, a leading group's member units.

    Where ``members_known`` is false nobody has said yet who belongs to it, and whoever confirms a task is asked.
    """

    key = models.SlugField(max_length=64, unique=True)
    name = models.CharField(max_length=128)
    kind = models.CharField(max_length=32, blank=True)
    members_known = models.BooleanField(default=False)
    members = models.ManyToManyField(Organization, through="GroupMember", related_name="groups")

    class Meta:
        ordering = ["key"]

    def __str__(self) -> str:
        return self.name


class GroupName(models.Model):
    """One form under which a group is printed."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(max_length=128)
    folded = models.CharField(max_length=128, unique=True)

    def __str__(self) -> str:
        return self.name


class GroupMember(models.Model):
    """One organization's membership of a group."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="memberships")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="group_memberships")
    since = models.DateField(null=True)
    until = models.DateField(null=True)

    class Meta:
        ordering = ["organization__sort", "organization__key"]
        constraints = [models.UniqueConstraint(fields=["group", "organization"], name="registry_group_member_once")]

    def __str__(self) -> str:
        return f"{self.group_id}: {self.organization_id}"


class Person(models.Model):
    """One person who holds or held a post. Two people may share a name; the key tells them apart."""

    key = models.SlugField(max_length=64, unique=True)
    name = models.CharField(max_length=64)
    folded = models.CharField(max_length=64, db_index=True)
    scope_key = models.CharField(max_length=200, unique=True)
    is_leader = models.BooleanField(default=False)
    sort = models.PositiveIntegerField(default=1000)

    class Meta:
        ordering = ["sort", "key"]

    def __str__(self) -> str:
        return self.name

    def make_scope_key(self) -> str:
        """Return the key that says "this person's"."""
        return person_scope(self.key)


class Membership(models.Model):
    """A person's post in an organization over a time; ``until`` is empty while it is held."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="memberships")
    post = models.CharField(max_length=128)
    since = models.DateField(null=True)
    until = models.DateField(null=True)

    def __str__(self) -> str:
        return f"{self.person_id} {self.post}"


class ProposalStatus(models.TextChoices):
    """What became of a name that a document brought."""

    OPEN = "OPEN", pgettext_lazy("proposed name", "Open")
    ADDED = "ADDED", _("Added to the registry")
    ALIAS = "ALIAS", _("Another form of a known name")
    REJECTED = "REJECTED", pgettext_lazy("proposed name", "Rejected")


class NameKind(models.TextChoices):
    """What a printed name seems to be; a guess from its role and form, which a person settles."""

    UNIT = "UNIT", _("Unit")
    PERSON = "PERSON", _("Person")
    GROUP = "GROUP", _("Group")


class NameProposal(models.Model):
    """A name met in a document that the registry does not know: proposed here, never silently created."""

    name = models.CharField(max_length=128)
    folded = models.CharField(max_length=128)
    kind = models.CharField(max_length=8, choices=NameKind.choices)
    seen_in = models.CharField(max_length=300, help_text="where it was met first: title or number of the document")
    times_seen = models.PositiveIntegerField(default=1)
    status = models.CharField(max_length=8, choices=ProposalStatus.choices, default=ProposalStatus.OPEN)
    proposed_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["-times_seen", "name"]
        constraints = [models.UniqueConstraint(fields=["folded", "kind"], name="registry_proposal_once")]

    def __str__(self) -> str:
        return self.name

"""The template tags of the design system; README.md beside this package shows each one in use.

The tags only choose words and shapes. What they draw stands in ``templates/web/components/``.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BoundField, Form
from django.http import QueryDict
from django.template import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from luoshi.web import presentation
from luoshi.web.assets import UnableToFindAssets, find_entry, icons_address
from luoshi.web.charts import Chart, read_chart

register = template.Library()
PER_PAGE = (25, 50, 100, 200)


def _draw(name: str, values: Mapping[str, Any], context: Context | None = None) -> SafeString:
    """Return a component drawn with these values; the request comes along for links that keep the query."""
    request = context.get("request") if context is not None else None
    return render_to_string(f"web/components/{name}.html", {**values, "request": request})


# --- assets, icons, numbers -------------------------------------------------------------------------------------


@register.inclusion_tag("web/components/vite_entry.html")
def vite_entry(name: str) -> dict[str, Any]:
    """Link the scripts and styles of a built entry; say so on the page when nothing was built."""
    try:
        return {"entry": find_entry(name)}
    except UnableToFindAssets:
        return {"entry": None}


@register.simple_tag
def front_end_is_missing() -> bool:
    """Tell whether the front end still has to be built."""
    try:
        find_entry("main")
    except UnableToFindAssets:
        return True
    return False


@register.inclusion_tag("web/components/icon.html")
def icon(name: str, size: str = "md", label: str = "") -> dict[str, Any]:
    """Draw one icon; without a label it is decoration and screen readers pass over it."""
    return {"name": name, "size": size, "label": label, "sprite": icons_address()}


@register.filter
def number(value: int | float | Decimal | None) -> str:
    """Write a number with commas between thousands; nothing becomes a dash."""
    return "—" if value is None else presentation.grouped(value)


# --- query string, tables ---------------------------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def qs(context: Context, **changes: Any) -> str:
    """Return the present query string with changes; None or an empty text removes a parameter."""
    return changed_query(_query(context), changes)


def _query(context: Context) -> QueryDict:
    request = context.get("request")
    return QueryDict() if request is None else request.GET


def changed_query(query: QueryDict, changes: Mapping[str, Any]) -> str:
    """Return ``?a=1&b=2`` after the changes; a list gives its key several values; "?" when nothing is left."""
    changed = query.copy()
    for key, value in changes.items():
        if value is None or value == "":
            changed.pop(key, None)
        elif isinstance(value, (list, tuple)):
            changed.setlist(key, [str(item) for item in value])
        else:
            changed[key] = str(value)
    return f"?{changed.urlencode()}"


@register.inclusion_tag("web/components/sort_header.html", takes_context=True)
def sort_header(context: Context, field: str, label: str, align: str = "", default: str = "") -> dict[str, Any]:
    """Draw a column head whose link sorts by a field, then the other way round, then not at all."""
    query = _query(context)
    present = query.get("sort", default)
    direction = "ascending" if present == field else "descending" if present == f"-{field}" else "none"
    following = {"none": field, "ascending": f"-{field}", "descending": None}[direction]
    if following is None and default in (field, f"-{field}"):
        following = field
    address = changed_query(query, {"sort": following, "page": None})
    return {"label": label, "direction": direction, "address": address, "align": align}


@register.inclusion_tag("web/components/pager.html", takes_context=True)
def pager(context: Context, page: Page[Any], per_page: Sequence[int] = PER_PAGE) -> dict[str, Any]:
    """Draw the pages of a list, how many rows there are, and the choice of rows per page."""
    query = _query(context)
    elided = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {
        "page": page,
        "links": [
            {"number": n, "address": changed_query(query, {"page": n}) if isinstance(n, int) else ""} for n in elided
        ],
        "previous": changed_query(query, {"page": page.number - 1}),
        "following": changed_query(query, {"page": page.number + 1}),
        "sizes": [
            {"rows": rows, "address": changed_query(query, {"per_page": rows, "page": None})} for rows in per_page
        ],
    }


@register.inclusion_tag("web/components/export_menu.html", takes_context=True)
def export_menu(
    context: Context, formats: str = "xlsx csv", print_page: bool = True, param: str = "format"
) -> dict[str, Any]:
    """Draw the menu that takes the list with its filters out of the page, and to the printer."""
    query = _query(context)
    choices = [
        {
            "label": presentation.FORMATS.get(kind, kind.upper()),
            "icon": presentation.FORMAT_ICONS.get(kind, "download"),
            "address": changed_query(query, {param: kind, "page": None, "per_page": None}),
        }
        for kind in formats.split()
    ]
    return {"choices": choices, "print_page": print_page, "request": context.get("request")}


@register.simple_block_tag(takes_context=True)
def filter_bar(
    context: Context,
    content: str,
    action: str = "",
    chips: Sequence[Mapping[str, str]] = (),
    auto: bool = True,
    target: str = "",
) -> SafeString:
    """Wrap filter fields in a GET form that keeps sorting and the rows per page, with the active filters below."""
    query = _query(context)
    kept = [(key, query[key]) for key in ("sort", "per_page") if query.get(key)]
    values = {"content": content, "action": action, "chips": chips, "auto": auto, "target": target, "kept": kept}
    return _draw("filter_bar", values, context)


@register.simple_block_tag(takes_context=True)
def bulk_bar(context: Context, content: str, form: str, total: int | None = None) -> SafeString:
    """Wrap the acts for selected rows; the bar shows itself when a row is ticked."""
    return _draw("bulk_bar", {"content": content, "form": form, "total": total}, context)


# --- signs --------------------------------------------------------------------------------------------------------


@register.inclusion_tag("web/components/light.html")
def light(kind: str, label: str = "", size: str = "") -> dict[str, Any]:
    """Draw a light as shape and word; an unknown kind is drawn as no light."""
    kind = kind.lower() if kind and kind.lower() in presentation.LIGHTS else "none"
    return {"kind": kind, "label": label or presentation.LIGHTS[kind], "size": size}


@register.inclusion_tag("web/components/badge.html")
def badge(label: object, tone: str = "neutral", icon: str = "", title: str = "") -> dict[str, Any]:
    """Draw a short status word."""
    return {"label": label, "tone": presentation.tone_of(tone), "icon": icon, "title": title}


@register.inclusion_tag("web/components/party.html")
def party(
    name: str, role: str = "", match: str = "", url: str = "", canonical: str = "", count: int | None = None
) -> dict[str, Any]:
    """Draw a leader or unit with its role and how the registry knows it."""
    role, match = (role or "").lower(), (match or "").lower()
    return {
        "name": name,
        "role": role,
        "role_label": presentation.ROLES.get(role, ""),
        "role_icon": presentation.ROLE_ICONS.get(role, ""),
        "match": match,
        "match_label": presentation.MATCHES.get(match, ""),
        "match_icon": presentation.MATCH_ICONS.get(match, ""),
        "url": url,
        "canonical": canonical if canonical != name else "",
        "count": count,
    }


@register.inclusion_tag("web/components/stat.html")
def stat(
    value: int | float | Decimal | None, label: str, url: str = "", tone: str = "", hint: str = "", unit: str = ""
) -> dict[str, Any]:
    """Draw a large number that opens its list."""
    values = {"number": number(value), "label": label, "url": url, "hint": hint, "unit": unit}
    return {**values, "tone": presentation.tone_of(tone) if tone else ""}


@register.inclusion_tag("web/components/bars.html")
def target_bars(
    target: Decimal | float | None,
    claimed: Decimal | float | None = None,
    verified: Decimal | float | None = None,
    unit: str = "",
    label: str = "",
) -> dict[str, Any]:
    """Draw target, claimed and verified on one scale; claimed and verified are never added up."""
    rows = [("target", _("Target"), target), ("claimed", _("Claimed"), claimed), ("verified", _("Verified"), verified)]
    return {"parts": presentation.bar_parts(rows, unit=unit), "label": label}


@register.inclusion_tag("web/components/kbd.html")
def kbd(keys: str) -> dict[str, Any]:
    """Draw a keyboard hint such as ``Shift+A``."""
    return {"keys": keys.split("+")}


@register.inclusion_tag("web/components/progress.html")
def progress(
    value: int | None = None, total: int = 100, label: str = "", poll: str = "", note: str = ""
) -> dict[str, Any]:
    """Draw how far a job is; with ``poll`` it replaces itself from that address every two seconds."""
    percent = None if value is None or not total else round(value * 100 / total)
    return {"value": value, "total": total, "percent": percent, "label": label, "poll": poll, "note": note}


@register.inclusion_tag("web/components/skeleton.html")
def skeleton(lines: int = 3) -> dict[str, Any]:
    """Draw grey lines where something is being fetched."""
    return {"lines": range(lines)}


@register.inclusion_tag("web/components/state.html")
def empty_state(
    title: str, text: str = "", icon: str = "inbox", url: str = "", action: str = "", kind: str = "empty"
) -> dict[str, Any]:
    """Draw what stands where nothing is; ``kind`` is empty, error or forbidden."""
    return {"title": title, "text": text, "icon": icon, "url": url, "action": action, "kind": kind}


@register.inclusion_tag("web/components/timeline.html")
def timeline(entries: Iterable[Any], empty: str = "") -> dict[str, Any]:
    """Draw what happened in order; an entry has at, title and perhaps text, actor, url, tone, icon."""
    return {"entries": list(entries), "empty": empty}


@register.inclusion_tag("web/components/chart.html")
def chart(ident: str, data: Mapping[str, Any], title: str, kind: str = "bar", note: str = "") -> dict[str, Any]:
    """Draw a chart with its table; ``charts.read_chart`` says what the data looks like."""
    drawn: Chart = read_chart(data, kind=kind)
    return {"ident": ident, "chart": drawn, "title": title, "note": note}


# --- forms --------------------------------------------------------------------------------------------------------


@register.inclusion_tag("web/components/field.html")
def field(bound: BoundField, label: str = "", help: str = "", layout: str = "") -> dict[str, Any]:
    """Draw a form field with label, help, errors and the sign that it must be filled in."""
    return {
        "field": bound,
        "label": label or bound.label,
        "help": help or bound.help_text,
        "layout": layout,
        "group": bound.use_fieldset,
        "check": getattr(bound.field.widget, "input_type", "") == "checkbox" and not bound.use_fieldset,
    }


@register.inclusion_tag("web/components/form_errors.html")
def form_errors(form: Form) -> dict[str, Any]:
    """Draw the summary of what is wrong, each line leading to its field."""
    wrong = [bound for bound in form.visible_fields() if bound.errors]
    hidden = [error for bound in form.hidden_fields() for error in bound.errors]
    return {"general": [*form.non_field_errors(), *hidden], "fields": wrong}


@register.inclusion_tag("web/components/drop_zone.html")
def drop_zone(
    name: str = "files",
    label: str = "",
    help: str = "",
    accept: str = "",
    multiple: bool = True,
    required: bool = True,
    errors: Sequence[str] = (),
) -> dict[str, Any]:
    """Draw a file field that also takes dropped files and lists what was chosen."""
    values = {"name": name, "label": label, "help": help, "accept": accept, "multiple": multiple}
    return {**values, "required": required, "errors": errors}


# --- blocks -------------------------------------------------------------------------------------------------------


@register.simple_block_tag
def card(content: str, title: str = "", subtitle: str = "", url: str = "", tone: str = "", id: str = "") -> SafeString:
    """Wrap a part of a page under a small title."""
    values = {"content": content, "title": title, "subtitle": subtitle, "url": url, "id": id}
    return _draw("card", {**values, "tone": presentation.tone_of(tone) if tone else ""})


@register.simple_block_tag
def note(content: str, tone: str = "info", title: str = "") -> SafeString:
    """Wrap a message that stays on the page."""
    tone = presentation.tone_of(tone)
    values = {"content": content, "tone": tone, "title": title, "icon": presentation.TONE_ICONS[tone]}
    return _draw("note", values)


@register.simple_block_tag
def dropdown(content: str, label: str, icon: str = "", kind: str = "", align: str = "") -> SafeString:
    """Wrap links and buttons in a menu that opens without JavaScript too."""
    return _draw("dropdown", {"content": content, "label": label, "icon": icon, "kind": kind, "align": align})


@register.simple_block_tag
def dialog(content: str, id: str, title: str, size: str = "") -> SafeString:
    """Wrap a form or text in a native dialog that a button with ``data-dialog-open`` shows."""
    return _draw("dialog", {"content": content, "id": id, "title": title, "size": size})


@register.simple_block_tag
def tabs(content: str, label: str) -> SafeString:
    """Wrap tab links; each tab is an address of its own."""
    return _draw("tabs", {"content": content, "label": label})


@register.inclusion_tag("web/components/tab.html")
def tab(label: str, url: str, active: bool = False, count: int | None = None) -> dict[str, Any]:
    """Draw one tab, with how many rows are behind it."""
    return {"label": label, "url": url, "active": active, "count": count}


@register.simple_block_tag
def breadcrumb(content: str) -> SafeString:
    """Wrap the way down to this page."""
    return _draw("breadcrumb", {"content": content})


@register.inclusion_tag("web/components/crumb.html")
def crumb(label: str, url: str = "") -> dict[str, Any]:
    """Draw one step of the way; the last has no address."""
    return {"label": label, "url": url}


@register.filter
def tone(level: str) -> str:
    """Return our tone for a Django message level."""
    return presentation.tone_of(level)


@register.filter
def tone_icon(level: str) -> str:
    """Return the icon of a tone or message level."""
    return presentation.TONE_ICONS[presentation.tone_of(level)]

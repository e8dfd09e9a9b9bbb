"""The database itself refuses to change or delete an audit entry, whoever asks."""

from django.db import migrations

SQLITE = [
    """CREATE TRIGGER access_audit_no_update BEFORE UPDATE ON access_auditentry BEGIN
       SELECT RAISE(ABORT, 'an audit entry is never changed'); END""",
    """CREATE TRIGGER access_audit_no_delete BEFORE DELETE ON access_auditentry BEGIN
       SELECT RAISE(ABORT, 'an audit entry is never deleted'); END""",
]
POSTGRESQL = [
    """CREATE FUNCTION access_audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN RAISE EXCEPTION 'an audit entry is never changed or deleted'; END $$""",
    """CREATE TRIGGER access_audit_guard BEFORE UPDATE OR DELETE ON access_auditentry
       FOR EACH ROW EXECUTE FUNCTION access_audit_refuse()""",
]


def make_guard(apps, schema_editor):
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def drop_guard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER access_audit_guard ON access_auditentry")
        schema_editor.execute("DROP FUNCTION access_audit_refuse()")
        return
    schema_editor.execute("DROP TRIGGER access_audit_no_update")
    schema_editor.execute("DROP TRIGGER access_audit_no_delete")


class Migration(migrations.Migration):
    dependencies = [("access", "0001_initial")]
    operations = [migrations.RunPython(make_guard, drop_guard)]

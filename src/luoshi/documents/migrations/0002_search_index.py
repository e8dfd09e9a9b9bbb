"""The full-text index over ``SearchEntry.tokens``: FTS5 kept by triggers on SQLite, GIN on PostgreSQL."""

from django.db import migrations

SQLITE = [
    "CREATE VIRTUAL TABLE documents_search_fts USING fts5(tokens, content='documents_searchentry', content_rowid='id')",
    """CREATE TRIGGER documents_search_insert AFTER INSERT ON documents_searchentry BEGIN
       INSERT INTO documents_search_fts(rowid, tokens) VALUES (new.id, new.tokens); END""",
    """CREATE TRIGGER documents_search_delete AFTER DELETE ON documents_searchentry BEGIN
       INSERT INTO documents_search_fts(documents_search_fts, rowid, tokens) VALUES ('delete', old.id, old.tokens); END""",
    """CREATE TRIGGER documents_search_update AFTER UPDATE ON documents_searchentry BEGIN
       INSERT INTO documents_search_fts(documents_search_fts, rowid, tokens) VALUES ('delete', old.id, old.tokens);
       INSERT INTO documents_search_fts(rowid, tokens) VALUES (new.id, new.tokens); END""",
]
POSTGRESQL = ["CREATE INDEX documents_search_gin ON documents_searchentry USING gin (to_tsvector('simple', tokens))"]


def make_index(apps, schema_editor):
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def drop_index(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX documents_search_gin")
        return
    for name in ("insert", "delete", "update"):
        schema_editor.execute(f"DROP TRIGGER documents_search_{name}")
    schema_editor.execute("DROP TABLE documents_search_fts")


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial")]
    operations = [migrations.RunPython(make_index, drop_index)]

using Anlauf.Platform.Database;

namespace Anlauf.Rooms.Operation;

/// <summary>What the database does not guarantee by itself, looked at as a whole.</summary>
public sealed class Integrity(Db db)
{
    /// <param name="Name">What was looked at, in words.</param>
    /// <param name="Wrong">How many rows contradict it; 0 is sound.</param>
    public sealed record Finding(string Name, long Wrong);

    private static readonly (string Name, string Sql)[] Checks =
    [
        ("Jede Tabelle schützt ihre Zeilen", "select count(*) from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'r' and n.nspname !~ '^(pg_|information_schema$|public$)' and not c.relrowsecurity and (n.nspname, c.relname) <> ('platform', 'migration')"),
        ("Jede Angabe ist für den Datenschutz erklärt", "select count(*) from privacy.undeclared()"),
        ("Jede Änderung an Angaben von Menschen wird vermerkt", "select count(*) from privacy.unaudited()"),
        ("Der Zugang des Programms hat keine Sonderrechte", "select count(*) from pg_roles where rolname = current_user and (rolsuper or rolbypassrls)"),
        ("Der Baum der Gliederungen ist vollständig", """
            with recursive tree as (select id as ancestor, id as descendant, 0 as depth from organisation.division union all select t.ancestor, d.id, t.depth + 1 from tree t join organisation.division d on d.parent_id = t.descendant)
            select count(*) from tree full join organisation.division_closure c on (c.ancestor_id, c.descendant_id, c.depth) = (tree.ancestor, tree.descendant, tree.depth) where c.ancestor_id is null or tree.ancestor is null
            """),
        ("Jeder Beschluss hat einen Verlauf", "select count(*) from meetings.resolution r where not exists (select from meetings.resolution_history h where h.resolution_id = r.id)"),
        ("Jede Fundstelle liegt in ihrem Dokument", "select count(*) from meetings.resolution r join meetings.document d on d.id = r.document_id where r.span_start + r.span_length > length(d.text) + 1"),
        ("Jede Gemeinde des Verzeichnisses gehört zu einem Land", "select count(*) from territory.current_municipality m where not exists (select from territory.state s where s.key = m.state_key)"),
    ];

    /// <summary>Runs every check.</summary>
    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken ct = default)
    {
        var findings = new List<Finding>();
        foreach (var (name, sql) in Checks) findings.Add(new(name, await db.ScalarAsync<long>(sql, ct: ct)));
        return findings;
    }
}

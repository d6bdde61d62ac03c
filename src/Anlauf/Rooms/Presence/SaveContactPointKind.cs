using System.ComponentModel.DataAnnotations;
using Anlauf.Platform;
using Anlauf.Platform.Database;
using Anlauf.Platform.Web;
using Anlauf.Rooms.Situation;

namespace Anlauf.Rooms.Presence;

/// <summary>Adds a kind of contact point, or changes whether it counts towards goals (requirement A2: „welcher Art auch immer“).</summary>
public sealed class SaveContactPointKind(Db db, IndicatorRefresh refresh)
{
    public sealed class Input
    {
        [Required(ErrorMessage = "Geben Sie der Art einen Namen"), MaxLength(60, ErrorMessage = "Der Name ist zu lang: höchstens 60 Zeichen")] public string Name { get; set; } = "";
        public bool Counts { get; set; }
    }

    /// <summary>Writes the kind; returns its id.</summary>
    public async Task<Outcome<string>> HandleAsync(Input input, CancellationToken ct = default)
    {
        if (!await MayEditAsync(ct)) return new Refusal("Arten von Anlaufstellen ändert, wer einen Landesverband bearbeiten darf");
        var id = Slug.From(input.Name);
        if (id.Length == 0) return new Refusal("Der Name braucht mindestens einen Buchstaben", nameof(Input.Name));
        await db.ExecuteAsync("""
            insert into presence.contact_point_kind (id, name, counts_as_contact_point) values (coalesce((select k.id from presence.contact_point_kind k where lower(k.name) = lower(@Name)), @id), @Name, @Counts)
            on conflict (id) do update set name = excluded.name, counts_as_contact_point = excluded.counts_as_contact_point
            """, new { id, Name = input.Name.Trim(), input.Counts }, ct);
        await refresh.RunAsync(ContactPointIndicator.Ids, ct);
        return id;
    }

    /// <summary>True for those who edit a state association, and for the system.</summary>
    public Task<bool> MayEditAsync(CancellationToken ct = default) => db.ScalarAsync<bool>(
        "select access.is_system() or exists (select from organisation.division where parent_id is null and id = any ((select access.editable_divisions('P1', 'presence'))::integer[]))", ct: ct);
}

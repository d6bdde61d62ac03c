using Anlauf.Platform;
using Anlauf.Platform.Database;

namespace Anlauf.Rooms.Organisation.Persons;

/// <summary>Which fields of a person the federal register leads. Handlers refuse to change them; only the file that is read in does.</summary>
public sealed class LedFields(Db db, Actor actor)
{
    /// <summary>Fields that can be led, with their German names.</summary>
    public static IReadOnlyList<(string Id, string Name)> All { get; } = [("name", "Name und Titel"), ("email", "E-Mail"), ("phone", "Telefon"), ("address", "Anschrift"), ("birth", "Geburtstag"), ("number", "Mitgliedsnummer")];

    private sealed record Row(string Field, string Remedy);

    /// <summary>Fields led for a division: field → how to have it changed.</summary>
    public async Task<IReadOnlyDictionary<string, string>> OfAsync(int division, CancellationToken ct = default) =>
        (await db.QueryAsync<Row>("select field, remedy from organisation.led_by(@division)", new { division }, ct)).ToDictionary(r => r.Field, r => r.Remedy);

    /// <summary>The rows of one division itself, for the page that keeps them.</summary>
    public async Task<IReadOnlyDictionary<string, string>> OwnAsync(int division, CancellationToken ct = default) =>
        (await db.QueryAsync<Row>("select field, remedy from organisation.led_field where division_id = @division", new { division }, ct)).ToDictionary(r => r.Field, r => r.Remedy);

    /// <summary>Names of what is led, „E-Mail, Anschrift“.</summary>
    public static string InWords(IReadOnlyDictionary<string, string> led) => string.Join(", ", All.Where(f => led.ContainsKey(f.Id)).Select(f => f.Name));

    /// <summary>Why a field is not changed here, or null where it is not led or stays as it is.</summary>
    /// <param name="property">Name of the input property, for the form.</param>
    public static Refusal? Refuse(IReadOnlyDictionary<string, string> led, string field, string? before, string? after, string property) =>
        led.TryGetValue(field, out var remedy) && (before ?? "") != (after ?? "") ? new Refusal($"{All.First(f => f.Id == field).Name}: führt der Bundesverband. {remedy.TrimEnd('.')}", property) : null;

    /// <summary>Replaces what a division says of itself.</summary>
    public Task<Outcome<int>> SaveAsync(int division, IReadOnlyCollection<string> fields, string? remedy, CancellationToken ct = default) => db.InTransactionAsync<Outcome<int>>(async () =>
    {
        var wanted = fields.Where(f => All.Any(a => a.Id == f)).Distinct().ToArray();
        var words = (remedy ?? "").Trim();
        if (wanted.Length > 0 && words.Length is < 10 or > 200) return new Refusal("Sagen Sie in einem Satz, wie sich etwas ändern lässt, zum Beispiel „Schreiben Sie an mitglieder@bund.example“", "Remedy");
        if (!await db.ScalarAsync<bool>("select coalesce(@division = any ((select access.divisions_for('P2', 'membership', 'edit'))::integer[]), false)", new { division }, ct)) return new Refusal("In dieser Gliederung führen Sie keine Mitgliedschaften", "DivisionId");
        await db.ExecuteAsync("delete from organisation.led_field where division_id = @division and field <> all (@wanted)", new { division, wanted }, ct);
        return await db.ExecuteAsync("""
            insert into organisation.led_field (division_id, field, remedy, by_person_id) select @division, f, @words, @by from unnest(@wanted) f
            on conflict (division_id, field) do update set remedy = excluded.remedy, by_person_id = excluded.by_person_id where organisation.led_field.remedy <> excluded.remedy
            """, new { division, wanted, words, by = actor.PersonId }, ct);
    }, ct);
}

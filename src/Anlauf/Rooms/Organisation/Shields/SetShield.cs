using Anlauf.Platform;
using Anlauf.Platform.Database;

namespace Anlauf.Rooms.Organisation.Shields;

/// <summary>A division closes a part to the levels above, or opens it again. Only its own offices do that; the database checks it too.</summary>
public sealed class SetShield(Db db)
{
    /// <param name="Name">What it is about: „vertrauliche Sitzungen“.</param>
    /// <param name="Since">Closed since then; null is open.</param>
    public sealed record Part(string Feature, string DataClass, string Name, DateOnly? Since)
    {
        /// <summary>Value of the button.</summary>
        public string Key => $"{Feature}:{DataClass}";
    }

    /// <summary>Parts that can be closed, and since when they are.</summary>
    public Task<IReadOnlyList<Part>> PartsAsync(int division, CancellationToken ct = default) => db.QueryAsync<Part>("""
        select p.feature, p.data_class, p.name, s.set_on as since from access.shieldable p left join organisation.shield s on (s.feature, s.data_class) = (p.feature, p.data_class) and s.division_id = @division order by p.name collate "de-x-icu"
        """, new { division }, ct);

    /// <summary>Whether the acting person holds an office of the division itself that may do this.</summary>
    public Task<bool> MayAsync(int division, CancellationToken ct = default) =>
        db.ScalarAsync<bool>("select coalesce(@division = any ((select access.own_divisions('organisation', 'edit'))::integer[]), false)", new { division }, ct);

    /// <summary>Closes or opens; returns true where the part is closed now.</summary>
    public async Task<Outcome<bool>> HandleAsync(int division, string key, bool close, CancellationToken ct = default)
    {
        if (!await MayAsync(division, ct)) return new Refusal("Was eine Gliederung schließt, entscheidet sie selbst");
        if ((await PartsAsync(division, ct)).FirstOrDefault(p => p.Key == key) is not { } part) return new Refusal("Diesen Teil gibt es nicht. Wählen Sie einen der Knöpfe");
        var values = new { division, part.Feature, part.DataClass };
        await db.ExecuteAsync(close
            ? "insert into organisation.shield (division_id, feature, data_class, set_by) values (@division, @Feature, @DataClass, access.person_id()) on conflict do nothing"
            : "delete from organisation.shield where division_id = @division and feature = @Feature and data_class = @DataClass", values, ct);
        return close;
    }
}

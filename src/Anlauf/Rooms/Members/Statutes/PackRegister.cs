using Anlauf.Platform.Database;

namespace Anlauf.Rooms.Members.Statutes;

/// <summary>Reads the packs: rules of a statute by day, with the source of each.</summary>
public sealed class PackRegister(Db db)
{
    /// <summary>What the careful program assumes where an association has named no statute.</summary>
    public static readonly PartyPack Unknown = PartyPack.From("", "keine Satzung hinterlegt", []);

    /// <summary>All packs; <c>Own</c> are those of the divisions the acting person has a right in.</summary>
    public Task<IReadOnlyList<(string Id, string Name, bool Own)>> PacksAsync(CancellationToken ct = default) => db.QueryAsync<(string, string, bool)>("""
        select p.id, p.name, exists (select from members.division_pack d join organisation.division_closure c on c.ancestor_id = d.division_id
          where d.pack_id = p.id and c.descendant_id = any ((select access.divisions_for('P2', 'membership', 'read'))::integer[])) as own
        from members.pack p order by 3 desc, p.name collate "de-x-icu"
        """, ct: ct);

    /// <summary>Rules of a pack that hold on a day.</summary>
    public Task<IReadOnlyList<PartyPack.Rule>> RulesAsync(string pack, DateOnly on, CancellationToken ct = default) => db.QueryAsync<PartyPack.Rule>("""
        select rule as id, value, valid_from, valid_to, source, confidence, verified_on from members.pack_rule
        where pack_id = @pack and @on between valid_from and coalesce(valid_to, 'infinity'::date)
        """, new { pack, on }, ct);

    /// <summary>The pack that holds in a division on a day: its own or that of the nearest division above.</summary>
    public async Task<PartyPack> OfAsync(int division, DateOnly on, CancellationToken ct = default) => (await OfAsync(division, ct))(on);

    /// <summary>The same for every day, read once: for those who ask for many days.</summary>
    public async Task<Func<DateOnly, PartyPack>> OfAsync(int division, CancellationToken ct = default)
    {
        if (await db.SingleAsync<(string Id, string Name)?>("select id, name from members.pack where id = members.pack_of(@division)", new { division }, ct) is not { } pack) return _ => Unknown;
        var rules = await db.QueryAsync<PartyPack.Rule>("select rule as id, value, valid_from, valid_to, source, confidence, verified_on from members.pack_rule where pack_id = @Id", new { pack.Id }, ct);
        return on => PartyPack.From(pack.Id, pack.Name, rules.Where(r => r.ValidFrom <= on && (r.ValidTo is not { } to || on <= to)));
    }

    /// <summary>What is promised to those who come, in days from the receipt.</summary>
    public Task<IReadOnlyList<(string Step, int Days, string Whose, string Source)>> PromisesAsync(string pack, CancellationToken ct = default) =>
        db.QueryAsync<(string, int, string, string)>("select step, days, whose, source from members.promised_step where pack_id = @pack order by days, step desc", new { pack }, ct);
}

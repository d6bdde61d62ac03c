using Anlauf.Platform.Database;

namespace Anlauf.Rooms.Organisation.RightsInWords;

/// <summary>Rights in plain words: what a role may, what the acting person may and why, who may see somebody. Read from the rows that decide.</summary>
public sealed class RightsRegister(Db db)
{
    /// <summary>One right through one office of the acting person; <see cref="DeputyFor"/> names whom they stand in for.</summary>
    public sealed record Own(string Office, string Division, DateOnly ValidFrom, DateOnly? ValidTo, string? DeputyFor, string FeatureName, string Purpose, string Action, string DataClass, string Reach);
    /// <summary>People entrusted to the acting person, whatever office they hold: why, where, since when, how many.</summary>
    public sealed record Entrusted(string Because, string Division, DateOnly Since, int People);
    /// <summary>One path to a person: who, through which office, by which right.</summary>
    public sealed record Path(int PersonId, string Name, string Office, string OfficeDivision, string? DeputyFor, DateOnly ValidFrom, DateOnly? ValidTo, string FeatureName, string Purpose, string Action, string DataClass, string Reach, string ClassName);

    /// <summary>All roles with their rights.</summary>
    public async Task<RightsBook> BookAsync(CancellationToken ct = default) => new(
        await db.QueryAsync<RightsBook.Role>("select id, name, description from access.role order by name collate \"de-x-icu\", id", ct: ct),
        await db.QueryAsync<RightsBook.DataClass>("select id, name from access.data_class order by id", ct: ct),
        await db.QueryAsync<RightsBook.Right>("""
            select x.role_id, x.feature, f.name as feature_name, f.purpose, x.action, x.data_class, x.reach
            from access.role_right x join access.feature f on f.id = x.feature order by x.role_id, x.data_class, f.sort, f.id, x.action, x.reach
            """, ct: ct));

    /// <summary>Rights of the acting person with the office they come from.</summary>
    public Task<IReadOnlyList<Own>> OwnAsync(CancellationToken ct = default) => db.QueryAsync<Own>("""
        select w.office, w.division, w.valid_from, w.valid_to, nullif(w.deputy_for, '') as deputy_for, f.name as feature_name, f.purpose, w.action, w.data_class, w.reach
        from access.my_rights_and_why() with ordinality w (office, division, division_id, valid_from, valid_to, deputy_for, feature, action, data_class, reach, n) join access.feature f on f.id = w.feature order by w.n
        """, ct: ct);

    /// <summary>People whom the acting person sees because they are entrusted, not by an office.</summary>
    public Task<IReadOnlyList<Entrusted>> EntrustedAsync(CancellationToken ct = default) => db.QueryAsync<Entrusted>("select because, division, since, people from organisation.entrusted_to_me() order by division collate \"de-x-icu\", because", ct: ct);

    /// <summary>Every path by which somebody sees a person; empty for those who do not see the person themselves.</summary>
    public Task<IReadOnlyList<Path>> WhoSeesAsync(int person, CancellationToken ct = default) => db.QueryAsync<Path>("""
        select person_id, name, office, office_division, nullif(deputy_for, '') as deputy_for, valid_from, valid_to, feature_name, purpose, action, data_class, reach, (select c.name from access.data_class c where c.id = data_class) as class_name
        from organisation.who_sees(@person)
        """, new { person }, ct);

    /// <summary>When whom opened something about a person last; the log tells it to the person and to those who supervise.</summary>
    public async Task<IReadOnlyDictionary<int, DateTime>> LastSeenAsync(int person, CancellationToken ct = default) => (await db.QueryAsync<(int Person, DateTime At)>("""
        select actor::integer, max(at) from audit.entry where subject_id = @person and chain = 'access' and actor ~ '^[0-9]{1,9}$' group by 1
        """, new { person }, ct)).ToDictionary(r => r.Person, r => r.At);

    /// <summary>Division and name of somebody; null where the acting person does not see them.</summary>
    public Task<(string Name, string Division)?> PersonAsync(int person, CancellationToken ct = default) => db.SingleAsync<(string, string)?>("""
        select concat_ws(' ', nullif(p.title, ''), p.given_name, p.family_name), d.name from organisation.person p join organisation.division d on d.id = p.division_id where p.id = @person
        """, new { person }, ct);
}

using Anlauf.Platform.Database;

namespace Anlauf.Rooms.Welcome.Care;

/// <summary>Members a care plan is about: lists from facts, within the reach of whoever asks, without those who do not want to be addressed.</summary>
public sealed class CareRegister(Db db)
{
    /// <summary>Rows shown at most.</summary>
    public const int Most = 200;

    /// <param name="LastSeen">Day of the last conversation; null where none is known.</param>
    /// <param name="OnDay">Day of the anniversary.</param>
    /// <param name="MailFailed">Since when mail comes back; null where it arrives.</param>
    public sealed record Row(int PersonId, string Name, string Division, DateOnly Since, int Years, DateOnly? LastSeen, DateOnly? OnDay, DateOnly? MailFailed);

    /// <summary>Plans with their titles.</summary>
    public static IReadOnlyList<(string Id, string Title)> Plans { get; } = [("inactive", "Lange nicht gesehen"), ("anniversary", "Jubiläen"), ("long-standing", "Langjährige")];

    /// <summary>Whom a plan is about now.</summary>
    public Task<IReadOnlyList<Row>> ListAsync(string plan, CancellationToken ct = default) => db.QueryAsync<Row>("select person_id, name, division, since, years, last_seen, on_day, mail_failed from welcome.care(@plan, @Most)", new { plan, Most }, ct);

    /// <summary>What is usual on an anniversary, by years.</summary>
    public async Task<IReadOnlyDictionary<int, string>> JubileesAsync(CancellationToken ct = default) => (await db.QueryAsync<(int Years, string Words)>("select j.years, min(j.words) from (select distinct w.division_id as id from access.my_rights_and_why() w where w.feature = 'membership') d cross join lateral welcome.jubilees_of(d.id) j group by j.years", ct: ct)).ToDictionary(j => j.Years, j => j.Words);
}

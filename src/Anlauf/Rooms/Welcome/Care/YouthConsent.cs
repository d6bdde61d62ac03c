using Anlauf.Platform;
using Anlauf.Platform.Database;
using Anlauf.Rooms.Members;

namespace Anlauf.Rooms.Welcome.Care;

/// <summary>Consent to be seen by the youth coordinator: given by day and age, taken back as easily, over by itself on the birthday.</summary>
public sealed class YouthConsent(Db db, PersonDetails details, TimeProvider clock)
{
    /// <summary>Somebody who said yes.</summary>
    public sealed record Row(string Name, string Division, string? Phone, string? Email);

    /// <param name="Organisation">The youth organisation in charge.</param>
    /// <param name="Age">Birthday with which it ends.</param>
    /// <param name="Since">Day of the consent; null without one.</param>
    /// <param name="Why">Why it cannot be given, a German sentence; null where it can.</param>
    public sealed record Own(string Organisation, int Age, DateOnly? Since, string? Why);
    private sealed record Mine(string Organisation, int Age, DateOnly? Since);

    private DateOnly Today => DateOnly.FromDateTime(clock.GetLocalNow().Date);

    /// <summary>The consent as the person sees it; null where there is no youth organisation, or they are too old for it.</summary>
    public async Task<Own?> OfMineAsync(int person, CancellationToken ct = default)
    {
        if (await db.SingleAsync<Mine>("select organisation, age, since from welcome.youth_of_mine()", ct: ct) is not { } mine) return null;
        var born = (await details.FindAsync(person, null, ct))?.BirthDate;
        return mine.Since is null && (born is null || born.Value.AddYears(mine.Age) <= Today) ? null : new(mine.Organisation, mine.Age, mine.Since, mine.Since is null ? Refuse(born, mine.Age)?.Message : null);
    }

    /// <summary>Notes the consent; the age comes from the birth date, which stays where it is.</summary>
    public async Task<Outcome<bool>> GiveAsync(int person, CancellationToken ct = default)
    {
        var born = (await details.FindAsync(person, null, ct))?.BirthDate;
        var limit = await db.ScalarAsync<int>("select welcome.days_of('youth-age', p.division_id) from organisation.person p where p.id = @person", new { person }, ct);
        if (Refuse(born, limit) is { } no) return no;
        return await db.ScalarAsync<bool>("select welcome.consent_youth(@person, @until)", new { person, until = born!.Value.AddYears(limit).AddDays(-1) }, ct)
            ? true : new Refusal("Diese Einwilligung können Sie nicht eintragen, oder es gibt keinen Jugendverband");
    }

    private Refusal? Refuse(DateOnly? born, int limit) => born is not { } day ? new("Ohne Geburtstag lässt sich das Alter nicht prüfen. Tragen Sie ihn zuerst ein")
        : day.AddYears(limit) <= Today ? new($"Der Jugendverband endet mit dem {limit}. Geburtstag")
        : day.AddYears(16) > Today ? new("Unter 16 Jahren willigen die Eltern ein. Nehmen Sie die Einwilligung auf Papier auf") : null;

    /// <summary>Takes the consent back; it holds with the next question.</summary>
    public Task<bool> WithdrawAsync(int person, CancellationToken ct = default) => db.ScalarAsync<bool>("select welcome.withdraw_youth(@person)", new { person }, ct);

    /// <summary>Those who said yes, as far as the acting person coordinates them; without those who do not want to be addressed.</summary>
    public Task<IReadOnlyList<Row>> ListAsync(CancellationToken ct = default) => db.QueryAsync<Row>("""
        select distinct concat_ws(' ', nullif(p.title, ''), p.given_name, p.family_name) as name, d.short_name as division, case when members.may_call(p.id) then p.phone end as phone, p.email
        from organisation.entrusted e join organisation.division y on y.id = e.division_id and y.kind = 'YouthOrganization' join organisation.person p on p.id = e.person_id join organisation.division d on d.id = p.division_id
        where e.ended_at is null and coalesce(e.valid_to, 'infinity'::date) >= current_date and not p.id = any ((select privacy.flagged('no-contact') || privacy.flagged('restricted'))::integer[]) order by 1
        """, ct: ct);
}

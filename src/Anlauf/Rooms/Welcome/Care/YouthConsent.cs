using Anlauf.Platform;
using Anlauf.Platform.Database;
using Anlauf.Rooms.Members;

namespace Anlauf.Rooms.Welcome.Care;

/// <summary>Consent to be seen by the youth coordinator: given by day and age, taken back as easily, over by itself on the birthday.</summary>
public sealed class YouthConsent(Db db, PersonDetails details, TimeProvider clock)
{
    /// <summary>Somebody who said yes.</summary>
    public sealed record Row(string Name, string Division, string? Phone, string? Email);

    /// <summary>Notes the consent; the age comes from the birth date, which stays where it is.</summary>
    public async Task<Outcome<bool>> GiveAsync(int person, CancellationToken ct = default)
    {
        var today = DateOnly.FromDateTime(clock.GetLocalNow().Date);
        if ((await details.FindAsync(person, null, ct))?.BirthDate is not { } born) return new Refusal("Ohne Geburtstag lässt sich das Alter nicht prüfen. Tragen Sie ihn zuerst ein");
        var limit = await db.ScalarAsync<int>("select welcome.days_of('youth-age', p.division_id) from organisation.person p where p.id = @person", new { person }, ct);
        if (born.AddYears(limit) <= today) return new Refusal($"Der Jugendverband endet mit dem {limit}. Geburtstag");
        if (born.AddYears(16) > today) return new Refusal("Unter 16 Jahren willigen die Eltern ein. Nehmen Sie die Einwilligung auf Papier auf");
        return await db.ScalarAsync<bool>("select welcome.consent_youth(@person, @until)", new { person, until = born.AddYears(limit).AddDays(-1) }, ct)
            ? true : new Refusal("Diese Einwilligung können Sie nicht eintragen, oder es gibt keinen Jugendverband");
    }

    /// <summary>Takes the consent back; it holds with the next question.</summary>
    public Task<bool> WithdrawAsync(int person, CancellationToken ct = default) => db.ScalarAsync<bool>("select welcome.withdraw_youth(@person)", new { person }, ct);

    /// <summary>Those who said yes, as far as the acting person coordinates them; without those who do not want to be addressed.</summary>
    public Task<IReadOnlyList<Row>> ListAsync(CancellationToken ct = default) => db.QueryAsync<Row>("""
        select distinct concat_ws(' ', nullif(p.title, ''), p.given_name, p.family_name) as name, d.short_name as division, p.phone, p.email
        from organisation.entrusted e join organisation.division y on y.id = e.division_id and y.kind = 'YouthOrganization' join organisation.person p on p.id = e.person_id join organisation.division d on d.id = p.division_id
        where e.ended_at is null and coalesce(e.valid_to, 'infinity'::date) >= current_date and not p.id = any ((select privacy.flagged('no-contact') || privacy.flagged('restricted'))::integer[]) order by 1
        """, ct: ct);
}

using Anlauf.Platform.Database;

namespace Anlauf.Rooms.Organisation.Persons;

/// <summary>Whom mail does not reach any more, as far as the acting person sees the person.</summary>
public sealed class MailTroubles(Db db)
{
    /// <summary>Since when mail to a person fails; null where it arrives, as far as anybody knows.</summary>
    public Task<DateOnly?> SinceAsync(int person, CancellationToken ct = default) => db.ScalarAsync<DateOnly?>("select since from organisation.mail_trouble where person_id = @person", new { person }, ct);
}

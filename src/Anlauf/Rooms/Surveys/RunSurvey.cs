using Anlauf.Platform;
using Anlauf.Platform.Database;

namespace Anlauf.Rooms.Surveys;

/// <summary>Opens a survey, which fixes the roll, and makes its result known once it is over.</summary>
public sealed class RunSurvey(Db db)
{
    /// <summary>Fixes the roll and opens; returns how many are asked.</summary>
    public Task<Outcome<int>> OpenAsync(int survey, CancellationToken ct = default) => db.InTransactionAsync<Outcome<int>>(async () =>
    {
        if (await db.ScalarAsync<int>("select count(*)::int from surveys.question where survey_id = @survey", new { survey }, ct) == 0) return new Refusal("Ohne Frage gibt es nichts zu beantworten. Fügen Sie eine hinzu");
        if (await db.ScalarAsync<bool>("select closes_on < current_date from surveys.survey where id = @survey", new { survey }, ct)) return new Refusal("Der letzte Tag ist schon vorbei. Ändern Sie ihn zuerst");
        return await db.ScalarAsync<int?>("select surveys.open(@survey)", new { survey }, ct) switch
        {
            null => new Refusal("Diese Umfrage läuft schon oder gehört nicht zu Ihrem Bereich"),
            0 => new Refusal("Am Stichtag war hier niemand Mitglied. Prüfen Sie Stichtag und Gliederung"),
            { } asked => asked,
        };
    }, ct);

    /// <summary>Makes the result known to those of the division and those who were asked.</summary>
    public async Task<Outcome<int>> PublishAsync(int survey, CancellationToken ct = default) =>
        await db.ScalarAsync<bool>("select surveys.publish(@survey)", new { survey }, ct) ? survey : new Refusal("Bekannt gemacht wird ein Ergebnis erst, wenn die Umfrage vorbei ist, und nur einmal");
}

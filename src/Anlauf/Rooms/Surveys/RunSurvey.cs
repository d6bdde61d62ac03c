using System.Security.Cryptography;
using Anlauf.Platform;
using Anlauf.Platform.Database;
using Anlauf.Platform.Mail;
using Microsoft.AspNetCore.WebUtilities;

namespace Anlauf.Rooms.Surveys;

/// <summary>Opens a survey, which fixes the roll, and makes its result known once it is over.</summary>
public sealed class RunSurvey(Db db, Outbox outbox, SurveyRegister register)
{
    /// <summary>Letters put in at once; the rest follows batch by batch, so that no request writes ten thousand.</summary>
    public const int Batch = 200;

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

    /// <summary>
    /// Writes to those who have not taken part, have an e-mail address and did not object: each gets a new personal link, the one before
    /// stops working. Returns how many letters were put into the outbox now; where it is a whole batch, <see cref="SendRestAsync"/> goes on.
    /// </summary>
    public Task<Outcome<int>> SendLinksAsync(Survey survey, CancellationToken ct = default) => db.InTransactionAsync<Outcome<int>>(async () =>
    {
        if (!survey.Online || survey.OpenedOn is null) return new Refusal("Links gibt es nur für eine Umfrage, die am Bildschirm läuft");
        if (!outbox.Sends || outbox.AddressOf("/") is null) return new Refusal("E-Mails sind noch nicht eingerichtet. Was fehlt, steht unter Verwaltung, Betrieb");
        await db.ExecuteAsync("update surveys.survey set links_wanted_on = current_date where id = @Id", survey, ct);
        return await BatchAsync(survey, ct);
    }, ct);

    /// <summary>Goes on with the letters of surveys that are open; acts as the system. Returns how many were put in.</summary>
    public async Task<int> SendRestAsync(CancellationToken ct = default)
    {
        if (!outbox.Sends || outbox.AddressOf("/") is null) return 0;
        var sent = 0;
        foreach (var id in await db.QueryAsync<int>("select id from surveys.survey where links_wanted_on > current_date - 30 and opened_on is not null and published_on is null and closes_on >= current_date", ct: ct))
            if (await register.FindAsync(id, ct) is { } survey) sent += await db.InTransactionAsync(() => BatchAsync(survey, ct), ct);
        return sent;
    }

    private async Task<int> BatchAsync(Survey survey, CancellationToken ct)
    {
        var links = Enumerable.Range(0, Batch).Select(_ => WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32))).ToArray();
        var given = await db.QueryAsync<(int Place, string Email, string Name, int Person)>("select place, email, name, person from surveys.give_links(@Id, @hashes)", new { survey.Id, hashes = links.Select(AnswerSurvey.HashOf).ToArray() }, ct);
        var sent = 0;
        foreach (var (place, email, name, person) in given)
            // an address that is none is no reason to keep the letters from all others
            if ((await outbox.PutAsync(email, $"{SurveyWords.KindOf(survey)}: {survey.Title}", Letter(survey, name, outbox.AddressOf($"/umfrage/{links[place - 1]}")!), person, ct)).Done) sent++;
        return sent;
    }

    private static string Letter(Survey survey, string name, string address) => $"""
        Guten Tag {name},

        {survey.Division} fragt: {survey.Title}

        {(survey.Introduction.Length > 0 ? survey.Introduction + "\n\n" : "")}Ihr persönlicher Link, bis {survey.ClosesOn:d.M.yyyy}:
        {address}

        {(survey.Anonymous ? "Ihre Antworten sind geheim: Festgehalten wird nur, dass Sie teilgenommen haben." : "Ihre Antworten werden mit Ihrem Namen festgehalten.")} Geben Sie den Link nicht weiter; er gilt für eine Antwort.
        """;
}

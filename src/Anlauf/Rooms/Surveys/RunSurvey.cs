using System.Security.Cryptography;
using Anlauf.Platform;
using Anlauf.Platform.Database;
using Anlauf.Platform.Mail;
using Microsoft.AspNetCore.WebUtilities;

namespace Anlauf.Rooms.Surveys;

/// <summary>Opens a survey, which fixes the roll, and makes its result known once it is over.</summary>
public sealed class RunSurvey(Db db, Outbox outbox)
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

    /// <summary>
    /// Writes to those who have not taken part, have an e-mail address and did not object: each gets a new personal link, the one before
    /// stops working. Returns how many letters were put into the outbox.
    /// </summary>
    public Task<Outcome<int>> SendLinksAsync(Survey survey, CancellationToken ct = default) => db.InTransactionAsync<Outcome<int>>(async () =>
    {
        if (!survey.Online || survey.OpenedOn is null) return new Refusal("Links gibt es nur für eine Umfrage, die am Bildschirm läuft");
        if (!outbox.Sends || outbox.AddressOf("/") is null) return new Refusal("E-Mails sind noch nicht eingerichtet. Was fehlt, steht unter Verwaltung, Betrieb");
        var waiting = await db.ScalarAsync<int>("select coalesce(sum(asked - took_part), 0)::int from surveys.turnout(@Id)", survey, ct);
        var links = Enumerable.Range(0, waiting).Select(_ => WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32))).ToArray();
        var given = await db.QueryAsync<(int Place, string Email, string Name, int Person)>("select place, email, name, person from surveys.give_links(@Id, @hashes)", new { survey.Id, hashes = links.Select(AnswerSurvey.HashOf).ToArray() }, ct);
        var sent = 0;
        foreach (var (place, email, name, person) in given)
            // an address that is none is no reason to keep the letters from all others
            if ((await outbox.PutAsync(email, $"{SurveyWords.KindOf(survey)}: {survey.Title}", Letter(survey, name, outbox.AddressOf($"/umfrage/{links[place - 1]}")!), person, ct)).Done) sent++;
        return sent;
    }, ct);

    private static string Letter(Survey survey, string name, string address) => $"""
        Guten Tag {name},

        {survey.Division} fragt: {survey.Title}

        {(survey.Introduction.Length > 0 ? survey.Introduction + "\n\n" : "")}Ihr persönlicher Link, bis {survey.ClosesOn:d.M.yyyy}:
        {address}

        {(survey.Anonymous ? "Ihre Antworten sind geheim: Festgehalten wird nur, dass Sie teilgenommen haben." : "Ihre Antworten werden mit Ihrem Namen festgehalten.")} Geben Sie den Link nicht weiter; er gilt für eine Antwort.
        """;
}

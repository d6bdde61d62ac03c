using System.Text;
using Anlauf.Platform.Access;
using Anlauf.Platform.Audit;
using Anlauf.Platform.Documents;

namespace Anlauf.Rooms.Surveys;

/// <summary>The result as a file: one row for each answer, with the number of answers and of those who took part.</summary>
internal static class ResultFile
{
    internal static void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/menschen/umfragen/{id:int}.csv", async (int id, SurveyRegister register, CancellationToken ct) =>
        {
            if (await register.FindAsync(id, ct) is null) return Results.NotFound();
            var results = await register.ResultsAsync(id, ct);
            if (results.Count == 0) return Results.NotFound();
            var turnout = await register.TurnoutAsync(id, ct);
            var lines = (await register.QuestionsAsync(id, ct)).Where(q => q.Options.Length > 0 && results.ContainsKey(q.Id)).SelectMany(q => q.Options.Select((o, i) =>
                string.Join(';', q.Position, CsvCell.Of(q.Wording), CsvCell.Of(o), results[q.Id].Counts[i], results[q.Id].Answered, turnout.Sum(t => t.TookPart), turnout.Sum(t => t.Asked))));
            return Results.Text("\uFEFFFrage;Wortlaut;Antwort;Zahl;Antworten;Teilnehmende;Gefragte\r\n" + string.Join("\r\n", lines) + "\r\n", "text/csv; charset=utf-8", Encoding.UTF8);
        }).RequireAuthorization(AccessSetup.SignedIn).WithMetadata(new GivesFileAttribute());
}

using System.Globalization;
using System.Text;
using Anlauf.Platform.Audit;
using Anlauf.Platform.Documents;

namespace Anlauf.Rooms.Members.Reconciliation;

/// <summary>
/// The lines of a file that cannot be read, as a file of its own: the columns that are read, with what does not fit in front. Corrected where the
/// file comes from, it is read in like any other. Whoever sees the preview gets it, and nothing more than the preview is made of: free remarks stay out.
/// </summary>
internal static class FaultyLines
{
    /// <summary>Writes the file.</summary>
    public static async Task WriteAsync(Reconcile.Unread unread, Stream target)
    {
        await using var writer = new StreamWriter(target, new UTF8Encoding(true), 16 * 1024, leaveOpen: true) { NewLine = "\r\n" };
        List<(int Index, string Heading)> read = [.. unread.Map.Columns.Select((c, i) => (i, c.Heading, c.Becomes)).Where(c => c.Becomes is not ("" or "remark")).Select(c => (c.i, c.Heading))];
        await LineAsync(["Zeile", "Was nicht passt", .. read.Select(c => c.Heading)]);
        var problems = unread.Problems.ToLookup(p => p.Line);
        foreach (var line in unread.Lines.Where(l => problems.Contains(l.Number)))
            await LineAsync([line.Number.ToString(CultureInfo.InvariantCulture), string.Join("; ", problems[line.Number].Select(p => $"{p.Field}: {p.Message}")), .. read.Select(c => c.Index < line.Cells.Count ? line.Cells[c.Index] : "")]);

        Task LineAsync(IEnumerable<string> cells) => writer.WriteLineAsync(string.Join(';', cells.Select(CsvCell.Of)));
    }

    internal static void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/menschen/einlesen/{id:int}/fehler.csv", async (int id, HttpContext http, ImportDesk desk) =>
        {
            if (await desk.FindAsync(id, http.RequestAborted) is not { } file) return Results.NotFound();
            // read in, dropped or a day old meanwhile: the page says which
            if (await desk.UnreadAsync(id, http.RequestAborted) is not { } unread) return Results.LocalRedirect($"/menschen/einlesen/{id}");
            return Results.Stream(stream => WriteAsync(unread, stream), "text/csv; charset=utf-8", $"{Path.GetFileNameWithoutExtension(file.FileName)}-fehler.csv");
        }).RequireAuthorization(MemberPermissions.Edit).WithMetadata(new ProtectedReadAttribute("P2"), new GivesFileAttribute());
}

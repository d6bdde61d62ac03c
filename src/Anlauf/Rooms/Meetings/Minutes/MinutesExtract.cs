using Anlauf.Platform.Audit;
using Anlauf.Platform.Documents.Papers;
using Anlauf.Platform.Hosting;
using Anlauf.Platform.Web;
using Anlauf.Rooms.Meetings.Resolutions;

namespace Anlauf.Rooms.Meetings.Minutes;

/// <summary>The minutes as far as a circle of readers may know them: members, or everybody (E11). Page, PDF and DOCX are made of the same parts.</summary>
internal static class MinutesExtract
{
    public static void MapMinutesExtract(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/sitzungen/{slug}/auszug.{format:regex(^(pdf|docx)$)}", async (string slug, string format, string? fassung, MeetingRegister register, PageFrame frame, IEnumerable<IFramePart> parts, HttpContext http, OwnAddress own, CancellationToken ct) =>
        {
            if (await register.FindAsync(slug, ct) is not { } m) return Results.NotFound();
            foreach (var part in parts) await part.FillAsync(frame, http);
            var readers = Readers(fassung);
            var paper = Of(m, await MinutesCopy.PartsAsync(register, m.Id, ct), readers, frame.Organisation.Length > 0 ? frame.Organisation : m.Division, frame.IsDemo ? "Vorführdaten" : null, own.Name);
            var name = $"auszug-{(readers == "public" ? "oeffentlich" : "mitglieder")}-{slug}.{format}";
            return format == "pdf" ? Results.File(PdfPaper.Write(paper), "application/pdf", name) : Results.File(DocxPaper.Write(paper), ResolutionExports.Docx, name);
        }).RequireAuthorization(MeetingsPermissions.ReadResolutions).WithMetadata(new GivesFileAttribute());

    /// <summary>Members, unless the address asks for the public one.</summary>
    public static string Readers(string? asked) => asked == "oeffentlich" ? "public" : "members";

    /// <summary>The extract as a paper.</summary>
    public static Paper Of(MeetingRegister.Detail m, MinutesCopy.Parts parts, string readers, string organisation, string? stamp, string host)
    {
        var paper = MinutesCopy.Of(readers == "public" ? m with { Chair = null, MinuteTaker = null, CertifiedBy = null, CertifiedOn = null } : m, For(parts, readers), organisation, stamp, host);
        return paper with { Title = $"{paper.Title} (Auszug, {Levels.Word(readers)})" };
    }

    /// <summary>What these readers may know. What belongs to no item stays among members; names of those present never go to the public.</summary>
    public static MinutesCopy.Parts For(MinutesCopy.Parts all, string readers)
    {
        var everybody = readers == "public";
        var open = all.Items.Where(i => Levels.Opens(i.Level, readers)).ToList();
        var numbers = open.Select(i => i.Number).ToHashSet();
        bool Known(string? item) => item is null ? !everybody : numbers.Contains(item);
        return new(
            everybody ? [] : all.Attendance,
            [.. all.Papers.Where(p => p.Items.Length == 0 ? !everybody : p.Items.Any(numbers.Contains))],
            // an item that is treated with a closed one does not name it
            [.. open.Select(i => i.TreatedWith is { } with && !numbers.Contains(with) ? i with { TreatedWith = null } : i)],
            [.. all.Decided.Where(d => Known(d.AgendaNumber))],
            [.. all.Tasks.Where(t => Known(t.AgendaNumber))],
            [.. all.FollowUps.Where(f => Known(f.AgendaNumber))],
            all.Next,
            [.. all.Notes.Where(n => Levels.Opens(n.Level, readers) && (n.AgendaNumber is null || numbers.Contains(n.AgendaNumber)))]);
    }
}

using Anlauf.Platform.Audit;
using Anlauf.Platform.Documents.Papers;
using Anlauf.Platform.Hosting;
using Anlauf.Platform.Web;
using Anlauf.Rooms.Meetings.Resolutions;

namespace Anlauf.Rooms.Meetings.Minutes;

/// <summary>Minutes as they are printed: the parts of requirement E1 in their order.</summary>
internal static class MinutesCopy
{
    public static void MapMinutesCopy(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/sitzungen/{slug}/niederschrift.{format:regex(^(pdf|docx)$)}", async (string slug, string format, MeetingRegister register, PageFrame frame, IEnumerable<IFramePart> parts, HttpContext http, OwnAddress own, CancellationToken ct) =>
        {
            if (await register.FindAsync(slug, ct) is not { } m) return Results.NotFound();
            foreach (var part in parts) await part.FillAsync(frame, http);
            var parted = await PartsAsync(register, m.Id, ct);
            var paper = Of(m, parted, frame.Organisation.Length > 0 ? frame.Organisation : m.Division, frame.IsDemo ? "Vorführdaten" : null, own.Name);
            return format == "pdf" ? Results.File(PdfPaper.Write(paper), "application/pdf", $"niederschrift-{slug}.pdf") : Results.File(DocxPaper.Write(paper), ResolutionExports.Docx, $"niederschrift-{slug}.docx");
        }).RequireAuthorization(MeetingsPermissions.ReadMeetings).WithMetadata(new GivesFileAttribute());

    /// <summary>What the minutes hold besides the meeting's own particulars.</summary>
    /// <param name="Next">The next meeting, or null.</param>
    public sealed record Parts(IReadOnlyList<MeetingRegister.Attendance> Attendance, IReadOnlyList<MeetingRegister.PaperRow> Papers, IReadOnlyList<MeetingRegister.Item> Items, IReadOnlyList<MeetingRegister.Decided> Decided,
        IReadOnlyList<MeetingRegister.Duty> Tasks, IReadOnlyList<MeetingRegister.FollowUp> FollowUps, string? Next, IReadOnlyList<MeetingRegister.Note> Notes);

    /// <summary>Reads them, as far as the acting person may.</summary>
    public static async Task<Parts> PartsAsync(MeetingRegister register, int meeting, CancellationToken ct) => new(await register.AttendanceAsync(meeting, ct), await register.PapersAsync(meeting, ct), await register.AgendaAsync(meeting, ct),
        await register.DecidedAsync(meeting, ct), await register.TasksAsync(meeting, ct), await register.FollowUpsAsync(meeting, ct), await register.NextAsync(meeting, ct), await register.NotesAsync(meeting, ct));

    /// <summary>The minutes as a paper; every part stands there, an empty one prints „–“.</summary>
    public static Paper Of(MeetingRegister.Detail m, Parts parts, string organisation, string? stamp, string host)
    {
        var (attendance, papers, items, decided) = (parts.Attendance, parts.Papers, parts.Items, parts.Decided);
        string? Names(params string[] states) => string.Join(", ", attendance.Where(a => states.Contains(a.Status)).Select(a => a.Name)) is { Length: > 0 } names ? names : null;
        return new(organisation, m.Body is { } body ? $"{m.Division} · {body}" : m.Division, m.Title, stamp,
            [
                ("Datum", GermanText.Long(m.HeldOn) + (m.StartTime is { } from ? $", {from:HH:mm}" + (m.EndTime is { } to ? $"–{to:HH:mm} Uhr" : " Uhr") : "")),
                ("Ort", m.Place), ("Leitung", m.Chair),
                ("Anwesende", Names("present", "late", "left")), ("Entschuldigte", Names("excused")), ("Unentschuldigt", Names("absent")), ("Gäste / Mitarbeitende", Names("guest")),
                ("Niederschrift", m.MinuteTaker),
            ],
            [
                PaperSection.Of("Unterlagen", string.Join('\n', papers.Select(p => $"{p.Reference} {p.Title}".Trim()))),
                PaperSection.Of("Tagesordnung", string.Join('\n', items.Select(i => $"TOP {i.Number} {i.Title}{(i.TreatedWith is { } with ? $" (gemeinsam mit TOP {with})" : "")}"))),
                .. items.Where(i => decided.Any(d => d.AgendaNumber == i.Number) || parts.Notes.Any(n => n.AgendaNumber == i.Number)).Select(i => new PaperSection($"TOP {i.Number} {i.Title}", [.. decided.Where(d => d.AgendaNumber == i.Number).SelectMany(Lines), .. parts.Notes.Where(n => n.AgendaNumber == i.Number).Select(Line)])),
                .. decided.Any(d => d.AgendaNumber is null) ? [new PaperSection("Weitere Beschlüsse", [.. decided.Where(d => d.AgendaNumber is null).SelectMany(Lines)])] : Array.Empty<PaperSection>(),
                .. parts.Notes.Any(n => n.AgendaNumber is null) ? [new PaperSection("Notizen", [.. parts.Notes.Where(n => n.AgendaNumber is null).Select(Line)])] : Array.Empty<PaperSection>(),
                new("Aufträge", [.. parts.Tasks.Select(t => $"{t.Text} – {t.Responsible ?? "niemand zuständig"}{(t.Until is { } until ? ", " + until : "")}{(t.ResolutionNumber is { } n ? $" (Beschluss {n})" : "")}")]),
                new("Wiedervorlage", [.. parts.FollowUps.Select(f => $"{(f.On is null ? f.BoundTo ?? "ohne Termin" : GermanText.Short(f.On))}: {f.Text}{(f.ResolutionNumber is { } n ? $" (Beschluss {n})" : "")}")]),
                PaperSection.Of("Nächste Sitzung", parts.Next),
            ],
            ((m.Place is { } place ? place + ", " : "") + (m.CertifiedOn is { } day ? "den " + GermanText.Long(day) : "den ______________"), m.CertifiedBy), host + "/sitzungen/" + m.Slug);
    }

    private static string Line(MeetingRegister.Note n) => n.Level == "internal" ? $"{n.Text} (intern)" : n.Text;

    private static IEnumerable<string> Lines(MeetingRegister.Decided d) =>
        [$"Beschluss {d.Number}: {d.Wording.Split('\n')[0]}", .. d.Wording.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1), ResultWording.Sentence(d.Result, d.Yes, d.No, d.Abstain, d.Unanimous)];
}

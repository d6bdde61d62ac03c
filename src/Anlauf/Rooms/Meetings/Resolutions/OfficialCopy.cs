using Anlauf.Platform.Documents.Papers;

namespace Anlauf.Rooms.Meetings.Resolutions;

/// <summary>The official copy of a resolution (Ausfertigung) with the sections of requirement D5; an empty one prints „–“.</summary>
internal static class OfficialCopy
{
    public static Paper Of(ResolutionRegister.Detail r, IReadOnlyList<ResolutionRegister.Due> tasks, IReadOnlyList<string> referrals, IReadOnlyList<string> recipients, string organisation, string? stamp, string host) => new(
        organisation, r.Body is { } body ? $"{r.Division} · {body}" : r.Division, $"Beschluss {r.Number}: {r.Title}", stamp,
        [
            ("Beschluss", ResolutionHeader.Line(r)),
            ("Tagesordnung", r.AgendaNumber is { } top ? "TOP " + top : null),
            ("Abstimmungsergebnis", ResultWording.Sentence(r.Result, r.Yes, r.No, r.Abstain, r.Unanimous)),
            ("Überwiesen an", referrals.Count == 0 ? null : string.Join(", ", referrals)),
            ("Verantwortlich", r.Responsible),
            ("Frist", r.Due is null ? r.DueText : GermanText.Long(r.Due.Value)),
        ],
        [
            PaperSection.Of("Wortlaut", r.Wording, isWording: true),
            PaperSection.Of("Begründung", r.Reason),
            PaperSection.Of("Maßnahmen der Öffentlichkeitsarbeit", r.Publicity),
            PaperSection.Of("Weitere Maßnahmen", r.FurtherMeasures ?? string.Join('\n', tasks.Select(t => $"{t.Text}{(t.Responsible is { } who ? $" ({who}{(t.On is { } on ? ", bis " + GermanText.Short(on) : "")})" : "")}"))),
            PaperSection.Of("Finanzen", r.Finances),
            PaperSection.Of("Abgestimmt mit", r.CoordinatedWith),
            PaperSection.Of("Den Beschluss sollen erhalten", string.Join('\n', recipients)),
        ],
        ((r.Place is { } place ? place + ", " : "") + (r.CertifiedOn is { } day ? "den " + GermanText.Long(day) : "den ______________"), r.CertifiedBy),
        host + "/sitzungen/beschluesse/" + r.Slug);
}

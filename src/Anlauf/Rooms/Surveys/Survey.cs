using System.Globalization;

namespace Anlauf.Rooms.Surveys;

/// <summary>A survey as it is listed and shown.</summary>
/// <param name="Kind">questionnaire, consultation (advisory) or binding-vote.</param>
/// <param name="QuorumPercent">Share of the electorate that has to take part; null where none is required.</param>
/// <param name="Asked">Is the acting person on the roll?</param>
/// <param name="TookPart">Has the acting person taken part?</param>
public sealed record Survey(int Id, int DivisionId, string Division, string Kind, string Title, string Introduction, string? StatuteReference, DateOnly ElectorateOn, decimal? QuorumPercent,
    DateOnly ClosesOn, bool Anonymous, DateOnly? OpenedOn, DateOnly? PublishedOn, bool MayRun, bool Asked, bool TookPart)
{
    /// <summary>Where it stands on a day.</summary>
    public SurveyStage StageOn(DateOnly today) => OpenedOn is null ? SurveyStage.Draft : ClosesOn >= today ? SurveyStage.Open : PublishedOn is null ? SurveyStage.Closed : SurveyStage.Published;

    /// <summary>Answered on these pages; a binding vote is held on paper.</summary>
    public bool Online => Kind != "binding-vote";
}

/// <summary>Draft, open, over, result made known.</summary>
public enum SurveyStage { Draft, Open, Closed, Published }

/// <summary>A question. <paramref name="Options"/> is empty for a text.</summary>
public sealed record Question(int Id, int Position, string Kind, string Wording, string[] Options, bool Required);

/// <summary>Result of one question: sums in the order of the options, how many answered it, remarks in an order drawn by lot.</summary>
public sealed record Result(int QuestionId, int[] Counts, int Answered, string[] Remarks);

/// <summary>How many were asked and took part, of one district or of what lies directly in the division (empty name).</summary>
public sealed record Turnout(string Division, int Asked, int TookPart, int OnPaper);

/// <summary>German words of the room.</summary>
internal static class SurveyWords
{
    public static readonly CultureInfo German = CultureInfo.GetCultureInfo("de-DE");

    public static readonly (string Value, string Text)[] Kinds =
        [("questionnaire", "Umfrage"), ("consultation", "Mitgliederbefragung (berät)"), ("binding-vote", "Mitgliederentscheid (bindet, auf Papier)")];

    public static readonly (string Value, string Text)[] QuestionKinds =
        [("agree", "Ja, Nein, Enthaltung"), ("one", "eine Antwort aus mehreren"), ("many", "mehrere Antworten"), ("scale", "Zustimmung von 1 bis 5"), ("text", "freier Text")];

    public static string KindOf(Survey s) => s.Kind switch { "consultation" => "Mitgliederbefragung", "binding-vote" => "Mitgliederentscheid", _ => "Umfrage" };

    public static string StageOf(Survey s, DateOnly today) => s.StageOn(today) switch
    {
        SurveyStage.Draft => "Entwurf",
        SurveyStage.Open => $"läuft bis {s.ClosesOn:d.M.yyyy}",
        SurveyStage.Closed => $"beendet am {s.ClosesOn:d.M.yyyy}, Ergebnis noch nicht bekannt gemacht",
        _ => $"Ergebnis vom {s.PublishedOn:d.M.yyyy}",
    };

    public static string Number(int n) => n.ToString("#,0", German);

    public static string Percent(int part, int of) => of == 0 ? "–" : (100m * part / of).ToString("0.0", German) + " %";

    /// <summary>Options of the kinds that have fixed ones.</summary>
    public static string[] FixedOptions(string kind) => kind switch { "agree" => ["Ja", "Nein", "Enthaltung"], "scale" => ["1 (gar nicht)", "2", "3", "4", "5 (voll)"], _ => [] };
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Anlauf.Platform;
using Anlauf.Platform.Database;
using Anlauf.Platform.Secrets;

namespace Anlauf.Rooms.Surveys;

/// <summary>What somebody filled in: chosen places by question, and words.</summary>
/// <param name="Choices">Question → indices into its options, from 0.</param>
/// <param name="Words">Question → free text.</param>
public sealed record AnswerSheet(IReadOnlyDictionary<int, int[]> Choices, IReadOnlyDictionary<int, string> Words)
{
    /// <summary>Longest free text.</summary>
    public const int MostWords = 1000;

    /// <summary>Reads a sheet from form fields „f12“ (choices) and „t12“ (words); what is no number is left out.</summary>
    public static AnswerSheet From(IEnumerable<Question> questions, Func<string, IEnumerable<string?>> field)
    {
        var all = questions.ToList();
        return new(
            all.ToDictionary(q => q.Id, q => field($"f{q.Id}").Select(v => int.TryParse(v, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : -1).Where(n => n >= 0).Distinct().ToArray()),
            all.ToDictionary(q => q.Id, q => field($"t{q.Id}").FirstOrDefault()?.Trim() ?? ""));
    }

    /// <summary>What does not fit, one refusal for each question, with „f12“ as its field.</summary>
    public IEnumerable<Refusal> Problems(IEnumerable<Question> questions)
    {
        foreach (var q in questions)
        {
            var chosen = Choices.GetValueOrDefault(q.Id, []);
            var words = Words.GetValueOrDefault(q.Id, "");
            if (chosen.Any(c => c >= q.Options.Length) || (q.Kind != "many" && chosen.Length > 1)) yield return new Refusal($"Frage {q.Position}: Diese Antwort steht nicht zur Wahl", $"f{q.Id}");
            else if (words.Length > MostWords) yield return new Refusal($"Frage {q.Position}: höchstens {MostWords:0} Zeichen", $"f{q.Id}");
            else if (q.Required && chosen.Length == 0 && words.Length == 0) yield return new Refusal($"Frage {q.Position} braucht eine Antwort", $"f{q.Id}");
        }
    }

    internal string ToJson() => JsonSerializer.Serialize(Choices.Keys.Union(Words.Keys).ToDictionary(id => id.ToString(CultureInfo.InvariantCulture), id => new { c = Choices.GetValueOrDefault(id, []), t = Words.GetValueOrDefault(id, "") }));
}

/// <summary>
/// Takes the answers of one person, signed in or by the personal link, once. What is kept cannot be led back to the person; where the
/// survey says before that it keeps names, each answer is sealed.
/// </summary>
public sealed class AnswerSurvey(Db db, FieldCipher cipher)
{
    /// <summary>What a personal link opens.</summary>
    public sealed record Opened(Survey Survey, IReadOnlyList<Question> Questions, bool TookPart);

    /// <summary>Hands in the sheet.</summary>
    /// <param name="link">Text of the personal link; null for the person who is signed in.</param>
    public async Task<Outcome<int>> HandleAsync(Survey survey, IReadOnlyList<Question> questions, AnswerSheet sheet, string? link = null, CancellationToken ct = default)
    {
        var problems = sheet.Problems(questions).ToList();
        if (problems.Count > 0) return problems[0] with { More = [.. problems.Skip(1)] };
        return await db.ScalarAsync<string>("select surveys.answer(@Id, @hash, @answers::jsonb, @sealed_::jsonb)", new { survey.Id, hash = link is null ? null : HashOf(link), answers = sheet.ToJson(), sealed_ = survey.Anonymous ? null : Sealed(questions, sheet) }, ct) switch
        {
            "taken" => survey.Id,
            "already" => new Refusal("Von Ihnen liegt schon eine Antwort vor. Sie lässt sich nicht ändern, weil niemand sie Ihnen zuordnen kann"),
            "closed" => new Refusal("Diese Umfrage ist vorbei"),
            "on-paper" => new Refusal("Über einen Entscheid wird auf Papier abgestimmt, nicht hier"),
            _ => new Refusal("Sie gehören nicht zu den Gefragten: Am Stichtag waren Sie hier nicht Mitglied"),
        };
    }

    /// <summary>The survey behind a personal link, with nothing about the person; null where the link is none.</summary>
    public async Task<Opened?> OpenAsync(string link, CancellationToken ct = default)
    {
        var hash = HashOf(link);
        if (await db.SingleAsync<Survey>("""
            select id, division_id, division, kind, title, introduction, statute_reference, electorate_on, quorum_percent, closes_on, anonymous, opened_on, published_on, false as may_run, true as asked, took_part from surveys.behind_link(@hash)
            """, new { hash }, ct) is not { } survey) return null;
        return new(survey, await db.QueryAsync<Question>("select id, position, kind, wording, options, required from surveys.questions_behind_link(@hash) order by position", new { hash }, ct), survey.TookPart);
    }

    private string Sealed(IEnumerable<Question> questions, AnswerSheet sheet)
    {
        var answers = new Dictionary<string, object>();
        foreach (var q in questions)
            if (NamedAnswers.InWords(q.Options, sheet.Choices.GetValueOrDefault(q.Id, []), sheet.Words.GetValueOrDefault(q.Id, "")) is { Length: > 0 } words)
            {
                var id = Guid.NewGuid();
                answers[q.Id.ToString(CultureInfo.InvariantCulture)] = new { id, answer = Convert.ToHexString(NamedAnswers.Seal(cipher, id, words)) };
            }
        return JsonSerializer.Serialize(answers);
    }

    internal static byte[] HashOf(string link) => SHA256.HashData(Encoding.UTF8.GetBytes(link));
}

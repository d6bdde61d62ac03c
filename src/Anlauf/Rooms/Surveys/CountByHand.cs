using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Anlauf.Platform;
using Anlauf.Platform.Database;

namespace Anlauf.Rooms.Surveys;

/// <summary>The paper side: envelopes that came back, and the record of each count with the names of those who counted.</summary>
public sealed class CountByHand(Db db)
{
    public sealed class EnvelopesInput
    {
        [Required(ErrorMessage = "Geben Sie die Nummern der Umschläge ein"), MaxLength(100_000, ErrorMessage = "Das sind zu viele Nummern auf einmal. Teilen Sie sie auf")] public string Numbers { get; set; } = "";
    }

    public sealed class Input
    {
        [Range(1, int.MaxValue, ErrorMessage = "Wählen Sie die Frage")] public int QuestionId { get; set; }
        [Required(ErrorMessage = "Wo wurde gezählt?"), MaxLength(120, ErrorMessage = "Der Ort ist zu lang: höchstens 120 Zeichen")] public string Place { get; set; } = "";
        [Required(ErrorMessage = "Wann wurde gezählt?")] public DateOnly? CountedOn { get; set; }
        [Required(ErrorMessage = "Wer hat gezählt? Nennen Sie mindestens zwei Namen"), MaxLength(300, ErrorMessage = "Das ist zu lang: höchstens 300 Zeichen")] public string Counters { get; set; } = "";
        /// <summary>One line for each answer: „Ja: 120“ or only 120, in the order of the answers.</summary>
        [Required(ErrorMessage = "Geben Sie die Stimmen ein")] public string Counts { get; set; } = "";
        [Range(0, 1_000_000, ErrorMessage = "Ungültige Stimmen sind eine Zahl ab 0")] public int Invalid { get; set; }
    }

    /// <summary>A count as entered.</summary>
    public sealed record Entered(int QuestionId, string Place, DateOnly CountedOn, string Counters, int[] Counts, int Invalid);

    /// <summary>All counts of a survey.</summary>
    public Task<IReadOnlyList<Entered>> ListAsync(int survey, CancellationToken ct = default) =>
        db.QueryAsync<Entered>("select question_id, place, counted_on, counters, counts, invalid from surveys.paper_count where survey_id = @survey order by question_id, place", new { survey }, ct);

    /// <summary>Marks envelopes as come back; returns how many. Numbers that are unknown, entered before or answered online are named and nothing is marked.</summary>
    public Task<Outcome<int>> EnterEnvelopesAsync(int survey, EnvelopesInput input, CancellationToken ct = default) => db.InTransactionAsync<Outcome<int>>(async () =>
    {
        var words = input.Numbers.Split([' ', '\n', '\r', '\t', ',', ';'], StringSplitOptions.RemoveEmptyEntries);
        if (words.FirstOrDefault(w => !int.TryParse(w, NumberStyles.None, CultureInfo.InvariantCulture, out _)) is { } odd) return new Refusal($"„{odd}“ ist keine Nummer. Trennen Sie die Nummern durch Leerzeichen oder Zeilen", nameof(EnvelopesInput.Numbers));
        var numbers = words.Select(w => int.Parse(w, CultureInfo.InvariantCulture)).Distinct().ToArray();
        if (numbers.Length == 0) return new Refusal("Geben Sie die Nummern der Umschläge ein", nameof(EnvelopesInput.Numbers));
        if (!await db.ScalarAsync<bool>("select surveys.may_run(@survey) and exists (select from surveys.survey where id = @survey and opened_on is not null and published_on is null)", new { survey }, ct)) return new Refusal("Umschläge lassen sich nur eintragen, solange das Ergebnis nicht bekannt ist");
        var refused = await db.QueryAsync<(int Number, string Reason)>("select number, reason from surveys.enter_envelopes(@survey, @numbers)", new { survey, numbers }, ct);
        if (refused.Count == 0) return numbers.Length;
        static string Said(string reason) => reason switch { "unknown" => "steht nicht im Verzeichnis", "twice" => "ist schon eingetragen", _ => "hat schon am Bildschirm geantwortet" };
        return new Refusal(string.Join("; ", refused.Take(10).Select(r => $"{r.Number} {Said(r.Reason)}")) + (refused.Count > 10 ? $" und {refused.Count - 10} weitere" : "") + ". Noch ist nichts eingetragen", nameof(EnvelopesInput.Numbers));
    }, ct);

    /// <summary>Enters a count, or the same place again. More votes than envelopes are refused.</summary>
    public async Task<Outcome<int>> HandleAsync(int survey, Input input, CancellationToken ct = default)
    {
        var options = await db.ScalarAsync<string[]>("select q.options from surveys.question q join surveys.survey s on s.id = q.survey_id where q.id = @QuestionId and s.id = @survey and s.opened_on is not null and s.closes_on < current_date and s.published_on is null and surveys.may_run(s.id)", new { input.QuestionId, survey }, ct);
        if (options is null) return new Refusal("Gezählt wird, wenn die Abstimmung vorbei und das Ergebnis noch nicht bekannt ist");
        if (input.Counters.Split([',', ';', '&'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Length < 2 && !input.Counters.Contains(" und ", StringComparison.Ordinal)) return new Refusal("Gezählt wird zu zweit. Nennen Sie mindestens zwei Namen", nameof(Input.Counters));
        var lines = input.Counts.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (lines.Length != options.Length) return new Refusal($"Erwartet werden {options.Length} Zeilen, eine für jede Antwort: {string.Join(", ", options)}", nameof(Input.Counts));
        var counts = new int[options.Length];
        for (var i = 0; i < lines.Length; i++)
            if (!int.TryParse(lines[i][(lines[i].LastIndexOf(':') + 1)..].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out counts[i]) || counts[i] > 1_000_000)
                return new Refusal($"Zeile {i + 1} („{lines[i]}“) ist keine Zahl. Schreiben Sie zum Beispiel „{options[i]}: 120“", nameof(Input.Counts));
        var (returned, counted) = await db.SingleAsync<(int, int)>("""
            select coalesce((select sum(on_paper) from surveys.turnout(@survey)), 0)::int, coalesce((select sum(invalid + (select sum(c) from unnest(counts) c)) from surveys.paper_count where question_id = @QuestionId and place <> @Place), 0)::int
            """, new { survey, input.QuestionId, input.Place }, ct);
        if (counted + counts.Sum() + input.Invalid > returned)
            return new Refusal($"{counted + counts.Sum() + input.Invalid} Stimmen sind mehr als die {returned} eingetragenen Umschläge. Tragen Sie zuerst alle Umschläge ein oder prüfen Sie die Zählung", nameof(Input.Counts));
        return await db.ExecuteAsync("""
            insert into surveys.paper_count (survey_id, question_id, place, counted_on, counters, counts, invalid) values (@survey, @QuestionId, @place, @CountedOn, @counters, @counts, @Invalid)
            on conflict (question_id, place) do update set counted_on = excluded.counted_on, counters = excluded.counters, counts = excluded.counts, invalid = excluded.invalid
            """, new { survey, input.QuestionId, place = input.Place.Trim(), input.CountedOn, counters = input.Counters.Trim(), counts, input.Invalid }, ct);
    }
}

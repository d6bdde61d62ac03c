using System.ComponentModel.DataAnnotations;
using Anlauf.Platform;
using Anlauf.Platform.Database;

namespace Anlauf.Rooms.Surveys;

/// <summary>Writes a draft. A vote and a consultation name the statute they rest on; what is open is changed no more.</summary>
public sealed class SaveSurvey(Db db, TimeProvider clock)
{
    public sealed class Input
    {
        public int? Id { get; set; }
        [Range(1, int.MaxValue, ErrorMessage = "Wählen Sie, wessen Mitglieder gefragt werden")] public int DivisionId { get; set; }
        [Required] public string Kind { get; set; } = "questionnaire";
        [Required(ErrorMessage = "Geben Sie einen Titel ein"), MaxLength(200, ErrorMessage = "Der Titel ist zu lang: höchstens 200 Zeichen")] public string Title { get; set; } = "";
        [MaxLength(4000, ErrorMessage = "Die Einleitung ist zu lang: höchstens 4.000 Zeichen")] public string? Introduction { get; set; }
        [MaxLength(200, ErrorMessage = "Die Grundlage ist zu lang: höchstens 200 Zeichen")] public string? StatuteReference { get; set; }
        [Required(ErrorMessage = "Nennen Sie den Stichtag")] public DateOnly? ElectorateOn { get; set; }
        [Range(0.1, 100, ErrorMessage = "Die Beteiligung ist ein Anteil zwischen 0,1 und 100 Prozent")] public decimal? QuorumPercent { get; set; }
        [Required(ErrorMessage = "Nennen Sie den letzten Tag")] public DateOnly? ClosesOn { get; set; }
        public bool Named { get; set; }
    }

    /// <summary>Writes the draft; returns its id.</summary>
    public async Task<Outcome<int>> HandleAsync(Input input, CancellationToken ct = default)
    {
        var today = DateOnly.FromDateTime(clock.GetLocalNow().Date);
        if (!SurveyWords.Kinds.Any(k => k.Value == input.Kind)) return new Refusal("Wählen Sie die Art", nameof(Input.Kind));
        var vote = input.Kind != "questionnaire";
        if (vote && string.IsNullOrWhiteSpace(input.StatuteReference)) return new Refusal("Worauf beruht sie? Nennen Sie den Paragrafen der Satzung oder den Beschluss", nameof(Input.StatuteReference));
        if (vote && input.Named) return new Refusal("Eine Befragung oder ein Entscheid der Mitglieder ist geheim. Nehmen Sie das Häkchen heraus oder wählen Sie „Umfrage“", nameof(Input.Named));
        if (input.ElectorateOn > today) return new Refusal("Der Stichtag liegt in der Zukunft. Wer dann Mitglied ist, steht noch nicht fest", nameof(Input.ElectorateOn));
        if (input.ClosesOn < today) return new Refusal("Der letzte Tag ist schon vorbei", nameof(Input.ClosesOn));
        if (!await db.ScalarAsync<bool>("select coalesce(@DivisionId = any (access.divisions_for('P1', 'surveys', 'edit')), false)", input, ct)) return new Refusal("Die Mitglieder dieser Gliederung können Sie nicht befragen", nameof(Input.DivisionId));
        var values = new { input.Id, input.DivisionId, input.Kind, title = input.Title.Trim(), introduction = input.Introduction?.Trim() ?? "", statute = string.IsNullOrWhiteSpace(input.StatuteReference) ? null : input.StatuteReference.Trim(), input.ElectorateOn, input.QuorumPercent, input.ClosesOn, anonymous = !input.Named };
        var id = await db.ScalarAsync<int?>(input.Id is null
            ? """
              insert into surveys.survey (division_id, kind, title, introduction, statute_reference, electorate_on, quorum_percent, closes_on, anonymous)
              values (@DivisionId, @Kind, @title, @introduction, @statute, @ElectorateOn, @QuorumPercent, @ClosesOn, @anonymous) returning id
              """
            : """
              update surveys.survey set division_id = @DivisionId, kind = @Kind, title = @title, introduction = @introduction, statute_reference = @statute, electorate_on = @ElectorateOn, quorum_percent = @QuorumPercent,
                closes_on = @ClosesOn, anonymous = @anonymous where id = @Id and opened_on is null returning id
              """, values, ct);
        return id is { } saved ? saved : new Refusal("Diese Umfrage läuft schon oder gehört nicht zu Ihrem Bereich; sie ist nicht mehr zu ändern");
    }

    /// <summary>Throws a draft away.</summary>
    public async Task<Outcome<int>> DiscardAsync(int id, CancellationToken ct = default) =>
        await db.ExecuteAsync("delete from surveys.survey where id = @id and opened_on is null", new { id }, ct) is 1 and var one ? one : new Refusal("Nur ein Entwurf lässt sich verwerfen");
}

/// <summary>Adds a question to a draft, changes it or takes it out.</summary>
public sealed class SaveQuestion(Db db)
{
    public sealed class Input
    {
        public int? Id { get; set; }
        [Required] public string Kind { get; set; } = "agree";
        [Required(ErrorMessage = "Schreiben Sie die Frage"), MaxLength(500, ErrorMessage = "Die Frage ist zu lang: höchstens 500 Zeichen")] public string Wording { get; set; } = "";
        /// <summary>One answer in each line.</summary>
        [MaxLength(4000, ErrorMessage = "Die Antworten sind zu lang: höchstens 4.000 Zeichen")] public string? Options { get; set; }
        public bool Required { get; set; }
    }

    /// <summary>Writes the question; returns its id.</summary>
    public async Task<Outcome<int>> HandleAsync(int survey, Input input, CancellationToken ct = default)
    {
        if (!SurveyWords.QuestionKinds.Any(k => k.Value == input.Kind)) return new Refusal("Wählen Sie die Art der Antwort", nameof(Input.Kind));
        if (await db.SingleAsync<(string Kind, bool Draft)>("select kind, opened_on is null from surveys.survey where id = @survey and division_id = any ((select access.divisions_for('P1', 'surveys', 'edit'))::integer[])", new { survey }, ct) is not { Draft: true } its)
            return new Refusal("Nur an einem Entwurf lassen sich Fragen ändern");
        if (its.Kind != "questionnaire" && input.Kind is not ("agree" or "one")) return new Refusal("Befragung und Entscheid haben nur Fragen mit Ja, Nein, Enthaltung oder mit einer Antwort aus mehreren", nameof(Input.Kind));
        var own = (input.Options ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (input.Kind is "one" or "many")
        {
            if (own.Length < 2) return new Refusal("Nennen Sie mindestens zwei Antworten, jede in einer eigenen Zeile", nameof(Input.Options));
            if (own.Length > 30) return new Refusal("Mehr als 30 Antworten liest niemand. Fassen Sie zusammen", nameof(Input.Options));
            if (own.GroupBy(o => o, StringComparer.CurrentCultureIgnoreCase).FirstOrDefault(g => g.Count() > 1) is { } twice) return new Refusal($"„{twice.Key}“ steht zweimal da", nameof(Input.Options));
        }
        var values = new { input.Id, survey, input.Kind, wording = input.Wording.Trim(), options = input.Kind is "one" or "many" ? own : SurveyWords.FixedOptions(input.Kind), input.Required };
        var id = await db.ScalarAsync<int?>(input.Id is null
            ? "insert into surveys.question (survey_id, position, kind, wording, options, required) select @survey, coalesce(max(position), 0) + 1, @Kind, @wording, @options, @Required from surveys.question where survey_id = @survey returning id"
            : "update surveys.question set kind = @Kind, wording = @wording, options = @options, required = @Required where id = @Id and survey_id = @survey returning id", values, ct);
        return id is { } saved ? saved : new Refusal("Diese Frage gibt es nicht mehr");
    }

    /// <summary>Takes a question out.</summary>
    public async Task<Outcome<int>> RemoveAsync(int survey, int question, CancellationToken ct = default) =>
        await db.ExecuteAsync("delete from surveys.question where id = @question and survey_id = @survey", new { survey, question }, ct) is 1 and var one ? one : new Refusal("Nur aus einem Entwurf lässt sich eine Frage herausnehmen");
}

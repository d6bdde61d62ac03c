using System.Globalization;
using Anlauf.Platform.Audit;
using Anlauf.Platform.Database;
using Anlauf.Platform.Secrets;

namespace Anlauf.Rooms.Surveys;

/// <summary>Reads surveys as far as the acting person reaches, and results as far as they may be known.</summary>
public sealed class SurveyRegister(Db db, FieldCipher cipher, AuditLog audit)
{
    private const string Columns = """
        select s.id, s.division_id, d.name as division, s.kind, s.title, s.introduction, s.statute_reference, s.electorate_on, s.quorum_percent, s.closes_on, s.anonymous, s.opened_on, s.published_on,
          coalesce(s.division_id = any ((select access.divisions_for('P1', 'surveys', 'edit'))::integer[]), false) as may_run, e.person_id is not null as asked, coalesce(e.took_part, false) as took_part
        from surveys.survey s join organisation.division d on d.id = s.division_id left join surveys.elector e on e.survey_id = s.id and e.person_id = access.person_id()
        """;

    /// <summary>All that the acting person sees: open ones first, then drafts, then those that are over, newest first.</summary>
    public Task<IReadOnlyList<Survey>> ListAsync(CancellationToken ct = default) =>
        db.QueryAsync<Survey>($"{Columns} order by (s.opened_on is not null and s.closes_on >= current_date) desc, s.opened_on is not null, s.closes_on desc, s.id desc limit 200", ct: ct);

    /// <summary>One survey; null where it does not exist or is out of reach.</summary>
    public Task<Survey?> FindAsync(int id, CancellationToken ct = default) => db.SingleAsync<Survey>($"{Columns} where s.id = @id", new { id }, ct);

    /// <summary>Its questions in order.</summary>
    public Task<IReadOnlyList<Question>> QuestionsAsync(int survey, CancellationToken ct = default) =>
        db.QueryAsync<Question>("select id, position, kind, wording, options, required from surveys.question where survey_id = @survey order by position", new { survey }, ct);

    /// <summary>How many were asked and took part, by the divisions directly below.</summary>
    public Task<IReadOnlyList<Turnout>> TurnoutAsync(int survey, CancellationToken ct = default) => db.QueryAsync<Turnout>("""
        select division, asked, took_part, on_paper from surveys.turnout(@survey)
        union all select '', asked, took_part, 0 from surveys.survey where id = @survey and asked is not null and not exists (select from surveys.turnout(@survey))
        """, new { survey }, ct);

    private sealed record Counted
    {
        public int QuestionId { get; init; }
        public int[] Counts { get; init; } = [];
        public int Answered { get; init; }
        public string[] Remarks { get; init; } = [];
        public Guid[] SealedIds { get; init; } = [];
        public byte[][] Sealed { get; init; } = [];
    }

    /// <summary>Results by question; empty while it is open, before it is made known, and from fewer than ten answers. Who opens answers given with a name stands in the log.</summary>
    public async Task<IReadOnlyDictionary<int, Result>> ResultsAsync(int survey, CancellationToken ct = default)
    {
        var counted = await db.QueryAsync<Counted>("select question_id, counts, answered, remarks, sealed_ids, sealed from surveys.result(@survey)", new { survey }, ct);
        if (counted.Any(c => c.Sealed.Length > 0)) await audit.ReadAsync("surveys.named_answer", survey.ToString(CultureInfo.InvariantCulture), ct: ct);
        return counted.ToDictionary(r => r.QuestionId, r => new Result(r.QuestionId, r.Counts, r.Answered, [.. r.Remarks, .. r.SealedIds.Zip(r.Sealed, (id, answer) => NamedAnswers.Open(cipher, id, answer))]));
    }

    /// <summary>How many would be asked if it were opened now.</summary>
    public Task<int> WouldAskAsync(int survey, CancellationToken ct = default) => db.ScalarAsync<int>("select surveys.would_ask(@survey)", new { survey }, ct);

    /// <summary>Divisions whose members the acting person may ask.</summary>
    public Task<IReadOnlyList<(int Id, string Name)>> DivisionsAsync(CancellationToken ct = default) => db.QueryAsync<(int, string)>("""
        select id, name from organisation.division where dissolved_on is null and id = any ((select access.divisions_for('P1', 'surveys', 'edit'))::integer[]) order by parent_id nulls first, name collate "de-x-icu"
        """, ct: ct);
}

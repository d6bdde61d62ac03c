using System.ComponentModel.DataAnnotations;
using Anlauf.Platform;
using Anlauf.Platform.Database;

namespace Anlauf.Rooms.Privacy.Breaches;

/// <summary>Breaches of personal data and their clock: 72 hours to the supervisory authority (Art. 33), without delay to the persons where the risk is high (Art. 34).</summary>
public sealed class BreachRegister(Db db, Actor actor, TimeProvider clock)
{
    /// <summary>Hours between noticing and reporting.</summary>
    public const int Hours = 72;

    /// <summary>A breach as it stands in the register.</summary>
    public sealed record Row(int Id, int DivisionId, string Division, string Title, DateTime NoticedAt, string WhatHappened, int? PersonsAffected, string Risk, string Measures, DateTime? ReportedAt, string Explanation, DateTime? PersonsToldAt, DateOnly? ClosedOn)
    {
        /// <summary>Last moment to report.</summary>
        public DateTime Deadline => NoticedAt.AddHours(Hours);

        /// <summary>True where it had to be reported and was not in time.</summary>
        public bool IsLate(DateTimeOffset now) => Risk != "none" && (ReportedAt is { } at ? at > Deadline : ClosedOn is null && now.UtcDateTime > Deadline.ToUniversalTime());
    }

    /// <summary>What is known so far; the register is filled step by step.</summary>
    public sealed class Input
    {
        public int? Id { get; set; }
        [Range(1, int.MaxValue, ErrorMessage = "Wählen Sie die Gliederung")] public int DivisionId { get; set; }
        [Required(ErrorMessage = "Sagen Sie in wenigen Worten, was geschehen ist")] public string Title { get; set; } = "";
        [Required(ErrorMessage = "Wann wurde es bemerkt? Davon läuft die Frist")] public DateTime? NoticedAt { get; set; }
        public string WhatHappened { get; set; } = "";
        [Range(0, 10_000_000, ErrorMessage = "Die Zahl der Betroffenen kann nicht unter null liegen")] public int? PersonsAffected { get; set; }
        public string Risk { get; set; } = "unknown";
        public string Measures { get; set; } = "";
        public DateTime? ReportedAt { get; set; }
        public string Explanation { get; set; } = "";
        public DateTime? PersonsToldAt { get; set; }
        public bool Closed { get; set; }
    }

    private const string Select = """
        select b.id, b.division_id, d.name as division, b.title, b.noticed_at, b.what_happened, b.persons_affected, b.risk, b.measures, b.reported_at, b.explanation, b.persons_told_at, b.closed_on
        from privacy.breach b join organisation.division d on d.id = b.division_id
        """;

    /// <summary>Open ones first, then newest.</summary>
    public Task<IReadOnlyList<Row>> ListAsync(CancellationToken ct = default) => db.QueryAsync<Row>(Select + " order by b.closed_on is not null, b.noticed_at desc", ct: ct);

    /// <summary>One breach, or null.</summary>
    public Task<Row?> FindAsync(int id, CancellationToken ct = default) => db.SingleAsync<Row>(Select + " where b.id = @id", new { id }, ct);

    /// <summary>Divisions a breach may be entered for.</summary>
    public Task<IReadOnlyList<(int Id, string Name)>> DivisionsAsync(CancellationToken ct = default) => db.QueryAsync<(int, string)>(
        "select id, name from organisation.division where id = any ((select access.divisions_for('P8', 'privacy', 'edit'))::integer[]) order by parent_id nulls first, name collate \"de-x-icu\"", ct: ct);

    /// <summary>Enters or completes a breach.</summary>
    public async Task<Outcome<int>> SaveAsync(Input input, CancellationToken ct = default)
    {
        var now = clock.GetLocalNow().DateTime;
        if (input.NoticedAt > now) return new Refusal("Der Zeitpunkt, zu dem es bemerkt wurde, liegt in der Zukunft", nameof(input.NoticedAt));
        if (input.ReportedAt < input.NoticedAt) return new Refusal("Gemeldet werden kann erst, was bemerkt ist", nameof(input.ReportedAt));
        var late = input.ReportedAt > input.NoticedAt?.AddHours(Hours);
        if (late && string.IsNullOrWhiteSpace(input.Explanation)) return new Refusal("Die Meldung kam nach mehr als 72 Stunden. Sagen Sie, warum (Art. 33 Abs. 1)", nameof(input.Explanation));
        if (input.Closed && input.Risk == "unknown") return new Refusal("Schätzen Sie das Risiko ein, bevor Sie abschließen", nameof(input.Risk));
        if (input.Closed && input.Risk is "risk" or "high" && input.ReportedAt is null) return new Refusal("Bei einem Risiko muss die Aufsichtsbehörde Bescheid wissen. Tragen Sie ein, wann gemeldet wurde", nameof(input.ReportedAt));
        if (input.Closed && input.Risk == "high" && input.PersonsToldAt is null) return new Refusal("Bei hohem Risiko müssen die Betroffenen Bescheid wissen (Art. 34). Tragen Sie ein, wann sie benachrichtigt wurden", nameof(input.PersonsToldAt));
        if (input.Closed && input.Risk == "none" && string.IsNullOrWhiteSpace(input.Explanation)) return new Refusal("Sagen Sie, warum kein Risiko besteht: das muss nachgewiesen werden", nameof(input.Explanation));
        var values = new
        {
            input.Id,
            input.DivisionId,
            Title = input.Title.Trim(),
            NoticedAt = Utc(input.NoticedAt),
            input.WhatHappened,
            input.PersonsAffected,
            input.Risk,
            input.Measures,
            ReportedAt = Utc(input.ReportedAt),
            input.Explanation,
            PersonsToldAt = Utc(input.PersonsToldAt),
            ClosedOn = input.Closed ? DateOnly.FromDateTime(now) : (DateOnly?)null,
            By = actor.PersonId,
        };
        if (input.Id is null)
        {
            if ((await DivisionsAsync(ct)).All(d => d.Id != input.DivisionId)) return new Refusal("Diese Gliederung gehört nicht zu Ihrem Bereich", nameof(input.DivisionId));
            return await db.ScalarAsync<int>("""
                insert into privacy.breach (division_id, title, noticed_at, what_happened, persons_affected, risk, measures, reported_at, explanation, persons_told_at, closed_on, created_by)
                values (@DivisionId, @Title, @NoticedAt, coalesce(@WhatHappened, ''), @PersonsAffected, @Risk, coalesce(@Measures, ''), @ReportedAt, coalesce(@Explanation, ''), @PersonsToldAt, @ClosedOn, @By) returning id
                """, values, ct);
        }
        return await db.ExecuteAsync("""
            update privacy.breach set title = @Title, noticed_at = @NoticedAt, what_happened = coalesce(@WhatHappened, ''), persons_affected = @PersonsAffected, risk = @Risk, measures = coalesce(@Measures, ''),
              reported_at = @ReportedAt, explanation = coalesce(@Explanation, ''), persons_told_at = @PersonsToldAt, closed_on = coalesce(closed_on, @ClosedOn) where id = @Id
            """, values, ct) == 1 ? input.Id.Value : new Refusal("Diesen Vorfall gibt es nicht, oder er gehört nicht zu Ihrem Bereich");
    }

    private DateTime? Utc(DateTime? local) => local is { } l ? TimeZoneInfo.ConvertTimeToUtc(DateTime.SpecifyKind(l, DateTimeKind.Unspecified), clock.LocalTimeZone) : null;
}

/// <summary>Words of breaches.</summary>
internal static class BreachWords
{
    public static (string Value, string Text)[] Risks { get; } = [("unknown", "noch nicht eingeschätzt"), ("none", "kein Risiko"), ("risk", "Risiko: Behörde benachrichtigen"), ("high", "hohes Risiko: auch die Betroffenen")];

    /// <summary>The clock in words.</summary>
    public static string Clock(BreachRegister.Row b, DateTimeOffset now)
    {
        if (b.ReportedAt is { } at) return $"gemeldet nach {Math.Ceiling((at - b.NoticedAt).TotalHours)} Stunden";
        if (b.ClosedOn is not null) return "abgeschlossen, nicht meldepflichtig";
        var left = b.Deadline.ToUniversalTime() - now.UtcDateTime;
        return left > TimeSpan.Zero ? $"noch {Math.Floor(left.TotalHours)} Stunden" : $"seit {Math.Floor(-left.TotalHours)} Stunden überfällig";
    }
}

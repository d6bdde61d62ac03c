using Anlauf.Platform;
using Anlauf.Platform.Database;

namespace Anlauf.Rooms.Privacy.Requests;

/// <summary>Requests of persons, the most urgent first.</summary>
public sealed class RequestRegister(Db db)
{
    /// <summary>A request with its deadline.</summary>
    public sealed record Row(int Id, string Kind, DateOnly ReceivedOn, string Channel, DateOnly Due, bool Extended, int? PersonId, string? Person, string Division, int DivisionId,
        DateOnly? IdentifiedOn, string? IdentifiedBy, DateTime? PreparedAt, int? PreparedBy, string? PreparedByName, DateTime? ConfirmedAt, string? ConfirmedByName, DateOnly? AnsweredOn, string? Outcome)
    {
        /// <summary>Why nothing may be handed out yet; null once it is noted how the person was recognised (Art. 12 Abs. 6).</summary>
        public Refusal? Withheld => IdentifiedOn is null ? new(RequestWords.CheckFirst) : null;
    }

    private const string Select = """
        select r.id, r.kind, r.received_on, r.channel, privacy.due(r) as due, r.extended, r.person_id, privacy.name_of(r.id) as person, d.name as division, r.division_id,
          r.identified_on, r.identified_by, r.prepared_at, r.prepared_by, p.name as prepared_by_name, r.confirmed_at, c.name as confirmed_by_name, r.answered_on, r.outcome
        from privacy.request r join organisation.division d on d.id = r.division_id left join organisation.officer p on p.person_id = r.prepared_by left join organisation.officer c on c.person_id = r.confirmed_by
        """;

    /// <summary>Open requests by deadline.</summary>
    public Task<IReadOnlyList<Row>> OpenAsync(CancellationToken ct = default) => db.QueryAsync<Row>(Select + " where r.answered_on is null order by privacy.due(r), r.id", ct: ct);

    /// <summary>Answered requests, newest first.</summary>
    public Task<IReadOnlyList<Row>> AnsweredAsync(int limit = 20, CancellationToken ct = default) => db.QueryAsync<Row>(Select + " where r.answered_on is not null order by r.answered_on desc, r.id desc limit @limit", new { limit }, ct);

    /// <summary>Erasures that wait for the acting person's confirmation.</summary>
    public Task<IReadOnlyList<Row>> ToConfirmAsync(CancellationToken ct = default) => db.QueryAsync<Row>(Select + """
         where r.kind = 'erasure' and r.prepared_at is not null and r.confirmed_by is null and r.answered_on is null and r.prepared_by is distinct from access.person_id()
           and r.division_id = any ((select access.editable_divisions('P1', 'erasure'))::integer[]) order by privacy.due(r)
        """, ct: ct);

    /// <summary>One request within reach, or null.</summary>
    public Task<Row?> FindAsync(int id, CancellationToken ct = default) => db.SingleAsync<Row>(Select + " where r.id = @id", new { id }, ct);

    /// <summary>Somebody a request may be about.</summary>
    public sealed record Candidate(int Id, string Name, string Division);

    /// <summary>Persons within reach whose name or mail begins like this; at least three letters.</summary>
    public Task<IReadOnlyList<Candidate>> PersonsAsync(string asked, CancellationToken ct = default) => db.QueryAsync<Candidate>("select id, name, division from privacy.find_person(@asked)", new { asked }, ct);
}

/// <summary>Words of requests.</summary>
internal static class RequestWords
{
    public const string CheckFirst = "Prüfen Sie zuerst, ob die Anfrage wirklich von dieser Person kommt";
    public static (string Value, string Text)[] Kinds { get; } = [("access", "Auskunft"), ("rectification", "Berichtigung"), ("erasure", "Löschung"), ("restriction", "Einschränkung"), ("objection", "Keine Ansprache mehr")];
    public static (string Value, string Text)[] Channels { get; } = [("mail", "E-Mail"), ("letter", "Brief"), ("talk", "Gespräch"), ("portal", "Portal"), ("link", "persönlicher Link")];
    public static (string Value, string Text)[] Identities { get; } = [("reply", "Antwort über die bekannte Adresse"), ("document", "Ausweis gesehen"), ("known", "persönlich bekannt"), ("link", "persönlicher Link an die bekannte Adresse")];
    public static (string Value, string Text)[] Outcomes { get; } = [("done", "erledigt"), ("partly", "teilweise, ein Rest bleibt gesperrt"), ("refused", "abgelehnt, mit Begründung"), ("withdrawn", "zurückgezogen")];
    public static (string Value, string Text)[] HoldReasons { get; } = [("payment", "Zahlung noch offen"), ("records", "Beleg, § 24 Abs. 2 PartG"), ("claim", "Anspruch wird geprüft"), ("election", "Wahlprüfung läuft"), ("proceedings", "Verfahren läuft")];
    public static string Of((string Value, string Text)[] words, string? value) => words.FirstOrDefault(w => w.Value == value).Text ?? value ?? "–";
}

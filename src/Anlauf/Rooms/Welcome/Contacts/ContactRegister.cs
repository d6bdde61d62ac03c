using System.ComponentModel.DataAnnotations;
using Anlauf.Platform;
using Anlauf.Platform.Database;

namespace Anlauf.Rooms.Welcome.Contacts;

/// <summary>Who welcomes new members where, how many at once, and when they are away.</summary>
public sealed class ContactRegister(Db db, TimeProvider clock)
{
    /// <param name="Away">Last day of an absence that holds today or comes.</param>
    /// <param name="LeftOffice">Last day of an office that ended within 90 days, where none is held any more: whether this goes on is a question.</param>
    public sealed record Row(int Id, int PersonId, string Name, int DivisionId, string Division, int Capacity, int Open, DateOnly? AwayFrom, DateOnly? Away, string? StandIn, DateOnly? LeftOffice, bool MayEdit);
    /// <summary>A division in which somebody arrives and nobody is named.</summary>
    public sealed record Gap(int DivisionId, string Division, int Arrivals);

    public sealed class Input
    {
        public int DivisionId { get; set; }
        [Required(ErrorMessage = "Nennen Sie die Person mit Vor- und Nachnamen")] public string Name { get; set; } = "";
        [Range(1, 500, ErrorMessage = "Nennen Sie, wie viele Menschen zugleich: 1 bis 500")] public int Capacity { get; set; } = 10;
    }

    public sealed class Absence
    {
        public int ContactId { get; set; }
        [Required(ErrorMessage = "Nennen Sie den ersten Tag")] public DateOnly? From { get; set; }
        [Required(ErrorMessage = "Nennen Sie den letzten Tag")] public DateOnly? To { get; set; }
        /// <summary>Person of another contact; 0 for nobody.</summary>
        public int StandIn { get; set; }
    }

    private const string Rows = """
        select c.id, c.person_id, coalesce((select n.name from welcome.named_contact n where n.person_id = c.person_id), '') as name, c.division_id, d.short_name as division, c.capacity,
          (select count(*)::int from welcome.arrival a where a.closed_on is null and a.contact_person_id = c.person_id) as open, b.valid_from as away_from, b.valid_to as away, (select n.name from welcome.named_contact n where n.person_id = b.stand_in_id) as stand_in,
          (select max(h.valid_to) from organisation.office_holding h where h.person_id = c.person_id having max(coalesce(h.valid_to, 'infinity'::date)) between current_date - 90 and current_date - 1) as left_office,
          c.division_id = any ((select access.divisions_for('P2', 'welcome', 'edit'))::integer[]) or c.person_id = (select access.person_id()) as may_edit
        from welcome.contact c join organisation.division d on d.id = c.division_id
        left join lateral (select x.valid_from, x.valid_to, x.stand_in_id from welcome.absence x where x.contact_id = c.id and x.valid_to >= current_date order by x.valid_from limit 1) b on true
        where current_date between c.valid_from and coalesce(c.valid_to, 'infinity'::date)
        """;

    /// <summary>Contacts within reach; the own entry always.</summary>
    public Task<IReadOnlyList<Row>> ListAsync(CancellationToken ct = default) => db.QueryAsync<Row>(Rows + " order by d.name collate \"de-x-icu\", name collate \"de-x-icu\"", ct: ct);

    /// <summary>One of them.</summary>
    public Task<Row?> FindAsync(int id, CancellationToken ct = default) => db.SingleAsync<Row>(Rows + " and c.id = @id", new { id }, ct);

    /// <summary>Where somebody arrives and nobody is responsible.</summary>
    public Task<IReadOnlyList<Gap>> GapsAsync(CancellationToken ct = default) => db.QueryAsync<Gap>("""
        select a.division_id, d.short_name as division, count(*)::int as arrivals from welcome.arrival a join organisation.division d on d.id = a.division_id where a.closed_on is null and a.contact_person_id is null group by 1, 2 order by 3 desc, 2
        """, ct: ct);

    /// <summary>Divisions in which the acting person names contacts.</summary>
    public Task<IReadOnlyList<(int Id, string Name)>> DivisionsAsync(CancellationToken ct = default) => db.QueryAsync<(int, string)>("""
        select id, name from organisation.division where dissolved_on is null and id = any ((select access.divisions_for('P2', 'welcome', 'edit'))::integer[]) order by parent_id nulls first, name collate "de-x-icu"
        """, ct: ct);

    /// <summary>Names somebody by name; people the acting person does not see are not found. Those who wait without a contact are given out at once.</summary>
    public Task<Outcome<int>> AddAsync(Input input, CancellationToken ct = default) => db.InTransactionAsync<Outcome<int>>(async () =>
    {
        if (!await db.ScalarAsync<bool>("select coalesce(@DivisionId = any ((select access.divisions_for('P2', 'welcome', 'edit'))::integer[]), false)", input, ct))
            return new Refusal("In dieser Gliederung benennen Sie keine Ansprechpersonen. Wählen Sie eine andere", nameof(Input.DivisionId));
        var found = await db.QueryAsync<int>("""
            select p.id from organisation.person p where p.id in (select f.id from organisation.find_persons(@name, null, 'name', false, 0, 25) f) and lower(p.given_name || ' ' || p.family_name) = lower(@name)
            union select o.person_id from organisation.officer o where lower(o.given_name || ' ' || o.family_name) = lower(@name) limit 3
            """, new { name = input.Name.Trim() }, ct);
        if (found.Count == 0) return new Refusal($"{input.Name.Trim()} steht nicht in Ihrem Register. Nennen Sie Vor- und Nachnamen, oder tragen Sie die Person zuerst ein", nameof(Input.Name));
        if (found.Count > 1) return new Refusal($"Es gibt mehrere Personen mit dem Namen {input.Name.Trim()}. Unterscheiden Sie die Namen im Register, zum Beispiel durch einen Titel", nameof(Input.Name));
        if (await db.ScalarAsync<bool>("select exists (select from welcome.contact where division_id = @DivisionId and person_id = @person and coalesce(valid_to, 'infinity'::date) >= current_date)", new { input.DivisionId, person = found[0] }, ct))
            return new Refusal($"{input.Name.Trim()} ist dort schon Ansprechperson", nameof(Input.Name));
        var id = await db.ScalarAsync<int>("insert into welcome.contact (division_id, person_id, capacity) values (@DivisionId, @person, @Capacity) returning id", new { input.DivisionId, person = found[0], input.Capacity }, ct);
        await db.ExecuteAsync("select welcome.give_out()", ct: ct);
        return id;
    }, ct);

    /// <summary>Ends the work of a contact at once; who is entrusted to her goes to the next one, or waits for somebody.</summary>
    public async Task<Outcome<int>> EndAsync(int contact, CancellationToken ct = default) =>
        await db.ScalarAsync<bool>("select welcome.end_contact(@contact)", new { contact }, ct) ? contact : new Refusal("Diesen Eintrag können Sie nicht beenden");

    /// <summary>How many of chosen persons are arriving, as far as the acting person sees it.</summary>
    public Task<int> ArrivingAsync(int[] persons, CancellationToken ct = default) => db.ScalarAsync<int>("select welcome.arriving(@persons)", new { persons }, ct);

    /// <summary>From whom how many would go over to a contact; no name is nobody.</summary>
    public Task<IReadOnlyList<(string? Name, int N)>> GivableAsync(int[] persons, int taker, CancellationToken ct = default) => db.QueryAsync<(string?, int)>("""
        select (select n.name from welcome.named_contact n where n.person_id = g.from_person_id) as name, count(*)::int as n from welcome.givable(@persons, @taker) g group by g.from_person_id order by 2 desc, 1
        """, new { persons, taker }, ct);

    /// <summary>Gives those of them who are arriving to a contact, each where the acting person may; how many went over. <paramref name="giving"/> takes it back.</summary>
    public Task<int> GiveAsync(Guid giving, int[] persons, int taker, CancellationToken ct = default) => db.ScalarAsync<int>("select welcome.give_to(@giving, @persons, @taker)", new { giving, persons, taker }, ct);

    /// <summary>Takes a giving back within a quarter of an hour; how many are where they were, and how many stay because something came since.</summary>
    public async Task<Outcome<(int Back, int Stay)>> TakeBackAsync(Guid giving, CancellationToken ct = default) =>
        await db.SingleAsync<(int? Back, int? Stay)>("select back, stay from welcome.take_back_giving(@giving)", new { giving }, ct) is ({ } back, { } stay) ? (back, stay)
            : new Refusal("Das lässt sich nicht mehr zurücknehmen: Es ist länger als eine Viertelstunde her, oder es ist schon zurückgenommen");

    /// <summary>Notes an absence; new arrivals of these days go to the stand-in or to the next contact.</summary>
    public async Task<Outcome<int>> BeAwayAsync(Absence input, CancellationToken ct = default)
    {
        var today = DateOnly.FromDateTime(clock.GetLocalNow().Date);
        if (input.To < input.From || input.To < today) return new Refusal("Der letzte Tag liegt vor dem ersten oder vor heute. Prüfen Sie beide Tage", nameof(Absence.To));
        if (await FindAsync(input.ContactId, ct) is not { MayEdit: true }) return new Refusal("Diese Abwesenheit können Sie nicht eintragen");
        if (input.StandIn != 0 && await FindAsync(input.StandIn, ct) is null) return new Refusal("Wählen Sie eine Ansprechperson aus der Liste", nameof(Absence.StandIn));
        return await db.ExecuteAsync("insert into welcome.absence (contact_id, valid_from, valid_to, stand_in_id) values (@ContactId, @From, @To, nullif(@StandIn, 0))", input, ct);
    }
}

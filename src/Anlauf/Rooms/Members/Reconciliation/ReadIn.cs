using System.Globalization;
using Anlauf.Platform.Database;
using Anlauf.Platform.Secrets;
using Anlauf.Rooms.Members.Register;
using Anlauf.Rooms.Members.Statutes;
using Anlauf.Rooms.Territory;

namespace Anlauf.Rooms.Members.Reconciliation;

/// <summary>Writes lines that a preview has shown, all of them or none, and keeps what taking them back needs.</summary>
public sealed class ReadIn(Db db, FieldCipher cipher, KnownPersons known, WayBack wayBack, Standings standings, TimeProvider clock)
{
    /// <summary>Values before and as the file wrote them, so that all of it can be taken back and nothing else.</summary>
    /// <param name="Withdrawn">Consents that the file ended.</param>
    /// <param name="After">In the order of <paramref name="Before"/>; null in journals of before this was kept.</param>
    /// <param name="On">Day of reading in.</param>
    public sealed record Journal(List<int> Created, List<KnownPersons.Person> Before, List<int> Consents, List<int> Withdrawn, List<KnownPersons.Person?>? After = null, DateOnly? On = null);
    private sealed record New(PersonLine Line, int Division, string State, DateOnly? Effective, DateOnly? Until) { public int Id { get; set; } }

    private readonly Dictionary<(string Ags, int Division), int?> homes = [];
    private DateOnly Today => DateOnly.FromDateTime(clock.GetLocalNow().Date);

    /// <summary>Writes the new and the changed; runs in the caller's transaction.</summary>
    /// <param name="newcomersFrom">Whoever joined before is no newcomer: no arrival opens.</param>
    /// <param name="division">Home of those whose residence belongs to no division below it.</param>
    public async Task<Journal> WriteAsync(IReadOnlyList<PersonLine> lines, IReadOnlyList<Reconcile.Changed> changes, int division, DateOnly newcomersFrom, string source, CancellationToken ct)
    {
        await db.ExecuteAsync("select set_config('anlauf.newcomers_from', @day, true)", new { day = newcomersFrom.ToString("O", CultureInfo.InvariantCulture) }, ct);
        var fresh = await PlacedAsync(lines, division, ct);
        await TemporaryTable.FillAsync(db, "new_person", "line integer, division_id integer, title text, given text, family text, email text, phone text", fresh,
            n => [n.Line.Line, n.Division, n.Line.Title ?? "", n.Line.Given, n.Line.Family, Or(n.Line.Email), Or(n.Line.Phone)], ct);
        // ids are given in the order of the lines
        var ids = (await db.QueryAsync<int>("insert into organisation.person (division_id, title, given_name, family_name, email, phone) select division_id, title, given, family, email, phone from new_person order by line returning id", ct: ct)).Order().ToList();
        foreach (var (n, id) in fresh.OrderBy(n => n.Line.Line).Zip(ids)) n.Id = id;
        await DetailsAsync(fresh.Where(n => n.Line.Birth is not null || n.Line.Address is not null).Select(n => (n.Id, n.Line.Birth, n.Line.Address)), ct);
        await TemporaryTable.FillAsync(db, "new_membership", "person_id integer, division_id integer, kind text, state text, received_on date, objection_until date, effective_on date, left_on date, ags text, number text", fresh,
            n => [n.Id, n.Division, n.Line.Kind, n.State, Or(n.Line.Received), Or(n.Until), Or(n.Effective), Or(n.Line.Left), Or(n.Line.Ags), Or(n.Line.Number)], ct);
        await db.ExecuteAsync("""
            insert into members.party_membership (person_id, division_id, kind, state, received_on, entered_on, objection_until, effective_on, left_on, left_reason, area_key, member_number, source_code)
            select person_id, division_id, kind, state, received_on, @Today, objection_until, effective_on, left_on, case when left_on is not null then 'resigned' end, ags, number, 'Datei' from new_membership
            """, new { Today }, ct);
        var after = await ChangeAsync(changes, ct);
        var consents = await ConsentsAsync(fresh.Where(n => n.Line.Newsletter == true).Select(n => n.Id).Concat(changes.Where(c => c.Differences.Any(d => d is { Field: "Rundbrief", Theirs: "ja", Takes: true })).Select(c => c.Person.Id)), source, ct);
        var withdrawn = await db.QueryAsync<int>("update members.consent set withdrawn_on = greatest(@Today, given_on) where kind = 'newsletter' and withdrawn_on is null and person_id = any (@persons) returning id",
            new { Today, persons = changes.Where(c => c.Differences.Any(d => d is { Field: "Rundbrief", Theirs: "nein" })).Select(c => c.Person.Id).ToArray() }, ct);
        return new([.. ids], [.. changes.Select(c => c.Person)], [.. consents], [.. withdrawn], [.. after], Today);
    }

    // where each belongs, and where the statute says they stand; a federal file names members, so their dues are taken as paid
    private async Task<List<New>> PlacedAsync(IReadOnlyList<PersonLine> lines, int division, CancellationToken ct)
    {
        var unknown = lines.Select(l => l.Ags).OfType<string>().Distinct().Where(a => !homes.ContainsKey((a, division))).ToArray();
        if (unknown.Length > 0)
            foreach (var (ags, found) in await db.QueryAsync<(string, int?)>("""
                select a.ags, (select c.descendant_id from organisation.division_closure c where c.ancestor_id = @division and c.descendant_id = members.division_for(a.ags)) from unnest(@unknown) as a (ags)
                """, new { division, unknown }, ct)) homes[(ags, division)] = found;
        var placed = new List<New>(lines.Count);
        foreach (var line in lines)
        {
            var home = line.Ags is { } ags && homes[(ags, division)] is { } found ? found : division;
            var received = line.Received ?? Today;
            var standing = Admission.At(await standings.PackAsync(home, received, ct), new(line.Kind, received, DuesPaidOn: received, LeftOn: line.Left), Today);
            placed.Add(new(line, home, standing.State == "left" || line.Left is not null ? "left" : standing.State, standing.EffectiveOn ?? line.Received, standing.Until));
        }
        return placed;
    }

    private async Task<List<KnownPersons.Person>> ChangeAsync(IReadOnlyList<Reconcile.Changed> changes, CancellationToken ct)
    {
        List<KnownPersons.Person> after = [.. changes.Select(After)];
        await PutAsync(after.Zip(changes, (a, c) => (a, a.Left == c.Person.Left ? null : "left")), ct);
        await DetailsAsync(after.Zip(changes).Where(x => (x.First.Birth, x.First.Address) != (x.Second.Person.Birth, x.Second.Person.Address)).Select(x => (x.First.Id, x.First.Birth, x.First.Address)), ct);
        return after;
    }

    // the person as the file leaves her
    private static KnownPersons.Person After(Reconcile.Changed c)
    {
        bool Takes(string field) => c.Differences.Any(d => d.Field == field && d.Takes);
        var after = c.Person with
        {
            Title = Takes("Titel") ? c.Line.Title : c.Person.Title,
            Given = Takes("Vorname") ? c.Line.Given : c.Person.Given,
            Family = Takes("Nachname") ? c.Line.Family : c.Person.Family,
            Email = Takes("E-Mail") ? c.Line.Email : c.Person.Email,
            Phone = Takes("Telefon") ? c.Line.Phone : c.Person.Phone,
            Birth = Takes("Geburtstag") ? c.Line.Birth : c.Person.Birth,
            Address = Takes("Anschrift") ? c.Line.Address : c.Person.Address,
        };
        return c.Person.Membership is null ? after : after with
        {
            Number = Takes("Mitgliedsnummer") ? c.Line.Number : c.Person.Number,
            Received = Takes("Eintritt") ? c.Line.Received : c.Person.Received,
            Left = Takes("Austritt") ? c.Line.Left : c.Person.Left,
        };
    }

    // the end of a membership, and with it its state, is written where a state is given
    private async Task PutAsync(IEnumerable<(KnownPersons.Person Person, string? State)> persons, CancellationToken ct)
    {
        await TemporaryTable.FillAsync(db, "changed_person", "id integer, title text, given text, family text, email text, phone text, membership integer, number text, received_on date, left_on date, state text", persons,
            x => [x.Person.Id, x.Person.Title ?? "", x.Person.Given, x.Person.Family, Or(x.Person.Email), Or(x.Person.Phone), Or(x.Person.Membership), Or(x.Person.Number), Or(x.Person.Received), Or(x.Person.Left), Or(x.State)], ct);
        await db.ExecuteAsync("""
            update organisation.person p set title = c.title, given_name = c.given, family_name = c.family, email = c.email, phone = c.phone from changed_person c
            where p.id = c.id and (p.title, p.given_name, p.family_name, p.email, p.phone) is distinct from (c.title, c.given, c.family, c.email, c.phone)
            """, ct: ct);
        await db.ExecuteAsync("""
            update members.party_membership m set member_number = c.number, received_on = c.received_on, left_on = case when c.state is null then m.left_on else c.left_on end,
              left_reason = case when c.state is null then m.left_reason when c.left_on is not null then coalesce(m.left_reason, 'resigned') end, state = coalesce(c.state, m.state)
            from changed_person c where m.id = c.membership and (c.state is not null or (m.member_number, m.received_on) is distinct from (c.number, c.received_on))
            """, ct: ct);
    }

    private async Task DetailsAsync(IEnumerable<(int Id, DateOnly? Birth, string? Address)> details, CancellationToken ct)
    {
        await TemporaryTable.FillAsync(db, "new_detail", "person_id integer, birth_date bytea, address bytea", details, d => [d.Id, Or(PersonDetails.SealDay(cipher, d.Birth, d.Id)), Or(PersonDetails.SealHome(cipher, d.Address, d.Id))], ct);
        await db.ExecuteAsync("insert into members.person_detail as e (person_id, birth_date, address) select person_id, birth_date, address from new_detail on conflict (person_id) do update set birth_date = excluded.birth_date, address = excluded.address", ct: ct);
    }

    // of those alone whom the comparison found without one, given or withdrawn
    private Task<IReadOnlyList<int>> ConsentsAsync(IEnumerable<int> persons, string source, CancellationToken ct) => db.QueryAsync<int>("""
        insert into members.consent (person_id, kind, text_version, channel, given_on, proof) select p, 'newsletter', 'Datei', 'import', @Today, @source from unnest(@persons) p returning id
        """, new { Today, source, persons = persons.ToArray() }, ct);

    /// <summary>
    /// Takes back what was written and still stands as it was written; runs in the caller's transaction. Gives how many persons were left as they
    /// are, wholly or in part: worked with since, in an office, erased or moved, named elsewhere, a consent withdrawn, a value changed, a membership begun anew.
    /// </summary>
    /// <param name="writtenAt">When the file was written; whoever it brought and was corrected later is real and stays.</param>
    public async Task<int> TakeBackAsync(Journal journal, DateTime writtenAt, CancellationToken ct)
    {
        var (created, consents, ended) = (journal.Created.ToArray(), journal.Consents.ToArray(), journal.Withdrawn.ToArray());
        // with somebody who withdrew a consent the withdrawal would go, and the next file would give the consent again
        var gone = await db.QueryAsync<int>("""
            select members.remove_persons(array(select p.id from organisation.person p where p.id = any (@created) and p.family_name not like 'Gelöschte Person %'
              and not exists (select from members.consent c where c.person_id = p.id and c.withdrawn_on is not null) and p.id not in (select members.corrected_since(@created, @writtenAt))))
            """, new { created, writtenAt }, ct);
        var kept = created.Except(gone).ToHashSet();
        await db.ExecuteAsync("delete from members.consent where id = any (@consents) and withdrawn_on is null and person_id <> all (@created)", new { consents, created }, ct);
        kept.UnionWith(await db.QueryAsync<int>("select person_id from members.consent where id = any (@consents) and person_id <> all (@created)", new { consents, created }, ct));
        await db.ExecuteAsync("""
            update members.consent c set withdrawn_on = null where id = any (@ended) and withdrawn_on = greatest(@On::date, given_on)
              and not exists (select from members.consent n where n.person_id = c.person_id and n.kind = c.kind and n.id > c.id)
              and exists (select from organisation.person p where p.id = c.person_id and p.family_name not like 'Gelöschte Person %')
            """, new { ended, journal.On }, ct);
        kept.UnionWith(await db.QueryAsync<int>("select person_id from members.consent where id = any (@ended) and withdrawn_on is not null", new { ended }, ct));
        var held = await known.HeldAsync(journal.Before, ct);
        var back = new List<WayBack.Step>();
        // a journal of before this was kept does not say what the file wrote: nothing of it can be told from what came since
        foreach (var (before, after) in journal.Before.Zip(journal.After ?? [.. journal.Before.Select(KnownPersons.Person? (_) => null)]))
        {
            if (after is null || !held.TryGetValue(before.Id, out var now))
            {
                kept.Add(before.Id);
                continue;
            }
            var (then, state, whole) = WayBack.Of(now, before, after);
            if (!whole) kept.Add(before.Id);
            back.Add(new(now, then, state));
        }
        back = await wayBack.WithoutBegunAnewAsync(back, kept, ct);
        await PutAsync(back.Select(b => (b.Then, b.State)), ct);
        await DetailsAsync(back.Where(b => (b.Now.Birth, b.Now.Address) != (b.Then.Birth, b.Then.Address)).Select(b => (b.Then.Id, b.Then.Birth, b.Then.Address)), ct);
        return kept.Count;
    }

    private static object Or<T>(T? value) => value is null ? DBNull.Value : value;
}

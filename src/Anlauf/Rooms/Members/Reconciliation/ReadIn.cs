using System.Globalization;
using Anlauf.Platform;
using Anlauf.Platform.Database;
using Anlauf.Platform.Secrets;
using Anlauf.Rooms.Members.Register;
using Anlauf.Rooms.Members.Statutes;
using Anlauf.Rooms.Territory;

namespace Anlauf.Rooms.Members.Reconciliation;

/// <summary>Writes lines that a preview has shown, all of them or none, and keeps what taking them back needs.</summary>
public sealed class ReadIn(Db db, FieldCipher cipher, Standings standings, TimeProvider clock)
{
    /// <summary>Values before, so that all of it can be taken back.</summary>
    public sealed record Journal(List<int> Created, List<KnownPersons.Person> Before, List<int> Consents, List<int> Withdrawn);
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
        await ChangeAsync(changes, ct);
        var consents = await ConsentsAsync(fresh.Where(n => n.Line.Newsletter == true).Select(n => n.Id).Concat(changes.Where(c => c.Differences.Any(d => d is { Field: "Rundbrief", Theirs: "ja", Takes: true })).Select(c => c.Person.Id)), source, ct);
        var withdrawn = await db.QueryAsync<int>("update members.consent set withdrawn_on = greatest(@Today, given_on) where kind = 'newsletter' and withdrawn_on is null and person_id = any (@persons) returning id",
            new { Today, persons = changes.Where(c => c.Differences.Any(d => d is { Field: "Rundbrief", Theirs: "nein" })).Select(c => c.Person.Id).ToArray() }, ct);
        return new([.. ids], [.. changes.Select(c => c.Person)], [.. consents], [.. withdrawn]);
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

    private async Task ChangeAsync(IReadOnlyList<Reconcile.Changed> changes, CancellationToken ct)
    {
        bool Takes(Reconcile.Changed c, string field) => c.Differences.Any(d => d.Field == field && d.Takes);
        await TemporaryTable.FillAsync(db, "changed_person", "id integer, title text, given text, family text, email text, phone text, membership integer, number text, received_on date, left_on date", changes, c =>
        [
            c.Person.Id, (Takes(c, "Titel") ? c.Line.Title : c.Person.Title) ?? "", Takes(c, "Vorname") ? c.Line.Given : c.Person.Given, Takes(c, "Nachname") ? c.Line.Family : c.Person.Family, Or(Takes(c, "E-Mail") ? c.Line.Email : c.Person.Email),
            Or(Takes(c, "Telefon") ? c.Line.Phone : c.Person.Phone), Or(c.Person.Membership), Or(Takes(c, "Mitgliedsnummer") ? c.Line.Number : c.Person.Number), Or(Takes(c, "Eintritt") ? c.Line.Received : c.Person.Received), Or(Takes(c, "Austritt") ? c.Line.Left : c.Person.Left),
        ], ct);
        await PutAsync(ct);
        await DetailsAsync(changes.Where(c => Takes(c, "Geburtstag") || Takes(c, "Anschrift")).Select(c => (c.Person.Id, Takes(c, "Geburtstag") ? c.Line.Birth : c.Person.Birth, Takes(c, "Anschrift") ? c.Line.Address : c.Person.Address)), ct);
    }

    private async Task PutAsync(CancellationToken ct)
    {
        await db.ExecuteAsync("""
            update organisation.person p set title = c.title, given_name = c.given, family_name = c.family, email = c.email, phone = c.phone from changed_person c
            where p.id = c.id and (p.title, p.given_name, p.family_name, p.email, p.phone) is distinct from (c.title, c.given, c.family, c.email, c.phone)
            """, ct: ct);
        await db.ExecuteAsync("""
            update members.party_membership m set member_number = c.number, received_on = c.received_on, left_on = c.left_on, left_reason = case when c.left_on is not null then coalesce(m.left_reason, 'resigned') end,
              state = case when c.left_on is not null then 'left' when m.state = 'left' then 'active' else m.state end
            from changed_person c where m.id = c.membership and (m.member_number, m.received_on, m.left_on) is distinct from (c.number, c.received_on, c.left_on)
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

    /// <summary>Why those that came by a file cannot be taken back, or null.</summary>
    public async Task<Refusal?> RefuseAsync(int[] created, CancellationToken ct)
    {
        var busy = await db.ScalarAsync<int>("select count(distinct person_id)::int from organisation.office_holding where person_id = any (@created)", new { created }, ct);
        return busy == 0 ? null : new Refusal($"{(busy == 1 ? "Eine Person aus dieser Datei hat" : $"{busy} Personen aus dieser Datei haben")} inzwischen ein Amt. Beenden Sie es zuerst, oder lassen Sie die Datei eingelesen");
    }

    /// <summary>Takes back what was written; runs in the caller's transaction.</summary>
    public async Task TakeBackAsync(Journal journal, CancellationToken ct)
    {
        await db.ExecuteAsync("delete from organisation.person where id = any (@Created)", new { Created = journal.Created.ToArray() }, ct);
        await db.ExecuteAsync("delete from members.consent where id = any (@Consents)", new { Consents = journal.Consents.ToArray() }, ct);
        await db.ExecuteAsync("update members.consent set withdrawn_on = null where id = any (@Withdrawn)", new { Withdrawn = journal.Withdrawn.ToArray() }, ct);
        await TemporaryTable.FillAsync(db, "changed_person", "id integer, title text, given text, family text, email text, phone text, membership integer, number text, received_on date, left_on date", journal.Before,
            p => [p.Id, p.Title ?? "", p.Given, p.Family, Or(p.Email), Or(p.Phone), Or(p.Membership), Or(p.Number), Or(p.Received), Or(p.Left)], ct);
        await PutAsync(ct);
        await DetailsAsync(journal.Before.Where(p => p.Birth is not null || p.Address is not null).Select(p => (p.Id, p.Birth, p.Address)), ct);
    }

    private static object Or<T>(T? value) => value is null ? DBNull.Value : value;
}

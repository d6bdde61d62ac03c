using System.ComponentModel.DataAnnotations;
using Anlauf.Platform;
using Anlauf.Platform.Database;

namespace Anlauf.Rooms.Members.Register;

/// <summary>
/// Moving: a new address proposes the division of its municipality; confirming moves person and membership at once, so that the old
/// division sees nothing on its next request. Staying linked to the old one needs the person's consent (H9).
/// </summary>
public sealed class MovePerson(Db db, PersonDetails details, Residence residence, Organisation.Persons.LedFields leading, TimeProvider clock)
{
    public sealed class Input
    {
        public int PersonId { get; set; }
        [MaxLength(120, ErrorMessage = "Die Straße ist zu lang: höchstens 120 Zeichen")] public string? Street { get; set; }
        [Required(ErrorMessage = "Nennen Sie die neue Postleitzahl")] public string? PostalCode { get; set; }
        [Required(ErrorMessage = "Nennen Sie den neuen Ort"), MaxLength(80, ErrorMessage = "Der Ort ist zu lang: höchstens 80 Zeichen")] public string? Place { get; set; }
        /// <summary>Null: the division of the new municipality. Belonging elsewhere is possible where the statute allows it.</summary>
        public int? DivisionId { get; set; }
        public bool KeepsHomeBond { get; set; }
        /// <summary>The consequences have been shown and are wanted.</summary>
        public bool Confirmed { get; set; }
    }

    /// <param name="Said">What else it changed, in words.</param>
    public sealed record Done(string Division, string Said, bool Moved);

    /// <summary>Shows the proposal as a refusal until it is confirmed; then moves.</summary>
    public Task<Outcome<Done>> HandleAsync(Input input, CancellationToken ct = default) => db.InTransactionAsync<Outcome<Done>>(async () =>
    {
        if (await db.SingleAsync<(int Id, string Name)?>("""
            select d.id, d.name from organisation.person p join organisation.division d on d.id = p.division_id where p.id = @PersonId and p.division_id = any ((select access.divisions_for('P2', 'membership', 'edit'))::integer[])
            """, input, ct) is not { } old) return new Refusal("Diese Person können Sie nicht umziehen lassen");
        var found = await residence.FindAsync(input.PostalCode, input.Place, ct);
        if (!found.Done) return found.Refusal!;
        var home = found.Value!;
        if ((input.DivisionId ?? home.DivisionId) is not { } target) return new Refusal($"In {home.Place} hat der Verband keine Gliederung. Wählen Sie eine", nameof(Input.DivisionId));
        var name = await db.ScalarAsync<string>("select name from organisation.division where id = @target and dissolved_on is null", new { target }, ct);
        if (name is null) return new Refusal("Diese Gliederung gibt es nicht", nameof(Input.DivisionId));
        if (target != old.Id && !input.Confirmed)
            return new Refusal($"Zuständig wird {name}. {old.Name} sieht die Person dann nicht mehr. Setzen Sie das Häkchen, wenn das so sein soll", nameof(Input.Confirmed));
        // an address that the federal register leads comes with its file; the membership moves all the same
        if (!(await leading.OfAsync(old.Id, ct)).ContainsKey("address"))
        {
            var before = await details.FindAsync(input.PersonId, ct: ct);
            var written = await details.SaveAsync(input.PersonId, new(before?.BirthDate, Admit.Address(input.Street, input.PostalCode, home.Place)), ct);
            if (!written.Done) return written.Refusal!;
        }
        if (input.KeepsHomeBond && target != old.Id)
            await db.ExecuteAsync("""
                insert into members.consent (person_id, kind, text_version, channel, given_on, proof, home_division_id) values (@PersonId, 'home-area', @version, 'form', @today, 'bei der Ummeldung erklärt', @home) on conflict do nothing
                """, new { input.PersonId, version = KeepConsent.TextVersion, today = DateOnly.FromDateTime(clock.GetLocalNow().Date), home = old.Id }, ct);
        var said = await db.ScalarAsync<string>("select members.move(@PersonId, @target, @Ags)", new { input.PersonId, target, home.Ags }, ct);
        return new Done(name, said ?? "", target != old.Id);
    }, ct);
}

using System.ComponentModel.DataAnnotations;
using Anlauf.Platform;
using Anlauf.Platform.Database;
using Anlauf.Platform.Mail;
using Anlauf.Platform.Web;
using Anlauf.Rooms.Organisation.Persons;

namespace Anlauf.Rooms.Members.Register;

/// <summary>
/// Enters a person with a membership, or a further membership of somebody known. The division follows the residence unless another is
/// chosen; where the way begins, the rules of its statute say. Source: PartG § 10 Abs. 1, rows of the pack.
/// </summary>
public sealed class Admit(Db db, SavePerson persons, PersonDetails details, Residence residence, Standings standings, TimeProvider clock)
{
    public sealed class Input
    {
        /// <summary>Somebody known: the name fields are not asked then.</summary>
        public int? PersonId { get; set; }
        [MaxLength(40, ErrorMessage = "Der Titel ist zu lang: höchstens 40 Zeichen")] public string? Title { get; set; }
        [MaxLength(80, ErrorMessage = "Der Vorname ist zu lang: höchstens 80 Zeichen")] public string? GivenName { get; set; }
        [MaxLength(80, ErrorMessage = "Der Nachname ist zu lang: höchstens 80 Zeichen")] public string? FamilyName { get; set; }
        public DateOnly? BirthDate { get; set; }
        [MaxLength(120, ErrorMessage = "Die Straße ist zu lang: höchstens 120 Zeichen")] public string? Street { get; set; }
        public string? PostalCode { get; set; }
        [MaxLength(80, ErrorMessage = "Der Ort ist zu lang: höchstens 80 Zeichen")] public string? Place { get; set; }
        [MailAddress, MaxLength(200, ErrorMessage = "Die E-Mail-Adresse ist zu lang: höchstens 200 Zeichen")] public string? Email { get; set; }
        [PhoneNumber] public string? Phone { get; set; }
        [Required(ErrorMessage = "Wählen Sie, worum es geht")] public string Kind { get; set; } = "member";
        public DateOnly? DeclaredOn { get; set; }
        public DateOnly? ReceivedOn { get; set; }
        /// <summary>Null: by residence.</summary>
        public int? DivisionId { get; set; }
        [MaxLength(60, ErrorMessage = "Die Herkunft ist zu lang: höchstens 60 Zeichen")] public string? SourceCode { get; set; }
        /// <summary>Somebody has said that this is another person of the same name.</summary>
        public bool Another { get; set; }
    }

    private sealed record Earlier(string Kind, DateOnly? LeftOn, string? LeftReason, string State);

    /// <summary>Writes person and membership; gives the person's id.</summary>
    public Task<Outcome<int>> HandleAsync(Input input, CancellationToken ct = default) => db.InTransactionAsync<Outcome<int>>(async () =>
    {
        var today = DateOnly.FromDateTime(clock.GetLocalNow().Date);
        if (MemberWords.Kinds.All(k => k.Id != input.Kind)) return new Refusal("Wählen Sie, worum es geht", nameof(Input.Kind));
        if (input.ReceivedOn > today) return new Refusal("Der Eingang liegt in der Zukunft. Prüfen Sie das Datum", nameof(Input.ReceivedOn));
        if (input.DeclaredOn > today) return new Refusal("Die Erklärung liegt in der Zukunft. Prüfen Sie das Datum", nameof(Input.DeclaredOn));
        if (input.ReceivedOn < input.DeclaredOn) return new Refusal("Die Erklärung kann nicht vor ihrem eigenen Datum eingegangen sein", nameof(Input.ReceivedOn));
        Residence.Found? home = null;
        if (!string.IsNullOrWhiteSpace(input.PostalCode) || !string.IsNullOrWhiteSpace(input.Place))
        {
            var found = await residence.FindAsync(input.PostalCode, input.Place, ct);
            if (!found.Done) return found.Refusal!;
            home = found.Value;
        }
        var known = input.PersonId is { } id ? await db.ScalarAsync<int?>("select division_id from organisation.person where id = @id", new { id }, ct) : null;
        if (input.PersonId is not null && known is null) return new Refusal("Diese Person kennen Sie nicht");
        if ((input.DivisionId ?? home?.DivisionId ?? known) is not { } division)
            return new Refusal("Nennen Sie Postleitzahl und Ort, dann finden wir die zuständige Gliederung, oder wählen Sie selbst eine", nameof(Input.DivisionId));
        if (!await db.ScalarAsync<bool>("select coalesce(@division = any ((select access.divisions_for('P2', 'membership', 'edit'))::integer[]), false)", new { division }, ct))
            return new Refusal($"Für {await db.ScalarAsync<string>("select name from organisation.division where id = @division", new { division }, ct)} führen Sie keine Mitgliedschaften. Geben Sie den Antrag dorthin weiter", nameof(Input.DivisionId));
        if (input.PersonId is null && await PersonAsync(input, division, home, ct) is { Done: false } refused) return refused;
        var person = input.PersonId!.Value;
        if (await RefusalAsync(person, division, input.Kind, input.ReceivedOn ?? today, input.BirthDate, ct) is { } no) return no;
        var membership = await db.ScalarAsync<int>("""
            insert into members.party_membership (person_id, division_id, kind, state, declared_on, received_on, entered_on, area_key, source_code)
            values (@person, @division, @Kind, 'applied', @DeclaredOn, @ReceivedOn, @today, @ags, @source) returning id
            """, new { person, division, input.Kind, input.DeclaredOn, input.ReceivedOn, today, ags = home?.Ags, source = Clean(input.SourceCode) }, ct);
        await standings.RefreshAsync([membership], ct);
        return person;
    }, ct);

    private async Task<Outcome<int>> PersonAsync(Input input, int division, Residence.Found? home, CancellationToken ct)
    {
        if (Clean(input.GivenName) is not { } given) return new Refusal("Nennen Sie den Vornamen", nameof(Input.GivenName));
        if (Clean(input.FamilyName) is not { } family) return new Refusal("Nennen Sie den Nachnamen", nameof(Input.FamilyName));
        var saved = await persons.HandleAsync(new() { DivisionId = division, Title = input.Title, GivenName = given, FamilyName = family, Email = input.Email, Phone = input.Phone, Another = input.Another }, ct);
        if (!saved.Done) return saved;
        input.PersonId = saved.Value;
        if (input.BirthDate is null && Clean(input.Street) is null && home is null) return saved;
        var written = await details.SaveAsync(saved.Value, new(input.BirthDate, Address(input.Street, input.PostalCode, home?.Place)), ct);
        return written.Done ? saved : written;
    }

    /// <summary>„Markt 1, 09661 Hainichen“; null where nothing is known.</summary>
    internal static string? Address(string? street, string? code, string? place) => Clean(string.Join(", ", new[] { Clean(street), Clean($"{code?.Trim()} {place}") }.OfType<string>()));

    // one basic membership at a time; after a refusal or an exclusion the statute may ask to wait
    private async Task<Refusal?> RefusalAsync(int person, int division, string kind, DateOnly on, DateOnly? birth, CancellationToken ct)
    {
        var pack = await standings.PackAsync(division, on, ct);
        if (kind == "member" && birth is { } born && pack.MinimumAge is { } age && born.AddYears(age) > on)
            return new Refusal($"Mitglied wird man bei {pack.Name} ab {age} Jahren, also ab dem {born.AddYears(age):d.M.yyyy}. Eine Jugendmitgliedschaft ist möglich", nameof(Input.BirthDate));
        var earlier = await db.QueryAsync<Earlier>("select kind, left_on, left_reason, state from members.party_membership where person_id = @person", new { person }, ct);
        static bool Basic(string k) => k is "member" or "guest";
        if (earlier.Any(e => e.LeftOn is null && e.Kind == "guest") && kind == "member") return new Refusal("Die Gastmitgliedschaft besteht noch. Tragen Sie dort zuerst das Ende der Gastzeit ein", nameof(Input.Kind));
        if (earlier.Any(e => e.LeftOn is null && (e.Kind == kind || (Basic(kind) && Basic(e.Kind)))))
            return new Refusal("Diese Mitgliedschaft besteht schon oder ist beantragt. Tragen Sie dort ein, was geschehen ist", nameof(Input.Kind));
        if (kind == "member" && pack.Retry is { } wait && earlier.Where(e => e.LeftReason is "refused").Select(e => e.LeftOn).Max() is { } refused && wait.After(refused) > on)
            return new Refusal($"Die letzte Aufnahme wurde am {refused:d.M.yyyy} abgelehnt. Ein neuer Antrag ist nach der Satzung ab dem {wait.After(refused):d.M.yyyy} möglich", nameof(Input.ReceivedOn));
        return null;
    }

    private static string? Clean(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

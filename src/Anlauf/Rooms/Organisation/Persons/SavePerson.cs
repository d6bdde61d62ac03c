using System.ComponentModel.DataAnnotations;
using Anlauf.Platform;
using Anlauf.Platform.Database;
using Anlauf.Platform.Mail;
using Anlauf.Platform.Web;

namespace Anlauf.Rooms.Organisation.Persons;

/// <summary>Enters a person, or changes name, contact or division. Two people of one name are two people only if somebody says so.</summary>
public sealed class SavePerson(Db db, LedFields leading)
{
    public sealed class Input
    {
        public int? Id { get; set; }
        [Required(ErrorMessage = "Wählen Sie eine Gliederung")] public int? DivisionId { get; set; }
        [MaxLength(40, ErrorMessage = "Der Titel ist zu lang: höchstens 40 Zeichen")] public string? Title { get; set; }
        [Required(ErrorMessage = "Nennen Sie den Vornamen"), MaxLength(80, ErrorMessage = "Der Vorname ist zu lang: höchstens 80 Zeichen")] public string GivenName { get; set; } = "";
        [Required(ErrorMessage = "Nennen Sie den Nachnamen"), MaxLength(80, ErrorMessage = "Der Nachname ist zu lang: höchstens 80 Zeichen")] public string FamilyName { get; set; } = "";
        [MailAddress, MaxLength(200, ErrorMessage = "Die E-Mail-Adresse ist zu lang: höchstens 200 Zeichen")] public string? Email { get; set; }
        [PhoneNumber] public string? Phone { get; set; }
        /// <summary>Somebody has said that this is another person of the same name.</summary>
        public bool Another { get; set; }
    }

    private sealed record Known(int DivisionId, string Title, string GivenName, string FamilyName, string? Email, string? Phone, bool MayEdit);

    /// <summary>Writes the person; returns the id.</summary>
    public async Task<Outcome<int>> HandleAsync(Input input, CancellationToken ct = default)
    {
        var values = new { input.Id, input.DivisionId, title = Clean(input.Title) ?? "", given = input.GivenName.Trim(), family = input.FamilyName.Trim(), email = Clean(input.Email), phone = Clean(input.Phone) };
        var known = input.Id is null ? null : await db.SingleAsync<Known>("""
            select division_id, title, given_name, family_name, email, phone, coalesce(division_id = any ((select access.editable_divisions('P2', 'people'))::integer[]), false) as may_edit from organisation.person where id = @Id
            """, values, ct);
        if (input.Id is not null && known is not { MayEdit: true }) return new Refusal("Diese Person können Sie nicht ändern");
        if (!await db.ScalarAsync<bool>("select coalesce(@DivisionId = any ((select access.editable_divisions('P2', 'people'))::integer[]), false)", values, ct))
            return new Refusal("In dieser Gliederung führen Sie keine Personen. Wählen Sie eine andere", nameof(Input.DivisionId));
        if (known is not null && await RefusedAsync(known, values.title, values.given, values.family, values.email, values.phone, ct) is { } led) return led;
        var renamed = known is null || !Same(known.GivenName, values.given) || !Same(known.FamilyName, values.family);
        if (renamed && !input.Another)
        {
            var namesakes = await db.QueryAsync<(string Name, string Division)>("select name, division from organisation.namesakes(@given, @family, @Id)", values, ct);
            if (namesakes.Count > 0)
                return new Refusal($"{namesakes[0].Name} gibt es schon: {string.Join(", ", namesakes.Select(n => n.Division))}. Ist es dieselbe Person, ändern Sie diese; ist es eine andere, setzen Sie das Häkchen", nameof(Input.Another));
        }
        return await db.ScalarAsync<int>(input.Id is null
            ? "insert into organisation.person (division_id, title, given_name, family_name, email, phone) values (@DivisionId, @title, @given, @family, @email, @phone) returning id"
            : "update organisation.person set division_id = @DivisionId, title = @title, given_name = @given, family_name = @family, email = @email, phone = @phone where id = @Id returning id", values, ct);
    }

    // what the federal register leads is changed by its file alone
    private async Task<Refusal?> RefusedAsync(Known known, string title, string given, string family, string? email, string? phone, CancellationToken ct)
    {
        var led = await leading.OfAsync(known.DivisionId, ct);
        return LedFields.Refuse(led, "name", known.Title, title, nameof(Input.Title)) ?? LedFields.Refuse(led, "name", known.GivenName, given, nameof(Input.GivenName)) ?? LedFields.Refuse(led, "name", known.FamilyName, family, nameof(Input.FamilyName))
            ?? LedFields.Refuse(led, "email", known.Email, email, nameof(Input.Email)) ?? LedFields.Refuse(led, "phone", known.Phone, phone, nameof(Input.Phone));
    }

    private static string? Clean(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}

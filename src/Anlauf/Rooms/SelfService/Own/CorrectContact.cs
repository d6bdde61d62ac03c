using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using Anlauf.Platform;
using Anlauf.Platform.Database;
using Anlauf.Platform.Mail;
using Anlauf.Platform.Web;
using Anlauf.Rooms.Members;
using Anlauf.Rooms.Members.Register;
using Anlauf.Rooms.Organisation.Persons;
using Anlauf.Rooms.SelfService.Checks;

namespace Anlauf.Rooms.SelfService.Own;

/// <summary>
/// The person corrects ways of contact and address. An address in another division counts as address at once; whether the membership
/// moves along is decided by whoever keeps it. The address of mail before is told of the change, so that nobody takes a person's mail away unseen.
/// </summary>
public sealed partial class CorrectContact(Db db, OwnData own, PersonDetails details, Residence residence, LedFields leading, CheckDesk checks, Outbox outbox)
{
    public sealed class Input
    {
        [MaxLength(200, ErrorMessage = "Die E-Mail-Adresse ist zu lang: höchstens 200 Zeichen")] public string? Email { get; set; }
        [PhoneNumber] public string? Phone { get; set; }
        [MaxLength(120, ErrorMessage = "Die Straße ist zu lang: höchstens 120 Zeichen")] public string? Street { get; set; }
        [MaxLength(10, ErrorMessage = "Die Postleitzahl ist zu lang")] public string? PostalCode { get; set; }
        [MaxLength(80, ErrorMessage = "Der Ort ist zu lang: höchstens 80 Zeichen")] public string? Place { get; set; }
        /// <summary>The place is not one of the association's land.</summary>
        public bool Outside { get; set; }
    }

    /// <param name="Proposed">Division that would be in charge, "" outside of the association, null where nothing has to be decided.</param>
    public sealed record Done(bool Changed, string? Proposed);

    /// <summary>What is known now, in the fields of the form.</summary>
    public async Task<Input> NowAsync(OwnData.Me me, CancellationToken ct = default)
    {
        var parts = AddressParts().Match((await details.FindAsync(me.Id, ct: ct))?.Address ?? "");
        return new() { Email = me.Email, Phone = me.Phone, Street = Clean(parts.Groups[1].Value), PostalCode = Clean(parts.Groups[2].Value), Place = Clean(parts.Groups[3].Value) };
    }

    /// <summary>Writes what differs.</summary>
    public Task<Outcome<Done>> HandleAsync(int person, Input input, CancellationToken ct = default) => db.InTransactionAsync<Outcome<Done>>(async () =>
    {
        if (await own.FindAsync(person, ct) is not { } me) return new Refusal("Dieser Link gilt nicht mehr. Fordern Sie einen neuen an");
        var (email, phone) = (Clean(input.Email), Clean(input.Phone));
        var before = await NowAsync(me, ct);
        var moved = (Clean(input.Street), Clean(input.PostalCode), Clean(input.Place)) != (before.Street, before.PostalCode, before.Place);
        var led = await leading.OfAsync(me.DivisionId, ct);
        var home = moved ? await residence.FindAsync(input.PostalCode, input.Place, ct) : default;
        var known = Clean(input.PostalCode) is not null || Clean(input.Place) is not null;
        // whatever is wrong is said at once
        List<Refusal> wrong = [.. new[]
        {
            email is not null && !Outbox.IsAddress(email) ? new Refusal("Diese E-Mail-Adresse ist unvollständig. Sie sieht aus wie name@verband.example", nameof(Input.Email)) : LedFields.Refuse(led, "email", me.Email, email, nameof(Input.Email)),
            LedFields.Refuse(led, "phone", me.Phone, phone, nameof(Input.Phone)),
            (moved ? LedFields.Refuse(led, "address", "", "anders", nameof(Input.Street)) : null) ?? (moved && known && !input.Outside && !home.Done ? home.Refusal! with { Field = nameof(Input.Place) } : null),
        }.OfType<Refusal>()];
        if (wrong is [var first, .. var more]) return first with { More = more };
        if (moved || (email, phone) != (me.Email, me.Phone)) await checks.CorrectedAsync(ct);
        if ((email, phone) != (me.Email, me.Phone)) await db.ExecuteAsync("select selfservice.correct_contact(@email, @phone)", new { email, phone }, ct);
        if (me.Email is { } old && !string.Equals(old, email, StringComparison.OrdinalIgnoreCase) && Outbox.IsAddress(old))
            await outbox.PutAsync(old, "Ihre E-Mail-Adresse wurde geändert", $"""
                Guten Tag {me.Name},

                bei {me.Division} wurde Ihre E-Mail-Adresse geändert, über Ihren persönlichen Link oder Ihr Konto. Waren Sie das nicht, melden Sie sich bitte bei Ihrer Geschäftsstelle.
                """, me.Id, ct);
        if (!moved) return new Done((email, phone) != (me.Email, me.Phone), null);
        await details.CorrectAddressAsync(person, Admit.Address(input.Street, input.PostalCode, home.Done && !input.Outside ? home.Value!.Place : input.Place), ct);
        var proposed = known ? await db.ScalarAsync<string>("select selfservice.settle(@ags, @Outside)", new { ags = home.Value?.Ags, input.Outside }, ct) : null;
        return new Done(true, proposed);
    }, ct);

    private static string? Clean(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    // „Markt 1, 09661 Hainichen“
    [GeneratedRegex("^(?:(.*), )?(?:([0-9]{5}) +)?(.*)$", RegexOptions.Singleline)]
    private static partial Regex AddressParts();
}

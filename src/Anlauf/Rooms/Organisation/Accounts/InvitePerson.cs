using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using Anlauf.Platform;
using Anlauf.Platform.Database;
using Anlauf.Platform.Identity;
using Anlauf.Platform.Web;
using Microsoft.AspNetCore.Identity;

namespace Anlauf.Rooms.Organisation.Accounts;

/// <summary>Opens an account for a person and makes the link with which they set it up themselves.</summary>
public sealed partial class InvitePerson(Db db, UserManager<Account> users, InvitationLetter letter)
{
    public sealed class Input
    {
        [Required(ErrorMessage = "Wählen Sie, wer das Konto bekommt")] public int? PersonId { get; set; }
        /// <summary>Name to sign in with; made from the person's name where it is left empty.</summary>
        [MaxLength(60, ErrorMessage = "Der Benutzername ist zu lang: höchstens 60 Zeichen")] public string? UserName { get; set; }
        public bool SecondFactor { get; set; }
        /// <summary>The link also goes to the person by e-mail.</summary>
        public bool ByMail { get; set; }
    }

    /// <param name="Secret">Last part of the link's address. It is shown once and kept nowhere.</param>
    /// <param name="SentTo">Address the link is also on its way to; null where it is not.</param>
    public sealed record Link(int AccountId, string UserName, string Secret, string? SentTo = null);

    private sealed record Person(string GivenName, string FamilyName, bool Kept, bool HasAccount);

    /// <summary>Opens the account; it has no password until the link is used.</summary>
    public Task<Outcome<Link>> HandleAsync(Input input, CancellationToken ct = default) => db.InTransactionAsync<Outcome<Link>>(async () =>
    {
        var (link, refusal) = await OpenAsync(input, ct);
        if (link is null) return refusal!;
        if (!input.ByMail) return link;
        var (address, unsent) = await letter.PutAsync(input.PersonId!.Value, link.Secret, link.UserName, ct);
        return address is null ? unsent! : link with { SentTo = address };
    }, ct);

    private async Task<Outcome<Link>> OpenAsync(Input input, CancellationToken ct)
    {
        var person = await db.SingleAsync<Person>("""
            select given_name, family_name, organisation.keeps_account_of(person_id) as kept, exists (select from organisation.accounts() a where a.person_id = @PersonId) as has_account
            from organisation.officer where person_id = @PersonId
            """, input, ct);
        if (person is not { Kept: true }) return new Refusal("Konten dieser Person führen Sie nicht", nameof(Input.PersonId));
        if (person.HasAccount) return new Refusal($"{person.GivenName} {person.FamilyName} hat schon ein Konto", nameof(Input.PersonId));
        var (secret, hash) = Invitation.New();
        foreach (var name in Names(input, person))
        {
            if (!UserName().IsMatch(name)) return new Refusal("Ein Benutzername besteht aus Buchstaben ohne Umlaute, Ziffern, Punkt, Binde- und Unterstrich", nameof(Input.UserName));
            var account = await db.ScalarAsync<int?>("select organisation.invite(@PersonId, @name, @normalized, @hash, @SecondFactor)", new { input.PersonId, name, normalized = users.NormalizeName(name), hash, input.SecondFactor }, ct);
            if (account is { } made) return new Link(made, name, secret);
        }
        return new Refusal($"Den Benutzernamen „{input.UserName}“ gibt es schon. Nehmen Sie einen anderen", nameof(Input.UserName));
    }

    // petra.doppel, petra.doppel2, petra.doppel3 …; a wished name is tried as it stands
    private static IEnumerable<string> Names(Input input, Person person)
    {
        if (!string.IsNullOrWhiteSpace(input.UserName)) return [input.UserName.Trim()];
        var made = $"{Slug.From(person.GivenName)}.{Slug.From(person.FamilyName)}".Trim('.');
        return Enumerable.Range(1, 1000).Select(n => n == 1 ? made : $"{made}{n}");
    }

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]{1,69}$")]
    private static partial Regex UserName();
}

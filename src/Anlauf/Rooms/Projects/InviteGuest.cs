using System.ComponentModel.DataAnnotations;
using Anlauf.Platform.Mail;
using Anlauf.Platform;
using Anlauf.Platform.Database;
using Anlauf.Platform.Identity;
using Anlauf.Platform.Web;
using Microsoft.AspNetCore.Identity;

namespace Anlauf.Rooms.Projects;

/// <summary>Lets somebody from outside into one project until a day, by the same kind of link as every account; and ends it.</summary>
public sealed class InviteGuest(Db db, UserManager<Account> users, TimeProvider clock)
{
    public sealed class Input
    {
        [Required(ErrorMessage = "Nennen Sie den Vornamen"), MaxLength(100, ErrorMessage = "Der Vorname ist zu lang: höchstens 100 Zeichen")] public string GivenName { get; set; } = "";
        [Required(ErrorMessage = "Nennen Sie den Nachnamen"), MaxLength(100, ErrorMessage = "Der Nachname ist zu lang: höchstens 100 Zeichen")] public string FamilyName { get; set; } = "";
        [MailAddress, MaxLength(200, ErrorMessage = "Die E-Mail-Adresse ist zu lang: höchstens 200 Zeichen")] public string? Email { get; set; }
        [Required(ErrorMessage = "Nennen Sie, woher der Gast kommt, zum Beispiel die Fraktion"), MaxLength(200, ErrorMessage = "Das ist zu lang: höchstens 200 Zeichen")] public string Employer { get; set; } = "";
        [Required(ErrorMessage = "Nennen Sie den letzten Tag")] public DateOnly? Until { get; set; }
    }

    /// <param name="Secret">Last part of the link's address. It is shown once and kept nowhere.</param>
    public sealed record Link(string UserName, string Secret);

    /// <summary>Opens the guest's account; it has no password until the link is used.</summary>
    public async Task<Outcome<Link>> HandleAsync(int project, Input input, CancellationToken ct = default)
    {
        var today = DateOnly.FromDateTime(clock.GetLocalNow().Date);
        if (input.Until < today) return new Refusal("Der letzte Tag ist schon vorbei", nameof(Input.Until));
        if (input.Until > today.AddYears(1)) return new Refusal("Höchstens ein Jahr. Danach laden Sie neu ein", nameof(Input.Until));
        if (await db.SingleAsync<(bool Yours, DateOnly? EndsOn)>("select projects.may_run(id), ends_on from projects.project where id = @project", new { project }, ct) is not { Yours: true } its) return new Refusal("In dieses Projekt können Sie niemanden einladen");
        if (input.Until > its.EndsOn) return new Refusal($"Das Projekt endet am {its.EndsOn:d.M.yyyy}. Der Zugang endet spätestens mit ihm", nameof(Input.Until));
        var (secret, hash) = Invitation.New();
        var made = $"gast.{Slug.From(input.GivenName)}.{Slug.From(input.FamilyName)}".Trim('.');
        foreach (var name in Enumerable.Range(1, 100).Select(n => n == 1 ? made : $"{made}{n}"))
            if (await db.ScalarAsync<int?>("select projects.invite(@project, @given, @family, @mail, @Employer, @Until, @name, @normalized, @hash)", new { project, given = input.GivenName.Trim(), family = input.FamilyName.Trim(), mail = string.IsNullOrWhiteSpace(input.Email) ? null : input.Email.Trim(), input.Employer, input.Until, name, normalized = users.NormalizeName(name), hash }, ct) is not null)
                return new Link(name, secret);
        return new Refusal("Für diesen Namen gibt es schon zu viele Gäste", nameof(Input.FamilyName));
    }

    /// <summary>Ends it at once: the next request of the guest finds nothing.</summary>
    public async Task<Outcome<bool>> RevokeAsync(int guest, CancellationToken ct = default) => await db.ScalarAsync<bool>("select projects.revoke(@guest)", new { guest }, ct) ? true : new Refusal("Diesen Zugang gibt es nicht mehr, oder er gehört zu einem anderen Projekt");
}

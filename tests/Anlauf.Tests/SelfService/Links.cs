using Anlauf.Platform.Database;
using Anlauf.Platform.Identity;
using Anlauf.Platform.Mail;
using Anlauf.Platform.Secrets;
using Anlauf.Platform.Web;
using Anlauf.Rooms.SelfService.Links;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Anlauf.Tests.SelfService;

/// <summary>Members with personal links, and the letters that bring them.</summary>
internal static class Links
{
    /// <summary>A member of a division, with a way to be written to.</summary>
    public static async Task<int> MemberAsync(this AssociationDatabase house, string family, string division = "ort-14522230", string? email = null, string area = "14522230")
    {
        var person = await house.AskAsync<int>("insert into organisation.person (division_id, given_name, family_name, email, phone) select id, 'Nora', @family, @email, '03727 100' from organisation.division where slug = @division returning id",
            new { family, division, email = email ?? Slug.From(family) + "@mitglied.example" });
        await house.TellAsync("insert into members.party_membership (person_id, division_id, kind, state, received_on, effective_on, area_key) select @person, division_id, 'member', 'active', current_date - 900, current_date - 886, @area from organisation.person where id = @person", new { person, area });
        return person;
    }

    /// <summary>A link as the letter has it.</summary>
    public static async Task<string> LinkAsync(this AssociationDatabase house, int person, string purpose = "data")
    {
        var (secret, hash) = Invitation.New();
        (await house.AskAsync<bool>("select selfservice.give_link(@person, @purpose, @hash, 30, false)", new { person, purpose, hash })).ShouldBeTrue();
        return secret;
    }

    /// <summary>The outbox of an installation that sends mail and knows its address.</summary>
    public static Outbox Outbox(IServiceProvider services) => new(services.GetRequiredService<Db>(), services.GetRequiredService<FieldCipher>(), new MailSettings(new ConfigurationBuilder().AddInMemoryCollection(
        [new("Mail:Host", "127.0.0.1"), new("Mail:From", "verband@example.org"), new("Mail:Site", "https://anlauf.example.org")]).Build()));

    /// <summary>The desk over such an outbox, used by a person; null is the system, 0 is nobody.</summary>
    public static async Task<T> AtTheDeskAsync<T>(this AssociationDatabase house, int? by, Func<LinkDesk, Task<T>> work)
    {
        Task<T> UseAsync(IServiceProvider s) => work(new LinkDesk(s.GetRequiredService<Db>(), Outbox(s), s.GetRequiredService<FieldCipher>(), s.GetRequiredService<TimeProvider>()));
        if (by == 0) return await house.UseAsNobodyAsync<IServiceProvider, T>(UseAsync);
        await using var scope = house.Scope(by);
        return await UseAsync(scope.ServiceProvider);
    }

    /// <summary>Letters that wait, as their reader will see them.</summary>
    public static async Task<IReadOnlyList<(string To, string Subject, string Text)>> LettersAsync(this AssociationDatabase house)
    {
        await using var scope = house.Scope(null);
        var cipher = scope.ServiceProvider.GetRequiredService<FieldCipher>();
        return [.. (await house.ListAsync<(Guid Id, string To, string Subject, byte[] Body)>("select id, recipient, subject, body from mail.outbox where body is not null order by made_at")).Select(l => (l.To, l.Subject, cipher.Decrypt(l.Body, "mail.outbox.body", l.Id.ToString())!))];
    }
}

using System.Text.RegularExpressions;
using Anlauf.Platform;
using Anlauf.Platform.Database;
using Anlauf.Platform.Mail;
using Anlauf.Platform.Secrets;
using Anlauf.Rooms.Portal;
using Anlauf.Rooms.Portal.Inbox;
using Anlauf.Rooms.Portal.Outside;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Anlauf.Tests.Portal;

/// <summary>Double opt-in: a message with an e-mail address is shown to nobody until the link that went there has been used.</summary>
public sealed partial class ConfirmationTests(OpenPortal portal) : IClassFixture<OpenPortal>, IAsyncLifetime
{
    private WebApplication outside = null!;
    private PortalFile file = null!;

    public async Task InitializeAsync()
    {
        file = (await portal.House.UseAsync<HandOutKey, Outcome<PortalFile>>(null, h => h.HandleAsync("sachsen", "https://kontakt.example.org/"))).Value!;
        outside = PortalHost.Build(file, file.Connection!, builder =>
        {
            OpenHouse.Configure(builder);
            builder.Services.AddSingleton<TimeProvider>(portal.Clock);
        });
        await outside.StartAsync();
        await portal.House.TellAsync("delete from mail.outbox");
    }

    public async Task DisposeAsync() => await outside.DisposeAsync();

    private async Task<Guid> LeaveAsync(string contact, string text = "Ich möchte mitmachen.")
    {
        var id = Guid.NewGuid();
        await outside.Services.GetRequiredService<Slot>().PutInAsync(id, new Letter("Gerda Nachtigall", contact, "09661", text, "ja", DateTimeOffset.UtcNow), default);
        return id;
    }

    // the main program's worker, with a server for mail set up
    private async Task<int> AskAsync(bool sends = true)
    {
        await using var scope = portal.House.Scope(null);
        var (db, cipher) = (scope.ServiceProvider.GetRequiredService<Db>(), scope.ServiceProvider.GetRequiredService<FieldCipher>());
        var settings = new MailSettings(new ConfigurationBuilder().AddInMemoryCollection(sends ? [new("Mail:Host", "localhost"), new("Mail:From", "verband@example.org")] : []).Build());
        return await new AskForConfirmation(db, cipher, new Outbox(db, cipher, settings)).AskAsync();
    }

    private async Task<string> LinkAsync(string to)
    {
        await using var scope = portal.House.Scope(null);
        var (id, body) = await scope.ServiceProvider.GetRequiredService<Db>().SingleAsync<(Guid, byte[])>("select id, body from mail.outbox where recipient = @to", new { to });
        var text = scope.ServiceProvider.GetRequiredService<FieldCipher>().Decrypt(body, "mail.outbox.body", id.ToString())!;
        text.ShouldContain("Horizont Sachsen");
        text.ShouldContain("7 Tage");
        text.ShouldNotContain("mitmachen");
        return Link().Match(text).Groups[1].Value;
    }

    private Visitor Visit() => new(new Uri(outside.Urls.Single()));
    private Task<MessageBox.Opened?> OpenAsync(Guid id) => portal.House.UseAsync<MessageBox, MessageBox.Opened?>(portal.House.StateManager, b => b.OpenAsync(id));
    private Task<string?> StateAsync(Guid id) => portal.House.AskAsync<string>("select confirmation from portal.message where id = @id", new { id });

    [Fact]
    public async Task A_message_is_shown_once_the_link_was_used_and_says_when_and_from_which_link()
    {
        var id = await LeaveAsync("gerda@nachtigall.example");
        (await OpenAsync(id)).ShouldBeNull("nobody has been asked yet");
        (await AskAsync()).ShouldBe(1);
        (await OpenAsync(id)).ShouldBeNull("asked, and not answered");
        (await portal.House.ListAsync<Guid>("select id from portal.message where id = @id", new { id }, portal.House.StateManager)).ShouldBeEmpty();
        (await portal.House.TellAsync("update portal.message set answered_at = now() where id = @id", new { id }, portal.House.StateManager)).ShouldBe(0);
        var link = await LinkAsync("gerda@nachtigall.example");
        using var visitor = Visit();
        // programs that look into letters open the link; that confirms nothing
        (await visitor.ReadAsync("/bestaetigen/" + link)).ShouldContain("E-Mail-Adresse bestätigen");
        (await StateAsync(id)).ShouldBe("asked");
        Visitor.Where(await visitor.SendToAsync("/bestaetigen/" + link, "/bestaetigen/" + link, null)).ShouldBe("/bestaetigt");
        (await visitor.ReadAsync("/bestaetigt")).ShouldContain("Ihre Adresse ist bestätigt");
        var opened = (await OpenAsync(id)).ShouldNotBeNull();
        opened.Letter!.Contact.ShouldBe("gerda@nachtigall.example");
        opened.AskedAt.ShouldNotBeNull().ShouldBeLessThanOrEqualTo(opened.ConfirmedAt.ShouldNotBeNull());
        (await portal.House.AskAsync<string>("select string_agg(actor || ' ' || action, ', ' order by position) from audit.entry where object = 'portal.confirmation'"))!.ShouldContain("portal update");
        // with the message goes the proof
        await portal.House.UseAsync<MessageBox, Outcome<int>>(portal.House.StateManager, b => b.DeleteAsync(id));
        (await portal.House.AskAsync<long>("select count(*) from portal.confirmation c where not exists (select from portal.message m where m.confirmation_id = c.id)")).ShouldBe(0);
    }

    [Fact]
    public async Task An_address_is_asked_once_a_day_however_often_it_was_typed_and_one_answer_is_enough()
    {
        var (first, second) = (await LeaveAsync("otto@nachtigall.example"), await LeaveAsync("Otto@Nachtigall.example"));
        (await AskAsync()).ShouldBe(1);
        var third = await LeaveAsync("otto@nachtigall.example");
        (await AskAsync()).ShouldBe(0);
        using (var visitor = Visit())
        {
            var link = await LinkAsync("otto@nachtigall.example");
            await visitor.SendToAsync("/bestaetigen/" + link, "/bestaetigen/" + link, null);
        }
        foreach (var id in new[] { first, second, third }) (await StateAsync(id)).ShouldBe("confirmed");
        // what comes later was perhaps typed by somebody else: it is asked about again
        var later = await LeaveAsync("otto@nachtigall.example");
        await portal.House.TellAsync("delete from mail.outbox");
        (await AskAsync()).ShouldBe(1);
        (await StateAsync(later)).ShouldBe("asked");
    }

    [Fact]
    public async Task A_telephone_number_is_asked_nothing_and_neither_is_anybody_while_no_mail_leaves()
    {
        var (phone, mail) = (await LeaveAsync("037207 1234"), await LeaveAsync("ida@nachtigall.example"));
        (await AskAsync(sends: false)).ShouldBe(0);
        foreach (var id in new[] { phone, mail })
        {
            (await StateAsync(id)).ShouldBe("none");
            (await OpenAsync(id)).ShouldNotBeNull().ConfirmedAt.ShouldBeNull();
        }
    }

    [Fact]
    public async Task Without_confirmation_a_message_vanishes_after_the_days_of_the_setting()
    {
        var (asked, confirmed) = (await LeaveAsync("rosa@nachtigall.example"), await LeaveAsync("037207 99999"));
        await AskAsync();
        await portal.House.TellAsync("update portal.message set received_at = now() - interval '6 days' where id = any (@ids)", new { ids = new[] { asked, confirmed } });
        await portal.House.TellAsync("select privacy.retain(current_date)");
        (await StateAsync(asked)).ShouldBe("asked");
        await portal.House.TellAsync("update portal.message set received_at = now() - interval '9 days' where id = any (@ids)", new { ids = new[] { asked, confirmed } });
        await portal.House.TellAsync("select privacy.retain(current_date)");
        (await StateAsync(asked)).ShouldBeNull();
        (await StateAsync(confirmed)).ShouldBe("none");
    }

    [Fact]
    public async Task A_link_that_is_not_ours_is_thanked_like_one_that_is_and_confirms_nothing()
    {
        var id = await LeaveAsync("emma@nachtigall.example");
        await AskAsync();
        using var visitor = Visit();
        var guessed = new string('A', 43);
        Visitor.Where(await visitor.SendToAsync("/bestaetigen/" + guessed, "/bestaetigen/" + guessed, null)).ShouldBe("/bestaetigt");
        (await visitor.WhereAsync("/bestaetigen/zu-kurz")).ShouldBe("404");
        (await visitor.PostAsync("/bestaetigen/" + await LinkAsync("emma@nachtigall.example"), [])).StatusCode.ShouldBe(System.Net.HttpStatusCode.UnprocessableEntity, "a form of another site");
        (await StateAsync(id)).ShouldBe("asked");
        (await portal.House.UseAsync<HandOutKey, Outcome<PortalFile>>(null, h => h.HandleAsync("sachsen", "http://kontakt.example.org"))).Refusal!.Message.ShouldContain("https://");
    }

    [GeneratedRegex("https://kontakt\\.example\\.org/bestaetigen/([A-Za-z0-9_-]{43})")]
    private static partial Regex Link();
}

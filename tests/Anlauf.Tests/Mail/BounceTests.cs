using System.Text;
using Anlauf.Platform;
using Anlauf.Platform.Mail;
using Anlauf.Rooms.SelfService.Checks;
using Anlauf.Rooms.Welcome.Care;
using Anlauf.Tests.SelfService;
using Anlauf.Testing;

namespace Anlauf.Tests.Mail;

/// <summary>Letters that come back later are read from a folder; nothing more is sent where nobody is (RFC 3464).</summary>
public sealed class BounceTests(AssociationDatabase house) : IClassFixture<AssociationDatabase>, IDisposable
{
    private readonly string folder = TestFolder.Of("bounces-" + Guid.NewGuid().ToString("N")[..8]);

    public void Dispose()
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }

    private Task<Outcome<Guid>> PutAsync(string to, int? person = null) => house.UseAsync<Outbox, Outcome<Guid>>(house.StateManager, o => o.PutAsync(to, "Betreff", "Text", person));
    private Task<ReadBounces.Result> ReadAsync() => house.UseAsync<ReadBounces, ReadBounces.Result>(null, r => r.RunAsync(folder));

    private async Task<Guid> SentAsync(string to, int? person = null)
    {
        var id = (await PutAsync(to, person)).Value;
        await house.TellAsync("update mail.delivery set outcome = 'sent', ended_at = now() where letter_id = @id", new { id });
        return id;
    }

    /// <summary>A delivery-status message as Postfix writes it.</summary>
    private static string Bounced(Guid letter, string status = "5.1.1", string action = "failed", string to = "verband@example.org") => $"""
        Return-Path: <>
        From: MAILER-DAEMON@mx.example.net (Mail Delivery System)
        To: {to}
        Subject: Undelivered Mail Returned to Sender
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary="B1"

        --B1
        Content-Type: text/plain; charset=us-ascii

        I'm sorry to have to inform you that your message could not be delivered.

        --B1
        Content-Description: Delivery report
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.example.net

        Final-Recipient: rfc822; weg@mitglied.example
        Action: {action}
        Status: {status}
        Diagnostic-Code: smtp; 550 5.1.1 user unknown

        --B1
        Content-Type: text/rfc822-headers

        Message-ID: <{letter}@example.org>
        Subject: Betreff
        --B1--
        """.ReplaceLineEndings("\r\n");

    private async Task LieAsync(string name, string text, string below = "")
    {
        Directory.CreateDirectory(Path.Combine(folder, below));
        await File.WriteAllTextAsync(Path.Combine(folder, below, name), text, Encoding.Latin1);
    }

    [Fact]
    public async Task A_letter_that_came_back_flags_the_person_stops_further_letters_and_is_a_fact_of_inactivity()
    {
        var person = await house.MemberAsync("Weggezogen", email: "weg@mitglied.example");
        await house.TellAsync("insert into selfservice.data_check (person_id) values (@person)", new { person });
        var letter = await SentAsync("weg@mitglied.example", person);
        await LieAsync("1.eml", Bounced(letter));
        (await ReadAsync()).ShouldBe(new(1, 1, 0, 0));
        Directory.EnumerateFiles(folder).ShouldBeEmpty("it names the person");
        (await house.AskAsync<string>("select code from organisation.mail_trouble where person_id = @person", new { person }, house.DistrictChair)).ShouldBe("refused 5.1.1");
        (await house.AskAsync<int>("select count(*)::int from organisation.mail_trouble where person_id = @person", new { person }, house.LocalMember)).ShouldBe(0);
        (await PutAsync("Weg@Mitglied.example")).Refusal!.Message.ShouldContain("kam zuletzt nichts an");
        (await house.AskAsync<string>("select selfservice.state_of(c) from selfservice.data_check c where person_id = @person", new { person })).ShouldBe("undeliverable");
        (await house.AskAsync<bool>("select exists (select from mail.undeliverable where encode(address_hash, 'escape') like '%mitglied%')")).ShouldBeFalse();
        var care = await house.UseAsync<CareRegister, IReadOnlyList<CareRegister.Row>>(house.DistrictChair, c => c.ListAsync("inactive"));
        care.Single(r => r.PersonId == person).MailFailed.ShouldBe(DateOnly.FromDateTime(new GermanTime().GetLocalNow().Date));
        // somebody has looked: letters go there again
        (await house.UseAsync<CheckDesk, Outcome<int>>(house.LocalMember, d => d.TryAgainAsync(person))).Done.ShouldBeFalse();
        (await house.UseAsync<CheckDesk, IReadOnlyList<CheckDesk.Unreached>>(house.DistrictChair, d => d.UnreachedAsync())).ShouldContain(u => u.PersonId == person);
        (await house.UseAsync<CheckDesk, Outcome<int>>(house.DistrictChair, d => d.TryAgainAsync(person))).Done.ShouldBeTrue();
        (await PutAsync("weg@mitglied.example")).Done.ShouldBeTrue();
    }

    [Fact]
    public async Task A_new_address_takes_the_flag_away()
    {
        var person = await house.MemberAsync("Neue Adresse", email: "alt@mitglied.example");
        await LieAsync("1.eml", Bounced(await SentAsync("alt@mitglied.example", person)));
        await ReadAsync();
        await house.TellAsync("update organisation.person set email = 'neu@mitglied.example' where id = @person", new { person });
        (await house.AskAsync<int>("select count(*)::int from organisation.mail_trouble where person_id = @person", new { person })).ShouldBe(0);
        (await PutAsync("neu@mitglied.example")).Done.ShouldBeTrue();
        (await PutAsync("alt@mitglied.example")).Done.ShouldBeFalse();
    }

    [Theory]
    [InlineData("5.2.2", "failed", 1, 0)] // a full mailbox: the letter is back, the address stays
    [InlineData("5.7.1", "failed", 1, 0)] // taken for spam
    [InlineData("4.4.1", "delayed", 0, 0)]
    [InlineData("2.0.0", "delivered", 0, 0)]
    [InlineData("5.1.10", "failed", 1, 1)]
    public async Task Only_a_missing_mailbox_speaks_against_the_address(string status, string action, int bounces, int bad)
    {
        var to = $"stand{status.Replace(".", "", StringComparison.Ordinal)}@mitglied.example";
        await LieAsync("1.eml", Bounced(await SentAsync(to), status, action));
        (await ReadAsync()).ShouldBe(new(bounces, bad, 1 - bounces, 0));
        (await PutAsync(to)).Done.ShouldBe(bad == 0);
    }

    [Fact]
    public async Task Mail_of_people_and_bounces_of_others_are_put_aside_and_a_maildir_keeps_its_order()
    {
        var person = await house.MemberAsync("Maildir", email: "maildir@mitglied.example");
        var letter = await SentAsync("maildir@mitglied.example", person);
        // the number in the sender's address, for servers that return no headers
        await LieAsync("1700000001.M1.host", Bounced(Guid.NewGuid(), to: $"verband+{letter:N}@example.org"), "new");
        await LieAsync("1700000002.M2.host", "From: petra@example.org\r\nSubject: Frage\r\n\r\nWann ist das nächste Treffen?\r\n", "new");
        await LieAsync("1700000003.M3.host", Bounced(Guid.NewGuid()), "new");
        (await ReadAsync()).ShouldBe(new(1, 1, 2, 0));
        Directory.EnumerateFiles(Path.Combine(folder, "new")).ShouldBeEmpty();
        Directory.EnumerateFiles(Path.Combine(folder, "cur")).Select(Path.GetFileName).Order().ShouldBe(["1700000002.M2.host:2,", "1700000003.M3.host:2,"]);
        (await ReadAsync()).ShouldBe(new(0, 0, 0, 0));
    }

    [Fact]
    public async Task Whatever_lies_in_the_folder_stops_no_run()
    {
        var letter = await SentAsync("zuletzt@mitglied.example");
        var (good, random) = (Bounced(letter), new Random(20261121));
        for (var i = 0; i < 300; i++)
        {
            // cut off, bytes turned, parts doubled: none of these may count as a bounce of another letter or stop the reading
            var bytes = Encoding.Latin1.GetBytes(Bounced(Guid.NewGuid()));
            for (var n = random.Next(1, 60); n > 0; n--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            var text = Encoding.Latin1.GetString(bytes)[..random.Next(bytes.Length)];
            await LieAsync($"{i:000}.eml", random.Next(4) switch { 0 => text + text, 1 => string.Concat(Enumerable.Repeat(text, 20)), 2 => new string('\0', 500), _ => text });
        }
        await LieAsync("999.eml", good);
        var read = await ReadAsync();
        (read.Bounces, read.BadAddresses, read.Others, read.Unreadable).ShouldBe((1, 1, 300, 0));
        (await house.AskAsync<string>("select outcome from mail.delivery where letter_id = @letter", new { letter })).ShouldBe("bounced");
    }
}

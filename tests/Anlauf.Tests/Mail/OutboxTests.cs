using System.Text;
using Anlauf.Platform;
using Anlauf.Platform.Database;
using Anlauf.Platform.Mail;
using Anlauf.Platform.Secrets;
using Anlauf.Rooms.Privacy.Keeping;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Anlauf.Tests.Mail;

/// <summary>Letters leave over a real SMTP server, once the transaction that caused them holds.</summary>
public sealed class OutboxTests(AssociationDatabase house) : IClassFixture<AssociationDatabase>, IAsyncLifetime
{
    private MailServer? server;
    private string missing = "";
    private readonly List<string> logged = [];

    public async Task InitializeAsync()
    {
        (server, missing) = await MailServer.StartAsync("plain");
        await house.TellAsync("delete from mail.outbox");
    }

    public Task DisposeAsync()
    {
        server?.Dispose();
        return Task.CompletedTask;
    }

    private Task<Outcome<Guid>> PutAsync(string to, string text = "Schöne Grüße aus Hainichen.", int? person = null) =>
        house.UseAsync<Outbox, Outcome<Guid>>(house.StateManager, o => o.PutAsync(to, "Ihre Anfrage über Österreich", text, person));

    private async Task<int> SendAsync(int port, params (string Key, string Value)[] more)
    {
        var settings = new Dictionary<string, string?> { ["Mail:Host"] = "127.0.0.1", ["Mail:Port"] = $"{port}", ["Mail:From"] = "verband@example.org", ["Mail:Name"] = "Landesverband" };
        foreach (var (key, value) in more) settings["Mail:" + key] = value;
        await using var scope = house.Scope(null);
        using var logs = LoggerFactory.Create(b => b.AddProvider(new ListLog(logged)));
        return await new MailSender(scope.ServiceProvider.GetRequiredService<Db>(), scope.ServiceProvider.GetRequiredService<FieldCipher>(),
            new MailSettings(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()), logs.CreateLogger<MailSender>()).SendDueAsync();
    }

    private Task<string?> StateAsync(Guid id) => house.AskAsync<string>("""
        select concat_ws(' ', d.tries, coalesce(d.outcome, 'waiting'), d.trouble, case when o.body is not null then 'kept' else 'gone' end) from mail.delivery d join mail.outbox o on o.id = d.letter_id where o.id = @id
        """, new { id });

    [SkippableFact]
    public async Task A_letter_arrives_whole_and_its_text_is_gone()
    {
        Skip.If(server is null, missing);
        var id = (await PutAsync("petra@example.org")).Value;
        (await house.AskAsync<string>("select encode(body, 'escape') from mail.outbox where id = @id", new { id }))!.ShouldNotContain("Hainichen");
        (await SendAsync(server.Port)).ShouldBe(1);
        var letter = await server.NextAsync();
        letter.To.ShouldBe(["petra@example.org"]);
        letter.From.ShouldBe("verband@example.org");
        letter.Text.ShouldContain("Sch=C3=B6ne Gr=C3=BC=C3=9Fe aus Hainichen.");
        letter.Text.ShouldContain("Auto-Submitted: auto-generated", Case.Insensitive);
        letter.Text.ShouldContain($"<{id}@example.org>");
        letter.Text.ShouldContain(Convert.ToBase64String(Encoding.UTF8.GetBytes("Ihre Anfrage über Österreich"))[..20]);
        (await StateAsync(id)).ShouldBe("1 sent gone");
        // and only once
        (await SendAsync(server.Port)).ShouldBe(0);
        (await house.AskAsync<string>("select caused_by from mail.outbox where id = @id", new { id })).ShouldBe($"{house.StateManager}");
    }

    [SkippableFact]
    public async Task What_is_rolled_back_is_never_sent()
    {
        Skip.If(server is null, missing);
        await house.UseAsync<Db, Outcome<int>>(house.StateManager, db => db.InTransactionAsync<Outcome<int>>(async () =>
        {
            await db.ExecuteAsync("select mail.put(gen_random_uuid(), 'petra@example.org', 'Betreff', null, null)");
            return new Refusal("doch nicht");
        }));
        (await SendAsync(server.Port)).ShouldBe(0);
        (await house.AskAsync<long>("select count(*) from mail.outbox")).ShouldBe(0);
    }

    [SkippableFact]
    public async Task A_refused_address_is_not_tried_again_and_a_busy_one_is()
    {
        Skip.If(server is null, missing);
        var (refused, later) = ((await PutAsync("refuse@example.org")).Value, (await PutAsync("later@example.org")).Value);
        (await SendAsync(server.Port)).ShouldBe(0);
        (await StateAsync(refused)).ShouldBe("1 bounced refused 550 gone");
        (await StateAsync(later)).ShouldBe("1 waiting answer 450 kept");
        (await SendAsync(server.Port)).ShouldBe(0);
        (await StateAsync(later))!.ShouldStartWith("1 ", Case.Sensitive, "its pause has not passed");
        for (var tries = 2; tries <= MailSender.MostTries; tries++)
        {
            await house.TellAsync("update mail.delivery set due_at = now() where letter_id = @later", new { later });
            await SendAsync(server.Port);
        }
        (await StateAsync(later)).ShouldBe("8 given up answer 450 gone");
        // neither names nor addresses in the log
        logged.ShouldNotBeEmpty();
        string.Join('\n', logged).ShouldNotContain("example.org");
    }

    [SkippableFact]
    public async Task Without_encryption_nothing_leaves_the_machine()
    {
        Skip.If(server is null, missing);
        new MailSettings(new ConfigurationBuilder().AddInMemoryCollection([new("Mail:Host", "mail.example.org")]).Build()).Tls.ShouldBeTrue();
        new MailSettings(new ConfigurationBuilder().AddInMemoryCollection([new("Mail:Host", "localhost")]).Build()).Tls.ShouldBeFalse();
        var id = (await PutAsync("petra@example.org")).Value;
        await SendAsync(server.Port, ("Tls", "true"));
        (await StateAsync(id)).ShouldBe("1 waiting no-tls kept");
        var (encrypted, _) = await MailServer.StartAsync("starttls");
        await house.TellAsync("update mail.delivery set due_at = now()");
        await SendAsync(encrypted!.Port, ("Tls", "true"));
        encrypted.Dispose();
        (await StateAsync(id)).ShouldBe("2 waiting certificate kept", "nobody vouches for this certificate");
    }

    [Theory]
    [InlineData("mail.example.org", "465", null, "STARTTLS")]
    [InlineData("mail.example.org", "587", "false", "auch kein Kennwort")]
    [InlineData("mail.example.org", "587", null, null)]
    [InlineData("127.0.0.1", "25", "false", null)]
    public void A_password_never_goes_over_the_net_in_the_clear(string host, string port, string? tls, string? said)
    {
        var settings = new MailSettings(new ConfigurationBuilder().AddInMemoryCollection([new("Mail:Host", host), new("Mail:Port", port), new("Mail:Tls", tls), new("Mail:From", "a@example.org")]).Build());
        if (said is null) settings.Problem.ShouldBeNull();
        else settings.Problem.ShouldNotBeNull().ShouldContain(said);
        settings.Tls.ShouldBe(host != "127.0.0.1");
    }

    [SkippableFact]
    public async Task The_server_for_mail_asks_for_a_password_from_a_file()
    {
        var (asking, why) = await MailServer.StartAsync("login");
        Skip.If(asking is null, why);
        using var ends = asking;
        var file = Path.GetTempFileName();
        var id = (await PutAsync("petra@example.org")).Value;
        await File.WriteAllTextAsync(file, "falsch");
        await SendAsync(asking.Port, ("User", "anlauf"), ("PasswordFile", file));
        (await StateAsync(id)).ShouldBe("1 waiting sign-in kept");
        await File.WriteAllTextAsync(file, "geheim\n");
        await house.TellAsync("update mail.delivery set due_at = now()");
        (await SendAsync(asking.Port, ("User", "anlauf"), ("PasswordFile", file))).ShouldBe(1);
        (await asking.NextAsync()).User.ShouldBe("anlauf");
        File.Delete(file);
    }

    [Fact]
    public async Task Only_an_address_is_written_to()
    {
        foreach (var wrong in new[] { "", "petra", "Petra <petra@example.org>", "petra@example.org\r\nBcc: alle@example.org", "petra@example.org, max@example.org", "pe tra@example.org" })
            (await PutAsync(wrong)).Done.ShouldBeFalse(wrong);
        (await house.AskAsync<long>("select count(*) from mail.outbox")).ShouldBe(0);
    }

    [Fact]
    public async Task Nobody_reads_the_outbox_and_without_an_actor_nothing_is_put_in()
    {
        await PutAsync("petra@example.org");
        (await house.ListAsync<string>("select recipient from mail.outbox", person: house.StateManager)).ShouldBeEmpty();
        (await house.TellAsync("delete from mail.outbox", person: house.StateManager)).ShouldBe(0);
        (await house.ListAsync<string>("select recipient from mail.take()", person: house.StateManager)).ShouldBeEmpty();
        (await Should.ThrowAsync<PostgresException>(() => house.UseAsNobodyAsync<Outbox, Outcome<Guid>>(o => o.PutAsync("petra@example.org", "Betreff", "Text")))).SqlState.ShouldBe("42501");
        // numbers, for those who administer
        (await house.AskAsync<long?>("select waiting from mail.standing()", person: house.StateManager)).ShouldBe(1);
        (await house.AskAsync<long?>("select waiting from mail.standing()", person: house.LocalChair)).ShouldBeNull();
    }

    [Fact]
    public async Task A_letter_goes_thirty_days_after_it_left()
    {
        await PutAsync("petra@example.org", person: house.LocalMember);
        await house.TellAsync("update mail.delivery set ended_at = now() - interval '29 days', outcome = 'sent'");
        await house.UseAsync<Retention, object?>(null, async r => { await r.RunAsync(); return null; });
        (await house.AskAsync<long>("select count(*) from mail.outbox")).ShouldBe(1);
        await house.TellAsync("update mail.delivery set ended_at = now() - interval '31 days'");
        await house.UseAsync<Retention, object?>(null, async r => { await r.RunAsync(); return null; });
        (await house.AskAsync<long>("select count(*) from mail.outbox") + await house.AskAsync<long>("select count(*) from mail.delivery")).ShouldBe(0);
    }

    private sealed class ListLog(List<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
        public bool IsEnabled(LogLevel logLevel) => true;
        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => lines.Add(formatter(state, exception) + exception);
        public void Dispose() { }
    }
}

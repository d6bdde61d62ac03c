using Anlauf.Platform;
using Anlauf.Platform.Database;
using Anlauf.Platform.Identity;
using Anlauf.Rooms.Demo;
using Anlauf.Rooms.Operation;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Anlauf.Tests.Platform;

/// <summary>Running an installation from the shell.</summary>
public sealed class OperationTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static async Task<T> AsSystemAsync<TService, T>(TestDatabase of, Func<TService, Task<T>> work) where TService : notnull
    {
        await using var scope = of.AsSystem();
        return await work(scope.ServiceProvider.GetRequiredService<TService>());
    }

    [Theory]
    [InlineData("Host=db.example.org;Database=anlauf", true)]
    [InlineData("Host=10.0.0.7;SSL Mode=Prefer", true)]
    [InlineData("Host=localhost,db.example.org;Database=anlauf", true)]
    [InlineData("Host=db.example.org;SSL Mode=VerifyFull", false)]
    [InlineData("Host=10.0.0.7;SSL Mode=Require", false)]
    [InlineData("Host=/run/postgresql;Database=anlauf", false)]
    [InlineData("Host=localhost;Port=5433", false)]
    [InlineData("Host=127.0.0.1", false)]
    public void A_database_on_another_machine_is_reached_encrypted_or_not_at_all(string connection, bool refused) =>
        (Anlauf.Platform.Database.DatabaseConnections.RefusalOf(connection) is { } said && said.Contains("SSL Mode=VerifyFull", StringComparison.Ordinal)).ShouldBe(refused);

    [Theory]
    [InlineData(null, "127.0.0.1,::1")]
    [InlineData("10.0.0.5; 10.0.0.6", "10.0.0.5,10.0.0.6")]
    [InlineData("proxy.example", null)]
    public async Task Only_named_proxies_are_believed_about_the_address_of_a_visitor(string? setting, string? believed)
    {
        var builder = Microsoft.AspNetCore.Builder.WebApplication.CreateBuilder();
        builder.Configuration["Proxies"] = setting;
        if (believed is null)
        {
            Should.Throw<FormatException>(() => Anlauf.Platform.Hosting.TrustedProxies.TrustNamedProxies(builder)).Message.ShouldContain("proxy.example");
            return;
        }
        Anlauf.Platform.Hosting.TrustedProxies.TrustNamedProxies(builder);
        // as the framework does where forwarded headers are switched on: everybody is believed
        Microsoft.Extensions.DependencyInjection.OptionsServiceCollectionExtensions.Configure<Microsoft.AspNetCore.Builder.ForwardedHeadersOptions>(builder.Services, o => o.KnownProxies.Clear());
        await using var app = builder.Build();
        var options = app.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<Microsoft.AspNetCore.Builder.ForwardedHeadersOptions>>();
        string.Join(',', options.Value.KnownProxies).ShouldBe(believed);
        options.Value.KnownIPNetworks.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_first_account_comes_with_its_association_and_signs_in_with_the_password_shown_once()
    {
        var added = await AsSystemAsync<UserAccounts, Outcome<string>>(database, u => u.AddAsync(new("erika", "Erika", "Müller-Lüdenscheidt", "Landesverband Probe", "state-manager")));
        added.Refusal.ShouldBeNull();
        await using var scope = database.AsSystem();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
        var account = (await users.FindByNameAsync("erika")).ShouldNotBeNull();
        (await users.CheckPasswordAsync(account, added.Value!)).ShouldBeTrue();
        (await AsSystemAsync<UserAccounts, Outcome<string>>(database, u => u.AddAsync(new("erika", "E", "M", "Landesverband Probe", "state-manager")))).Refusal!.Message.ShouldContain("gibt es schon");
        (await AsSystemAsync<UserAccounts, Outcome<string>>(database, u => u.AddAsync(new("otto", "O", "T", "Landesverband Prohbe", "state-manager")))).Refusal!.Message.ShouldContain("Prohbe");
        (await AsSystemAsync<UserAccounts, Outcome<string>>(database, u => u.AddAsync(new("otto", "O", "T", "Landesverband Probe", "kaiser")))).Refusal!.Message.ShouldContain("Es gibt: ");

        var reset = await AsSystemAsync<UserAccounts, Outcome<string>>(database, u => u.ResetAsync("erika"));
        await using var later = database.AsSystem();
        users = later.ServiceProvider.GetRequiredService<UserManager<Account>>();
        account = (await users.FindByNameAsync("erika"))!;
        ((await users.CheckPasswordAsync(account, added.Value!)), (await users.CheckPasswordAsync(account, reset.Value!))).ShouldBe((false, true));
        (await AsSystemAsync<UserAccounts, Outcome<string>>(database, u => u.LockAsync("erika"))).Done.ShouldBeTrue();
        await using var last = database.AsSystem();
        users = last.ServiceProvider.GetRequiredService<UserManager<Account>>();
        (await users.IsLockedOutAsync((await users.FindByNameAsync("erika"))!)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_backup_restores_everything_into_an_empty_installation_and_nothing_into_a_used_one()
    {
        var (from, to) = (new TestDatabase(), new TestDatabase());
        await from.InitializeAsync();
        await to.InitializeAsync();
        var file = Path.Combine(Path.GetTempPath(), $"anlauf-{Guid.NewGuid():N}.zip");
        try
        {
            await DemoAssociation.EnsureAsync(from.Services);
            var written = await Backup.WriteAsync(from.Services.GetRequiredService<DatabaseConnections>().Owner, file);
            var target = to.Services.GetRequiredService<DatabaseConnections>().Owner;
            var read = await Backup.ReadAsync(target, file);
            read.Refusal.ShouldBeNull();
            read.Value.ShouldBe(written);
            const string Wordings = "select string_agg(number || wording || result, E'\n' order by number) from meetings.resolution";
            (await AsSystemAsync<Db, string?>(to, db => db.ScalarAsync<string>(Wordings))).ShouldBe(await AsSystemAsync<Db, string?>(from, db => db.ScalarAsync<string>(Wordings)));
            (await AsSystemAsync<Integrity, IReadOnlyList<Integrity.Finding>>(to, i => i.RunAsync())).Where(f => f.Wrong > 0).ShouldBeEmpty();
            // numbers go on where they stopped
            (await AsSystemAsync<Db, int>(to, db => db.ScalarAsync<int>("insert into organisation.person (division_id, given_name, family_name) select min(id), 'N', 'N' from organisation.division returning id"))).ShouldBeGreaterThan(1);
            (await Backup.ReadAsync(target, file)).Refusal!.Message.ShouldContain("leere Installation");
            await File.WriteAllTextAsync(file, "keine Sicherung");
            (await Backup.ReadAsync(target, file)).Refusal!.Message.ShouldContain("keine Sicherung von Anlauf");
        }
        finally
        {
            File.Delete(file);
            await from.DisposeAsync();
            await to.DisposeAsync();
        }
    }

    [Fact]
    public async Task The_check_finds_a_broken_tree()
    {
        await AsSystemAsync<Db, int>(database, db => db.ExecuteAsync("insert into organisation.division (kind, name, short_name, slug) values ('StateAssociation', 'Prüfverband', 'PV', 'pruefverband')"));
        (await AsSystemAsync<Integrity, IReadOnlyList<Integrity.Finding>>(database, i => i.RunAsync())).Where(f => f.Wrong > 0).ShouldBeEmpty();
        await using var owner = new Npgsql.NpgsqlConnection(database.Services.GetRequiredService<DatabaseConnections>().Owner);
        await owner.OpenAsync();
        await using (var damage = new Npgsql.NpgsqlCommand("delete from organisation.division_closure where descendant_id = (select id from organisation.division where slug = 'pruefverband')", owner)) await damage.ExecuteNonQueryAsync();
        (await AsSystemAsync<Integrity, IReadOnlyList<Integrity.Finding>>(database, i => i.RunAsync())).Where(f => f.Wrong > 0).ShouldHaveSingleItem().Name.ShouldContain("Baum");
    }
}

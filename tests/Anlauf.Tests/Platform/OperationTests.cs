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

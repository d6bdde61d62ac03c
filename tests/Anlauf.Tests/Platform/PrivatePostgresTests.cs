using System.Diagnostics;
using System.Globalization;
using Anlauf.Platform.Database;
using Anlauf.Testing;
using Npgsql;
using Xunit.Abstractions;

namespace Anlauf.Tests.Platform;

#pragma warning disable CA1416 // the tests run where the private database runs
public sealed class PrivatePostgresTests(ITestOutputHelper output) : IDisposable
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), "anlauf-own-" + Guid.NewGuid().ToString("N")[..8]);

    public void Dispose()
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }

    private static async Task<object?> AskAsync(PrivatePostgres postgres, string sql)
    {
        await using var connection = new NpgsqlConnection(postgres.AdministratorConnection());
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    [Fact]
    public async Task What_was_committed_survives_a_hard_kill_and_an_ordinary_stop()
    {
        var first = await PrivatePostgres.StartAsync(folder);
        await AskAsync(first, "create table kept (id int); insert into kept select generate_series(1, 1000)");

        // a second program on the same folder
        (await Should.ThrowAsync<DatabaseUnavailableException>(() => PrivatePostgres.StartAsync(folder))).Message.ShouldContain("von einem anderen laufenden Anlauf benutzt");
        (await AskAsync(first, "select count(*) from kept")).ShouldBe(1000L);

        var pidFile = Directory.EnumerateFiles(folder, "postmaster.pid", SearchOption.AllDirectories).First();
        using (var postmaster = Process.GetProcessById(int.Parse((await File.ReadAllLinesAsync(pidFile))[0], CultureInfo.InvariantCulture)))
        {
            postmaster.Kill();
            await postmaster.WaitForExitAsync();
        }
        await first.DisposeAsync();

        var after = Stopwatch.StartNew();
        var second = await PrivatePostgres.StartAsync(folder);
        output.WriteLine($"start after a hard kill: {after.ElapsedMilliseconds} ms");
        (await AskAsync(second, "select sum(id) from kept")).ShouldBe(500_500L);
        await second.DisposeAsync();
        File.Exists(pidFile).ShouldBeFalse();

        var again = Stopwatch.StartNew();
        await using var third = await PrivatePostgres.StartAsync(folder);
        output.WriteLine($"second start: {again.ElapsedMilliseconds} ms");
        again.Elapsed.ShouldBeLessThan(Quiet.Limit(3));
        (await AskAsync(third, "select count(*) from kept")).ShouldBe(1000L);
        third.TakenOver.ShouldBeFalse();
    }
}
